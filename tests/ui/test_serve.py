from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.ui.serving import ROOT, served
from ui.serve import Address, PortTaken, home_mark, page_url, serving_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("집 home")


@pytest.fixture(scope="module")
def port(home: Path) -> Iterator[int]:
    with served(str(home), "0") as (url, _):
        found = urlsplit(url).port
        assert found is not None
        yield found


def fetch(port: int, path: str, host: str | None = None) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": host} if host else {})
        with connection.getresponse() as response:
            return response.status, response.read().decode("utf-8")
    finally:
        connection.close()


def test_a_server_says_whose_home_it_serves_without_naming_it(port: int, home: Path) -> None:
    assert serving_home(port) == home_mark(home)
    assert home.name not in fetch(port, "/tutor/whoami")[1]


def test_the_page_itself_is_served_at_the_root(port: int) -> None:
    status, page = fetch(port, "/")
    assert status == 200
    assert "강의 노트 튜터" in page or "\\uac15\\uc758" in page


def test_another_web_sites_name_for_this_machine_is_turned_away(port: int) -> None:
    assert fetch(port, "/tutor/whoami", host="evil.example")[0] == 400
    assert fetch(port, "/tutor/whoami", host=f"localhost:{port}")[0] == 200


def test_the_functions_of_the_page_are_no_public_interface(port: int) -> None:
    status, info = fetch(port, "/gradio_api/info")
    assert status == 200
    assert info == '{"named_endpoints":{},"unnamed_endpoints":{}}'


def test_nobody_and_strangers_are_not_our_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        assert serving_home(silent.getsockname()[1]) is None
        assert time.monotonic() - started < 3
        free = silent.getsockname()[1]
    assert serving_home(free) is None


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.0 200 OK\r\n\r\nhello",
        b'HTTP/1.0 200 OK\r\n\r\n{"app": "other", "home": "x"}',
        b"HTTP/1.0 200 OK\r\n\r\n[]",
        b"SSH-2.0-x\r\n",
    ],
)
def test_other_programs_on_the_port_are_not_our_server(reply: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            visitor, _ = listener.accept()
            with visitor:
                visitor.recv(1000)
                visitor.sendall(reply)

        thread = threading.Thread(target=answer)
        thread.start()
        assert serving_home(listener.getsockname()[1]) is None
        thread.join(5)


def test_a_taken_port_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        address = Address(port=port)
        from ui.server import serve

        with pytest.raises(PortTaken, match=f"127.0.0.1:{port}") as caught:
            serve(None, address, lambda url: None)  # type: ignore[arg-type]
    assert "--port" in caught.value.hint


def test_looking_for_a_server_imports_no_web_framework() -> None:
    code = "import sys, ui.serve; sys.exit(any(n in sys.modules for n in ('gradio', 'uvicorn')))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_the_address_to_type() -> None:
    assert page_url("127.0.0.1", 7860) == "http://127.0.0.1:7860"
    assert page_url("0.0.0.0", 80) == "http://127.0.0.1:80"
    assert page_url("::1", 7860) == "http://[::1]:7860"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to another process on Windows")
def test_ctrl_c_ends_within_two_seconds_with_a_page_still_listening(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    with (
        log.open("w", encoding="utf-8") as messages,
        served(str(tmp_path), "0", messages=messages) as (url, process),
    ):
        port = urlsplit(url).port
        assert port is not None
        listener = HTTPConnection("127.0.0.1", port, timeout=20)
        listener.request("GET", "/gradio_api/heartbeat/abc")
        beats = listener.getresponse()
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(10)
        assert time.monotonic() - started < 2
        assert process.returncode != 0
        beats.close()
        listener.close()
    assert "ASGI" not in log.read_text(encoding="utf-8")


def test_auth_keeps_the_page_but_not_the_probe_behind_a_login(tmp_path: Path) -> None:
    with served(str(tmp_path), "0", "kim", "비밀번호") as (url, _):
        port = urlsplit(url).port
        assert port is not None
        assert fetch(port, "/config")[0] == 401
        assert serving_home(port) == home_mark(tmp_path)
