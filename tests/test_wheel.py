"""The wheel: it carries its data, and answers from a folder that is not the checkout."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATA = ("ingest/encoder/", "tutor/prompts/", "corpus/genai/ko/", "corpus/genai/en/")


def run(*arguments: str, cwd: Path, **environment: str) -> str:
    """Run this Python with nothing from outside, and return its standard output."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, "PIP_NO_INDEX": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=240,
    )
    assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), cwd=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("folder", DATA)
def test_every_data_file_of_the_checkout_is_in_the_wheel(names, folder):
    there = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert there, f"{folder} is empty in the checkout"
    assert there <= names


def test_the_encoder_has_its_weights_and_tokenizer(names):
    assert {"ingest/encoder/model.safetensors", "ingest/encoder/tokenizer.json"} <= names


def test_no_tests_and_no_tools_travel(names):
    folders = {name.split("/")[0] for name in names}
    metadata = {folder for folder in folders if folder.endswith(".dist-info")}
    assert folders - metadata == {"corpus", "ingest", "tutor", "ui"}


@pytest.mark.timeout(600)
def test_an_installed_copy_answers_from_the_bundled_course(wheel, tmp_path):
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    run("-m", "pip", "install", "-q", "--no-deps", "--target", str(site), str(wheel), cwd=tmp_path)
    world = {
        "PYTHONPATH": str(site),
        "TUTOR_HOME": str(tmp_path / "home"),
        "TUTOR_LLM": "reader",
    }
    where = run("-P", "-c", "import tutor; print(tutor.__file__)", cwd=elsewhere, **world)
    assert Path(where.strip()).is_relative_to(site)  # and not the editable install of the checkout
    question = "what is GRU's reset gate"
    text = run("-P", "-m", "tutor", "ask", question, "--json", cwd=elsewhere, **world)
    answer = json.loads(text)
    assert answer["answered"] is True
    assert answer["citations"][0]["source"]["course"] == "genai"
