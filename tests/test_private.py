"""Notes and questions stay on this machine, whatever the environment asks for."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TRACED = {
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_TRACING_V2": "true",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGSMITH_API_KEY": "lsv2_pt_of_nobody",
    "LANGCHAIN_API_KEY": "lsv2_pt_of_nobody",
    "LANGSMITH_ENDPOINT": "http://192.0.2.1:9",
    "HF_HUB_DISABLE_TELEMETRY": "0",
    "GRADIO_ANALYTICS_ENABLED": "True",
}
WATCHED = """
import json, os, socket, sys, time
from pathlib import Path

attempts = []
def refuse(self, address):
    attempts.append(str(address))
    raise OSError("no network here")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = lambda host, *rest, **more: refuse(None, host)

answered = None
if sys.argv[1] == "tutor":
    from tutor.tutor import Tutor
    answered = Tutor.open(Path(sys.argv[2])).ask("what is a transformer?").answered
else:
    from langchain_core.runnables import RunnableLambda
    RunnableLambda(str.upper).invoke("a note")

from langchain_core.tracers.langchain import wait_for_all_tracers
from langsmith.utils import tracing_is_enabled
deadline = time.monotonic() + 10
while sys.argv[1] == "langchain" and not attempts and time.monotonic() < deadline:
    time.sleep(0.05)
if sys.argv[1] == "tutor":
    wait_for_all_tracers()
names = ("HF_HUB_DISABLE_TELEMETRY", "GRADIO_ANALYTICS_ENABLED")
print(json.dumps([tracing_is_enabled(), answered, len(attempts), [os.environ[n] for n in names]]))
sys.stdout.flush()
os._exit(0)  # what is traced in the background would try again and again
"""


def watch(what: str, home: Path) -> list:
    """Runs something with tracing asked for; what came of it, connections tried included."""
    ran = subprocess.run(
        [sys.executable, "-c", WATCHED, what, str(home)],
        cwd=ROOT,
        env=os.environ | TRACED,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return json.loads(ran.stdout)


def test_an_answer_connects_to_nothing(tmp_path):
    assert watch("tutor", tmp_path) == [False, True, 0, ["1", "False"]]


def test_without_the_tutor_the_same_environment_does_connect(tmp_path):
    enabled, _, attempts, _ = watch("langchain", tmp_path)

    assert enabled is True
    assert attempts > 0


@pytest.mark.parametrize("name", ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"])
def test_the_switch_is_thrown_whenever_a_tutor_is_opened(monkeypatch, name):
    from langsmith import utils

    from tutor.private import stay_private

    for variable in (*TRACED, "LANGCHAIN_TRACING"):
        monkeypatch.delenv(variable, raising=False)  # an earlier test may have opened a tutor
    utils.get_env_var.cache_clear()
    monkeypatch.setenv(name, "true")
    assert utils.tracing_is_enabled()
    stay_private()

    assert not utils.tracing_is_enabled()
