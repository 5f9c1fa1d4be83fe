"""Components whose words change with the page's language. Knows which field shows which text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import gradio as gr
from gradio.blocks import Block

from ui.texts import DEFAULT, texts_of

B = TypeVar("B", bound=Block)


class Labels:
    """Makes components in the default language and remembers what to say in the other."""

    def __init__(self) -> None:
        self._entries: list[tuple[Block, Mapping[str, str]]] = []

    def make(self, kind: Callable[..., B], words: Mapping[str, str], **settings: Any) -> B:
        """A component of `kind`; `words` maps its arguments to fields of `Texts`."""
        component = kind(**_said(words, DEFAULT), **settings)
        self._entries.append((component, dict(words)))
        return component

    @property
    def components(self) -> list[Block]:
        """All components made here, in order."""
        return [component for component, _ in self._entries]

    def updates(self, language: str) -> list[dict[str, Any]]:
        """One Gradio update per component, in the order of `components`."""
        said = (_said(words, language) for _, words in self._entries)
        return [gr.update(**dict[str, Any](words)) for words in said]


def _said(words: Mapping[str, str], language: str) -> dict[str, str]:
    texts = texts_of(language)
    return {argument: getattr(texts, field) for argument, field in words.items()}
