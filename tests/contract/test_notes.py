"""`tutor ingest`, `remove`, `show` and `status`: what goes into a home and what is in it."""

import os

import pytest
from filelock import FileLock

from ingest.build import ingest
from ingest.library import Library
from tests.contract.shapes import check_error
from tests.fakes import WordCountEncoder
from tests.tutor.course import BILINGUAL, write

BREAD = "# Bread\n\nSourdough is bread raised by wild yeast.\n"


def failure(ran, code):
    """The error of a command that failed; stderr says the same."""
    assert ran.code == 1, ran.out
    assert set(ran.json) == {"error"}
    check_error(ran.json["error"], code)
    assert ran.json["error"]["message"] in ran.err
    return ran.json["error"]


def test_ingest_reports_what_it_did(fresh, tmp_path):
    folder = write(
        tmp_path / "notes", {"bread.md": BREAD, "week2/한글.txt": "글\n\n한글은 글자이다."}
    )
    first = fresh("ingest", folder, "--json")
    write(folder, {"bread.md": BREAD + "\nRye is a grain.\n", "more.md": BREAD})
    (folder / "week2/한글.txt").unlink()
    second = fresh("ingest", folder, "--json")

    assert (first.code, second.code) == (0, 0)
    assert first.json == {
        "course": "notes",
        "added": ["bread.md", "week2/한글.txt"],
        "changed": [],
        "unchanged": [],
        "removed": [],
        "failed": {},
        "chunks": first.json["chunks"],
    }
    assert (second.json["added"], second.json["changed"]) == (["more.md"], ["bread.md"])
    assert second.json["removed"] == ["week2/한글.txt"]


def test_ingest_for_people(fresh, tmp_path):
    ran = fresh("ingest", write(tmp_path / "notes", {"bread.md": BREAD}), "--course", "빵")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith("빵: 1 added; 1 chunks.\n")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        (None, b"", "no_such_path"),
        ("empty.md", b"", "empty_file"),
        ("blank.txt", b" \n\xc2\xa0\n", "empty_file"),
        ("binary.txt", b"\x00\x01\x02\xff" * 100, "unreadable"),
        ("endless.txt", b"x" * 20_000_000, "unreadable"),
        ("notes.xyz", b"text", "unsupported_format"),
    ],
)
def test_files_that_cannot_be_read(fresh, tmp_path, name, data, code):
    path = tmp_path / (name or "없는 파일.md")
    if name:
        path.write_bytes(data)
    error = failure(fresh("ingest", path, "--json"), code)

    assert path.name in error["message"]


def test_a_folder_without_notes(fresh, tmp_path):
    failure(fresh("ingest", tmp_path, "--json"), "empty_file")


def test_a_bad_file_in_a_folder_does_not_stop_the_others(fresh, tmp_path):
    folder = write(tmp_path / "notes", {"bread.md": BREAD, "empty.md": ""})
    ran = fresh("ingest", folder, "--json")

    assert ran.code == 0
    assert ran.json["added"] == ["bread.md"]
    assert set(ran.json["failed"]) == {"empty.md"}
    assert "empty.md" in ran.err


def test_the_bundled_course_is_not_the_users(fresh, tmp_path):
    folder = write(tmp_path / "notes", {"bread.md": BREAD})

    failure(fresh("ingest", folder, "--course", "genai", "--json"), "no_such_course")


def test_a_course_that_is_being_changed(fresh, tmp_path):
    folder = write(tmp_path / "notes", {"bread.md": BREAD})
    with FileLock(fresh.home / "courses" / "c-notes.lock"):
        failure(fresh("ingest", folder, "--json"), "home_locked")


def test_show_writes_exactly_the_text(tutor):
    for name, text in BILINGUAL.items():
        ran = tutor("show", name)
        assert (ran.code, ran.out, ran.err) == (0, text, "")
    ran = tutor("show", "bread.md")
    assert (ran.code, ran.out) == (1, "")
    told = "There is no document 'bread.md'. `tutor status` lists the documents."
    assert ran.err == f"그런 문서가 없어요. {told}\n"


def test_remove_a_document_and_a_course(fresh, tmp_path):
    folder = write(tmp_path / "notes", {"bread.md": BREAD, "rye.md": BREAD})
    fresh("ingest", folder, "--course", "baking")

    assert fresh("remove", "rye.md").code == 0
    assert fresh("show", "rye.md", "--course", "baking").code == 1
    assert fresh("show", "bread.md", "--course", "baking").out == BREAD
    assert fresh("remove", "rye.md").code == 1
    assert fresh("remove", "--course", "baking").code == 0
    assert fresh("remove", "--course", "baking").code == 1
    assert fresh("remove").code == 1


