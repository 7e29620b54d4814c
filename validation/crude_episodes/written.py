"""The score as a table of data and as a table to read."""

from __future__ import annotations

import csv
import io

from validation.compared import filled
from validation.crude_episodes.replicate import EPISODES, TEXT, Row, rows

START = "<!-- table: python -m validation.crude_episodes --write -->"
HEAD = ("episode", "what", "unit", "published_low", "published_high", "central", "low_5",
        "high_95", "inside", "inputs", "later_inputs", "source")  # fmt: skip


def data(found: list[Row]) -> str:
    """CSV, a line a figure, misses first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for row in found:
        episode = EPISODES[row.episode]
        ours = [number(x) for x in (row.central, *row.range)]
        inputs = len(episode.known()), len(episode.later)
        published = f"{row.low:g}", f"{row.high:g}"
        inside = "yes" if row.inside else "no"
        writer.writerow(
            (row.episode, row.what, row.unit, *published, *ours, inside, *inputs, row.source)
        )
    return text.getvalue()


def number(value: float) -> str:
    """Three significant digits."""
    return f"{value:.3g}"


def table(found: list[Row]) -> str:
    """Markdown, misses first; a score that used later inputs is marked."""
    head = ["episode", "", "published", "central", "5 to 95 %", "inside"]
    lines = [_line(head), _line(["---"] * len(head)), *(_line(_cells(row)) for row in found)]
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> list[str]:
    mark = "\\*" if EPISODES[row.episode].later else ""
    ends = [f"{row.low:g}"] + ([f"{row.high:g}"] if row.high != row.low else [])
    ours = number(row.central), " to ".join(number(x) for x in row.range)
    cells = [f"{' to '.join(ends)} {row.unit}", *ours]
    said = ("yes" if row.inside else "**no**") + mark
    return [f"({row.episode})", row.what, *(cell.replace("-", "−") for cell in cells), said]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def texts() -> tuple[str, str]:
    """(CSV, text with its table) as they should be now."""
    found = rows()
    return data(found), filled(TEXT.read_text(encoding="utf-8"), table(found), START)
