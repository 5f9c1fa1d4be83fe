"""What a sentence says of a term: subject, particle or article, predicate.

Knows sentence patterns of Korean and English and lines such as "term: explanation"; knows nothing
about items. A sentence whose subject is not known to be a term is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tutor.quiz import korean
from tutor.quiz.english import singular
from tutor.quiz.terms import Term, is_name, is_subject, read_term, split_aliases
from tutor.quiz.words import fold

_PAIR = re.compile(r"^(?P<label>[^:：]{2,70}?)\s*(?:[:：](?!//)|\s[-–—](?=\s))\s*(?P<gloss>\S.+)$")
_SUBJECT_KO = re.compile(r"(?P<particle>이란|란|은|는)(?=,?\s)")
_SUBJECT_EN = re.compile(
    r"^(?P<lead>(?:[Tt]he|[Aa]|[Aa]n)\s+)?(?P<name>[A-Za-z][\w.+/’'-]*(?:\s[\w.+&/’'-]+){0,5}?)"
    r"(?:\s*\((?P<inside>[^()]*)\))?\s+(?P<rest>(?:is|are|was|has|have|can|does|means"
    r"|[a-z]+s)\b.+)$"
)
_DEFINING_EN = re.compile(
    r"^(?:is|are)\s+(?:(?:an?|the|any)\s"
    r"|[a-z-]+(?: [a-z-]+)? (?:that|in which|whose|where|by which)\s)"
)
_GENUS_EN = re.compile(
    r"^(?:is|are)\s+(?:(?:an?|the|any|one of the)\s+)?(?P<noun>.+?)"
    r"(?:,|:|;|\s(?:that|which|who|whose|where|by|of|in|for|to|with|from|on|at|between|without"
    r"|than)\b"
    r"|\s(?:used|obtained|produced|made|built|drawn|\w+ed (?:by|from|in|on|to|with|as|for"
    r"|together|into|until))\b|$)"
)
_IT = re.compile(r"^[Ii]t\s+(?=[a-z]+s\b)(?!is \w+ (?:to|that)\b)")
_SUBJECT_REACH = 48
"""Characters within which a Korean sentence's subject ends."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One term and what is said of it.

    Args:
        lead: what stands before the term: "The ", "A " or nothing; on a line "It " where the gloss
            has a verb for the term.
        particle: the Korean particle after the term; "" in English and on lines.
        predicate: the rest, without the full stop.
        line: whether it was a line "term: predicate", which is no sentence.
    """

    term: Term
    lead: str
    particle: str
    predicate: str
    line: bool

    def defines(self, language: str) -> bool:
        """Whether it says what kind of thing the term is."""
        if language == "ko":
            return korean.ending_noun(self.predicate) is not None
        return bool(_DEFINING_EN.match(self.predicate))

    def genus(self, language: str) -> str:
        """The kind of thing, folded: "게이트", "gate"; "" where it is not said."""
        if language == "ko":
            noun = korean.ending_noun(self.predicate)
            return fold(noun.split()[-1]) if noun and noun.split() else ""
        match = _GENUS_EN.match(self.predicate) if self.defines(language) else None
        return singular(fold(match["noun"].split()[-1])) if match else ""


def split_pair(text: str) -> tuple[str, str] | None:
    """Label and gloss of a line such as "label: gloss", "label - gloss" or "label = alias = gloss".

    A second name goes into the label's parentheses, where every other alias stands.
    """
    equal = [part.strip() for part in re.split(r"\s*={1,2}\s*", text)]
    if len(equal) > 1 and ":" not in equal[0] and all(equal):
        label, *aliases, gloss = equal
        second, dash, rest = gloss.partition(" - ")
        if dash and len(second) < _SUBJECT_REACH // 2:
            aliases, gloss = [*aliases, second], rest
        told = _PAIR.match(gloss)
        if "==" in text and not aliases and told and is_name(told["label"], "ko"):
            return f"{told['label']} ({label})", told["gloss"]
        if ("==" in text and not aliases) or any("," in alias for alias in aliases):
            return None
        return f"{label} ({', '.join(aliases)})" if aliases else label, gloss
    match = _PAIR.match(text)
    if not match or re.match(r"^[\d\s.,:]+$", match["label"]):
        return None
    return match["label"].strip(), match["gloss"].strip()


def read_line(label: str, gloss: str, language: str, *, member: bool = False) -> Saying | None:
    """A definition in the form "term: gloss"; None where the label is no name.

    `member` says whether the line stands in a list whose topic is known.
    """
    term = read_term(label, language, member=member)
    if term is None:
        return None
    match = _IT.match(gloss) if language == "en" else None
    lead = "It " if match else ""
    return Saying(term, lead, "", (gloss[match.end() :] if match else gloss).rstrip("."), line=True)


def read_sentence(text: str, language: str, known: Callable[[str], bool]) -> Saying | None:
    """A sentence that opens with a term, as subject and predicate.

    `known` says whether a name is a term of these notes; one that the sentence itself defines, or
    gives another name in parentheses, is taken too.
    """
    text = text.strip().rstrip(".:")
    return _korean(text, known) if language == "ko" else _english(text, known)


def _korean(text: str, known: Callable[[str], bool]) -> Saying | None:
    for match in _SUBJECT_KO.finditer(text[: _SUBJECT_REACH * 2]):
        subject, predicate = text[: match.start()], text[match.end() :].lstrip(" ,")
        if re.sub(r"\([^()]*\)", "", subject).count("(") or len(subject) > _SUBJECT_REACH * 2:
            continue
        term = read_term(subject, "ko")
        if term is None or len(term.name) > _SUBJECT_REACH:
            continue
        saying = Saying(term, "", match["particle"], predicate, line=False)
        named = subject.rstrip().endswith(")") and bool(term.aliases)
        if (named or known(term.name)) and is_subject(term.name):
            return saying
    return None


def _english(text: str, known: Callable[[str], bool]) -> Saying | None:
    for match in _prefixes(text):
        name, predicate = match["name"], match["rest"]
        aliases = tuple(split_aliases(match["inside"])) if match["inside"] else ()
        if not is_name(name, "en"):
            continue
        defined = _DEFINING_EN.match(predicate) and len(name.split()) <= 4
        if known(name) or (aliases and defined):
            return Saying(Term(name, aliases), match["lead"] or "", "", predicate, line=False)
    return None


def _prefixes(text: str) -> list[re.Match[str]]:
    """Every way to cut a sentence after its first words, longest subject first."""
    found = []
    for size in range(6, 0, -1):
        pattern = _SUBJECT_EN.pattern.replace("{0,5}?", f"{{{size - 1}}}")
        match = re.match(pattern, text)
        if match:
            found.append(match)
    return found


def names_in(text: str, language: str) -> list[Term]:
    """The terms that a sentence introduces: "X(alias)은 …", "An X (ALIAS) is a …"."""
    found = []
    if language == "ko":
        match = re.match(r"^(?P<name>[^().,]{2,40}?\([^()]+\))(?:이란|란|은|는)\s", text)
        term = read_term(match["name"], "ko") if match else None
        if term and term.aliases:
            found.append(term)
        defined = re.match(
            r"^(?P<name>[^().,]{2,24}?)(?:이란|란|은|는)\s+(?P<rest>.+)$", text.rstrip(".")
        )
        if defined and korean.ending_noun(defined["rest"]) and not found:
            term = read_term(defined["name"], "ko")
            found.extend([term] if term else [])
        return found
    match = re.match(
        r"^(?:[Tt]he "
        r"|[Aa]n? )?(?P<name>[A-Za-z][\w.+/’'-]*(?: [\w.+&/’'-]+){0,3})(?:\s*\((?P<inside>"
        r"[^()]*)\))?"
        r"\s+(?:is|are|means|refers to)\s+(?:an?|the|any|all)\s",
        text,
    )
    if match and is_name(match["name"], "en"):
        found.append(Term(match["name"], tuple(split_aliases(match["inside"] or ""))))
    return found
