"""`tutor quiz`, `quiz-check`, `grade`, `practice` and `export`."""

import csv
import io
import json
import zipfile

import pytest

from tests.contract.shapes import check_error, check_item

KINDS = {
    "choice", "negative_choice", "cloze", "true_false", "short_answer", "matching", "ordering",
}  # fmt: skip
MADE = ("quiz", "--count", "6", "--course", "genai", "--week", "2", "--language", "ko", "--json")


def lines(*values) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


@pytest.fixture(scope="module")
def made(bundled):
    ran = bundled(*MADE, "--seed", "7")
    assert ran.code == 0, ran.err
    return ran


@pytest.fixture(scope="module")
def items(made):
    return made.lines


@pytest.fixture
def saved(fresh):
    """A home with six items in its bank, and those items."""
    ran = fresh(*MADE, "--save")
    assert ran.code == 0, ran.err
    return fresh, ran.lines


def response_to(item, *, right=True):
    """The right response to an item, or one that is wholly wrong."""
    if item["key"] is None:
        return item["answer"][0] if right else "아무 말"
    if item["kind"] in ("matching", "ordering"):
        return item["key"] if right else [*item["key"][1:], item["key"][0]]
    return item["key"][0] if right else (item["key"][0] + 1) % len(item["options"])


def test_items_have_the_shape_of_the_contract(bundled, items):
    assert len(items) == 6
    texts = bundled.texts(*{c["source"]["document"] for i in items for c in i["citations"]})
    for item in items:
        check_item(item, texts)
        assert item["kind"] in KINDS
        assert item["language"] == "ko"
        assert {c["source"]["week"] for c in item["citations"]} == {2}
    assert len({item["id"] for item in items}) == 6


def test_the_same_seed_gives_the_same_items(bundled, made):
    assert bundled(*MADE, "--seed", "7").out == made.out
    assert bundled(*MADE, "--seed", "8").out != made.out


def test_a_kind_a_lecture_and_a_topic(bundled):
    ran = bundled(
        "quiz", "--kind", "cloze", "--lecture", "2-2", "--topic", "게이트", "--count", "2", "--json"
    )

    assert ran.code == 0
    assert {item["kind"] for item in ran.lines} == {"cloze"}
    for item in ran.lines:
        source = item["citations"][0]["source"]
        assert (source["week"], source["lecture"]) == (2, 2)


def test_fewer_items_than_asked_for_is_said(bundled):
    ran = bundled("quiz", "--lecture", "2-2", "--kind", "ordering", "--count", "500", "--json")

    assert ran.code == 0
    assert len(ran.lines) < 500
    assert ran.err


def test_items_for_people(bundled):
    ran = bundled("quiz", "--count", "1", "--language", "en", "--seed", "1")

    assert ran.code == 0
    assert ran.out.startswith("1. ")
    assert "   → " in ran.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--kind", "essay"], "not_available"), (["--course", "physics"], "no_such_course")],
)
def test_quizzes_that_cannot_be_made(bundled, arguments, code):
    ran = bundled("quiz", *arguments, "--json")

    assert ran.code == 1
    check_error(ran.json["error"], code)


def test_quiz_check_names_the_problems(bundled, items):
    without = {"id": "bare", "kind": "cloze", "stem": "____은(는) 게이트이다.", "answer": ["리셋"]}
    good = items[1]
    ran = bundled("quiz-check", "--json", stdin=lines(good, without) + "not json\n[]\n")

    assert ran.code == 1
    first, second, third, fourth = ran.lines
    assert first == {"id": good["id"], "problems": []}
    assert second["id"] == "bare"
    for problem in second["problems"]:
        assert set(problem) == {"code", "level", "message"}
        assert problem["level"] in ("hard", "soft")
    assert "no_evidence" in {problem["code"] for problem in second["problems"]}
    for bad in (third, fourth):
        assert set(bad) == {"id", "error"}
        check_error(bad["error"], "bad_line")


def test_item_problems_are_no_failure(bundled):
    item = {"id": "bare", "kind": "cloze", "stem": "____은(는) 게이트이다.", "answer": ["리셋"]}

    assert bundled("quiz-check", "--json", stdin=lines(item)).code == 0


def test_grade(bundled, items):
    given = [
        {"id": f"{right}{number}", "item": item, "response": response_to(item, right=right)}
        for number, item in enumerate(items)
        for right in (True, False)
    ]
    ran = bundled("grade", "--json", stdin=lines(*given))

    assert (ran.code, ran.err) == (0, "")
    for line, mark in zip(given, ran.lines, strict=True):
        assert set(mark) == {"id", "correct", "score", "verdict", "feedback"}
        assert mark["id"] == line["id"]
        right = line["id"].startswith("True")
        assert (mark["correct"], mark["verdict"] == "correct") == (right, right)
        assert mark["score"] == 1 if right else 0 <= mark["score"] < 1
        assert mark["feedback"]


