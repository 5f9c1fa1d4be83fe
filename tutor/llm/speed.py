"""How fast a model is here: estimated before it is fetched, measured once it is loaded.

Knows what takes time in an answer (reading the prompt, reading all weights for every token); knows
nothing about which model that is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.llm import quantise
from tutor.llm.machine import idle_cores
from tutor.prompts.notes import BUDGET

if TYPE_CHECKING:
    from tutor.llm.local import LocalChatModel

LEAST = 5.0
"""Tokens a second below which nobody wants to read along."""
LONGEST = 15.0
"""Seconds to the first token above which nobody waits."""
_OVERHEAD = 0.045
"""Seconds a token takes beside its weights: attention over a full prompt, and Python."""
_WIDTH, _LAYERS, _PIECE = 2048, 12, 128
_RUNS, _WITHIN = 4, 0.15
"""Runs at least, and seconds in which as many more are done as fit."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Args: tokens written a second, and seconds to the first one after a full prompt."""

    tokens_per_s: float
    first_token_s: float

    @property
    def enough(self) -> bool:
        """Whether an answer at this speed is worth waiting for."""
        return self.tokens_per_s >= LEAST and self.first_token_s <= LONGEST


def estimate(weights: float) -> Speed:
    """The speed of a model of so many billion weights on this machine.

    Half a second of what an answer consists of, on layers of the usual width; a graphics card is
    taken to be fast enough for any model that fits it. Of two figures the better counts: the time
    on all cores that are idle now, and the processor time on one. The second leaves out what other
    programs take, so that a model is not turned down because a browser was starting.
    """
    import torch

    if torch.cuda.is_available():
        return Speed(30.0, 2.0)
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(idle_cores())
        together = [_seconds(rows, time.perf_counter) for rows in (1, _PIECE)]
        torch.set_num_threads(1)
        alone = [_seconds(rows, time.thread_time) for rows in (1, _PIECE)]
    finally:
        torch.set_num_threads(before)
    one, many = map(min, together, alone)
    share = weights * 1e9 / (_LAYERS * _WIDTH * _WIDTH)
    return Speed(
        1 / (share * one + _OVERHEAD), share * many * BUDGET / _PIECE * 1.15 + 2 * _OVERHEAD
    )


def measure(model: LocalChatModel) -> Speed:
    """The speed of a loaded model, from a short prompt and a few tokens."""
    prompt = "The reset gate decides how much of the past is dropped. " * 24
    brief = model.model_copy(update={"max_new_tokens": 12})
    times = []
    read = 0
    began = time.perf_counter()
    for chunk in brief.stream(prompt):
        times.append(time.perf_counter())
        read = chunk.usage_metadata["input_tokens"] if chunk.usage_metadata else read
    written = max(1, len(times) - 2)
    first = times[0] - began
    return Speed(written / max(1e-6, times[-1] - times[0]), first * BUDGET / max(1, read))


def _seconds(rows: int, clock: Callable[[], float]) -> float:
    """What `rows` tokens take through layers as the loaded model would have, on average."""
    import torch

    stack = torch.nn.Sequential(
        *(torch.nn.Linear(_WIDTH, _WIDTH, bias=False, dtype=torch.bfloat16) for _ in range(_LAYERS))
    )
    if quantise.able():
        quantise.quantise_layers(stack)
    x = torch.randn(rows, _WIDTH, dtype=torch.bfloat16)
    with torch.inference_mode():
        stack(x)
        runs, began, end = 0, clock(), time.perf_counter() + _WITHIN
        while runs < _RUNS or time.perf_counter() < end:
            stack(x)
            runs += 1
        return (clock() - began) / runs
