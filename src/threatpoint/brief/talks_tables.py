"""Tables of the talks: what the threat adds, answers, reasons for delay, priors."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief.talks_words import figure_words, span, spoken, start
from threatpoint.tables import Column, Table
from threatpoint.talks.results import number_rows, prior_rows, reason_rows
from threatpoint.talks.talks import INPUTS

if TYPE_CHECKING:
    from threatpoint.quantity import Quantity
    from threatpoint.talks.talks import TalksResult

Row = dict[str, Any]
Flows = Mapping[str, "Mapping[str, Quantity]"]


def flow_tables(result: TalksResult, flows: Flows) -> list[Table]:
    """What each case adds to s_R, by horizon."""
    missing = result.numbers["sanction missing"].value
    rows = [
        {"case": words.capital(case), "horizon": h, "added": q.value, "low": q.low, "high": q.high}
        | {"shown": words.number(q.value, True), "span": span(q.low, q.high)}
        | {"share": 100 * q.value / missing if missing > 0 else math.nan, "source": q.source}
        for case, by_horizon in flows.items()
        for h, q in ((h, by_horizon[h]) for h in words.ordered(by_horizon))
    ]
    columns = (
        Column("case", "Case"),
        Column("horizon", "Horizon", "horizon"),
        Column("shown", "Added to s_R", "figure", filed=False),
        Column("span", "Range", "figure", filed=False),
        Column("share", "Of what is missing", "signed percent"),
        Column("added", "Added", "number", shown=False),
        Column("low", "Low", "number", shown=False),
        Column("high", "High", "number", shown=False),
        Column("source", "From", shown=False),
    )
    caption = "What the threat adds to s_R by horizon, USD bn a month"
    return [Table("pressure", caption, columns, tuple(rows))] if rows else []


def _spoken(row: Row, *keys: str) -> Row:
    return row | {f"{key}_words": figure_words(row[key]) for key in keys}


def numbers_table(result: TalksResult) -> Table:
    """Every answer with its range and what drives it."""
    rows = [
        _spoken(row, "value")
        | {"span": span(row["low"], row["high"]), "driven": row["driver"].replace("_", " ")}
        | {"unit": spoken(row["unit"])}
        for row in number_rows(result)
    ]
    columns = (
        Column("definition", "What"),
        Column("measure", "Name", shown=False),
        Column("value_words", "Value", "figure", filed=False),
        Column("span", "Range", "figure", filed=False),
        Column("unit", "Unit", "short"),
        Column("value", "Value", "number", shown=False),
        Column("low", "Low", "number", shown=False),
        Column("high", "High", "number", shown=False),
        Column("driven", "Driven by"),
    )
    rows = [row | {"definition": start(spoken(row["definition"]))} for row in rows]
    return Table(
        "talks",
        "The talks: answers at the central priors, with the range over all of them",
        columns,
        tuple(rows),
        note=f"Ranges: {result.basis}. Driven by: the prior that moves the answer most alone. "
        f"Check: the closed forms and value iteration differ by "
        f"{words.tiny(result.agreement.gap)}; {_status(result)}.",
        lead=8,
        fold="All other answers",
    )


def _status(result: TalksResult) -> str:
    held = "they agree" if result.agreement.converged else "they do not agree"
    return f"{held}, bound {words.tiny(result.agreement.tolerance)}"


def reasons_table(result: TalksResult, attacker: str) -> Table:
    """The reasons for delay with their verdicts."""
    rows = [
        _spoken(row, "value", "threshold")
        | {
            "verdict": "yes" if row["pays"] else "no",
            "over": "always" if row["always"] else "for some values" if row["ever"] else "never",
            "flips": f"{figure_words(row['threshold'])} {spoken(row['threshold_unit'])}",
            "title": words.capital(spoken(row["definition"])),
        }
        for row in reason_rows(result)
    ]
    columns = (
        Column("title", "Reason"),
        Column("reason", "Name", shown=False),
        Column("verdict", "Holds", "mark"),
        Column("over", "Over the priors", "short"),
        Column("flips", "Flips at", "short"),
        Column("flipped_by", "Of"),
        Column("value", "Number", "number", shown=False),
        Column("low", "Low", "number", shown=False),
        Column("high", "High", "number", shown=False),
        Column("unit", "Unit", shown=False),
        Column("threshold", "Threshold", "number", shown=False),
        Column("threshold_low", "Threshold low", "number", shown=False),
        Column("threshold_high", "Threshold high", "number", shown=False),
    )
    holds = sum(1 for row in rows if row["verdict"] == "yes")
    return Table(
        "delay",
        f"Does delay pay {attacker}? {words.capital(words.count(holds))} of "
        f"{words.count(len(rows), 'reason')} hold at the central priors",
        columns,
        tuple(rows),
        note="Flips at: the value of the quantity named at which the verdict turns; a value below "
        "0, or none, means that no value of it turns the verdict.",
    )


def priors_table(result: TalksResult) -> Table:
    """What goes in, priors marked."""
    rows = [
        row
        | {"value_words": words.number(row["value"]), "kind": "prior" if row["prior"] else "source"}
        | {"span": f"{words.number(row['low'])} to {words.number(row['high'])}"}
        | {"what": words.capital(spoken(row["meaning"])), "unit": spoken(row["unit"])}
        for row in prior_rows(result)
        if row["name"] not in INPUTS
    ]
    columns = (
        Column("what", "What goes in"),
        Column("name", "Name", shown=False),
        Column("value_words", "Value", "figure", filed=False),
        Column("span", "Range", "figure", filed=False),
        Column("unit", "Unit", "short"),
        Column("period", "When", "short"),
        Column("kind", "Kind", "mark"),
        Column("value", "Value", "number", shown=False),
        Column("low", "Low", "number", shown=False),
        Column("high", "High", "number", shown=False),
        Column("source", "Source", shown=False),
        Column("page", "Page", shown=False),
    )
    return Table(
        "talks-priors",
        "What goes into the talks; sources in the file",
        columns,
        tuple(rows),
        lead=1,
        fold="All inputs",
    )
