"""quiz, quiz-check, grade, practice, export: items from the command line and JSON lines."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from ingest.errors import NoSuchPath
from tutor.commands.notes import open_tutor
from tutor.commands.output import each_line, read_lines, say, text_field, write, write_json
from tutor.errors import BadLine
from tutor.quiz import practice as practising
from tutor.quiz.audit import ENOUGH, audit
from tutor.quiz.corrections import corrected
from tutor.quiz.export import export as write_out
from tutor.quiz.generate import QuizRequest
from tutor.quiz.item import Item
from tutor.quiz.kinds import KINDS
from tutor.quiz.store import Bank
from tutor.quiz.validate import problems
from tutor.settings import settle


def quiz(options: argparse.Namespace) -> int:
    """Make items; with --save they join the bank and repeat nothing in it."""
    tutor = open_tutor(options)
    spec = settle(llm=options.llm).llm
    # items of the templates are the same for the same seed: a model writes only when it is named
    writer = None
    if spec not in ("auto", "reader"):
        writer = tutor.writer(temperature=options.temperature, seed=options.seed)
        say("Items are being written by the model and checked; this takes a while.")
    week, lecture = options.lecture or (options.week, None)
    request = QuizRequest(
        count=options.count,
        kinds=tuple(options.kind or ()),
        courses=tuple(options.course) if options.course else None,
        week=week,
        lecture=lecture,
        topic=options.topic,
        language=options.language,
        seed=options.seed,
    )
    known = tutor.bank.items(retired=True) if options.save else ()
    batch = tutor.quiz(request, known=known, writer=writer)
    if options.save:
        tutor.bank.add(batch.items)
    for number, item in enumerate(batch.items, start=1):
        if options.json:
            write_json(item.to_dict())
        else:
            write(as_text(number, item))
    if batch.dropped:
        reasons = ", ".join(f"{n} {code}" for code, n in batch.dropped.items())
        say(f"Dropped by the checks: {reasons}.")
    if batch.shortfall:
        say(batch.shortfall)
    return 0


def quiz_check(options: argparse.Namespace) -> int:
    """What is wrong with each item on stdin; quotes are looked up in the home's documents."""
    tutor = open_tutor(options)

    def check(given: dict[str, Any]) -> dict[str, Any]:
        item = Item.from_dict(given)
        found = problems(item, document_text=tutor.text_of)
        return {"id": item.id, "problems": [problem.to_dict() for problem in found]}

    return each_line(check)


def quiz_audit(options: argparse.Namespace) -> int:
    """How well the items on stdin can be guessed by solvers that never see the notes."""
    items = [Item.from_dict(given) for given in read_lines()]
    found = audit(items)
    if options.json:
        for each in found:
            write_json(asdict(each) | {"beats_chance": each.beats_chance})
        return 0
    for each in found:
        share = f"{each.right}/{each.items} ({each.expected:.1f} by chance)"
        verdict = "BEATS CHANCE" if each.beats_chance else "no better than chance"
        write(f"{each.solver:34}{share:>28}   p = {each.p:.3f}   {verdict}\n")
    if found and found[0].items < ENOUGH:
        say(f"Fewer than {ENOUGH} items with one right option: this says little.")
    return 0


def grade(options: argparse.Namespace) -> int:
    """What each response on stdin is worth."""

    def mark(given: dict[str, Any]) -> dict[str, Any]:
        item = Item.from_dict(given.get("item"))
        return KINDS[item.kind.value].grade(item, given.get("response")).to_dict()

    return each_line(mark)


def practice(options: argparse.Namespace) -> int:
    """The next item that is due, or the result of an answer, for each line of stdin."""
    tutor = open_tutor(options)
    bank = tutor.bank
    now = _moment(options.now) if options.now else None

    def step(given: dict[str, Any]) -> dict[str, Any]:
        moment = _moment(text_field(given, "now")) if "now" in given else now or datetime.now(UTC)
        operation = given.get("op")
        match operation:
            case "next":
                item = practising.next_item(bank, moment, options.course)
                return {"op": "next", "item": item and item.to_dict()}
            case "answer":
                name = text_field(given, "id")
                outcome = practising.answer(bank, name, given.get("response"), moment)
                return _told("answer", outcome)
            case "overrule":
                return _told("overrule", practising.overrule(bank, text_field(given, "id")))
            case "drop":
                return {"op": "drop", "dropped": bank.delete(text_field(given, "id"))}
            case "correct":
                return {"op": "correct", "item": _correct(bank, given).to_dict()}
            case "notebook":
                missed = practising.notebook(bank, options.course)
                return {"op": "notebook", "items": [_miss(each) for each in missed]}
            case "mastery":
                known = practising.mastery(bank, moment, options.course)
                return {"op": "mastery", "lectures": [_mastery(each) for each in known]}
        raise BadLine(
            '"op" is none of next, answer, overrule, correct, drop, notebook, mastery.',
            'Write {"op": "next"}.',
        )

    return each_line(step)


def _told(operation: str, outcome: practising.Outcome) -> dict[str, Any]:
    due = outcome.due.isoformat(timespec="seconds")
    return {"op": operation} | outcome.grade.to_dict() | {"due": due}


def _correct(bank: Bank, given: dict[str, Any]) -> Item:
    item = bank.get(text_field(given, "id"))
    if item is None:
        raise BadLine("There is no such item in the bank.", 'Ask for one with {"op": "next"}.')
    # read as an item's fields are, so that a key of the wrong type is refused alike
    read = Item.from_dict(item.to_dict() | {n: given[n] for n in ("key", "answer") if n in given})
    new = corrected(
        item,
        key=read.key if "key" in given else None,
        answer=read.answer if "answer" in given else None,
    )
    bank.correct(new)
    return new


def _miss(miss: practising.Miss) -> dict[str, Any]:
    at = miss.attempt.at.isoformat(timespec="seconds")
    return {
        "item": miss.item.to_dict(),
        "response": miss.attempt.response,
        "at": at,
        "times": miss.times,
    }


def _mastery(mastery: practising.Mastery) -> dict[str, Any]:
    course, week, lecture = mastery.place
    return {
        "course": course,
        "week": week or None,
        "lecture": lecture or None,
        "facts": mastery.facts,
        "seen": mastery.seen,
        "known": mastery.known,
        "recall": round(mastery.recall, 3),
    }


def export(options: argparse.Namespace) -> int:
    """Write the bank to a file."""
    tutor = open_tutor(options)
    items = tutor.bank.items(options.course)
    content = write_out(items, options.format)
    try:
        options.out.write_bytes(content)
    except OSError as error:
        raise NoSuchPath(
            f"'{options.out}' cannot be written: {error.strerror}.",
            "Give --out a file in a folder that is there and can be written to.",
        ) from error
    say(f"{len(items)} items in {options.out.name}.")
    return 0


def as_text(number: int, item: Item) -> str:
    """An item as a person reads it, key and explanation below."""
    lines = [f"{number}. {item.stem}"]
    for at, term in enumerate(item.terms or ()):
        lines.append(f"   {chr(ord('a') + at)}. {term}")
    for at, option in enumerate(item.options or (), start=1):
        lines.append(f"   {at}) {option}")
    lines.append(f"   → {' · '.join(item.answer[:1]) or '?'}  {item.explanation}")
    for citation in item.citations:
        place = citation.chunk.place
        lines.append(f"   [{citation.n}] {place.week}-{place.lecture} “{citation.quote}”")
    return "\n".join(lines) + "\n\n"


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadLine(f"'{text}' is not a moment.", "Write 2026-03-01T09:00:00+00:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
