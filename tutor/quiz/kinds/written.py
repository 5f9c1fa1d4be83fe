"""What a language model is asked for and given, whatever the kind: forms, passages, quotes.

Knows pydantic forms and places in notes; knows no model. The key comes before the question in every
form, since a model that has its answer writes better wrong ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from ingest.document import Chunk
from tutor.quiz.item import ItemKind
from tutor.quiz.kinds.base import Draft
from tutor.quiz.passages import LectureKey, Span
from tutor.quiz.words import fold

Short = Annotated[str, Field(min_length=1, max_length=80)]
Sentence = Annotated[str, Field(min_length=8, max_length=240)]


class Form(BaseModel):
    """What every form begins with.

    Args:
        evidence: the sentence of the passage that proves the key, letter by letter.
    """

    model_config = ConfigDict(extra="forbid")

    evidence: Sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """One chunk of a lecture, with the names that may stand beside a key.

    Args:
        known: whether the notes or the glossary know a name.
        aliases: its other names.
    """

    chunk: Chunk
    lecture: LectureKey
    names: tuple[str, ...]
    known: Callable[[str], bool]
    aliases: Callable[[str], tuple[str, ...]]
    generator: str

    @property
    def language(self) -> str:
        """The notes' own: "ko" or "en"."""
        return self.chunk.language

    def find(self, quote: str) -> Span | None:
        """Where a quote stands in the chunk, whatever the white space; None where it does not."""
        words = r"\s+".join(map(re.escape, quote.split()))
        match = re.search(words, self.chunk.text) if len(quote) >= 8 else None
        start = self.chunk.start
        return Span(self.chunk, start + match.start(), start + match.end()) if match else None

    def draft(
        self,
        kind: ItemKind,
        evidence: Span,
        *,
        stem: str,
        answer: tuple[str, ...],
        reason: str,
        options: tuple[str, ...] | None = None,
        key: tuple[int, ...] | None = None,
        terms: tuple[str, ...] | None = None,
        free: bool = True,
    ) -> Draft:
        """A draft about this passage."""
        return Draft(
            kind=kind,
            language=self.language,
            stem=stem.strip(),
            options=options,
            key=key,
            answer=answer,
            reason=reason.strip(),
            evidence=evidence,
            fact=f"{evidence.chunk.document} {fold(evidence.text)}",
            lecture=self.lecture,
            difficulty=0.5,
            terms=terms,
            free=free,
            generator=self.generator,
        )


@dataclass(frozen=True, slots=True)
class Written:
    """How a language model writes items of a kind.

    Args:
        form: what it fills in; its JSON schema is what it is held to.
        task: what it is told to do, in Korean and English.
        draft: the form as a draft, or the code of what is wrong with it.
    """

    form: type[Form]
    task: tuple[str, str]
    draft: Callable[[Any, Passage], Draft | str]
