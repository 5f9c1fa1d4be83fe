"""Every word of the page, in Korean and English. Knows nothing about components or the tutor."""

from __future__ import annotations

from typing import Literal

from ui.texts.en import EN
from ui.texts.fields import Texts
from ui.texts.ko import KO

Language = Literal["ko", "en"]
DEFAULT: Language = "ko"
TEXTS: dict[Language, Texts] = {"ko": KO, "en": EN}


def texts_of(language: str) -> Texts:
    """The words of `language`; Korean for anything but "en"."""
    return EN if language == "en" else KO


def language_of(accept_language: str, remembered: str = "") -> Language:
    """The page's language: what was chosen before, else the browser's best of the two.

    English for a browser that wants neither, Korean for one that says nothing.

    Args:
        accept_language: the request header, such as "ko-KR,ko;q=0.9,en;q=0.8"; may be empty.
        remembered: "ko", "en" or anything else for no choice.
    """
    if remembered in TEXTS:
        return remembered
    weighted = [_weighted(part) for part in accept_language.split(",") if part.strip()]
    for _, tag in sorted(weighted, key=lambda pair: -pair[0]):
        if tag in TEXTS:
            return tag
    return "en" if weighted else DEFAULT


def _weighted(part: str) -> tuple[float, str]:
    tag, _, parameter = part.strip().partition(";")
    _, _, quality = parameter.partition("q=")
    try:
        weight = float(quality) if quality else 1.0
    except ValueError:
        weight = 0.0
    return weight, tag.split("-")[0].strip().lower()


__all__ = ["DEFAULT", "EN", "KO", "TEXTS", "Language", "Texts", "language_of", "texts_of"]
