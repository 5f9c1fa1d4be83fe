"""The local models that can be suggested, and the rule that picks one for a machine.

Knows the table of docs/models.md, which a test holds equal to this one; knows nothing about
downloads. Only licences that let anybody use the model for anything are listed.
"""

from __future__ import annotations

from dataclasses import dataclass

from tutor.llm.machine import Machine


@dataclass(frozen=True, slots=True)
class Listed:
    """A model that can be suggested.

    Args:
        name: what `tutor model pull` takes besides the repository.
        repo: on the hub.
        licence: as its card names it.
        weights: in billions.
        disk: GB to fetch, about; the hub's listing says it exactly before the first byte.
        memory: GB it takes while it answers on a processor, in 8 bits.
        needs: the least that a machine must have for it to be suggested.
    """

    name: str
    repo: str
    licence: str
    weights: float
    disk: float
    memory: float
    needs: Machine


CATALOG = (
    Listed(
        "qwen3-4b",
        "Qwen/Qwen3-4B-Instruct-2507",
        "apache-2.0",
        weights=4.0,
        disk=8.1,
        memory=5.5,
        needs=Machine(memory=16.0, cores=4, gpu=11.0),
    ),
    Listed(
        "kanana-2.1b",
        "kakaocorp/kanana-1.5-2.1b-instruct-2505",
        "apache-2.0",
        weights=2.3,
        disk=4.7,
        memory=3.5,
        needs=Machine(memory=16.0, cores=8, gpu=0.0),
    ),
    Listed(
        "qwen3-1.7b",
        "Qwen/Qwen3-1.7B",
        "apache-2.0",
        weights=1.7,
        disk=4.1,
        memory=2.8,
        needs=Machine(memory=12.0, cores=4, gpu=0.0),
    ),
    Listed(
        "qwen3-0.6b",
        "Qwen/Qwen3-0.6B",
        "apache-2.0",
        weights=0.6,
        disk=1.5,
        memory=1.3,
        needs=Machine(memory=6.0, cores=2, gpu=0.0),
    ),
)
"""Best first."""


def suited(machine: Machine) -> Listed | None:
    """The best model whose needs a machine meets; None where even the smallest is too much.

    Half of the memory is left to the browser and everything else that a student has open.
    """
    return next((listed for listed in CATALOG if _meets(machine, listed)), None)


def named(name: str) -> str:
    """The repository of a listed name; any other name is taken for a repository's."""
    return next((one.repo for one in CATALOG if name.lower() == one.name), name)


def _meets(machine: Machine, listed: Listed) -> bool:
    needs = listed.needs
    return (
        machine.memory >= needs.memory
        and machine.cores >= needs.cores
        and machine.gpu >= needs.gpu
        and (machine.gpu > 0 or listed.memory <= machine.memory / 2)
    )
