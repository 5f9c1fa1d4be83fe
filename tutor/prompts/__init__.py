"""Prompt texts as files. Knows how to fill one in; knows nothing about engines.

A file is prose with comments: `<!-- system -->` and `<!-- user -->` begin the two messages, every
other comment gives the reason for the line below it and is left out. Values are put in with
`string.Template`, in one pass: braces in notes mean nothing, and a "$name" in a note is not filled
in again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from string import Template

_PART = re.compile(r"<!-- (system|user) -->\n")
_REASON = re.compile(r"<!--.*?-->\n", re.S)


def render(name: str, **values: str) -> tuple[str, str]:
    """The system and the user message of the prompt `name`.md with its $placeholders filled in.

    Raises:
        KeyError: a placeholder has no value.
    """
    system, user = _parts(name)
    return system.substitute(values).strip(), user.substitute(values).strip()


def rules(name: str) -> str:
    """The rules of a prompt, its system message as it stands."""
    return _parts(name)[0].template.strip()


@lru_cache(maxsize=8)
def _parts(name: str) -> tuple[Template, Template]:
    text = files(__package__).joinpath(f"{name}.md").read_text(encoding="utf-8")
    _, first, system, second, user = _PART.split(text)
    if (first, second) != ("system", "user"):
        raise ValueError(f"{name}.md does not hold a system and then a user message")
    return Template(_REASON.sub("", system)), Template(_REASON.sub("", user))