def test_an_option_may_be_named_by_its_text(bundled, items):
    item = next(i for i in items if i["kind"] in ("choice", "negative_choice"))
    text = item["options"][item["key"][0]]
    ran = bundled("grade", "--json", stdin=lines({"id": 1, "item": item, "response": text}))

    assert ran.json["correct"] is True


def test_bad_lines_of_grade(bundled, items):
    ran = bundled(
        "grade",
        "--json",
        stdin=lines(
            {"id": "a"},
            {"id": "b", "item": "x", "response": 0},
            {"id": "c", "item": items[0] | {"kind": "essay"}, "response": 0},
            {"id": "d", "item": items[0], "response": {"at": 0}},
        )
        + json.dumps({"id": "e", "item": items[0], "response": "\ud800"})
        + "\n"
        + lines({"id": "ok", "item": items[0], "response": response_to(items[0])}),
    )

    assert ran.code == 1
    assert [line["id"] for line in ran.lines] == ["a", "b", "c", "d", "e", "ok"]
    for bad in ran.lines[:4]:
        check_error(bad["error"], "bad_line")
    assert ran.lines[4]["correct"] is False
    assert ran.lines[5]["correct"] is True


def test_practice_goes_round(saved):
    shell, items = saved
    now = ("--now", "2026-03-02T09:00:00+00:00")
    first = shell("practice", "--json", *now, stdin=lines({"op": "next"})).json
    assert set(first) == {"id", "op", "item"}
    item = first["item"]
    assert item in items

    answer = {"op": "answer", "id": item["id"], "response": response_to(item)}
    outcome = shell("practice", "--json", *now, stdin=lines(answer)).json
    assert set(outcome) == {"id", "op", "correct", "score", "verdict", "feedback", "due"}
    assert (outcome["id"], outcome["correct"]) == (item["id"], True)
    assert outcome["due"] > "2026-03-02T09:00:00"

    second = shell("practice", "--json", *now, stdin=lines({"op": "next"})).json
    assert second["item"]["id"] != item["id"]


def test_a_batch_of_practice_with_bad_lines(saved):
    shell, items = saved
    ran = shell(
        "practice",
        "--json",
        stdin=lines(
            {"op": "forget"},
            {"op": "answer", "response": 0},
            {"op": "answer", "id": "0000", "response": 0},
            {"op": "answer", "id": items[0]["id"], "response": {"at": 1}},
            {"op": "answer", "id": items[0]["id"], "response": response_to(items[0])},
            {"op": "next"},
        ),
    )

    assert ran.code == 1
    for bad in ran.lines[:4]:
        check_error(bad["error"], "bad_line")
    assert ran.lines[4]["correct"] is True
    assert ran.lines[5]["item"]["id"] != items[0]["id"]


def test_practice_without_items(fresh):
    ran = fresh("practice", "--json", stdin=lines({"op": "next"}))

    assert (ran.code, ran.json["item"]) == (0, None)


@pytest.mark.parametrize("now", ["tomorrow", "2026-13-01"])
def test_a_moment_that_is_none(fresh, now):
    ran = fresh("practice", "--json", "--now", now)

    assert ran.code == 1
    check_error(ran.json["error"], "bad_line")


def test_save_repeats_nothing_that_is_in_the_bank(saved):
    shell, items = saved
    again = shell(*MADE, "--save").lines

    assert not {item["id"] for item in items} & {item["id"] for item in again}


def test_without_save_the_bank_stays_empty(fresh):
    fresh(*MADE)

    assert fresh("practice", "--json", stdin=lines({"op": "next"})).json["item"] is None


def test_export(saved, tmp_path):
    shell, items = saved
    files = {}
    for name in ("json", "csv", "md", "gift", "apkg"):
        path = tmp_path / f"내보내기.{name}"
        ran = shell("export", "--format", name, "--out", path)
        assert (ran.code, ran.out) == (0, "")
        files[name] = path.read_bytes()

    assert json.loads(files["json"]) == items
    rows = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    assert len(rows) == 1 + len(items)
    assert items[0]["stem"].splitlines()[0] in files["md"].decode("utf-8")
    assert files["gift"].decode("utf-8").strip()
    assert "collection.anki2" in zipfile.ZipFile(io.BytesIO(files["apkg"])).namelist()


def test_an_export_that_cannot_be_written(saved, tmp_path):
    shell, _ = saved
    ran = shell("export", "--format", "md", "--out", tmp_path / "nowhere" / "quiz.md")

    assert (ran.code, ran.out) == (1, "")
    assert "quiz.md' cannot be written: No such file or directory. Give --out a file" in ran.err


