"""Which engine answers: what is there, fetched or too slow, and how one takes over."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest

from tests.hub import serving, until
from tests.tiny_model import make_tiny_model
from tutor.cli import main
from tutor.errors import HubUnreachable, NoModel
from tutor.llm import catalog, engines, speed
from tutor.llm.choose import READER, choose
from tutor.llm.engines import Engines
from tutor.llm.fetch import Fetch, State
from tutor.llm.machine import Machine
from tutor.llm.shelf import Shelf
from tutor.llm.speed import Speed

REPO = "lab/tiny"
FAST, SLOW = Speed(20.0, 3.0), Speed(1.0, 60.0)
LISTED = catalog.Listed("tiny", REPO, "apache-2.0", 0.1, 0.1, 0.1, Machine(1.0, 1, 0.0))


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    return make_tiny_model(tmp_path_factory.mktemp("published") / "tiny", context=1100)


@pytest.fixture
def hub(published, monkeypatch):
    with serving(lab__tiny=published) as found:
        monkeypatch.setenv("HF_ENDPOINT", found.url)
        monkeypatch.setenv("HF_HUB_OFFLINE", "0")
        yield found


@pytest.fixture
def shelf(home):
    return Shelf(home)


@pytest.fixture
def fast(monkeypatch):
    """A machine that the tiny model suits, and on which it is fast."""
    monkeypatch.setattr(catalog, "CATALOG", (LISTED,))
    monkeypatch.setattr(engines.speed, "estimate", lambda weights: FAST)
    monkeypatch.setattr(engines.speed, "measure", lambda model: FAST)


def lines():
    said = []
    return said, said.append


def test_auto_is_the_reader_where_there_is_no_model(shelf):
    found = Engines("auto", shelf)

    assert found.engine == READER.engine
    assert found.current() is READER
    assert found.notice is None


def test_a_fetched_model_takes_over_while_the_reader_answers(hub, shelf, fast):
    found = Engines("auto", shelf)
    said, say = lines()
    hub.pause = 0.02
    found.fetch_suited(say)
    assert until(lambda: found.fetching is not None)
    assert found.current() is READER  # nothing waits
    hub.pause = 0

    assert until(lambda: found.engine.kind == "transformers", 30)
    assert found.engine.name == REPO
    assert found.current().model.invoke("hi").usage_metadata["output_tokens"] > 0
    assert until(lambda: len(said) == 2)
    assert "apache-2.0" in said[0]
    assert "GB free" in said[0]
    assert said[1] == f"{REPO} answers from now on."
    assert shelf.find(REPO).tokens_per_s == FAST.tokens_per_s


def test_the_next_time_it_is_there_at_once_and_nothing_is_fetched(hub, shelf, fast):
    Engines("auto", shelf).fetch(REPO).wait(30)
    asked = len(hub.asked)
    again = Engines("auto", shelf)

    assert again.engine.name == REPO
    again.fetch_suited(lambda line: None)
    assert until(lambda: again.current().engine.kind == "transformers", 30)
    assert len(hub.asked) == asked


def test_an_engine_chosen_while_a_model_comes_stays(hub, shelf, fast):
    hub.pause = 0.01
    found = Engines("auto", shelf)
    fetch = found.fetch(REPO)
    found.switch("reader")
    assert fetch.wait(30).state is State.READY

    assert found.engine == READER.engine
    assert found.switch(f"hf:{REPO}").name == REPO


def test_asking_for_a_model_has_it_answer_whatever_was_chosen_before(hub, shelf, fast):
    found = Engines("reader", shelf)
    found.fetch(REPO).wait(30)

    assert found.engine.name == REPO


def test_it_takes_over_for_everybody_who_did_not_choose_alone(hub, shelf, fast):
    found = Engines("auto", shelf)
    guest, chooser = found.beside(), found.beside()
    chooser.switch("reader")
    found.fetch(REPO).wait(30)

    assert guest.current() is found.current()  # loaded once
    assert guest.engine.name == REPO
    assert chooser.engine == READER.engine
    assert chooser.switch(f"hf:{REPO}").name == REPO
    assert chooser.current() is found.current()


def test_loading_behind_leaves_the_reader_answering(hub, shelf, fast, monkeypatch):
    Engines("auto", shelf).fetch(REPO).wait(30)
    let_go = threading.Event()
    real = engines.choose
    monkeypatch.setattr(engines, "choose", lambda *a: let_go.wait(20) and real(*a))
    found = Engines("auto", shelf)
    found.load_behind()

    assert found.current() is READER
    assert found.engine == READER.engine
    assert found.loading == REPO
    let_go.set()
    assert until(lambda: found.current() is not READER, 30)
    assert until(lambda: found.loading is None)


def test_a_model_that_would_be_too_slow_is_not_fetched(hub, shelf, fast, monkeypatch):
    monkeypatch.setattr(engines.speed, "estimate", lambda weights: SLOW)
    found = Engines("auto", shelf)
    said, say = lines()
    found.fetch_suited(say)

    assert until(lambda: said)
    assert "too slow here (1.0 tokens/s, 60 s" in said[0]
    assert "기본 리더가 답해요" in said[0]
    assert found.notice.kind == "slow"
    assert found.current() is READER
    assert hub.ranges_of("model.safetensors") == []


def test_a_model_that_turns_out_too_slow_does_not_take_over(hub, shelf, fast, monkeypatch):
    monkeypatch.setattr(engines.speed, "measure", lambda model: SLOW)
    found = Engines("auto", shelf)
    assert found.fetch(REPO).wait(30).state is State.READY

    assert (found.engine, found.notice.kind) == (READER.engine, "slow")
    later = Engines("auto", shelf)  # what was measured is remembered
    assert later.current() is READER
    assert later.notice.kind == "slow"


def test_a_stopped_download_is_not_begun_again_unasked(hub, shelf, fast):
    hub.pause = 0.2
    found = Engines("auto", shelf)
    fetch = found.fetch()
    assert until(lambda: fetch.progress.done > 4_000)
    fetch.cancel()
    fetch.wait(5)
    asked = len(hub.asked)
    said, say = lines()
    Engines("auto", shelf).fetch_suited(say)

    assert until(lambda: said)
    assert "was stopped" in said[0]
    assert hub.ranges_of("model.safetensors") == [None]
    assert len(hub.asked) > asked  # only asked whether it is there
    hub.pause = 0
    assert found.fetch().wait(30).state is State.READY  # asked for: it goes on


def test_asking_twice_gives_the_download_that_goes_on(hub, shelf, fast):
    hub.pause = 0.05
    found = Engines("auto", shelf)
    first = found.fetch(REPO)

    assert found.fetch(REPO) is first
    first.cancel()
    first.wait(5)


def test_without_a_hub_everything_else_works_and_it_is_said(shelf, fast):
    found = Engines("auto", shelf)
    said, say = lines()
    found.fetch_suited(say)

    assert until(lambda: said, 4)
    assert said[0].startswith("모델 허브에 연결할 수 없어 기본 리더가 답해요. (")
    assert "\n" not in said[0]
    assert found.current() is READER
    assert found.notice.kind == "no_hub"


def test_a_hub_that_hangs_is_told_in_three_seconds(hub, shelf, fast):
    hub.hang = 20
    said, say = lines()
    began = time.monotonic()
    Engines("auto", shelf).fetch_suited(say)

    assert until(lambda: said, 6)
    assert time.monotonic() - began < 3.5
    assert "모델 허브에 연결할 수 없어" in said[0]


def test_a_machine_too_small_for_any_is_told(hub, shelf, monkeypatch):
    monkeypatch.setattr(engines, "this_machine", lambda: Machine(2.0, 1, 0.0))
    said, say = lines()
    Engines("auto", shelf).fetch_suited(say)

    assert until(lambda: said)
    assert "No local model suits this machine" in said[0]
    with pytest.raises(NoModel):
        Engines("auto", shelf).fetch()


def test_a_damaged_model_leaves_the_reader(hub, shelf, fast):
    Fetch(shelf, REPO).start().wait(30)
    (shelf.find(REPO).folder / "model.safetensors").write_bytes(b"broken")
    found = Engines("auto", shelf)

    assert found.current() is READER
    assert found.notice.kind == "failed"


def test_a_repository_that_was_named_is_fetched_and_its_progress_told(hub, shelf):
    hub.pause = 0.05
    told = []
    chosen = choose(f"hf:{REPO}", shelf, lambda step, done, total: told.append(step))

    assert chosen.engine.name == REPO
    assert told
    assert f"{REPO} (apache-2.0; " in told[0]
    assert choose(f"hf:{REPO}", shelf).engine.name == REPO
    assert len(hub.ranges_of("model.safetensors")) == 1


def test_a_repository_that_cannot_be_had_is_an_error_at_once(shelf):
    with pytest.raises(HubUnreachable):
        choose("hf:lab/other", shelf)


MACHINES = [
    (Machine(4.0, 2, 0.0), None),
    (Machine(8.0, 2, 0.0), "qwen3-0.6b"),
    (Machine(24.0, 2, 0.0), "qwen3-0.6b"),
    (Machine(16.0, 4, 0.0), "qwen3-1.7b"),
    (Machine(16.0, 8, 0.0), "kanana-2.1b"),
    (Machine(32.0, 8, 24.0), "qwen3-4b"),
    (Machine(16.0, 1, 0.0), None),
]


@pytest.mark.parametrize(("machine", "name"), MACHINES)
def test_the_rule_over_memory_cores_and_card(machine, name):
    found = catalog.suited(machine)

    assert (found.name if found else None) == name


def test_only_permissive_licences_are_listed():
    assert {listed.licence for listed in catalog.CATALOG} <= {"apache-2.0", "mit"}


@pytest.mark.parametrize(
    ("found", "enough"),
    [(Speed(5.0, 15.0), True), (Speed(4.9, 1.0), False), (Speed(50.0, 15.1), False)],
)
def test_fast_enough(found, enough):
    assert found.enough is enough


def test_speed_is_estimated_in_about_a_second():
    small, large = speed.estimate(0.6), speed.estimate(1.7)

    assert small.tokens_per_s > large.tokens_per_s > 0
    assert 0 < small.first_token_s < large.first_token_s


def test_speed_is_measured_on_the_loaded_model(published):
    from tutor.llm.local import load

    found = speed.measure(load(published))
    assert found.tokens_per_s > 1
    assert 0 < found.first_token_s < 30


def test_model_list_and_pull(hub, home, capsys):
    assert main(["model", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in listed["models"]] == [c.name for c in catalog.CATALOG]
    assert {row["fetched"] for row in listed["models"]} == {False}

    assert main(["model", "pull", REPO, "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["fetched"] is True
    assert f"{REPO}: licence apache-2.0, 0.00 GB" in err
    assert "GB of disk are free" in err

    assert main(["model", "list"]) == 0
    assert REPO in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["pull"], "No model was named"), (["pull", "lab/none"], "has no lab/none")],
)
def test_what_cannot_be_pulled(hub, home, capsys, arguments, said):
    assert main(["model", *arguments, "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["error"]["code"] == "no_model"
    assert said in err


def test_the_table_of_the_docs_is_the_catalogue():
    text = (Path(__file__).parents[3] / "docs" / "models.md").read_text(encoding="utf-8")
    for one in catalog.CATALOG:
        row = next(line for line in text.splitlines() if line.startswith(f"| `{one.name}` |"))
        cells = [cell.strip() for cell in row.split("|")[1:-1]]
        assert cells[1] == one.repo
        assert cells[2].lower() == one.licence
        assert float(cells[3]) == one.disk
        needs = f"{one.needs.memory:g} GB, {one.needs.cores} cores"
        needs += f", a card of {one.needs.gpu:g} GB" if one.needs.gpu else ""
        assert cells[5] == needs
        if not one.needs.gpu:
            assert float(cells[4]) == one.memory
