"""What a model has read, kept between answers: a prompt that begins alike is not read again.

Knows token ids and transformers' key-value caches; knows nothing about messages. Only plain
attention layers are kept: a sliding window or a recurrent state cannot be wound back, and models
with such layers read every prompt from its start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from transformers import DynamicCache, PreTrainedModel
    from transformers.cache_utils import DynamicLayer

SLOTS = 2
"""Conversations kept; 1,500 tokens of a model of 0.6 or 1.7 billion weights are 170 MB."""
_ROOM = 256
"""Tokens that a cache grows by: joining tensors for every token would copy all of it each time."""


@dataclass(slots=True)
class _Slot:
    ids: list[int]
    cache: DynamicCache


class Prefixes:
    """The last few prompts with their answers, as a model has read them.

    Not for two threads at a time.

    Args:
        model: a transformers model; asked only how its cache is built.
    """

    def __init__(self, model: PreTrainedModel) -> None:
        self._config = model.config
        self._slots: list[_Slot] = []  # the latest used last

    def take(self, ids: Sequence[int]) -> tuple[DynamicCache | None, int]:
        """A cache that holds the beginning of `ids`, and how many of them; at least one is left.

        The cache belongs to the caller until `put`. None where the model's layers cannot be kept.
        """
        best = max(self._slots, key=lambda slot: _common(slot.ids, ids), default=None)
        known = min(_common(best.ids, ids), len(ids) - 1) if best else 0
        if best and 2 * known >= len(best.ids):
            self._slots.remove(best)
            best.cache.crop(known - best.cache.get_seq_length())
            return best.cache, known
        fresh = self._fresh()
        if fresh is not None and best and known:
            for own, other in zip(_layers(fresh), _layers(best.cache), strict=True):
                own.update(other.keys[..., :known, :], other.values[..., :known, :])
        return fresh, known if fresh is not None else 0

    def put(self, ids: Sequence[int], cache: DynamicCache) -> None:
        """Keep a cache with the ids that went through it; the oldest of too many goes."""
        read = cache.get_seq_length()
        self._slots = [*self._slots, _Slot(list(ids[:read]), cache)][-SLOTS:]

    def _fresh(self) -> DynamicCache | None:
        from transformers import DynamicCache
        from transformers.cache_utils import DynamicLayer

        cache = DynamicCache(config=self._config)
        if not cache.layers or any(type(layer) is not DynamicLayer for layer in cache.layers):
            return None
        kind = _growing()
        cache.layers = [kind() for _ in cache.layers]
        return cache


def _common(ones: Sequence[int], others: Sequence[int]) -> int:
    """How many ids at the beginning are the same."""
    pairs = zip(ones, others, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(ones), len(others)))


def _layers(cache: DynamicCache) -> list[Any]:
    return list(cache.layers)


def _growing() -> type[DynamicLayer]:
    """A cache layer that writes into room it has; made here because transformers loads late."""
    from transformers.cache_utils import DynamicLayer

    class GrowingLayer(DynamicLayer):  # type: ignore[no-untyped-call]
        _room: tuple[torch.Tensor, torch.Tensor] | None = None

        def update(
            self, key_states: torch.Tensor, value_states: torch.Tensor, *args: Any, **kwargs: Any
        ) -> tuple[torch.Tensor, torch.Tensor]:
            if not self.is_initialized:
                self.lazy_initialization(key_states, value_states)
            have = self.get_seq_length()
            need = have + key_states.shape[-2]
            if self._room is None or self._room[0].shape[-2] < need:
                self._room = (self._larger(key_states, need), self._larger(value_states, need))
                for room, old in zip(self._room, (self.keys, self.values), strict=True):
                    if have and old is not None:
                        room[..., :have, :] = old
            for room, new in zip(self._room, (key_states, value_states), strict=True):
                room[..., have:need, :] = new
            self.keys, self.values = (room[..., :need, :] for room in self._room)
            return self.keys, self.values

        @staticmethod
        def _larger(states: torch.Tensor, need: int) -> torch.Tensor:
            return states.new_empty((*states.shape[:-2], need + _ROOM, states.shape[-1]))

    return GrowingLayer
