"""The text line by line: the words, the answer, its range, its source, a mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.row_answers import ANSWERS
from threatpoint.brief.row_answers.threat import carried_out
from threatpoint.tables import Column, Table

if TYPE_CHECKING:
    from threatpoint.analysis.claims import ClaimCheck
    from threatpoint.brief.reading import Reading

UNANSWERED = "Not modelled yet."


def line_by_line(reading: Reading) -> Table:
    """Every statement of the text, in order."""
    situation = reading.analysis.situation
    rows = [_line(reading, row) for row in situation.rows]
    return Table(
        "line-by-line",
        f"Every statement of the text ({situation.source}) and what answers it",
        (
            Column("number", "Row"),
            Column("words", "The words"),
            Column("part", "Part that answers"),
            Column("answer", "Answer"),
            Column("range", "Range"),
            Column("assumptions", "Assumptions"),
            Column("source", "Source"),
            Column("mark", "Mark", "mark"),
        ),
        tuple(rows),
        note="Checked: a printed figure against its source. Checked in part: at least one of its "
        "figures does not hold or cannot be decided. Computed: by the model from data. "
        "Computed with priors: some inputs are choices with a range, because nobody has measured "
        "them. Not modelled: an event that no model answers. "
        "Not modelled yet: no answer is given.",
    )


def _line(reading: Reading, row: Any) -> dict[str, Any]:
    checks = [c for c in reading.analysis.claims if getattr(c, "row", None) == row.number]
    line = {
        "number": row.number,
        "words": row.words,
        "part": row.answered_by,
        "mark": row.mark,
        "answer": UNANSWERED,
        "range": words.DASH,
        "assumptions": words.DASH,
        "source": words.DASH,
    }
    key = getattr(row, "answer", None)
    if key is not None:
        return {**line, **(ANSWERS[key](reading, row) or {"mark": "not modelled yet"})}
    if row.mark.startswith("computed"):
        return {**line, **carried_out(reading, row)}
    if row.mark == "checked":
        return line | (_checked(checks) if checks else {"mark": "not modelled yet"})
    return line


def _checked(checks: Sequence[ClaimCheck]) -> dict[str, str]:
    """The verdicts on the figures of a row; each quotation stands once, with all its verdicts."""
    verdicts: dict[str, dict[str, None]] = {}
    for check in checks:
        verdicts.setdefault(f"\u201c{check.words}\u201d", {})[check.verdict] = None
    groups: dict[str, list[str]] = {}
    for quote, found in verdicts.items():
        groups.setdefault(words.listing(list(found)), []).append(quote)
    sources = dict.fromkeys(part for check in checks for part in check.source.split("; "))
    sound = all(check.verdict.startswith("holds") for check in checks)
    return {
        "answer": " ".join(
            f"{words.capital(verdict)}: {'; '.join(quotes)}." for verdict, quotes in groups.items()
        ),
        "range": "exact figures",
        "assumptions": "Figures as printed, rounded to their last digit.",
        "source": "; ".join(sources),
        "mark": "checked" if sound else "checked in part",
    }
