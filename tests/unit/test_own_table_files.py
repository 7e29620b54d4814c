"""Files of elasticities that are no readable text, or not what they look like."""

from __future__ import annotations

import pytest

from threatpoint.errors import WorldError
from threatpoint.world import load_world
from threatpoint.world.own_table import read_elasticities

HEAD = "name,sector,country,value"


@pytest.fixture(scope="module")
def world():
    return load_world()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("deep.toml", b"a = " + b"[" * 5000 + b"]" * 5000, "nested too deeply"),
        ("huge.csv", HEAD.encode() + b"\ntheta," + b"x" * 200_000 + b",,1\n", "not a readable CSV"),
        ("latin.csv", HEAD.encode() + b"\ntheta,\xe9,,1\n", "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path, world, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(WorldError, match=words):
        read_elasticities(path, world)


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
