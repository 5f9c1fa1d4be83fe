"""The static student: where its token vectors start and how they are trained.

Knows token ids and teacher vectors; knows nothing about files or text.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ingest.encoder import losses
from ingest.encoder.batches import Floats, Ints, Ragged, endless_batches

if TYPE_CHECKING:
    from torch import Tensor

logger = logging.getLogger(__name__)

_LEARNING_RATE = 0.02
_IMITATION_WEIGHT = 20.0
_NOISE = 0.5
_LOG_EVERY = 100


@dataclass(frozen=True)
class Lessons:
    """What the student is trained on, as token ids; an empty tuple or None leaves a loss out.

    Attributes:
        matches: Pair tasks, the first one with a full batch, the others with half of one.
        triplets: Premise, entailed and contradicting sentences, in step.
        rated: Two sides in step, and their ratings.
        taught: English and Korean in step, and the teacher's unit vectors of the English.
    """

    matches: tuple[tuple[Ragged, Ragged], ...]
    taught: tuple[Ragged, Ragged, Floats]
    triplets: tuple[Ragged, Ragged, Ragged] | None = None
    rated: tuple[Ragged, Ragged, Floats] | None = None


def first_vectors(
    taught: tuple[Ragged, Ragged, Floats], shape: tuple[int, int], rng: np.random.Generator
) -> Floats:
    """Start each token from the teacher's vectors of the sentences that hold it.

    The mean over those sentences, mixed with noise, scaled by inverse document frequency: rare
    tokens weigh more in a sentence's mean. Tokens that no sentence holds start as noise.

    Args:
        taught: Texts in step with the teacher's vectors, as in ``Lessons``.
        shape: (pieces in the vocabulary, dimensions of the student).
        rng: Source of the noise.
    """
    *sides, vectors = taught
    reduced = _principal_components(vectors, shape[1])
    sums, holders = np.zeros(shape), np.zeros(shape[0])
    for side in sides:
        for row, vector in enumerate(reduced):
            tokens = np.unique(side.ids[side.starts[row] : side.starts[row + 1]])
            sums[tokens] += vector
            holders[tokens] += 1
    mixed = _unit(sums) + _NOISE * _unit(rng.standard_normal(shape))
    idf = np.log((2 * len(vectors) + 1) / (holders + 1))
    return np.asarray(_unit(mixed) * idf[:, None], dtype=np.float32)


def train(start: Floats, lessons: Lessons, steps: int, batch: int, seed: int) -> Floats:
    """Train token vectors with Adam under a cosine schedule.

    Args:
        start: First vectors, shape (pieces, dimensions).
        lessons: What to learn from.
        steps: Number of updates.
        batch: Rows per step of the first pair task.
        seed: Decides the order of the rows.

    Returns:
        The trained vectors, the same shape; the same for the same input on one machine.
    """
    import torch

    table = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimizer = torch.optim.Adam([table], lr=_LEARNING_RATE, fused=True)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=max(steps, 1))
    drawn = _losses(table, lessons, batch, np.random.default_rng(seed))
    for step in range(steps):
        optimizer.zero_grad()
        parts = [next(stream) for stream in drawn]
        torch.autograd.backward(torch.stack(parts).sum())
        optimizer.step()
        schedule.step()
        if step % _LOG_EVERY == 0:
            logger.info("step %d: %s", step, " ".join(f"{part.item():.3f}" for part in parts))
    return np.asarray(table.detach().numpy(), dtype=np.float32)


def _losses(
    table: "Tensor", lessons: Lessons, batch: int, rng: np.random.Generator
) -> list[Iterator["Tensor"]]:
    """One endless stream of losses per task."""
    half, quarter = max(batch // 2, 1), max(batch // 4, 1)
    sizes = [batch] + [half] * (len(lessons.matches) - 1)
    streams = [
        _stream(table, sides, size, losses.matching, rng)
        for sides, size in zip(lessons.matches, sizes, strict=True)
    ]
    *sides, vectors = lessons.taught
    streams.append(_stream(table, sides, half, _imitate, rng, vectors))
    if lessons.triplets is not None:
        streams.append(_stream(table, lessons.triplets, quarter, losses.entailment, rng))
    if lessons.rated is not None:
        *sides, ratings = lessons.rated
        streams.append(_stream(table, sides, quarter, losses.ranking, rng, ratings))
    return streams


def _imitate(english: "Tensor", korean: "Tensor", teacher: "Tensor") -> "Tensor":
    return _IMITATION_WEIGHT * losses.imitation(english, korean, teacher)


def _stream(
    table: "Tensor",
    sides: Sequence[Ragged],
    size: int,
    loss: Callable[..., "Tensor"],
    rng: np.random.Generator,
    extra: Floats | None = None,
) -> Iterator["Tensor"]:
    import torch

    for rows in endless_batches(len(sides[0]), size, rng):
        inputs = [_embed(table, side, rows) for side in sides]
        if extra is not None:
            inputs.append(torch.from_numpy(extra[rows]))
        yield loss(*inputs)


def _embed(table: "Tensor", side: Ragged, rows: Ints) -> "Tensor":
    import torch
    from torch.nn import functional

    ids, offsets = (torch.from_numpy(part) for part in side.take(rows))
    return functional.normalize(functional.embedding_bag(ids, table, offsets), dim=1)


def _principal_components(vectors: Floats, dimensions: int) -> Floats:
    """Centre, rotate and cut (or fill with zeros) to the number of dimensions asked for."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    reduced = centred @ directions[:, ::-1][:, :dimensions]
    missing = dimensions - reduced.shape[1]
    return np.asarray(np.pad(reduced, ((0, 0), (0, missing))), dtype=np.float32)


def _unit(rows: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)