@pytest.mark.parametrize("arguments", [["ko/week1/1-chatgpt.md"], []])
def test_the_bundled_course_cannot_be_removed(fresh, arguments):
    ran = fresh("remove", *arguments, "--course", "genai")

    assert ran.code == 1
    assert "stays as it is" in ran.err
    assert fresh("show", "ko/week1/1-chatgpt.md", "--course", "genai").code == 0


def test_status_json(tutor):
    ran = tutor("status", "--json")
    found = ran.json

    assert (ran.code, ran.err) == (0, "")
    assert {"courses", "default_courses", "encoder", "engine"} <= set(found)
    assert found["default_courses"] == ["notes"]
    assert found["engine"] == {"name": "reader", "kind": "reader"}
    courses = {course["name"]: course for course in found["courses"]}
    assert set(courses) == {"genai", "notes"}
    korean = next(d for d in courses["notes"]["documents"] if d["language"] == "ko")
    assert korean["outline"] == [{"week": 1, "lecture": 1, "title": "게이트"}]
    assert korean["roles"] == {"lecture": 3}


def test_status_for_people(tutor):
    ran = tutor("status")

    assert ran.code == 0
    assert "  ko/week1/1-gates.md (ko) 게이트\n    sections: 3 lecture;" in ran.out
    assert ran.out.endswith("engine: reader (reader)\n")


def test_without_notes_the_bundled_course_answers(fresh):
    ran = fresh("ask", "what is a transformer?", "--json")

    assert ran.json["answered"] is True
    assert {c["source"]["course"] for c in ran.json["citations"]} == {"genai"}
    assert fresh("status", "--json").json["default_courses"] == ["genai"]


class TestHomes:
    """Homes that cannot be used as they are."""

    @pytest.fixture
    def home(self, fresh, tmp_path):
        fresh("ingest", write(tmp_path / "notes", {"bread.md": BREAD}))
        return fresh

    def generation(self, shell):
        (folder,) = (shell.home / "courses" / "c-notes").glob("g-*")
        return folder

    def test_an_index_of_another_encoder(self, fresh, tmp_path):
        folder = write(tmp_path / "notes", {"bread.md": BREAD})
        ingest(Library(fresh.home), [folder], "notes", WordCountEncoder())
        error = failure(fresh("ask", "what is sourdough?", "--json"), "index_mismatch")

        assert "tutor ingest" in error["hint"]
        assert fresh("ingest", folder).code == 0
        assert fresh("ask", "what is sourdough?", "--json").json["answered"] is True

    @pytest.mark.parametrize("name", ["manifest.json", "chunks.jsonl", "vectors.faiss"])
    @pytest.mark.parametrize("harm", ["cut", "gone"])
    def test_a_damaged_index_is_built_again(self, home, tmp_path, name, harm):
        path = self.generation(home) / name
        data = path.read_bytes()
        path.unlink()
        if harm == "cut":
            path.write_bytes(data[: len(data) // 2])
        failure(home("ask", "what is sourdough?", "--json"), "index_damaged")

        assert home("ingest", tmp_path / "notes").code == 0
        assert home("ask", "what is sourdough?", "--json").json["answered"] is True

    def test_a_damaged_index_is_built_again_without_naming_its_paths(self, home, tmp_path):
        (self.generation(home) / "chunks.jsonl").unlink()
        error = failure(home("ask", "what is sourdough?", "--json"), "index_damaged")
        assert "tutor rebuild --course notes" in error["hint"]

        report = home("rebuild", "--json").json
        assert (report["course"], report["failed"]) == ("notes", {})
        assert home("ask", "what is sourdough?", "--json").json["answered"] is True
        failure(home("rebuild", "--course", "genai", "--json"), "no_such_course")

    def test_a_home_of_a_later_version(self, home):
        (home.home / "home.json").write_text('{"layout": 99}', encoding="utf-8")

        failure(home("ask", "what is sourdough?", "--json"), "home_newer")

    def test_a_home_that_is_a_file(self, fresh, tmp_path):
        path = tmp_path / "file"
        path.write_text("", encoding="utf-8")

        failure(fresh("status", "--json", "--home", path), "home_read_only")

    @pytest.mark.skipif(
        os.name == "nt" or getattr(os, "geteuid", lambda: 1)() == 0,
        reason="root and Windows write to read-only folders",
    )
    def test_a_home_that_cannot_be_written(self, home):
        home.home.chmod(0o500)
        try:
            ran = home("ask", "what is sourdough?", "--json")
        finally:
            home.home.chmod(0o700)

        assert ran.json["answered"] is True
        assert "temporary" in ran.err
