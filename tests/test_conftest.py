"""No test reaches beyond this machine, and none sees the settings of whoever runs it."""

import os
import socket
from pathlib import Path

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.org"])
def test_other_machines_are_refused_by_name(host):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with (
        socket.socket(family) as caller,
        pytest.raises(RuntimeError, match=f"must not connect to {host}:443"),
    ):
        caller.connect((host, 443))


def test_this_machine_may_be_asked():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_the_home_is_empty_and_nobodys(home):
    assert os.environ["TUTOR_HOME"] == str(home)
    assert list(home.iterdir()) == []
    assert Path.home() not in home.parents or "pytest" in str(home)
    assert not {"TUTOR_LLM", "TUTOR_ENCODER", "TUTOR_STORE"} & os.environ.keys()
