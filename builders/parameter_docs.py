"""The registry of parameters as a page of documentation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import Template

from builders import data
from builders.write import ROOT
from threatpoint.world.horizons import HORIZONS
from threatpoint.world.parameters import Parameter

DOCS = ROOT / "docs" / "parameters.md"

ELASTIC = ("theta", "eta", "epsilon", "rho", "phi", "supply_elasticity")


def text(rows: Sequence[Parameter]) -> str:
    """The whole page."""
    used = [row for row in rows if row.kind != "check"]
    return Template(data.text("parameters.md")).substitute(
        horizons="; ".join(f"{name}: {length}" for name, length in HORIZONS.items()),
        elasticities=_table(row for row in used if row.name in ELASTIC),
        market=_table(row for row in used if row.name not in ELASTIC),
        checks=_table(row for row in rows if row.kind == "check"),
    )


def _table(rows: Iterable[Parameter]) -> str:
    lines = [
        "| name | horizon | of | value | range | unit | kind | source | page | note |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def _line(row: Parameter) -> str:
    unit = "" if row.unit == "1" else row.unit
    ends = f"{row.low:g} to {row.high:g}" if row.low < row.high else "none"
    note = "; ".join(filter(None, (row.convention, row.note)))
    cells = (row.name, row.horizon, row.scope, f"{row.value:g}", ends, unit, row.kind, row.source,
             row.page, note)  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
