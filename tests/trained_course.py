"""The trained model as tests get it: taught from a tutor's prompts, kept in pytest's cache.

Knows how a tutor writes its prompts; `trained_model.py` knows how a model learns them.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.trained_model import CONTEXT, PAIRS, recipe, train
from tutor.answer import _messages
from tutor.llm.local import LocalChatModel
from tutor.tutor import Tutor, _retrieved


def trained_on(course: Tutor, config: pytest.Config, folder: Path) -> Path:
    """The folder of the model that knows `PAIRS`; training takes most of a minute, once.

    Args:
        course: a tutor of a home with nothing but the bundled course.
        config: in whose cache the model is kept.
        folder: where it is kept if there is no cache.
    """
    retriever = course.retriever(["genai"])
    room = LocalChatModel(model=None, tokenizer=None, settings={}, context=CONTEXT).room_for_notes
    examples = []
    for question, answer in PAIRS:
        system, notes = _messages(_retrieved(retriever, question, [])[0], room)
        chat = [
            {"role": "system", "content": str(system.content)},
            {"role": "user", "content": str(notes.content)},
        ]
        examples.append((chat, answer))
    mark = recipe([said["content"] for chat, _ in examples for said in chat])
    cache: pytest.Cache | None = getattr(config, "cache", None)  # -p no:cacheprovider leaves none
    kept = (cache.mkdir("trained-models") if cache else folder) / mark
    if not kept.is_dir():
        made = kept.with_name(f"{mark}.{os.getpid()}")
        train(made, examples)
        try:
            made.rename(kept)
        except OSError:  # another test run was faster
            shutil.rmtree(made)
    return kept
