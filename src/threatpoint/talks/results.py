"""Results of the talks as labelled rows and as tables, and the files of all of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.files import as_json, require_writable, tidy, write_whole
from threatpoint.tables import Row, Table, columns
from threatpoint.talks.measures import MEASURES
from threatpoint.talks.priors import BY_NAME, INPUTS

if TYPE_CHECKING:
    from pathlib import Path

    from threatpoint.talks.talks import TalksResult

LINES = ("least line", "largest line", "division")
"""Measures that are lines, km2 beyond today's."""


def possible_lines(result: TalksResult) -> tuple[float, float]:
    """Where a line can lie, km2 beyond today's: from nothing held to the defender's whole area.

    The closed forms know no end of the country; what they put behind it means all of it.
    """
    held = result.priors["line"].value
    return -held, math.inf if result.area is None else result.area - held


def numbers(result: TalksResult, attacker: str, defender: str) -> Table:
    """Every answer with its range and what drives it; the sides as they stand in a sentence."""

    def marked(row: Row, *keys: str) -> str:
        """Numbers of a row; of a line beyond the country, which end of it."""
        low, _ = possible_lines(result)
        sign = {key: "≤ " if row[key] == low else "≥ " for key in row["beyond"].split()}
        ends = [sign.get(key, "") + words.rounded(row[key]) for key in keys]
        return " to ".join(dict.fromkeys(ends))

    return Table(
        "talks",
        "The talks: answers at the central priors, with the range over all of them",
        columns(
            "talks", "definition", "-measure", "value", "span", "unit", "driver", "-beyond",
            value=lambda row: marked(row, "value"),
            span=lambda row: marked(row, "low", "high"),
        ),
        number_rows(result),
        note=f"{_ends(result, attacker, defender)}Driven by: the prior that moves the answer most "
        "alone.",
        lead=8,
        fold="All other answers",
        deciding=("value", "unit"),
    )  # fmt: skip


def _ends(result: TalksResult, attacker: str, defender: str) -> str:
    """What the marks mean."""
    low, high = map(words.rounded, possible_lines(result))
    text = f"A line lies within the country: ≤ {low} is all given back by {attacker}"
    return f"{text}{'' if result.area is None else f', ≥ {high} all given up by {defender}'}. "


def check(result: TalksResult) -> str:
    """How the ranges are made, and how far two ways to the same answers are apart."""
    check = result.agreement
    return (
        f"Ranges: {result.basis}. Check: the closed forms and value iteration differ by "
        f"{words.tiny(check.gap)}; they "
        f"{'' if check.converged else 'do not '}agree, bound {words.tiny(check.tolerance)}."
    )


def reasons(result: TalksResult, attacker: str) -> Table:
    """The reasons for delay with their verdicts."""
    rows = reason_rows(result)
    holds = sum(row["pays"] for row in rows)
    return Table(
        "delay",
        f"Delay pays {attacker} for {words.count(holds) if holds else 'none'} of "
        f"{words.count(len(rows), 'reason')} tested, at the central priors",
        columns(
            "delay", "definition", "-reason", "pays", "-always", "ever", "threshold", "flipped_by",
            "-value", "-span", "-unit", "-driver", "-threshold_low", "-threshold_high",
            "-threshold_unit",
            ever=lambda row: words.held(row["always"], row["ever"]),
            threshold=lambda row: f"{words.rounded(row['threshold'])} "
            f"{words.signs(row['threshold_unit'])}",
        ),
        rows,
        deciding=("pays", "threshold"),
        note="Flips at: the value of the quantity named at which the verdict turns; a value below "
        "0, or none, means that no value of it turns the verdict.",
    )  # fmt: skip


def priors(result: TalksResult) -> Table:
    """What goes in, priors marked."""
    return Table(
        "talks-priors",
        "What goes into the talks; sources in the file",
        columns(
            "talks-priors", "meaning", "-name", "value", "span", "unit", "period", "prior",
            "-source", "-page",
            prior=lambda row: "prior" if row["prior"] else "source",
        ),
        [row for row in prior_rows(result) if row["name"] in BY_NAME],
        lead=1,
        fold="All inputs",
    )  # fmt: skip


