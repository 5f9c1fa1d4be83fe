"""Small courses of our own writing, built in a temporary folder for tests of the read side."""

from __future__ import annotations

from pathlib import Path

from ingest.build import ingest
from ingest.index import glossary_of
from ingest.library import Library
from tests.fakes import WordCountEncoder
from tutor.retrieve import Retriever

KO = """# 게이트

## 리셋 게이트

리셋 게이트(reset gate)는 이전 은닉 상태를 얼마나 버릴지 정하는 게이트이다.

## 업데이트 게이트

업데이트 게이트(update gate)는 이전 상태와 새 후보를 섞는 비율을 정하는 게이트이다.

## 합성곱

합성곱(convolution)은 작은 필터를 이미지 위로 밀며 특징을 찾는 연산이다.
"""
EN = """# Gates

## Reset gate

The reset gate decides how much of the previous hidden state is dropped.

## Update gate

The update gate sets the ratio in which the old state and the new candidate are mixed.

## Convolution

A convolution slides a small filter over an image and looks for features.
"""
BILINGUAL = {"ko/week1/1-gates.md": KO, "en/week1/1-gates.md": EN}


def write(folder: Path, notes: dict[str, str]) -> Path:
    """The notes as files below `folder`."""
    for name, text in notes.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def library(folder: Path, notes: dict[str, str], course: str = "notes") -> Library:
    """A home with one course made of the notes."""
    found = Library(folder / "home")
    ingest(found, [write(folder / course, notes)], course, WordCountEncoder())
    return found


def retriever(folder: Path, notes: dict[str, str]) -> Retriever:
    """A search over the notes, with no other glossary than their own."""
    encoder = WordCountEncoder()
    index = library(folder, notes).load("notes", encoder.name)
    return Retriever([index], encoder, glossary_of([index], []))
