"""Weights in 8 bits on a processor without a graphics card: half the bytes to read for each token.

Knows linear and embedding layers; knows nothing about which model they belong to. Decoding reads
every weight once a token, so it is as fast as memory is. Weights are rounded to int8 with one scale
a row, and what goes into a layer to uint8 with one scale a token (the scheme called W8A8, as in
Xiao et al. 2023, https://arxiv.org/abs/2211.10438, without the smoothing); sums are exact in int32.
One layer is converted at a time and lets go of its old weights, so there is never a second copy.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel

SMALLEST = 1 << 16
"""Layers with fewer weights stay as they are: reading them takes no time."""
_MIDDLE = 128
"""What stands for zero in uint8."""
_AT_ONCE = 4096
"""Rows of a weight that are converted together."""
_ROWS = 16
"""Tokens a layer is laid out for; of those tried the fastest for one and for many."""


def able() -> bool:
    """Whether this processor multiplies 8-bit integers in hardware (VNNI)."""
    import torch

    known = torch.cpu.get_capabilities()
    fast = known.get("avx512_vnni") or known.get("avx_vnni")
    return bool(fast) and hasattr(torch.ops.onednn, "qlinear_pointwise")


def quantise(model: PreTrainedModel) -> None:
    """Replace the large linear layers, and the embedding where it is the same as the last one."""
    last: Any = model.get_output_embeddings()  # type: ignore[no-untyped-call]
    if last is not None and last.weight is model.get_input_embeddings().weight:
        _, embedding_of = _layers()
        model.set_input_embeddings(embedding_of(model.get_input_embeddings()))
    quantise_layers(model)
    _give_back()


def _give_back() -> None:
    """Hand what the old weights took back to the system; glibc keeps it otherwise."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library has no such function
            ctypes.CDLL(None).malloc_trim(0)


def quantise_layers(module: torch.nn.Module) -> None:
    """Replace the large linear layers below a module."""
    import torch

    layer_of, _ = _layers()
    inputs = _Inputs()
    for parent in list(module.modules()):
        for name, layer in list(parent.named_children()):
            if type(layer) is torch.nn.Linear and layer.weight.numel() >= SMALLEST:
                setattr(parent, name, layer_of(layer, inputs))
                del layer.weight  # lets go of it before the next one is converted


class _Inputs:
    """What went into a layer last, in 8 bits: the next one often gets the same (q, k, v)."""

    def __init__(self) -> None:
        self._last: tuple[torch.Tensor | None, Any] = (None, None)

    def of(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """uint8 of shape (tokens, features), and float32 scales of shape (tokens, 1)."""
        import torch

        if self._last[0] is not x:
            rows = x.reshape(-1, x.shape[-1]).float()
            scale = rows.abs().amax(-1, keepdim=True).clamp_min_(1e-8).div_(127)
            eight = rows.div(scale).round_().add_(_MIDDLE).to(torch.uint8)
            self._last = (x, (eight, scale))
        found: tuple[torch.Tensor, torch.Tensor] = self._last[1]
        return found


def _rounded(weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """int8 rows and a float32 scale for each, in pieces so that no float copy of all is made."""
    import torch

    eight = torch.empty(weight.shape, dtype=torch.int8)
    scales = torch.empty(weight.shape[0], dtype=torch.float32)
    for at in range(0, weight.shape[0], _AT_ONCE):
        rows = slice(at, at + _AT_ONCE)
        piece = weight[rows].float()
        scales[rows] = piece.abs().amax(1).clamp_min_(1e-12).div_(127)
        eight[rows] = piece.div_(scales[rows, None]).round_().to(torch.int8)
    return eight, scales


def _layers() -> tuple[Any, Any]:
    """The two layer classes; made here because torch is imported on first use only."""
    import torch

    class Int8Linear(torch.nn.Module):
        def __init__(self, layer: torch.nn.Linear, inputs: _Inputs) -> None:
            super().__init__()
            eight, self.scales = _rounded(layer.weight.detach())
            self.out_features, self.in_features = eight.shape
            self.packed = torch.ops.onednn.qlinear_prepack(eight, [_ROWS, self.in_features])
            self.zeros = torch.zeros(self.out_features, dtype=torch.int32)
            self.bias = None if layer.bias is None else layer.bias.detach().float()
            self.inputs = inputs

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            eight, scale = self.inputs.of(x)
            product: torch.Tensor = torch.ops.onednn.qlinear_pointwise(
                eight, 1.0, _MIDDLE, self.packed, self.scales, self.zeros, None,
                1.0, 0, torch.float32, "none", [], "",
            )  # fmt: skip
            product = product.mul_(scale)
            if self.bias is not None:
                product += self.bias
            return product.to(x.dtype).view(*x.shape[:-1], self.out_features)

    class Int8Embedding(torch.nn.Module):
        def __init__(self, layer: torch.nn.Embedding) -> None:
            super().__init__()
            self.dtype = layer.weight.dtype
            self.eight, self.scales = _rounded(layer.weight.detach())
            self.num_embeddings, self.embedding_dim = self.eight.shape

        def forward(self, ids: torch.Tensor) -> torch.Tensor:
            return (self.eight[ids].float() * self.scales[ids][..., None]).to(self.dtype)

    return Int8Linear, Int8Embedding