def number_rows(result: TalksResult) -> list[Row]:
    """One row per measure: value, range, unit, driver, definition.

    A line that the closed forms put beyond the country is the end of the country; `beyond` names
    the columns where that is so.
    """
    meant = {m.name: m.definition for m in MEASURES}
    return [
        {"measure": name, **_within(name, result), "definition": meant[name]}
        for name in result.numbers
    ]


def _possible(name: str, result: TalksResult) -> tuple[float, float]:
    """Between which ends a measure can lie: lines and the zone between two in the country."""
    if name == "zone width":
        return -math.inf, math.inf if result.area is None else result.area
    return possible_lines(result) if name in LINES else (-math.inf, math.inf)


def _within(name: str, result: TalksResult) -> Row:
    row = result.numbers[name].row("driver")
    low, high = _possible(name, result)
    outside = {key: row[key] for key in ("value", "low", "high") if not low <= row[key] <= high}
    ends = {key: low if value < low else high for key, value in outside.items() if value == value}
    return {**row, **ends, "beyond": " ".join(ends)}


def reason_rows(result: TalksResult) -> list[Row]:
    """One row per reason for delay: verdict, number, and the threshold that flips it."""
    return [
        {
            "reason": r.reason,
            "pays": r.pays,
            "always": r.always,
            "ever": r.ever,
            **r.number.row("driver"),
            "flipped_by": r.flipped_by,
            "threshold": r.threshold.value,
            "threshold_low": r.threshold.low,
            "threshold_high": r.threshold.high,
            "threshold_unit": r.threshold.unit,
            "definition": r.definition,
        }
        for r in result.reasons
    ]


def prior_rows(result: TalksResult) -> list[Row]:
    """One row per input: value, range, unit, whether it is a prior, source and page."""
    return [
        {
            "name": name,
            **given.row("prior", "period", "source", "page"),
            "meaning": {**BY_NAME, **INPUTS}[name].meaning,
        }
        for name, given in {**result.priors, **result.inputs}.items()
    ]


def summary_row(result: TalksResult) -> Row:
    """Who accepts a freeze in place, how ranges were taken, and the check of the closed forms."""
    return {
        "attacker_accepts_freeze_in_place": result.attacker_accepts,
        "defender_accepts_freeze_in_place": result.defender_accepts,
        "both_accept_at_all_vertices": result.accepts[0],
        "both_accept_at_some_vertex": result.accepts[1],
        "ranges": result.basis,
        "closed_form_gap": result.agreement.gap,
        "closed_form_tolerance": result.agreement.tolerance,
        "closed_form_agrees": result.agreement.converged,
        "status": result.agreement.status,
    }


def write(result: TalksResult, path: Path) -> Path:
    """Write all tables: a `.csv` is tidy (table, item, measure, value), a `.json` holds all.

    Raises:
        ThreatpointError: the file cannot be written.
    """
    require_writable(path)
    tables = {
        "summary": [{"name": "talks", **summary_row(result)}],
        "number": number_rows(result),
        "reason": reason_rows(result),
        "prior": prior_rows(result),
    }
    tables = {name: [_worded(row) for row in rows] for name, rows in tables.items()}
    if path.suffix == ".csv":
        text = tidy(
            {name: [_item(row) for row in rows] for name, rows in tables.items()}, ("item",)
        )
    else:
        text = as_json(tables | {"summary": summary_row(result)})
    write_whole(path, text)
    return path


def _worded(row: Row) -> Row:
    """Infinities as words: JSON has none."""
    return {k: str(v) if isinstance(v, float) and math.isinf(v) else v for k, v in row.items()}


def _item(row: Row) -> Row:
    """A row named by its first column."""
    (_, item), *rest = row.items()
    return {"item": item, **dict(rest)}
