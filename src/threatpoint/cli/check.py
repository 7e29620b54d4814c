"""`threatpoint check`: what is wrong with situation files, or what they say and answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint.cli.common import command, open_console
from threatpoint.errors import SituationError, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threatpoint.situation.examined import Examined

INPUT = "-"
"""A file that is what comes in."""


def check(
    files: Annotated[
        list[str],
        typer.Argument(help=f"Situation files or built-in situations; {INPUT} is what comes in."),
    ],
) -> None:
    """Check situation files: every problem with its line, or what a file says and answers.

    Nothing is solved. Exit code 2 if a file has a problem.
    """
    console = open_console()
    failed = shown = False
    for name in files:
        try:
            found = _examined(name)
        except SituationError as error:
            print(f"error: {short(str(error))}", file=sys.stderr)
            failed = True
            continue
        if shown:
            print()
        shown = True
        for line in _lines(name, found):
            console.print(line, highlight=False, markup=False, soft_wrap=True)
    if failed:
        raise typer.Exit(2)


register = command(check, "check my-situation.toml", "check *.toml", "new - --yes | check -")
"""Add the command to an app."""


def _examined(name: str) -> Examined:
    """One file.

    Raises:
        SituationError: with every problem of it.
    """
    from threatpoint.situation.examined import examined
    from threatpoint.situation.reader import read_situation, tables_of_text
    from threatpoint.situation.text import printable, read_text
    from threatpoint.world import load_world

    text, stem = read_text("/dev/stdin" if name == INPUT else name)
    source = "standard input" if name == INPUT else printable(name)
    economy = load_world()
    situation = read_situation(text, stem, source, economy)
    return examined(situation, tables_of_text(text, source), economy)


def _lines(name: str, found: Examined) -> Iterator[str]:
    """What is printed of one file."""
    yield f"{name}: sound. {found.title}"
    yield from (f"  {line}" for line in found.said)
    yield "Answered:"
    for part in found.parts:
        why = f": {part.why}" if part.why else ""
        yield f"  {'yes' if part.answered else 'no ':3} {part.name}{why}"
    if found.left_out:
        yield "Left out, and so:"
        yield from (f"  {key}: {words}" for key, words in found.left_out)
    if found.odd:
        yield "Worth a second look:"
        yield from (f"  - {line}" for line in found.odd)
