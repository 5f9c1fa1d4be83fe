"""What every test gets: a home of its own, no settings from outside, and no network."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.embed import SHIPPED_FOLDER, Encoder, StaticEncoder

SETTINGS = ("TUTOR_LLM", "TUTOR_ENCODER", "TUTOR_STORE")


class NetworkRefused(RuntimeError):
    """A test tried to leave this machine; not an OSError, so that no code takes it for offline."""


def pytest_configure() -> None:
    """Before anything imports the hub's library, which reads this once."""
    os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(name))
        yield


@pytest.fixture(scope="session", autouse=True)
def _home_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For fixtures that live longer than a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TUTOR_HOME", str(tmp_path_factory.mktemp("home")))
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, which TUTOR_HOME names."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("TUTOR_HOME", str(folder))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(scope="session")
def shipped() -> Encoder:
    """The encoder that ships, read once."""
    return StaticEncoder(SHIPPED_FOLDER)


def _guarded(name: str) -> Any:
    real = getattr(socket.socket, name)

    def guard(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and not _is_loopback(address[0]):
            raise NetworkRefused(f"A test must not connect to {address[0]}:{address[1]}.")
        return real(self, address)

    return guard


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
