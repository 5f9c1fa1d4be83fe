"""Rebuilds the shipped encoder: the steps in order; what each step does stands in its module.

Run ``python -m ingest.encoder.train --data DIR --out DIR``. The training files are named and
described in the model card (README.md); they are neither downloaded nor part of this project.
"""

import argparse
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from ingest.encoder.batches import Floats, Ragged, encode, encode_pairs
from ingest.encoder.data import Corpus, TextPair, cloze_pairs, crossed_cloze_pairs, load_corpus
from ingest.encoder.export import write_model
from ingest.encoder.student import Lessons, first_vectors, train
from ingest.encoder.teacher import Teacher, default_teacher_path, load_teacher
from ingest.encoder.vocab import train_tokenizer
from ingest.errors import TutorError

logger = logging.getLogger(__name__)

_TAUGHT_CHARACTERS = range(20, 301)
_KOREAN_WEIGHT = 2


@dataclass(frozen=True)
class Recipe:
    """The numbers of a training run.

    Attributes:
        seed: Decides every draw; the same seed gives the same files on one machine.
        steps: Updates of the student.
        batch: Translation pairs per update.
        pieces: Most entries of the vocabulary.
        dimensions: Of the student's vectors.
        taught: Most English sentences the teacher embeds.
    """

    seed: int = 0
    steps: int = 1500
    batch: int = 1024
    pieces: int = 32_000
    dimensions: int = 256
    taught: int = 45_000


def build(corpus: Corpus, teacher: Teacher, recipe: Recipe, out: Path) -> None:
    """Train an encoder and write its folder.

    Args:
        corpus: What to learn from.
        teacher: Gives the vectors of English texts to imitate.
        recipe: The numbers of the run.
        out: Folder for the result.
    """
    rng = np.random.default_rng(recipe.seed)
    logger.info("learning a vocabulary of %d pieces", recipe.pieces)
    weighted = (
        (text, weight)
        for pair in corpus.parallel
        for text, weight in zip(pair, (1, _KOREAN_WEIGHT), strict=True)
    )
    tokenizer = train_tokenizer(weighted, recipe.pieces)
    logger.info("asking the teacher")
    taught = _taught(corpus.parallel, recipe.taught, rng)
    vectors = teacher([english for english, _ in taught])
    logger.info("training for %d steps", recipe.steps)
    lessons = _lessons(tokenizer, corpus, (taught, vectors), rng)
    table = first_vectors(lessons.taught, (tokenizer.get_vocab_size(), recipe.dimensions), rng)
    table = train(table, lessons, recipe.steps, recipe.batch, recipe.seed)
    write_model(out, tokenizer, table)
    logger.info("written to %s", out)


def main(arguments: Sequence[str] | None = None, teacher: Teacher | None = None) -> None:
    """Train from the command line.

    Args:
        arguments: Of the command line; None reads the real ones.
        teacher: Used in place of the model that ``--teacher`` names.
    """
    import torch

    parser = _parser()
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    try:
        corpus = load_corpus(options.data, share_alike=not options.no_share_alike)
        teacher = teacher or load_teacher(options.teacher or default_teacher_path())
    except TutorError as error:
        parser.error(f"{error.message} {error.hint}")
    build(corpus, teacher, Recipe(seed=options.seed, steps=options.steps), options.out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files")
    parser.add_argument("--out", type=Path, required=True, help="folder for the encoder")
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--steps", type=int, default=Recipe.steps)
    parser.add_argument("--teacher", type=Path, help="folder of a sentence-transformers model")
    parser.add_argument(
        "--no-share-alike", action="store_true", help="leave out rows under CC-BY-SA licences"
    )
    return parser


def _taught(parallel: Sequence[TextPair], most: int, rng: np.random.Generator) -> list[TextPair]:
    fitting = [pair for pair in parallel if len(pair[0]) in _TAUGHT_CHARACTERS]
    return [fitting[row] for row in rng.permutation(len(fitting))[:most]]


def _lessons(
    tokenizer: Tokenizer,
    corpus: Corpus,
    taught: tuple[Sequence[TextPair], Floats],
    rng: np.random.Generator,
) -> Lessons:
    tasks = (
        corpus.parallel,
        corpus.headings,
        cloze_pairs([body for _, body in corpus.headings], rng),
        crossed_cloze_pairs(corpus.parallel, rng),
    )
    return Lessons(
        matches=tuple(encode_pairs(tokenizer, task) for task in tasks if task),
        taught=(*encode_pairs(tokenizer, taught[0]), taught[1]),
        triplets=_triplets(tokenizer, corpus),
        rated=_rated(tokenizer, corpus),
    )


def _triplets(tokenizer: Tokenizer, corpus: Corpus) -> tuple[Ragged, Ragged, Ragged] | None:
    if not corpus.triplets:
        return None
    premises, entailed, contradicting = zip(*corpus.triplets, strict=True)
    return (
        encode(tokenizer, premises),
        encode(tokenizer, entailed),
        encode(tokenizer, contradicting),
    )


def _rated(tokenizer: Tokenizer, corpus: Corpus) -> tuple[Ragged, Ragged, Floats] | None:
    if not corpus.rated:
        return None
    left, right, ratings = zip(*corpus.rated, strict=True)
    return encode(tokenizer, left), encode(tokenizer, right), np.array(ratings, dtype=np.float32)


if __name__ == "__main__":
    main()
