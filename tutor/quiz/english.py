"""English grammar for quiz sentences: articles, number, predicates that become questions.

Knows the language, nothing about items; works on spelling alone.
"""

from __future__ import annotations

import re

_VOWEL_SOUND = re.compile(r"^(?:[aeio]|u(?!ni|se|ti|-)|hour|honest|heir)", re.I)
_LETTER_WITH_VOWEL = frozenset("AEFHILMNORSX")
"""Letters whose names open with a vowel: an RNN, an LSTM, a GRU."""
_SINGULAR = re.compile(
    r"^(?:is|was|has|does|means|refers to|consists of)\b|^(?:also |then |only "
    r"|mainly )?[a-z]+[^su'\W]s\b"
)
_SINGULAR_ENDS = ("ss", "us", "is", "bias", "alias", "canvas", "atlas")
_CLAUSE = re.compile(
    r"^(?:(?!that|which|who|where|whose|when)[\w,'’-]+ ){1,6}?"
    r"(?:is|are|was|were|can|may|must|has|have|does|do|comes?|gives?|goes|go|reads?|replaces?)\b",
    re.I,
)
_NOUN_PHRASE = re.compile(r"^(?:is|are|an?|the|one|any|it|they)\b", re.I)
_PLURAL = re.compile(r"^(?:are|were|have)\b")


def article(word: str) -> str:
    """Either "a" or "an", by how the word is said."""
    first = word.split()[0] if word.split() else ""
    letters = re.split(r"[^A-Za-z]", first)[0]
    if (len(letters) > 1 and letters.isupper()) or len(letters) == 1:
        return "an" if letters[0].upper() in _LETTER_WITH_VOWEL else "a"
    return "an" if _VOWEL_SOUND.match(first) else "a"


def is_plural(term: str) -> bool:
    """Whether a term's last word is a plural form, by its ending."""
    last = term.split()[-1] if term.split() else ""
    if last.isupper():
        return False
    return len(last) > 3 and singular(last) != last and not last.endswith("ics")


def singular(word: str) -> str:
    """A noun without its plural ending: "strengths" gives "strength", "process" stays."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(_SINGULAR_ENDS):
        return word[:-1]
    return word


def as_question(predicate: str) -> str | None:
    """A predicate turned into the question for its subject.

    "is a gate that forgets" gives "Which of these is a gate that forgets?". None where the
    predicate does not open with a verb in the third person.
    """
    predicate = predicate.strip().rstrip(".").strip()
    if _SINGULAR.match(predicate) or _PLURAL.match(predicate):
        return f"Which of these {predicate}?"
    return None


def own_subject(gloss: str) -> bool:
    """Whether what is said of a label is a clause of its own: "tokens are pieces of words"."""
    return bool(_CLAUSE.match(gloss)) and not _NOUN_PHRASE.match(gloss)


def lower_first(text: str) -> str:
    """The first letter small, unless the word is a name or an abbreviation."""
    first = text.split()[0] if text.split() else ""
    plain = first[:1].isupper() and first[1:].replace("-", "").replace("’", "").islower()
    return text[:1].lower() + text[1:] if plain or first == "A" else text


def upper_first(text: str) -> str:
    """The first letter as a sentence begins, names such as "word2vec" included."""
    return text[:1].upper() + text[1:] if text[1:2].isalpha() or text[1:2] == " " else text
