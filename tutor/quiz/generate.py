"""Makes a quiz: notes to facts, facts to drafts, drafts to items through the gate. START HERE.

The steps are in `passages` and `reading` (what the notes say), `kinds` (what can be asked),
`siblings` (what can stand beside the key), `assembly` (what goes together) and `validate`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ingest.document import Chunk
from tutor.quiz.assembly import Assembly
from tutor.quiz.item import Item
from tutor.quiz.kinds import kind_named
from tutor.quiz.request import Batch, QuizRequest
from tutor.quiz.siblings import Embed
from tutor.quiz.supply import Supply
from tutor.quiz.written import Writer, WrittenSupply

__all__ = ["Batch", "QuizRequest", "generate"]


def generate(
    chunks: Sequence[Chunk],
    request: QuizRequest,
    *,
    known: Collection[Item] = (),
    glossary: Iterable[Sequence[str]] = (),
    embed: Embed | None = None,
    writer: Writer | None = None,
) -> Batch:
    """A quiz from the structure of the notes; a language model writes first where there is one.

    Args:
        chunks: of the courses asked for, all of them: siblings come from the whole course.
        request: how many items, of which kinds, from where.
        known: items not to repeat, those of the bank.
        glossary: rows of forms that mean the same; see `ingest.glossary.read_rows`.
        embed: the encoder, which says what is near what; without it, structure alone does.
        writer: a language model; templates make up what it leaves open.

    Raises:
        NotAvailable: for a kind that does not exist.
    """
    for name in request.kinds:
        kind_named(name)
    glossary = list(glossary)
    supply = Supply(chunks, request, glossary, embed)
    assembly = Assembly(request, known)
    if writer is not None:
        written = WrittenSupply(chunks, request, glossary, writer, embed)
        assembly.fill(written, 1)
        assembly.drop(written.dropped)
    for allowed in (1, 2):
        assembly.fill(supply, allowed)
    return assembly.batch(supply)
