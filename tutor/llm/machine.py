"""What this machine has: memory, cores, a graphics card; and how many cores are idle just now.

Knows operating systems; knows nothing about models.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

GB = 1e9
_CORE = ("physical id", "core id")


@dataclass(frozen=True, slots=True)
class Machine:
    """Args: memory and graphics memory in GB (0 without a card), and physical cores."""

    memory: float
    cores: int
    gpu: float


def this_machine() -> Machine:
    """What there is; imports torch, to see a graphics card as it will be used."""
    import torch

    card = torch.cuda.is_available()
    gpu = torch.cuda.get_device_properties(0).total_memory / GB if card else 0.0
    return Machine(memory_gb(), cores(), gpu)


def memory_gb() -> float:
    """Memory of this machine, or of the container it is run in, in GB."""
    if sys.platform == "win32":
        return _windows_memory() / GB
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = _text(Path("/sys/fs/cgroup/memory.max")).strip()
    return min(total, int(limit) if limit.isdecimal() else total) / GB


@lru_cache(maxsize=1)
def cores() -> int:
    """Physical cores that this process may use; two threads on one only wait for each other."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    logical = allowed or os.cpu_count() or 1
    listed = _text(Path("/proc/cpuinfo"))
    numbers = (re.findall(rf"^{name}\s*:\s*(\d+)", listed, re.M) for name in _CORE)
    physical = set(zip(*numbers, strict=False))
    return min(logical, len(physical)) if physical else logical


def idle_cores(seconds: float = 0.05) -> int:
    """Cores that other programs leave idle over the next moment, 1 at least.

    Measured on Linux; elsewhere all cores count as idle.
    """
    before = _busy()
    if before is None:
        return cores()
    own, began = time.process_time(), time.monotonic()
    time.sleep(seconds)
    after = _busy()
    took = time.monotonic() - began
    others = ((after or before) - before - (time.process_time() - own)) / took
    return max(1, min(cores(), round(cores() - max(0.0, others) + 0.2)))


def _busy() -> float | None:
    """Seconds of all cores together spent working since the machine started."""
    first = _text(Path("/proc/stat")).partition("\n")[0].split()
    if len(first) < 8 or first[0] != "cpu":
        return None
    user, nice, system, _idle, _wait, irq, soft = map(int, first[1:8])
    ticks: int = os.sysconf("SC_CLK_TCK")
    return (user + nice + system + irq + soft) / ticks


def _windows_memory() -> int:
    class Status(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong)] + [
            (name, ctypes.c_ulonglong)
            for name in (
                "total",
                "free",
                "page",
                "page_free",
                "virtual",
                "virtual_free",
                "extended",
            )
        ]

    status = Status()
    status.length = ctypes.sizeof(Status)
    ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined]
    return int(status.total)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # another system than Linux
        return ""