def test_items_can_be_audited(bundled, items):
    ran = bundled("quiz-audit", "--json", stdin=lines(*items))

    assert ran.code == 0
    assert [set(line) for line in ran.lines] == [
        {"solver", "items", "right", "expected", "p", "beats_chance"}
    ] * 4
    words = bundled("quiz-audit", stdin=lines(*items))
    assert "longest option" in words.out
    assert "Fewer than 300 items" in words.err


def test_a_learner_overrules_corrects_and_drops(saved):
    shell, items = saved
    item = next(i for i in items if i["options"] and i["kind"] not in ("matching", "ordering"))
    right, wrong = item["key"][0], (item["key"][0] + 1) % len(item["options"])
    now = ("--now", "2026-03-02T09:00:00+00:00")
    ran = shell(
        "practice",
        "--json",
        *now,
        stdin=lines(
            {"op": "answer", "id": item["id"], "response": wrong},
            {"op": "notebook"},
            {"op": "overrule", "id": item["id"]},
            {"op": "notebook"},
            {"op": "mastery"},
            {"op": "correct", "id": item["id"], "key": [wrong]},
            {"op": "answer", "id": item["id"], "response": wrong, "now": "2026-03-05T09:00:00Z"},
            {"op": "answer", "id": item["id"], "response": right, "now": "2026-03-06T09:00:00Z"},
            {"op": "drop", "id": item["id"]},
            {"op": "drop", "id": item["id"]},
        ),
    )

    assert ran.code == 0
    answered, noted, overruled, empty, mastery, fixed, after, before, dropped, again = ran.lines
    assert answered["correct"] is False
    assert [each["item"]["id"] for each in noted["items"]] == [item["id"]]
    assert noted["items"][0]["item"]["citations"] == item["citations"]
    assert (overruled["correct"], empty["items"]) == (True, [])
    assert sum(lecture["seen"] for lecture in mastery["lectures"]) == 1
    assert fixed["item"]["key"] == [wrong]
    assert (after["correct"], before["correct"]) == (True, False)
    assert (dropped["dropped"], again["dropped"]) == (True, False)
    shell(*MADE, "--save")
    assert item["id"] not in {each["id"] for each in bank_of(shell)}


def bank_of(shell):
    out = shell.home / "bank.json"
    assert shell("export", "--format", "json", "--out", out).code == 0
    return json.loads(out.read_text(encoding="utf-8"))


def test_a_killed_session_loses_no_attempt(saved):
    """`kill -9` right after the fourth result was read: four attempts are there."""
    shell, items = saved
    process = shell.start("practice", "--json", "--now", "2026-03-02T09:00:00+00:00")
    told = []
    for item in items[:4]:
        answer = {"op": "answer", "id": item["id"], "response": response_to(item, right=False)}
        process.stdin.write(lines(answer).encode())
        process.stdin.flush()
        told.append(json.loads(process.stdout.readline())["id"])
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()

    ran = shell("practice", "--json", stdin=lines({"op": "mastery"}, {"op": "next"}))
    assert ran.code == 0
    assert sum(lecture["seen"] for lecture in ran.lines[0]["lectures"]) == len(set(told)) == 4


def test_a_changed_note_keeps_the_history_of_what_it_still_says(fresh, tmp_path):
    note = tmp_path / "coffee.md"
    kept = "드립(drip)은 분쇄한 원두에 더운물을 천천히 부어 종이로 거르는 추출 방법이다."
    gone = "침출(immersion)은 원두를 물에 담가 두었다가 찌꺼기를 걷어 내는 추출 방법이다."
    rest = (
        "가압(pressure brewing)은 뜨거운 물을 높은 압력으로 밀어 넣는 추출 방법이다.\n"
        "점적(cold drip)은 찬물을 한 방울씩 오랫동안 떨어뜨리는 추출 방법이다.\n"
    )
    note.write_text(f"# 커피 추출\n\n{kept}\n{gone}\n{rest}", encoding="utf-8")
    assert fresh("ingest", note).code == 0
    items = fresh("quiz", "--count", "8", "--save", "--json").lines
    answers = [{"op": "answer", "id": i["id"], "response": response_to(i)} for i in items]
    assert fresh("practice", "--json", stdin=lines(*answers)).code == 0

    note.write_text(f"# 커피 추출\n\n새로 쓴 첫 문장이다.\n\n{kept}\n{rest}", encoding="utf-8")
    assert fresh("ingest", note).code == 0
    quotes = {c["quote"] for item in bank_of(fresh) for c in item["citations"]}
    assert kept in quotes
    assert gone not in quotes
    text = fresh("show", "coffee.md").out
    for item in bank_of(fresh):
        for citation in item["citations"]:
            source = citation["source"]
            shown = text[source["start"] : source["end"]]
            assert " ".join(shown.split()) == citation["quote"]
    (mastery,) = fresh("practice", "--json", stdin=lines({"op": "mastery"})).lines
    (lecture,) = mastery["lectures"]
    assert lecture["seen"] == lecture["facts"] > 0
