"""model: the local language models that can be had, those that are here, and fetching one."""

from __future__ import annotations

import argparse
from typing import Any

from tqdm import tqdm

from tutor.commands.output import say, write, write_json
from tutor.errors import NoModel
from tutor.llm import catalog
from tutor.llm.fetch import Fetch, Progress, State
from tutor.llm.shelf import Shelf, Shelved
from tutor.settings import settle

_LOOK = 0.2
"""Seconds between two looks at a download."""


def model(options: argparse.Namespace) -> int:
    """List local models, or fetch one."""
    shelf = Shelf(settle(options.home, None, options.encoder, options.store).home)
    if options.action == "list":
        return _list(shelf, options.json)
    if not options.name:
        raise NoModel(
            "No model was named.", "Write tutor model pull NAME; `tutor model list` has names."
        )
    return _pull(shelf, catalog.named(options.name), options.json)


def _list(shelf: Shelf, as_json: bool) -> int:
    here = {found.repo: found for found in shelf.all()}
    rows = [_row(one, here.pop(one.repo, None)) for one in catalog.CATALOG]
    rows += [_row(None, found) for found in here.values()]
    if as_json:
        write_json({"models": rows, "free_bytes": shelf.free()})
        return 0
    for row in rows:
        state = "here" if row["fetched"] else f"{row['disk_gb']:.1f} GB to fetch"
        write(f"{row['name']:14} {row['repo']:44} {row['licence']:12} {state}\n")
    write(f"{shelf.free() / 1e9:.0f} GB of disk are free at {shelf.root}\n")
    return 0


def _row(listed: catalog.Listed | None, found: Shelved | None) -> dict[str, Any]:
    """One model; `listed` is None for one that the catalogue does not know."""
    known = listed or found
    assert known is not None
    size = found.size / 1e9 if found else listed.disk if listed else 0.0
    return {
        "name": listed.name if listed else known.repo,
        "repo": known.repo,
        "licence": known.licence,
        "disk_gb": round(size, 2),
        "memory_gb": listed.memory if listed else None,
        "fetched": found is not None,
        "folder": str(found.folder) if found else None,
        "tokens_per_s": found.tokens_per_s if found else None,
        "first_token_s": found.first_token_s if found else None,
    }


def _pull(shelf: Shelf, repo: str, as_json: bool) -> int:
    """Fetch a model with a progress bar; Ctrl-C stops, and the next pull goes on from there."""
    fetch = Fetch(shelf, repo, _announce).start()
    bar: tqdm[Any] | None = None
    try:
        while not (now := fetch.wait(_LOOK)).ended:
            if now.state is State.FETCHING:
                bar = bar or tqdm(total=now.total, unit="B", unit_scale=True, desc=repo)
                bar.update(now.done - bar.n)
    except KeyboardInterrupt:
        fetch.cancel()
        say("Stopped; what came is kept. (멈췄어요. 받은 만큼은 남아 있어요.)")
        raise
    finally:
        if bar is not None:
            bar.close()
    if now.error is not None:
        raise now.error
    found = shelf.find(repo)
    if found is None:
        raise NoModel(f"The download of {repo} was stopped.", "Pull it again: it goes on.")
    say(f"{repo} is here: {found.folder}")
    if as_json:
        write_json(_row(next((c for c in catalog.CATALOG if c.repo == repo), None), found))
    return 0


def _announce(now: Progress) -> None:
    """What is about to come, before its first byte."""
    if now.state is State.FETCHING:
        say(
            f"{now.repo}: licence {now.licence}, {now.total / 1e9:.2f} GB, of which "
            f"{now.done / 1e9:.2f} GB are here; {now.free / 1e9:.0f} GB of disk are free."
        )
