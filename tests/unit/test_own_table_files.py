"""Files of elasticities that are no readable text, or not what they look like."""

from __future__ import annotations

import pytest

from threatpoint.errors import MOST_SHOWN, WorldError
from threatpoint.world import load_world
from threatpoint.world.own_table import read_elasticities

HEAD = "name,sector,country,value"


@pytest.fixture(scope="module")
def world():
    return load_world()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("deep.toml", b"a = " + b"[" * 5000 + b"]" * 5000, "nested too deep"),
        ("huge.csv", HEAD.encode() + b"\ntheta," + b"x" * 200_000 + b",,1\n", "not a readable CSV"),
        ("latin.csv", HEAD.encode() + b"\ntheta,\xe9,,1\n", "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path, world, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(WorldError, match=words):
        read_elasticities(path, world)


def test_very_many_problems_are_counted_and_the_first_printed(tmp_path, world):
    path = tmp_path / "own.toml"
    path.write_text("".join(f"k{n} = 1\n" for n in range(90_000)), encoding="utf-8")
    with pytest.raises(WorldError) as caught:
        read_elasticities(path, world)
    lines = str(caught.value).splitlines()
    assert lines[0] == "own.toml: at least 1,000 problems"
    assert len(lines) == MOST_SHOWN + 2
    rows = "".join(f"theta,S{n},,1\n" for n in range(50_000))
    (tmp_path / "own.csv").write_text(f"{HEAD}\n{rows}", encoding="utf-8")
    with pytest.raises(WorldError, match=r"at least 1,000 problems(?s:.*)and 950 more$"):
        read_elasticities(tmp_path / "own.csv", world)


def test_what_is_no_file_is_refused_at_once(tmp_path, world):
    (tmp_path / "zero.toml").symlink_to("/dev/zero")
    with pytest.raises(WorldError, match="it is a device, not a file"):
        read_elasticities(tmp_path / "zero.toml", world)
    (tmp_path / "large.csv").write_text(HEAD + "\n" * 2_000_000, encoding="utf-8")
    with pytest.raises(WorldError, match=r"large\.csv: cannot be read: it has 2,000,025 bytes"):
        read_elasticities(tmp_path / "large.csv", world)


def test_the_name_of_a_file_is_shown_as_it_is_read(tmp_path, world):
    path = tmp_path / "a\x1b[31mb.toml"
    path.write_text("theta = {all = 2}\nphi = {all = 1}\n", encoding="utf-8")
    found = read_elasticities(path, world)
    assert found.horizon == "a\\x1b[31mb"
    assert found.source == "given by the user: a\\x1b[31mb.toml"


def test_a_byte_order_mark_is_no_mistake(tmp_path, world):
    """The file then fails for what it lacks, as without the mark."""
    messages = []
    for mark in (b"", b"\xef\xbb\xbf"):
        path = tmp_path / "own.csv"
        path.write_bytes(mark + HEAD.encode() + b"\ntheta,AGR,,2\n")
        with pytest.raises(WorldError) as caught:
            read_elasticities(path, world)
        messages.append(str(caught.value))
    assert messages[0] == messages[1]
    assert "first line" not in messages[0]
