"""The text line by line: the words, the answer, its range, its source, a mark; and the claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.claims import VERDICTS
from threatpoint.brief.answers import answer
from threatpoint.brief.prose import Said, say, sentence
from threatpoint.brief.section import Section
from threatpoint.tables import Table, columns

if TYPE_CHECKING:
    from threatpoint.analysis.claims import ClaimCheck
    from threatpoint.brief.reading import Reading

UNANSWERED = "Not modelled yet."


def section(reading: Reading) -> Section:
    """The text line by line."""
    rows = reading.analysis.situation.rows
    done = sum(not row.mark.startswith("not") for row in rows)
    said = say("lines.section", len(rows), done)
    return Section.of("lines", said, tables=(line_by_line(reading),), prose=True)


def line_by_line(reading: Reading) -> Table:
    """Every statement of the text, in order."""
    situation = reading.analysis.situation
    keys = ("number", "words", "part", "answer", "range", "assumptions", "source", "mark")
    return Table(
        "line-by-line",
        f"Every statement of the text ({situation.source}) and what answers it",
        columns("line-by-line", *keys),
        [_line(reading, row) for row in situation.rows],
        note=sentence("lines.marks"),
    )


def _line(reading: Reading, row: Any) -> Mapping[str, Any]:
    line = {"number": row.number, "words": row.words, "part": row.answered_by, "mark": row.mark}
    line |= dict.fromkeys(("range", "assumptions", "source"), words.DASH) | {"answer": UNANSWERED}
    found = _answer(reading, row)
    return {**line, **({"mark": "not modelled yet"} if found is None else found)}


def _answer(reading: Reading, row: Any) -> Mapping[str, str] | None:
    """What answers a statement: what it names, else what its mark says; None where it lacks it."""
    key = getattr(row, "answer", None)
    if key is not None:
        return answer(key, reading, row)
    if row.mark == "checked":
        return _checked([c for c in reading.analysis.claims if c.row == row.number])
    return answer("threat", reading, row) if row.mark.startswith("computed") else {}


def _checked(checks: Sequence[ClaimCheck]) -> Said | None:
    """The verdicts on the figures of a row; each quotation stands once, with all its verdicts."""
    if not checks:
        return None
    verdicts: dict[str, dict[str, None]] = {}
    for check in checks:
        verdicts.setdefault(f"\u201c{check.words}\u201d", {})[check.verdict] = None
    quotes: dict[str, list[str]] = {}
    for quote, found in verdicts.items():
        quotes.setdefault(words.listing(list(found)), []).append(quote)
    sources = dict.fromkeys(part for check in checks for part in check.source.split("; "))
    sound = all(check.verdict.startswith("holds") for check in checks)
    return say("lines.figures", quotes, sources, sound)


# -- the figures of the text -----------------------------------------------------------------


def claims(reading: Reading) -> Section:
    """The figures of the text, checked."""
    checks = reading.analysis.claims
    found = Counter(check.verdict for check in checks)
    verdicts = {verdict: found[verdict] for verdict in sorted(found, key=_strength)}
    said = say("lines.claims", len(checks), len({check.row for check in checks}), verdicts)
    return Section.of("claims", said, tables=(_claims(reading),), prose=True)


def _strength(verdict: str) -> int:
    """The place in `VERDICTS`; another one is last."""
    return VERDICTS.index(verdict) if verdict in VERDICTS else len(VERDICTS)


def _claims(reading: Reading) -> Table:
    keys = ("words", "row", "printed", "computed", "verdict", "explanation", "source")
    hidden = ("row", "printed", "source")
    rows = [
        {key: _cell(reading, getattr(check, key), key) for key in keys}
        for check in reading.analysis.claims
    ]
    shown = columns("claims", *(f"-{key}" if key in hidden else key for key in keys))
    caption = "Figures in the text and what the check gives; sources in the file"
    note = sentence("lines.beside", [check.explanation for check in reading.analysis.claims])
    return Table("claims", caption, shown, rows, note=note, deciding=("computed", "verdict"))


def _cell(reading: Reading, value: Any, key: str) -> Any:
    """One cell; what the text says is quoted as it stands."""
    if key in ("words", "row"):
        return value
    return words.named(value, reading.economy)
