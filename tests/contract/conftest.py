"""The command line as another program sees it: arguments and bytes in, exit code and bytes out."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tutor.course import BILINGUAL, write
from tutor import cli

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self):
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def json(self):
        """Standard output as one line of JSON."""
        (found,) = self.lines
        return found


class Shell:
    """Runs commands on one home: in this process, or by `start` in one of their own."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *arguments, stdin=""):
        data = stdin if isinstance(stdin, bytes) else stdin.encode()
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TUTOR_HOME", str(self.home))
            for name in ("TUTOR_LLM", "TUTOR_ENCODER", "TUTOR_STORE"):
                patch.delenv(name, raising=False)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            try:
                code = cli.main([str(argument) for argument in arguments])
            except SystemExit as left:
                code = left.code
        return Ran(code, *(_written(stream) for stream in (out, err)))

    def start(self, *arguments, **options):
        """A process that runs a command; its streams are pipes of bytes."""
        environment = os.environ | {"TUTOR_HOME": str(self.home)} | options.pop("env", {})
        return subprocess.Popen(
            [sys.executable, "-m", "tutor", *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **options,
        )

    def texts(self, *documents):
        """The text of documents, as `tutor show` writes it."""
        return {name: self("show", name).out for name in documents}


def _written(stream):
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")


@pytest.fixture(scope="session")
def bundled(tmp_path_factory):
    """A home that holds the bundled course and nothing else; only ever copied."""
    shell = Shell(tmp_path_factory.mktemp("계약 contract") / "home")
    ran = shell("status", "--json")
    assert ran.code == 0, ran.err
    return shell


@pytest.fixture(scope="session")
def tutor(bundled, tmp_path_factory):
    """A home with a small course in two languages; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("노트 notes")
    shell = Shell(shutil.copytree(bundled.home, folder / "home"))
    ran = shell("ingest", write(folder / "notes", BILINGUAL))
    assert ran.code == 0, ran.err
    return shell


@pytest.fixture(scope="session")
def texts(tutor):
    return tutor.texts(*BILINGUAL)


@pytest.fixture
def fresh(bundled, tmp_path):
    """A home of a test's own, without notes."""
    return Shell(shutil.copytree(bundled.home, tmp_path / "home"))
