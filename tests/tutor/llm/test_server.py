"""A stand-in on the loopback speaks as much of the OpenAI protocol as a chat needs."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tutor.errors import NoModel
from tutor.llm import server
from tutor.llm.server import open_server

PIECES = ["리셋 ", "게이트", " [1]"]
USAGE = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}


class StandIn(ThreadingHTTPServer):
    """Streams `PIECES` to whoever asks, and keeps what was asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers["Authorization"], body))
        if body.get("stream"):
            self.answer("text/event-stream", "".join(self.events(body["model"])))
        else:
            choice = {"index": 0, "finish_reason": "stop"}
            message = {"role": "assistant", "content": "".join(PIECES)}
            self.answer(
                "application/json",
                json.dumps(
                    self.part("chat.completion", body["model"])
                    | {"choices": [choice | {"message": message}], "usage": USAGE}
                ),
            )

    def events(self, model):
        part = self.part("chat.completion.chunk", model)
        for piece in PIECES:
            choice = {"index": 0, "delta": {"role": "assistant", "content": piece}}
            yield self.event(part | {"choices": [choice | {"finish_reason": None}]})
        last = {"index": 0, "delta": {}, "finish_reason": "stop"}
        yield self.event(part | {"choices": [last]})
        yield self.event(part | {"choices": [], "usage": USAGE})
        yield "data: [DONE]\n\n"

    @staticmethod
    def part(kind, model):
        return {"id": "chat-1", "object": kind, "created": 1, "model": model}

    @staticmethod
    def event(data):
        return f"data: {json.dumps(data)}\n\n"

    def answer(self, kind, text):
        data = text.encode("utf-8")
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in ("OPENAI_API_KEY", "OPENAI_API_BASE", "OPENAI_BASE_URL", "OPENAI_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for scheme in ("http", "https", "all"):
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme.upper()}_PROXY", raising=False)


@pytest.fixture
def stand_in():
    with StandIn() as stand_in:
        thread = threading.Thread(target=stand_in.serve_forever, args=(0.02,))
        thread.start()
        yield stand_in
        stand_in.shutdown()
        thread.join()


def test_it_streams_the_pieces_and_the_usage(stand_in):
    chunks = list(
        open_server(f"qwen3:0.6b@{stand_in.url}").stream("리셋 게이트가 뭐예요?", stop=["Q:"])
    )
    assert [chunk.text for chunk in chunks if chunk.text] == PIECES
    usage = [chunk.usage_metadata for chunk in chunks if chunk.usage_metadata]
    assert [(one["input_tokens"], one["output_tokens"]) for one in usage] == [(7, 3)]
    [(path, key, body)] = stand_in.asked
    assert (path, key) == ("/v1/chat/completions", "Bearer not-needed")
    assert body["model"] == "qwen3:0.6b"
    assert body["messages"] == [{"role": "user", "content": "리셋 게이트가 뭐예요?"}]
    assert body["stop"] == ["Q:"]
    assert 512 in (body.get("max_tokens"), body.get("max_completion_tokens"))


def test_the_async_twins_work(stand_in):
    llm = open_server(f"org/model@v2@{stand_in.url}/")

    async def both():
        whole = await llm.ainvoke("hi")
        return whole.text, [chunk.text async for chunk in llm.astream("hi") if chunk.text]

    assert asyncio.run(both()) == ("리셋 게이트 [1]", PIECES)
    assert {(path, body["model"]) for path, _, body in stand_in.asked} == {
        ("/v1/chat/completions", "org/model@v2")
    }


def test_the_key_comes_from_the_environment(stand_in, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-mine")
    llm = open_server(f"m@{stand_in.url}")
    assert llm.invoke("hi").text == "리셋 게이트 [1]"
    assert stand_in.asked[0][1] == "Bearer sk-mine"
    assert "sk-mine" not in repr(llm)


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "qwen3",
        "qwen3@",
        "@http://127.0.0.1:9/v1",
        "qwen3@127.0.0.1:9/v1",
        "qwen3@ftp://127.0.0.1/v1",
        "qwen3@http:///v1",
        "qwen3@http://127.0.0.1:99999/v1",
        "qwen3@http://127.0.0.1:port/v1",
    ],
)
def test_a_malformed_spec_is_refused_with_an_example(spec):
    with pytest.raises(NoModel, match="Not a") as caught:
        open_server(spec)
    assert "openai:MODEL@BASE_URL" in caught.value.hint


def test_nobody_listening_is_known_at_once_and_told_without_secrets():
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: refused
        port = taken.getsockname()[1]
        began = time.monotonic()
        with pytest.raises(NoModel) as caught:
            open_server(f"m@http://me:secret@127.0.0.1:{port}/v1")
    assert time.monotonic() - began < 3.5
    assert caught.value.message == f"No server answers at http://127.0.0.1:{port}."
    assert "reader" in caught.value.hint


def test_a_name_look_up_that_hangs_is_given_up(monkeypatch):
    let_go = threading.Event()

    def hang(*args, **kwargs):
        let_go.wait(10)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    monkeypatch.setattr(server, "PROBE_SECONDS", 0.2)
    began = time.monotonic()
    with pytest.raises(NoModel, match="No server answers"):
        open_server("m@http://model.example/v1")
    assert time.monotonic() - began < 2
    let_go.set()


def test_behind_a_proxy_it_is_the_proxy_that_must_listen(stand_in, monkeypatch):
    monkeypatch.setenv("http_proxy", stand_in.url.removesuffix("/v1"))
    monkeypatch.setenv("no_proxy", "")
    assert open_server("m@http://model.example/v1") is not None
