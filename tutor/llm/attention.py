"""Attention for one new token on a processor without a graphics card.

PyTorch's kernel is made for many queries at a time: with one, over 1,500 tokens of bfloat16, it
takes five times as long as two plain products in float32 (docs/benchmarks.md), which at that length
is longer than reading all the weights. Everything else stays with transformers' own `sdpa`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel

NAME = "sdpa_one_query"


def adopt(model: PreTrainedModel) -> None:
    """Let a model that uses `sdpa` use this; others stay as they are."""
    if model.config._attn_implementation != "sdpa":
        return
    from transformers import AttentionInterface, AttentionMaskInterface
    from transformers.masking_utils import sdpa_mask

    AttentionInterface.register(NAME, attend)
    AttentionMaskInterface.register(NAME, sdpa_mask)
    model.set_attn_implementation(NAME)


def attend(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    scaling: float | None = None,
    **kwargs: Any,
) -> tuple[torch.Tensor, None]:
    """Transformers' attention function: (batch, heads, tokens, width) to (batch, tokens, …)."""
    from transformers.integrations.sdpa_attention import sdpa_attention_forward

    batch, heads, tokens, width = query.shape
    special = attention_mask is not None or kwargs.get("position_bias") is not None
    if tokens > 1 or special or kwargs.get("softcap") is not None:
        return sdpa_attention_forward(
            module, query, key, value, attention_mask, scaling=scaling, **kwargs
        )
    # heads that share keys become rows of one product: (batch, key heads, heads a key head, width)
    grouped = query.view(batch, key.shape[1], -1, width).float()
    scale = width**-0.5 if scaling is None else scaling
    weights = (grouped @ key.float().transpose(2, 3)).mul_(scale).softmax(-1)
    mixed = (weights @ value.float()).to(query.dtype)
    return mixed.view(batch, 1, heads, value.shape[-1]), None
