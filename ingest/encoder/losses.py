"""The four training losses, on unit vectors; knows nothing about where the vectors come from."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

SCALE = 20.0
"""What cosines are multiplied by before a softmax."""


def matching(left: "Tensor", right: "Tensor") -> "Tensor":
    """Row i of one side must find row i of the other among the batch, in both directions.

    Symmetric in-batch softmax over scaled cosines (Henderson et al. 2017).

    Args:
        left: Unit vectors, shape (batch, dimensions).
        right: Unit vectors, the same shape.
    """
    import torch

    scores = SCALE * left @ right.T
    target = torch.arange(len(left))
    entropy = torch.nn.functional.cross_entropy
    return (entropy(scores, target) + entropy(scores.T, target)) / 2


def entailment(anchor: "Tensor", positive: "Tensor", negative: "Tensor") -> "Tensor":
    """A premise must find what follows from it among that, all contradictions and the batch.

    Args:
        anchor: Unit vectors, shape (batch, dimensions).
        positive: What row i of ``anchor`` entails, the same shape.
        negative: What contradicts row i of ``anchor``, the same shape.
    """
    import torch

    scores = SCALE * anchor @ torch.cat([positive, negative]).T
    return torch.nn.functional.cross_entropy(scores, torch.arange(len(anchor)))


def ranking(left: "Tensor", right: "Tensor", ratings: "Tensor") -> "Tensor":
    """Pairs that people rate closer must have the larger cosine (CoSENT, Su 2022).

    Args:
        left: Unit vectors, shape (batch, dimensions).
        right: Unit vectors, the same shape.
        ratings: Similarity by human judgement, shape (batch,); only its order counts.
    """
    import torch

    cosines = SCALE * (left * right).sum(dim=1)
    excess = cosines[:, None] - cosines[None, :]
    wrong_if_positive = ratings[:, None] < ratings[None, :]
    excess = excess[wrong_if_positive]
    return torch.logsumexp(torch.cat([excess.new_zeros(1), excess]), dim=0)


def imitation(english: "Tensor", korean: "Tensor", teacher: "Tensor") -> "Tensor":
    """Similarities within and across languages must equal the teacher's among the English.

    Multilingual distillation (Reimers & Gurevych 2020), of similarities instead of vectors, so
    that student and teacher may differ in dimensions.

    Args:
        english: Unit vectors, shape (batch, dimensions).
        korean: Unit vectors of the translations, the same shape.
        teacher: The teacher's unit vectors of the English texts, shape (batch, any).
    """
    import torch

    wanted = teacher @ teacher.T
    pairs = ((english, english), (korean, korean), (english, korean))
    error = torch.nn.functional.mse_loss
    return torch.stack([error(a @ b.T, wanted) for a, b in pairs]).mean()
