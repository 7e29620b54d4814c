"""What goes into the talks as a table, and the files of all results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from threatpoint.files import as_json, require_writable, tidy, write_whole
from threatpoint.tables import Row, Table, columns
from threatpoint.talks.answers import number_rows
from threatpoint.talks.priors import BY_NAME, Priors
from threatpoint.talks.results import freeze_rows

if TYPE_CHECKING:
    from pathlib import Path

    from threatpoint.quantity import Quantity
    from threatpoint.talks.talks import TalksResult


def priors(given: Mapping[str, Quantity], known: Mapping[str, str]) -> Table:
    """What goes in, priors marked."""
    return Table(
        "talks-priors",
        "What goes into the talks; sources in the file",
        columns(
            "talks-priors", "meaning", "-name", "value", "span", "unit", "law", "known",
            "period", "prior", "-source", "-page",
            prior=lambda row: "prior" if row["prior"] else "source",
        ),
        prior_rows(given, known),
        lead=1,
        fold="All inputs",
    )  # fmt: skip


def prior_rows(given: Mapping[str, Quantity], known: Mapping[str, str]) -> list[Row]:
    """One row per input: value, range, unit, law, date, whether it is a prior, source and page."""
    return [
        {
            "name": name,
            **quantity.row("prior", "period", "source", "page"),
            "law": BY_NAME[name].law,
            "known": known[name],
            "meaning": BY_NAME[name].meaning,
        }
        for name, quantity in Priors.of(given).items()
    ]


def summary_row(result: TalksResult) -> Row:
    """How many draws, how many they are worth, and what is conditioned on."""
    return {
        "draws": result.draws,
        "effective_draws": result.effective,
        "given": "a freeze was refused on the date",
        "ranges": "5 to 95 % of the draws",
    }


def write(
    result: TalksResult, given: Mapping[str, Quantity], known: Mapping[str, str], path: Path
) -> Path:
    """Write all tables: a `.csv` is tidy (table, item, measure, value), a `.json` holds all.

    Raises:
        ThreatpointError: the file cannot be written.
    """
    require_writable(path)
    tables = {
        "freeze": freeze_rows(result),
        "number": number_rows(result),
        "prior": prior_rows(given, known),
    }
    summary = summary_row(result)
    if path.suffix == ".csv":
        whole = {"summary": [{"name": "talks", **summary}], **tables}
        items = {name: [_item(row) for row in rows] for name, rows in whole.items()}
        text = tidy(items, ("item",))
    else:
        text = as_json(tables | {"summary": summary})
    write_whole(path, text)
    return path


def _item(row: Row) -> Row:
    """A row named by its first column; a chance by its lever and what happens to support."""
    (_, item), *rest = row.items()
    cells = dict(rest)
    if "support_percent" in cells:
        item = f"{item}, support {cells.pop('support_percent'):+g} %"
    return {"item": item, **cells}
