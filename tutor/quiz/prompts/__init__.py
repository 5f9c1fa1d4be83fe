"""The words that a language model is given to make and to solve items. Knows no model."""

from __future__ import annotations

from importlib.resources import files


def prompt(name: str, language: str, **values: str) -> str:
    """The prompt of this name in "ko" or "en", its gaps filled."""
    text = (files(__package__) / f"{name}_{language}.md").read_text(encoding="utf-8")
    for gap, value in values.items():
        text = text.replace(f"{{{gap}}}", value)
    return text
