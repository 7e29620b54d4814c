"""Answers about the threat carried out, and about events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.answered import answered_sentence
from threatpoint.brief.findings import sender_sentence, targets_sentence
from threatpoint.brief.provenance import built_from
from threatpoint.brief.row_answers.common import Answer
from threatpoint.brief.shown import sizeable, watched
from threatpoint.words import CLOSURES, sentence

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading


def carried_out(reading: Reading, row: Any) -> Answer:
    """The threat carried out: losses, hardest hit goods, every horizon."""
    common: dict[str, str] = {"source": built_from(reading), "assumptions": _assumptions(reading)}
    if not reading.solved:
        reason = words.named(reading.main.failure, reading.economy)
        return common | {
            "answer": sentence(f"No equilibrium: {reason}"),
            "range": "none without an equilibrium",
        }
    sentences = (
        targets_sentence(reading, brief=True),
        sender_sentence(reading, brief=True),
        answered_sentence(reading),
        _hit_most(reading),
        horizons_sentence(reading),
    )
    return common | {"answer": " ".join(filter(None, sentences)), "range": _ranges(reading)}


def horizons_sentence(reading: Reading) -> str:
    """Sender and targets at every other horizon, where there is more than one."""
    found = reading.analysis.by_horizon
    if len(found) < 2:
        return ""
    codes = watched(reading)
    parts = []
    for name, outcome in found.items():
        sizes = [f"{reading.name(c)} {words.percent(outcome.percent(c), True)}" for c in codes]
        solved = outcome.solution is not None
        parts.append(f"{words.horizon(name)}: {', '.join(sizes) if solved else 'no equilibrium'}")
    return sentence(f"real income by horizon, {'; '.join(parts)}")


def _hit_most(reading: Reading) -> str:
    """The goods sector of the sender and of each large target whose output falls most."""
    parts = []
    for code in watched(reading):
        rows = [row for row in reading.sectors if row["country"] == code]
        rows = [row for row in rows if sizeable(reading, row)]
        worst = min(rows, key=lambda row: row["output_quantity_percent"], default=None)
        if worst is not None and worst["output_quantity_percent"] <= -words.SMALLEST:
            size = words.percent(worst["output_quantity_percent"], True)
            name = worst["sector_name"].lower()
            parts.append(f"{name} in {reading.place(code)} ({size})")
    return sentence(f"output falls most in {words.listing(parts)}") if parts else ""


def _assumptions(reading: Reading) -> str:
    """What carries the main outcome, in a few words."""
    analysis = reading.analysis
    closure = CLOSURES.get(analysis.deficits, analysis.deficits)
    main = f"threats.{analysis.situation.main}."
    priors = sum(prior.where.startswith(main) for prior in analysis.situation.assumptions)
    found = [
        reading.when,
        f"trade elasticities of the set \u201c{analysis.horizon}\u201d",
        closure,
    ]
    found += [f"{words.count(priors, 'threshold')} of the rule set as priors"] if priors else []
    return sentence("; ".join(found))


def _ranges(reading: Reading) -> str:
    """The ranges of sender and targets over assumptions, then over horizons."""
    if not reading.has_ranges:
        return "none computed"
    codes = sorted(watched(reading), key=reading.senders.__contains__)
    parts = [f"{reading.name(code)} {words.span(*reading.range(code))}" for code in codes]
    solved = [o for o in reading.analysis.by_horizon.values() if o.solution is not None]
    if len(solved) < 2:
        return "; ".join(parts)
    over = []
    for code in codes:
        values = [outcome.percent(code) for outcome in solved]
        over.append(f"{reading.name(code)} {words.span(min(values), max(values))}")
    return f"{reading.when}: {'; '.join(parts)}. Over horizons: {'; '.join(over)}"


def event(reading: Reading, row: Any) -> Answer | None:
    """An event without a model: said so, with what happened."""
    happened = row.happened
    if not happened:
        return None
    parts = [f"{h.date.day} {h.date:%B %Y}: {h.words}" for h in happened]
    sources = dict.fromkeys(h.source for h in happened)
    return {
        "answer": f"An event; no part of the model answers it. What happened: {'; '.join(parts)}.",
        "range": "exact: dates",
        "assumptions": "none",
        "source": "; ".join(sources),
        "mark": "not modelled",
    }
