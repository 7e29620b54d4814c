"""The text line by line: the words, the answer, its range, its source, a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from threatpoint.brief import words
from threatpoint.brief.cases import watched
from threatpoint.brief.charts import sizeable
from threatpoint.brief.findings import sender_sentence, targets_sentence
from threatpoint.brief.provenance import built_from
from threatpoint.brief.reading import CLOSURES
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
            Column("assumptions", "Assumptions"),
            Column("source", "Source"),
            Column("mark", "Mark", "mark"),
        ),
        tuple(rows),
        note="Checked: a printed figure against its source. Checked in part: at least one of its "
        "figures does not hold or cannot be decided. Computed: by the model from data. "
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
        "assumptions": words.DASH,
        "source": words.DASH,
    }
    if row.mark.startswith("computed"):
        return line | _computed(reading)
    if row.mark == "checked":
        return line | (_checked(checks) if checks else {"mark": "not modelled yet"})
    if "threat" in row.answered_by:
        return line | _named_targets(reading, row.words)
    return line


def _named_targets(reading: Reading, text: str) -> dict[str, str]:
    """Whether the countries that a statement names are among the targets that the rule found."""
    named = [
        code
        for code, name in reading.economy.names.items()
        if code not in reading.senders and re.search(rf"\b{re.escape(name)}\b", text)
    ]
    if not named:
        return {}
    parts = []
    for verb, codes in (
        ("among", [code for code in named if code in reading.targets]),
        ("not among", [code for code in named if code not in reading.targets]),
    ):
        if codes:
            who = words.listing([reading.place(code) for code in codes])
            be = "is" if len(codes) == 1 else "are"
            parts.append(f"{who} {be} {verb} the targets that the rule finds")
    answer = f"{words.sentence(words.listing(parts))} Not modelled yet: who gives in."
    return {"answer": words.sentence(answer), "source": built_from(reading)}


def _computed(reading: Reading) -> dict[str, str]:
    """The main outcome."""
    common = {"source": built_from(reading), "assumptions": _assumptions(reading)}
    if not reading.solved:
        reason = words.named(reading.main.failure, reading.economy)
        return common | {"answer": words.sentence(f"No equilibrium: {reason}")}
    sentences = (
        targets_sentence(reading, brief=True),
        sender_sentence(reading, brief=True),
        _hit_most(reading),
    )
    answer = " ".join(filter(None, sentences))
    return common | {"answer": answer, "range": _ranges(reading)}


def _hit_most(reading: Reading) -> str:
    """The goods sector of the sender and of each large target whose output falls most."""
    parts = []
    for code in watched(reading)[:5]:
        rows = [row for row in reading.sectors if row["country"] == code]
        rows = [row for row in rows if sizeable(reading, row)]
        worst = min(rows, key=lambda row: row["output_quantity_percent"], default=None)
        if worst is not None and worst["output_quantity_percent"] <= -words.SMALLEST:
            size = words.percent(worst["output_quantity_percent"], True)
            name = worst["sector_name"].lower()
            parts.append(f"{name} in {reading.place(code)} ({size})")
    return words.sentence(f"output falls most in {words.listing(parts)}") if parts else ""


def _assumptions(reading: Reading) -> str:
    """What carries the main outcome, in a few words."""
    analysis = reading.analysis
    closure = CLOSURES.get(analysis.deficits, analysis.deficits)
    main = f"threats.{analysis.situation.main}."
    priors = sum(prior.where.startswith(main) for prior in analysis.situation.assumptions)
    found = [
        reading.horizon,
        f"trade elasticities of the set \u201c{analysis.horizon}\u201d",
        closure,
    ]
    found += [f"{words.count(priors, 'threshold')} of the rule set as priors"] if priors else []
    return words.sentence("; ".join(found))


def _ranges(reading: Reading) -> str:
    """The ranges of sender and targets."""
    if not reading.has_ranges:
        return "none computed"
    codes = [*reading.targets, *reading.senders]
    parts = [f"{reading.name(code)} {words.span(*reading.range(code))}" for code in codes[:6]]
    return "; ".join(parts)


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
