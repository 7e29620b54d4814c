"""The reference of situation files in the docs, from the classes that read the files."""

from __future__ import annotations

from collections.abc import Iterator

from builders.write import ROOT
from threatpoint.files import write_whole
from threatpoint.policy.instruments import INSTRUMENTS
from threatpoint.situation.figure import UNITS, Figure
from threatpoint.situation.keys import Key, Table, instruments, keys_of, meaning_of, tables
from threatpoint.situation.talks_schema import TalksFigure
from threatpoint.words import capital

DOCS = ROOT / "docs" / "situation-fields.md"
HEAD = """# Every key of a situation file

Made from the classes that read the files: `python -m builders.situation_docs`. How to write one is
in [situations.md](situations.md). NAME is a name of your own; `[[...]]` is a table that may stand
there several times. A *figure* is a table of its own, see the end. Where leaving a key out means
something, the last column says what.
"""
HEADER = ("| key | holds | needed | meaning |", "|---|---|---|---|")


def text() -> str:
    """The whole page."""
    lines = [*HEAD.split("\n")]
    for each in tables():
        lines += _table(_title(each), each)
    lines += [
        "## Instruments",
        "",
        "What stands under `then`, `retaliation` and `instruments`.",
        "",
    ]
    for each in instruments():
        lines += _table(f"### `{each.header}`", each)
        lines += ["On the command line:", "", f"    --{each.header} {_usage(each.header)}", ""]
    lines += _table("## A figure", Table("", meaning_of(Figure), _figure()))
    return "\n".join([*lines, f"Units: {', '.join(f'`{unit}`' for unit in UNITS)}."]) + "\n"


def _title(table: Table) -> str:
    """The heading of a table; claims of one kind say which."""
    kind = next((key.holds.strip('"') for key in table.keys if key.name == "kind"), "")
    more = f', `kind = "{kind}"`' if kind else ""
    return f"## `{table.header}`{more}" if table.header else "## The whole file"


def _table(title: str, table: Table) -> Iterator[str]:
    """Heading, meaning and keys."""
    yield from (title, "", f"{capital(table.meaning).rstrip('.')}.", "", *HEADER)
    yield from (_line(key) for key in table.keys)
    yield ""


def _line(key: Key) -> str:
    cells = (f"`{key.name}`", key.holds, "yes" if key.needed else "", key.meaning)
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _figure() -> tuple[Key, ...]:
    """The keys of a figure, and the one more that figures of the talks have."""
    known = {key.name for key in keys_of(Figure)}
    more = (key for key in keys_of(TalksFigure) if key.name not in known)
    return (
        *keys_of(Figure),
        *(
            key._replace(needed=False, meaning=f"under [talks], needed: {key.meaning}")
            for key in more
        ),
    )


def _usage(word: str) -> str:
    return INSTRUMENTS[word].usage()


if __name__ == "__main__":
    write_whole(DOCS, text())
