"""Results of the talks as labelled rows: one list of dictionaries per table, for CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import TYPE_CHECKING, Any

from threatpoint.files import require_writable, write_whole
from threatpoint.talks.measures import MEASURES
from threatpoint.talks.priors import BY_NAME, INPUTS

if TYPE_CHECKING:
    from pathlib import Path

    from threatpoint.talks.talks import TalksResult

Row = dict[str, Any]


LINES = ("least line", "largest line", "division")
"""Measures that are lines, km2 beyond today's."""


def possible_lines(result: TalksResult) -> tuple[float, float]:
    """Where a line can lie, km2 beyond today's: from nothing held to the defender's whole area.

    The closed forms know no end of the country; what they put behind it means all of it.
    """
    held = result.priors["line"].value
    return -held, math.inf if result.area is None else result.area - held


def number_rows(result: TalksResult) -> list[Row]:
    """One row per measure: value, range, unit, driver, definition.

    A line that the closed forms put beyond the country is the end of the country; `beyond` names
    the columns where that is so.
    """
    words = {m.name: m.definition for m in MEASURES}
    return [
        {"measure": name, **_within(name, result), "definition": words[name]}
        for name in result.numbers
    ]


def _within(name: str, result: TalksResult) -> Row:
    row = result.numbers[name].row("driver")
    low, high = possible_lines(result) if name in LINES else (-math.inf, math.inf)
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


def tables(result: TalksResult) -> dict[str, list[Row]]:
    """All tables by name."""
    return {
        "number": number_rows(result),
        "reason": reason_rows(result),
        "prior": prior_rows(result),
    }


def write(result: TalksResult, path: Path) -> Path:
    """Write all tables: a `.csv` is tidy (table, item, measure, value), a `.json` holds all.

    Raises:
        ThreatpointError: the file cannot be written.
    """
    require_writable(path)
    text = _csv(result) if path.suffix == ".csv" else _json(result)
    write_whole(path, text)
    return path


def _json(result: TalksResult) -> str:
    return json.dumps(_finite({"summary": summary_row(result), **tables(result)}), indent=1) + "\n"


def _csv(result: TalksResult) -> str:
    """All tables as one long CSV; a number that does not exist is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["table", "item", "measure", "value"])
    everything = {"summary": [{"name": "talks", **summary_row(result)}], **tables(result)}
    for table, rows in everything.items():
        for row in rows:
            (_, item), *rest = row.items()
            for measure, value in rest:
                missing = isinstance(value, float) and math.isnan(value)
                writer.writerow([table, item, measure, "" if missing else value])
    return text.getvalue()


def _finite(value: Any) -> Any:
    """NaN as null and inf as a word: JSON has neither."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}  # pyright: ignore
    if isinstance(value, list):
        return [_finite(item) for item in value]  # pyright: ignore
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else ("inf" if value > 0 else "-inf")
    return value
