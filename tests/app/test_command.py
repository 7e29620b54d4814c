"""`threatpoint app` as a user types it."""

from __future__ import annotations

import socket

import pytest
from typer.testing import CliRunner

pytest.importorskip("uvicorn", reason="the extra app is not installed")

from threatpoint.app import serve
from threatpoint.cli import app as command_line
from threatpoint.errors import MissingExtraError, ThreatpointError


def run(*words: str):
    return CliRunner().invoke(command_line, ["app", *words])


@pytest.fixture
def served(monkeypatch):
    """What would be served."""
    found: list[tuple] = []
    monkeypatch.setattr(serve, "serve", lambda *given: found.append(given))
    return found


def test_what_is_served(served):
    assert run().exit_code == 0
    assert run("border-2025-02-01", "--port", "0", "--open", "--draws", "0").exit_code == 0
    assert served == [
        ("ukraine-2025-03-31", "127.0.0.1", 8050, False, 64),
        ("border-2025-02-01", "127.0.0.1", 0, True, 0),
    ]


def test_another_host_is_warned_of(served):
    done = run("--host", "0.0.0.0")
    assert done.exit_code == 0
    assert "warning: 0.0.0.0 is open to others" in done.output
    assert "warning" not in run("--host", "localhost").output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--port", "70000"), "--port '70000' is not a whole number from 0 to 65,535"),
        (("--port", "x"), "--port 'x'"),
        (("--draws", "3"), "power of 2"),
        (("nowhere",), "cannot be read"),
        (("--host", "no such host"), "cannot listen on no such host"),
    ],
)
def test_bad_words(words, message):
    with pytest.raises(ThreatpointError, match=message.replace("'", ".")):
        CliRunner().invoke(command_line, ["app", *words], catch_exceptions=False)


def test_a_port_that_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ThreatpointError, match=f"--port {port}: cannot listen"):
            serve.listening("127.0.0.1", port)


def test_a_missing_extra_is_named(monkeypatch):
    from threatpoint import errors

    monkeypatch.setattr(errors, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"threatpoint\[app\]"):
        CliRunner().invoke(command_line, ["app"], catch_exceptions=False)
