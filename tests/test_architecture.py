"""The house keeps its shape: who imports whom, which library comes in by which door."""

import ast
import importlib.util
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("ingest", "tutor", "ui")
BELOW = {"ingest": {"ingest"}, "tutor": {"ingest", "tutor"}, "ui": {"ingest", "tutor", "ui"}}
DOORS = {
    "faiss": ("ingest/vectors.py",),
    "langchain_qdrant": ("ingest/stores.py",),
    "qdrant_client": ("ingest/stores.py",),
    "langchain_milvus": ("ingest/stores.py",),
    "pypdf": ("ingest/formats/pdf.py",),
    "sentence_transformers": ("ingest/embed.py", "ingest/encoder/"),
    "kiwipiepy": ("ingest/words.py",),
    "snowballstemmer": ("ingest/words.py",),
    "bm25s": ("ingest/lexical.py",),
    "rapidfuzz": ("ingest/lexical.py",),
    "transformers": ("tutor/llm/",),
    "torch": ("tutor/llm/", "ingest/encoder/"),
    "openai": ("tutor/llm/",),
    "langchain_openai": ("tutor/llm/",),
    "fsrs": ("tutor/quiz/practice.py",),
    "llguidance": ("tutor/llm/structured.py",),
    "sqlite3": (
        "tutor/database.py",
        "tutor/quiz/store.py",
        "tutor/quiz/migrations.py",
        "tutor/chats.py",
    ),
    "gradio": ("ui/",),
}
BANNED = ("pickle", "dill", "joblib", "shelve", "langchain_community", "langchain_classic")
MAX_LINES = 400
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def imports(path: Path) -> set[str]:
    """Everything a file imports, inside functions too, relative names made absolute."""
    found = set()
    package = ".".join(path.relative_to(ROOT).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            relative = "." * node.level + (node.module or "")
            module = importlib.util.resolve_name(relative, package) if node.level else node.module
            found.update({module, *(f"{module}.{alias.name}" for alias in node.names)})
    return found


def importers(library: str) -> set[str]:
    """The files that import a library or a part of it."""
    return {
        name_of(path)
        for path in FILES
        if any(name == library or name.startswith(f"{library}.") for name in imports(path))
    }


def test_the_walk_sees_what_it_should():
    assert importers("faiss") == {"ingest/vectors.py"}
    assert "ingest.errors" in imports(ROOT / "tutor" / "cli.py")
    assert len(FILES) > 60


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_run_one_way(path):
    own = path.relative_to(ROOT).parts[0]
    ours = {name.split(".")[0] for name in imports(path)} & {*PACKAGES, "tests", "corpus", "tasks"}

    assert ours <= BELOW[own]


def test_answers_and_quizzes_know_nothing_of_each_other():
    answering = {"answer", "cite", "evidence", "follow_up", "intent", "retrieve", "llm", "prompts"}
    both_ways = []
    for path in FILES:
        parts = path.relative_to(ROOT).parts
        named = {name.split(".")[1] for name in imports(path) if name.startswith("tutor.")}
        if parts[:2] == ("tutor", "quiz") and named & answering:
            both_ways.append(name_of(path))
        if parts[0] == "tutor" and parts[1].removesuffix(".py") in answering and "quiz" in named:
            both_ways.append(name_of(path))

    assert both_ways == []


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library):
    outside = {name for name in importers(library) if not name.startswith(DOORS[library])}

    assert outside == set()


@pytest.mark.parametrize("library", BANNED)
def test_banned_libraries(library):
    assert importers(library) == set()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_module_says_what_it_knows_and_is_no_more_than_one_subject(path):
    text = path.read_text(encoding="utf-8")

    assert ast.get_docstring(ast.parse(text)), "opens with no docstring"
    assert len(text.splitlines()) <= MAX_LINES


def test_no_package_hides_another():
    assert sorted((ROOT / "tests").rglob("__init__.py")) == []


IMPORT_ALL = """
import importlib, json, os, sys
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps([m for m in ("torch", "transformers", "sentence_transformers", "gradio")
                  if m in sys.modules]))
"""


def import_all(names, folder: Path) -> list[str]:
    """Imports modules in a process whose home and working folder are `folder`."""
    homes = dict.fromkeys(
        ("HOME", "USERPROFILE", "TUTOR_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"),
        str(folder),
    )
    ran = subprocess.run(
        [sys.executable, "-B", "-c", IMPORT_ALL, json.dumps(names)],
        cwd=folder,
        env=os.environ | homes | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr == ""
    return json.loads(ran.stdout)


def modules(*packages: str) -> list[str]:
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in FILES
        if path.stem != "__main__"
    ]
    return [name for name in names if name.split(".")[0] in packages]


def test_reading_and_answering_load_no_heavy_library_and_touch_no_disk(tmp_path):
    assert import_all(modules("ingest", "tutor"), tmp_path) == []
    assert sorted(tmp_path.rglob("*")) == []


def test_the_page_loads_gradio_alone_and_touches_no_disk(tmp_path):
    assert import_all(modules("ui"), tmp_path) == ["gradio"]
    assert sorted(tmp_path.rglob("*")) == []
