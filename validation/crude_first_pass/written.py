"""The comparison as a table of data and as a table to read."""

from __future__ import annotations

import csv
import io

from validation.compared import filled
from validation.crude_first_pass.replicate import TEXT, Row, rows

START = "<!-- table: python -m validation.crude_first_pass --write -->"
HEAD = (
    "what", "base", "first_pass", "first_pass_low", "first_pass_high", "low_case",
    "priors_5", "priors_95", "central_pair", "changed_to", "low_case_then", "reason",
)  # fmt: skip


def data(found: list[Row]) -> str:
    """CSV, a line a figure."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for row in found:
        low, high = row.range or (None, None)
        then = "" if row.then is None else number(row.then)
        drawn = ["" if end is None else number(end) for end in (low, high)]
        writer.writerow(
            (
                row.what,
                row.day,
                f"{row.first:g}",
                row.low,
                row.high,
                number(row.ours),
                *drawn,
                number(row.central),
                row.variant,
                then,
                row.reason if row.far else "",
            )
        )
    return text.getvalue()


def number(value: float) -> str:
    """Three significant digits."""
    return f"{value:.3g}"


def table(found: list[Row]) -> str:
    """Markdown; the largest differences first."""
    head = [
        "",
        "base",
        "first pass",
        "low case",
        "central pair",
        "over the priors",
        "with its input",
        "reason",
    ]
    ordered = sorted(found, key=lambda row: -abs(row.ours / row.first - 1.0))
    lines = [_line(head), _line(["---"] * len(head)), *(_line(_cells(row)) for row in ordered)]
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> list[str]:
    first = f"{row.first:g}" + (f" [{row.low}, {row.high}]" if row.low else "")
    drawn = "" if row.range is None else " to ".join(number(end) for end in row.range)
    then = "" if row.then is None else f"{number(row.then)} ({row.variant.replace(';', ', ')})"
    cells = [row.what, row.day, first, number(row.ours), number(row.central), drawn, then]
    return [*(cell.replace("-", "−") if k > 1 else cell for k, cell in enumerate(cells)),
            row.reason if row.far else ""]  # fmt: skip


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def texts() -> tuple[str, str]:
    """(CSV, text with its table) as they should be now."""
    found = rows()
    return data(found), filled(TEXT.read_text(encoding="utf-8"), table(found), START)
