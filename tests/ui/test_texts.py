from __future__ import annotations

import re
from dataclasses import fields

import pytest

from ui.texts import EN, KO, Texts, language_of, texts_of

NAMES = [field.name for field in fields(Texts)]


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_it_and_fill_in_the_same_blanks(name: str) -> None:
    korean, english = getattr(KO, name), getattr(EN, name)
    assert korean.strip()
    assert english.strip()
    # a Korean date leaves the year out, and only Korean has a particle
    if name not in ("practice_due_on", "ask_what_is"):
        assert set(re.findall(r"{(\w+)", korean)) == set(re.findall(r"{(\w+)", english))


def test_korean_is_korean() -> None:
    english_in_korean = {"practice_keys", "week_lecture"}
    for name in set(NAMES) - english_in_korean:
        assert re.search("[가-힣]", getattr(KO, name)), name
        assert not re.search("[가-힣]", getattr(EN, name)), name


def test_every_text_is_used() -> None:
    from pathlib import Path

    root = Path(__file__).parents[2] / "ui"
    code = "\n".join(path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    unused = [
        n
        for n in NAMES
        if not n.startswith(("kind_", "skip_", "export_"))
        and len(re.findall(rf"\b{n}\b", code)) < 4
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("header", "remembered", "language"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "", "ko"),
        ("en-US,en;q=0.9", "", "en"),
        ("fr,en;q=0.4,ko;q=0.8", "", "ko"),
        ("de", "", "en"),
        ("", "", "ko"),
        ("en", "ko", "ko"),
        ("ko", "en", "en"),
        ("ko;q=oops,en;q=0.1", "xx", "en"),
    ],
)
def test_the_language_is_the_one_chosen_before_or_the_browsers(
    header: str, remembered: str, language: str
) -> None:
    assert language_of(header, remembered) == language


def test_an_unknown_language_reads_korean() -> None:
    assert texts_of("xx") is KO
