"""Prompt texts as files. Knows how to fill one in; knows nothing about engines.

Values are put in with `string.Template`, in one pass: braces in notes mean nothing, and a "$name"
in a note is not filled in again.
"""

from __future__ import annotations

from importlib.resources import files
from string import Template


def render(name: str, **values: str) -> str:
    """The prompt `name`.md with its $placeholders filled in.

    Raises:
        KeyError: a placeholder has no value.
    """
    text = files(__package__).joinpath(f"{name}.md").read_text(encoding="utf-8")
    return Template(text).substitute(values).strip()
