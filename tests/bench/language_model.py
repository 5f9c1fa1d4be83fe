"""How fast a language model is on this machine's processor: random weights of real shapes.

Each variant runs in a process of its own, so that its memory can be told. Speeds depend on shapes
and not on what the weights are; nothing here says anything about quality.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SHAPES: dict[str, dict[str, int]] = {
    "0.6B": {"hidden_size": 1024, "intermediate_size": 3072},
    "1.7B": {"hidden_size": 2048, "intermediate_size": 6144},
}
"""Of Qwen3-0.6B and Qwen3-1.7B."""
PROMPT, WRITTEN = 1500, 12
Clock = Callable[[], float]
COLUMNS = ("prefill tok/s", "first token s", "second turn s", "decode tok/s", "GB", "peak GB")


def table(sizes: tuple[str, ...] = tuple(SHAPES), threads: int = 0) -> None:
    """Plain bfloat16 beside what is chosen here, size by size.

    With one thread, its own time is counted: then other programs hardly matter.
    """
    print(f"\n{'language model, random weights':30}" + "".join(f"{c:>15}" for c in COLUMNS), end="")
    print(f"{'of bandwidth':>15}")
    for size in sizes:
        for way in ("plain", "chosen"):
            command = [sys.executable, __file__, size, way, str(threads)]
            root = str(Path(__file__).parents[2])
            ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
            found = json.loads(ran.stdout.splitlines()[-1])
            cells = "".join(f"{found[column]:>15.2f}" for column in COLUMNS)
            share = f"{100 * found['share']:.0f} %"
            print(f"{size + ' ' + found['way']:30}{cells}{share:>15}", flush=True)


def measure(size: str, way: str, threads: int) -> dict[str, Any]:
    """One variant, in this process."""
    import torch

    from tutor.llm import attention, quantise
    from tutor.llm.machine import idle_cores
    from tutor.llm.prefix import Prefixes

    torch.set_num_threads(threads or idle_cores())
    clock = time.process_time if torch.get_num_threads() == 1 else time.perf_counter
    before = _memory()
    model = _random(size)
    chosen = way == "chosen"
    if chosen:
        attention.adopt(model)
        if quantise.able():
            quantise.quantise(model)
    weights = _memory() - before
    ids = torch.randint(0, 150_000, (1, PROMPT + 1))
    prefixes = Prefixes(model)
    first, cache = _first(model, ids, prefixes if chosen else None, clock)
    if chosen:
        prefixes.put(ids[0].tolist(), cache)
        second, cache = _first(model, ids, prefixes, clock)
    else:
        second = first
    times = []
    token = ids[:, -1:]
    with torch.no_grad():
        for _ in range(WRITTEN):
            began = clock()
            token = model(token, past_key_values=cache).logits[:, -1:].argmax(-1)
            times.append(clock() - began)
    step = sorted(times)[len(times) // 2]
    return {
        "way": ("8 bits" if chosen and quantise.able() else "bf16")
        + (", chosen" if chosen else ""),
        "prefill tok/s": PROMPT / first,
        "first token s": first,
        "second turn s": second,
        "decode tok/s": 1 / step,
        "GB": weights,
        "peak GB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9 - before,
        "share": weights / step / _bandwidth(clock),
    }


def _random(size: str) -> Any:
    import torch
    from transformers import Qwen3Config, Qwen3ForCausalLM

    config = Qwen3Config(
        vocab_size=151_936,
        num_hidden_layers=28,
        num_attention_heads=16,
        num_key_value_heads=8,
        head_dim=128,
        tie_word_embeddings=True,
        **SHAPES[size],
    )
    with torch.device("meta"):
        model = Qwen3ForCausalLM(config)
    model = model.to(torch.bfloat16).to_empty(device="cpu")
    model.tie_weights()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_(0, 0.02)
        for name, buffer in model.named_buffers():
            if "inv_freq" in name:
                buffer.copy_(1e6 ** -(torch.arange(0, 128, 2) / 128))
    return model.eval()


def _first(model: Any, ids: Any, prefixes: Any, clock: Clock) -> tuple[float, Any]:
    """Seconds to the first token, and the cache that holds the prompt."""
    import torch
    from transformers import DynamicCache

    from tutor.llm.local import PIECE

    began = clock()
    cache, at = (
        prefixes.take(ids[0].tolist()) if prefixes else (DynamicCache(config=model.config), 0)
    )
    with torch.no_grad():
        while at < ids.shape[-1]:
            end = min(at + PIECE, ids.shape[-1]) if prefixes else ids.shape[-1]
            model(ids[:, at:end], past_key_values=cache, logits_to_keep=1)
            at = end
    return clock() - began, cache


def _bandwidth(clock: Clock) -> float:
    """GB a second that can be read from memory, by the threads in use."""
    import torch

    block = torch.ones(1 << 27)  # 512 MB
    best = float("inf")
    for _ in range(5):
        began = clock()
        block.sum()
        best = min(best, clock() - began)
    return float(block.numel() * 4 / best / 1e9)


def _memory() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e9


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    print(json.dumps(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
