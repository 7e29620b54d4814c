"""Files that are no files, or too much of one: refused at once, in one short message."""

from __future__ import annotations

import os
import threading

import pytest

from tests.situations.bad_files import GOOD
from tests.situations.small_world import small_world
from threatpoint.errors import LONGEST_LINE, MOST_FOUND, MOST_SHOWN, SituationError
from threatpoint.situation import load_situation
from threatpoint.world import input_file

WORLD = small_world()


def refused(path) -> str:
    """The message."""
    with pytest.raises(SituationError) as caught:
        load_situation(path, WORLD)
    return str(caught.value)


def written(tmp_path, text: str):
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_no_file(tmp_path):
    assert "it is a folder, not a file" in refused(tmp_path)
    assert "it is a device, not a file" in refused("/dev/zero")
    assert "No such file" in refused(tmp_path / "none.toml")
    assert "must be not blank" in refused(" ")
    for given in (5, None, ["a"], b"a"):
        assert "must be a name or a path" in refused(given)


def test_a_pipe_without_a_writer_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(input_file, "PATIENCE", 0.2)
    os.mkfifo(tmp_path / "pipe.toml")
    assert "nothing came through it for 0.2 s" in refused(tmp_path / "pipe.toml")


def test_a_pipe_is_read_to_its_end(tmp_path):
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_text(GOOD, encoding="utf-8"))
    writer.start()
    assert load_situation(path, WORLD).title == "A small stand-off"
    writer.join()


def test_a_file_may_be_too_large(tmp_path):
    path = written(tmp_path, GOOD + "#" * input_file.LARGEST)
    assert "bytes; the limit is 1,000,000" in refused(path)


@pytest.mark.parametrize(
    "many",
    [
        "".join(f"k{n} = 1\n" for n in range(80_000)),
        "[figures]\n" + "".join(f"f{n} = 1\n" for n in range(80_000)),
        "[[claims]]\n" * 60_000,
    ],
)
def test_the_first_of_very_many_problems_are_printed(tmp_path, many):
    text = many + GOOD if many.startswith("k") else GOOD.replace("[figures]\n", many, 1)
    message = refused(written(tmp_path, text))
    assert message.startswith(str(tmp_path / "case.toml") + f": at least {MOST_FOUND:,} problems")
    assert len(message.splitlines()) == MOST_SHOWN + 2
    assert message.endswith(f"... and {MOST_FOUND - MOST_SHOWN:,} more")


def test_very_many_references_to_nothing(tmp_path):
    parts = ", ".join(f'"p{n}"' for n in range(60_000))
    figures = "".join(
        f'f{n} = {{ value = 1, unit = "%", period = "y", source = "s" }}\n' for n in range(4_000)
    )
    text = GOOD.replace('parts = ["out", "in"]', f"parts = [{parts}]")
    message = refused(written(tmp_path, text.replace("[figures]\n", "[figures]\n" + figures)))
    assert f"at least {MOST_FOUND:,} problems" in message


@pytest.mark.parametrize("old", ['"out"', '"sum"', '"USA"', '"USD bn"', '"crude"'])
def test_no_message_repeats_more_than_a_piece_of_what_was_given(tmp_path, old):
    text = GOOD.replace(old, f'"{"x" * 9_000}"')
    lines = refused(written(tmp_path, text)).splitlines()
    assert max(map(len, lines)) <= LONGEST_LINE + len("  - ")
