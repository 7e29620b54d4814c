"""Commands reach every room: own tables of elasticities, and the default situation."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

import threatpoint as tp
from threatpoint.cli import app
from threatpoint.errors import SituationError, WorldError

OWN = """
horizon = "mine"
source = "a test"
[theta]
all = 4.0
[phi]
all = 1.0
"""


def run(*words: str):
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize(
    "words",
    [
        ("shock", "--cut-off", "USA:CHN", "--top", "3"),
        ("threat", "--targets", "TUR"),
    ],
    ids=lambda words: words[0],
)
def test_a_table_of_one_s_own_is_a_horizon(tmp_path, words):
    path = tmp_path / "elasticities.toml"
    path.write_text(OWN, encoding="utf-8")
    found = run(*words, "--horizon", str(path))
    assert found.exit_code == 0, found.output
    assert "mine" in found.output


@pytest.mark.parametrize(
    "words", [("shock", "--cut-off", "USA:CHN"), ("brief",), ("threat", "--targets", "TUR")]
)
def test_an_unknown_horizon_is_told_the_nearest(tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    found = run(*words, "--horizon", "shrt")
    assert isinstance(found.exception, WorldError)
    assert "did you mean 'short'?" in str(found.exception)


@pytest.mark.parametrize("command", ["talks", "support", "front"])
def test_commands_answer_without_words(command):
    found = run(command)
    assert found.exit_code == 0, found.output
    assert len(found.output.splitlines()) > 10


@pytest.mark.parametrize("command", ["talks", "support"])
def test_a_situation_that_is_not_there(command):
    found = run(command, "ukrain-2025-03-31")
    assert isinstance(found.exception, SituationError)
    assert "did you mean 'ukraine-2025-03-31'?" in str(found.exception)


def test_every_solver_is_a_public_name():
    for name in ("solve_threat", "draw_talks", "solve_support", "solve_front"):
        assert callable(getattr(tp, name))
