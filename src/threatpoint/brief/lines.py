"""The text line by line: the words, the answer, its range, its source, a mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from threatpoint.brief import words
from threatpoint.brief.findings import sender_sentence, targets_sentence
from threatpoint.brief.table import Column, Table

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.situation.claims import ClaimCheck

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
            Column("source", "Source"),
            Column("mark", "Mark", "mark"),
        ),
        tuple(rows),
        note="Checked: a printed figure against its source. Computed: by the model from data. "
        "Computed with priors: some inputs are choices with a range, because nobody has measured "
        "them. Not modelled yet: no answer is given.",
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
        "source": words.DASH,
    }
    if row.mark.startswith("computed"):
        return line | _computed(reading)
    if row.mark == "checked":
        return line | (_checked(checks) if checks else {"mark": "not modelled yet"})
    return line


def _computed(reading: Reading) -> dict[str, str]:
    """The main outcome."""
    economy = reading.economy
    source = f"{economy.metadata.get('title', 'baseline table')}, {economy.year or 'no year'}"
    if not reading.solved:
        reason = words.named(reading.main.failure, economy)
        return {"answer": words.sentence(f"No equilibrium: {reason}"), "source": source}
    answer = f"{targets_sentence(reading, brief=True)} {sender_sentence(reading, brief=True)}"
    return {"answer": answer, "range": _ranges(reading), "source": source}


def _ranges(reading: Reading) -> str:
    """The ranges of sender and targets."""
    if not reading.has_ranges:
        return "none computed"
    codes = [*reading.targets, *reading.senders]
    parts = [f"{reading.name(code)} {words.span(*reading.range(code))}" for code in codes[:6]]
    return "; ".join(parts)


def _checked(checks: Sequence[ClaimCheck]) -> dict[str, str]:
    """The verdicts on the figures of a row."""
    verdicts = [f"{words.sentence(check.verdict)[:-1]}: {check.words}." for check in checks]
    sources = dict.fromkeys(check.source for check in checks)
    return {
        "answer": " ".join(verdict.replace("..", ".") for verdict in verdicts),
        "range": "exact figures",
        "source": "; ".join(sources),
    }
