"""The real download against a hub stand-in that refuses, hangs, cuts, lies and goes on."""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import closing

import pytest

from tests.hub import COMMIT, serving, until
from tests.tiny_model import make_tiny_model
from tutor.errors import FetchFailed, HubUnreachable
from tutor.llm import hub as client
from tutor.llm.fetch import Fetch, State
from tutor.llm.local import load
from tutor.llm.shelf import Shelf

REPO = "lab/tiny"
WEIGHTS = "model.safetensors"


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """A folder as it is published: a model, and what nobody here wants."""
    folder = make_tiny_model(tmp_path_factory.mktemp("hub") / "tiny")
    (folder / "LICENSE").write_text("Apache License", encoding="utf-8")
    (folder / "modeling_tiny.py").write_text("raise SystemExit", encoding="utf-8")
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04pickle")
    (folder / "onnx").mkdir()
    (folder / "onnx" / "model.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture
def hub(published, monkeypatch):
    with serving(lab__tiny=published) as found:
        monkeypatch.setenv("HF_ENDPOINT", found.url)
        monkeypatch.setenv("HF_HUB_OFFLINE", "0")
        monkeypatch.setattr(client, "SILENCE", 1.0)
        for name in ("http_proxy", "HTTP_PROXY"):
            monkeypatch.delenv(name, raising=False)
        yield found


@pytest.fixture
def shelf(home):
    return Shelf(home)


def fetched(shelf, **callbacks):
    return Fetch(shelf, REPO, **callbacks).start().wait(30)


def test_a_model_comes_down_whole_and_loads(hub, shelf):
    seen = []
    ended = fetched(shelf, tell=seen.append)

    assert (ended.state, ended.error) == (State.READY, None)
    assert ended.done == ended.total > 0
    model = shelf.find(REPO)
    assert (model.repo, model.licence, model.commit) == (REPO, "apache-2.0", COMMIT)
    assert sorted(path.name for path in model.folder.iterdir()) == [
        "LICENSE",
        "chat_template.jinja",
        "config.json",
        "fetched.json",
        "generation_config.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
    ]
    assert load(model.folder).name == "lab--tiny"
    # name, licence, size and free disk are told before the first byte is asked for
    assert [p.state for p in seen] == [State.FETCHING, State.LOADING, State.READY]
    assert (seen[0].repo, seen[0].licence, seen[0].done) == (REPO, "apache-2.0", 0)
    assert seen[0].total == ended.total
    assert seen[0].free > 0


def test_what_is_told_before_the_first_byte_comes_before_it(hub, shelf):
    asked = []
    fetched(shelf, tell=lambda progress: asked.append(len(hub.asked)))

    assert asked[0] == 2
    assert all("/api/" in path for _, path, _ in hub.asked[:2])


def test_a_connection_that_is_cut_goes_on_where_it_stopped(hub, shelf):
    hub.cut, hub.cuts = 10_000, 3
    assert fetched(shelf).state is State.READY

    assert hub.ranges_of(WEIGHTS) == [None, "bytes=10000-", "bytes=20000-", "bytes=30000-"]
    assert fetched(shelf).state is State.READY  # it is there: nothing is fetched again
    assert len(hub.ranges_of(WEIGHTS)) == 4


def test_a_killed_download_goes_on_in_another_process(hub, shelf, published):
    part = shelf.half_fetched(REPO) / f"{WEIGHTS}.part"
    part.parent.mkdir(parents=True)
    part.with_name("x").parent.with_name("lab--tiny.commit").write_text(COMMIT, encoding="utf-8")
    part.write_bytes((published / WEIGHTS).read_bytes()[:7777])

    assert fetched(shelf).state is State.READY
    assert hub.ranges_of(WEIGHTS) == ["bytes=7777-"]


def test_what_came_of_another_revision_is_not_mixed_in(hub, shelf):
    part = shelf.half_fetched(REPO) / f"{WEIGHTS}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"old")

    assert fetched(shelf).state is State.READY
    assert hub.ranges_of(WEIGHTS) == [None]


def test_a_damaged_beginning_is_fetched_once_more(hub, shelf, published):
    part = shelf.half_fetched(REPO) / f"{WEIGHTS}.part"
    part.parent.mkdir(parents=True)
    part.parent.with_name("lab--tiny.commit").write_text(COMMIT, encoding="utf-8")
    part.write_bytes(b"\0" * 5000)

    assert fetched(shelf).state is State.READY
    assert hub.ranges_of(WEIGHTS) == ["bytes=5000-", None]
    assert (shelf.find(REPO).folder / WEIGHTS).read_bytes() == (published / WEIGHTS).read_bytes()


def test_a_server_without_ranges_starts_over_and_ends_right(hub, shelf):
    hub.cut, hub.cuts, hub.ranges = 10_000, 1, False

    assert fetched(shelf).state is State.READY


def test_a_connection_that_never_gets_on_is_given_up(hub, shelf, monkeypatch):
    monkeypatch.setattr(client, "TRIES", 2)
    hub.cut, hub.cuts = 0, 99
    ended = fetched(shelf)

    assert ended.state is State.FAILED
    assert isinstance(ended.error, HubUnreachable)
    assert "goes on from where it stopped" in ended.error.hint
    assert shelf.find(REPO) is None
    hub.cuts = 0
    assert fetched(shelf).state is State.READY


def test_a_server_that_falls_silent_is_asked_again(hub, shelf, monkeypatch):
    monkeypatch.setattr(client, "SILENCE", 0.2)
    hub.pause = 0.5
    fetch = Fetch(shelf, REPO).start()
    assert until(lambda: any(hub.ranges_of(WEIGHTS)))
    hub.pause = 0

    assert fetch.wait(30).state is State.READY


@pytest.mark.parametrize("listed", [100, 10_000_000])
def test_a_size_that_is_not_the_listed_one_is_refused(hub, shelf, listed):
    hub.listed[WEIGHTS] = listed
    ended = fetched(shelf)

    assert ended.state is State.FAILED
    assert f"was listed with {listed:,} bytes" in ended.error.message
    assert shelf.find(REPO) is None


def test_more_bytes_than_listed_are_never_kept(hub, shelf):
    hub.more = 5
    ended = fetched(shelf)

    assert isinstance(ended.error, FetchFailed)
    kept = [path.stat().st_size for path in shelf.half_fetched(REPO).rglob("*.part")]
    assert sum(kept) == 0


def test_another_checksum_than_listed_is_refused(hub, shelf):
    hub.sums[WEIGHTS] = "f" * 64
    ended = fetched(shelf)

    assert "another checksum than listed" in ended.error.message
    assert shelf.find(REPO) is None


@pytest.mark.parametrize(
    "path", ["../evil.json", "/etc/evil.json", "a/../../evil.json", "..\\e.json"]
)
def test_names_that_leave_the_folder_are_not_fetched(hub, shelf, path):
    hub.extra.append({"type": "file", "path": path, "size": 3, "oid": "0"})

    assert fetched(shelf).state is State.READY
    assert not any("evil" in asked or "e.json" in asked[-7:] for _, asked, _ in hub.asked)


def test_a_disk_too_small_is_said_before_the_first_byte(hub, shelf, monkeypatch):
    monkeypatch.setattr(Shelf, "free", lambda self: 1_000)
    ended = fetched(shelf)

    assert isinstance(ended.error, FetchFailed)
    assert "GB of disk are free" in ended.error.message
    assert hub.ranges_of(WEIGHTS) == []


def test_cancelling_is_seen_at_once_and_remembered(hub, shelf):
    hub.pause = 0.2
    fetch = Fetch(shelf, REPO).start()
    assert until(lambda: fetch.progress.done > 8_000)
    began = time.monotonic()
    fetch.cancel()

    assert fetch.progress.state is State.CANCELLED
    assert time.monotonic() - began < 0.1
    assert shelf.unwanted(REPO)
    assert fetch.wait(5).state is State.CANCELLED
    hub.pause = 0
    before = fetch.progress.done
    assert fetched(shelf).state is State.READY  # asked for again: goes on
    assert not shelf.unwanted(REPO)
    assert hub.ranges_of(WEIGHTS)[-1].startswith("bytes=")
    assert before > 0


def test_cancelled_and_asked_again_at_once(hub, shelf):
    hub.pause = 0.05
    first = Fetch(shelf, REPO).start()
    assert until(lambda: first.progress.done > 5_000)
    first.cancel()
    second = Fetch(shelf, REPO).start()
    hub.pause = 0

    assert second.wait(30).state is State.READY
    assert first.progress.state is State.CANCELLED


def test_two_at_once_fetch_it_once(hub, shelf):
    both = [Fetch(shelf, REPO).start() for _ in range(2)]

    assert [fetch.wait(30).state for fetch in both] == [State.READY, State.READY]
    assert len(hub.ranges_of(WEIGHTS)) == 1


def test_the_model_is_handed_over_before_it_is_called_ready(hub, shelf):
    taken = []
    fetch = Fetch(shelf, REPO, ready=lambda model: taken.append((model, fetch.progress.state)))
    fetch.start().wait(30)

    assert [(model.repo, state) for model, state in taken] == [(REPO, State.LOADING)]


def test_what_is_all_here_cannot_be_stopped_any_more(hub, shelf):
    fetch = Fetch(shelf, REPO, ready=lambda model: fetch.cancel())

    assert fetch.start().wait(30).state is State.READY
    assert not shelf.unwanted(REPO)


def known_within(seconds, shelf):
    began = time.monotonic()
    ended = fetched(shelf)
    assert time.monotonic() - began < seconds
    assert isinstance(ended.error, HubUnreachable)
    assert "the reader answers" in ended.error.hint


def test_a_hub_that_hangs_is_known_within_three_seconds(hub, shelf):
    hub.hang = 20
    known_within(3.5, shelf)


def test_a_hub_that_refuses_is_known_at_once(hub, shelf, monkeypatch):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{taken.getsockname()[1]}")
        known_within(3.5, shelf)


def test_a_name_look_up_that_hangs_is_known_within_three_seconds(hub, shelf, monkeypatch):
    let_go = threading.Event()

    def hang(*args, **kwargs):
        let_go.wait(20)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    known_within(3.5, shelf)
    let_go.set()


def test_offline_means_that_nobody_is_asked(hub, shelf, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    known_within(0.5, shelf)
    assert hub.asked == []


@pytest.mark.parametrize(
    ("status", "kind"), [(404, FetchFailed), (401, FetchFailed), (503, HubUnreachable)]
)
def test_what_the_hub_answers_is_said(hub, shelf, status, kind):
    hub.status = status
    ended = fetched(shelf)

    assert isinstance(ended.error, kind)
    assert f"status {status}" in ended.error.message


@pytest.mark.parametrize("name", ["../evil", "a/b/c", "", "http://x/y", "a b", "lab/..%2f"])
def test_names_that_are_none(hub, name):
    with pytest.raises(FetchFailed):
        client.look_up(name)
    assert hub.asked == []


def test_a_record_that_is_damaged_is_no_model(hub, shelf):
    fetched(shelf)
    path = shelf.find(REPO).folder / "fetched.json"
    path.write_text(json.dumps({"repo": 1}), encoding="utf-8")

    assert shelf.find(REPO) is None
    assert shelf.all() == []


def test_speed_is_noted_with_the_model(hub, shelf):
    fetched(shelf)
    shelf.measured(shelf.find(REPO), 7.5, 9.25)

    assert (shelf.find(REPO).tokens_per_s, shelf.find(REPO).first_token_s) == (7.5, 9.25)
