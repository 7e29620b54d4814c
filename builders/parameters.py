"""Write the registry of parameters, and its table in the documentation.

python -m builders.parameters [--data DIR] [--out FILE] [--docs FILE]
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from builders import data, market, write
from builders.market import Numbers
from builders.parameter_docs import DOCS, text
from builders.sources import data_directory
from threatpoint.drawn_input import CHOSEN
from threatpoint.errors import WorldError, unknown
from threatpoint.files import write_whole
from threatpoint.world.horizons import HOMOGENEOUS
from threatpoint.world.parameters import ALL, FILE, KINDS, Parameter

FILES = ("oil/oil_and_trade_facts.csv", "oil/brent-monthly.csv")
FACTS = data.toml("parameters")
BLANK = {
    "horizon": ALL,
    "unit": "1",
    "period": "any year",
    "convention": "",
    "known": "",
    "note": "",
}
FIRST = ("abrupt", "short")
"""Horizons at which all sectors but the homogeneous have one theta, shortest first."""
COLUMNS = (
    "name", "horizon", "scope", "value", "low", "high", "unit", "kind", "convention", "period",
    "source", "page", "known", "note",
)  # fmt: skip
MAY_BE_EMPTY = ("convention", "note")
Published = Sequence[Mapping[str, str]]


def rows(folder: Path, tables: Path) -> list[Parameter]:
    """The whole registry.

    Args:
        folder: of the source files.
        tables: folder of the shipped tables; `elasticities.csv` there holds those of long.
    """
    published = data.read(tables / "elasticities.csv")
    oil, brent = (data.read(folder / name) for name in FILES)
    numbers = market.numbers(oil, brent, FACTS["freight"]) | substitution() | supply(published)
    words = FACTS["words"] | {"freight": FACTS["freight"], "bought": f"{market.bought(oil):.1f}"}
    return sound(
        [
            *theta(published),
            *(made for row in FACTS["row"] for made in filled(row, numbers, words)),
        ]
    )


def sound(found: Sequence[Parameter]) -> list[Parameter]:
    """The rows, if each can be checked by a reader and none says what another says.

    Raises:
        WorldError: one sentence per problem.
    """
    labels = [row.label for row in found if row.kind != "check"]
    problems = [f"{label}: more than one row" for label in labels if labels.count(label) > 1]
    problems += [f"{row.label}: {problem}" for row in found for problem in _problems(row)]
    if problems:
        raise WorldError("\n".join(dict.fromkeys(problems)))
    return list(found)


def _problems(row: Parameter) -> Iterator[str]:
    for name in COLUMNS:
        if name not in MAY_BE_EMPTY and getattr(row, name) == "":
            yield f"no {name}"
    if row.kind not in KINDS:
        yield unknown("kind", row.kind, KINDS)
    if row.kind == "prior" and not row.low < row.high:
        yield "a prior needs a range, not one number"


def filled(
    row: Mapping[str, Any], numbers: Mapping[tuple[str, str], Numbers], words: Mapping[str, Any]
) -> Iterator[Parameter]:
    """One parameter for each scope of a row, its words put in."""
    cells = {**BLANK, **row}
    if cells["kind"] == "prior":
        cells["known"] = CHOSEN
    given = cells.pop("numbers", None) or numbers[cells["name"], cells["horizon"]]
    notes = cells.pop("notes", {})
    for scope, number in given.items():
        value, low, high = number if isinstance(number, Sequence) else (number,) * 3
        own = cells | {"note": notes.get(scope, cells["note"])}
        said = {name: cell.format_map(words) for name, cell in own.items()}
        yield Parameter(scope=scope, value=value, low=low, high=high, **said)


def theta(published: Published) -> list[Parameter]:
    """Trade elasticity at every horizon; long is that of the world table."""
    templates, words = FACTS["theta"], FACTS["words"]
    found = [made for name in FIRST for made in filled(templates[name], {}, words)]
    start = found[-1].value
    for line in published:
        kind = "prior" if line["source"].startswith("prior") else "estimate"
        own = {"kind": kind, "source": line["source"], "convention": line["convention"]}
        numbers = {line["sector"]: _range(line, "low", "theta", "high")}
        (long,) = filled(templates["long"] | own | {"numbers": numbers}, {}, {})
        found.append(long)
        if long.scope in HOMOGENEOUS:
            same = replace(long, **templates["homogeneous"])
            found += [replace(same, horizon=horizon) for horizon in (*FIRST, "medium")]
        else:
            short = min(start, long.value)
            numbers = {long.scope: (middle(short, long.value), short, long.value)}
            found += filled(templates["medium"] | {"numbers": numbers}, {}, words)
    return found


def substitution() -> dict[tuple[str, str], Numbers]:
    """eta, epsilon and rho of medium, between short and the Cobb-Douglas limit."""
    rows = (row for row in FACTS["row"] if row.get("horizon") == "short")
    short = {row["name"]: row for row in rows if ALL in row.get("numbers", {})}
    return {
        (name, "medium"): {ALL: (middle(short[name]["numbers"][ALL][0], 1.0), low, 1.0)}
        for name, low in FACTS["medium_low"].items()
    }


def supply(published: Published) -> dict[tuple[str, str], Numbers]:
    """Long-run supply elasticities that the world table states (crude oil and gas)."""
    stated = [line for line in published if line["supply"]]
    found = {row["sector"]: _range(row, "supply_low", "supply", "supply_high") for row in stated}
    return {("supply_elasticity", "long"): found}


def middle(short: float, long: float) -> float:
    """Geometric mean."""
    return round(math.sqrt(short * long), 4)


def _range(line: Mapping[str, str], low: str, value: str, high: str) -> market.Range:
    return float(line[value]), float(line[low]), float(line[high])


def write_table(path: Path, found: Sequence[Parameter]) -> None:
    """Write the registry as CSV with Unix line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write.rows(path, COLUMNS, ([_cell(getattr(p, name)) for name in COLUMNS] for p in found))


def _cell(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.10g}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m builders.parameters", description=__doc__)
    parser.add_argument("--data", help="folder of the source files")
    parser.add_argument("--out", type=Path, default=FILE, help="the registry")
    parser.add_argument("--docs", type=Path, default=DOCS, help="its page of documentation")
    given = parser.parse_args(arguments)
    found = rows(data_directory(given.data, FILES), write.TABLES)
    write_table(given.out, found)
    write_whole(given.docs, text(found))
    print(f"{len(found)} parameters written to {given.out} and {given.docs}")


if __name__ == "__main__":
    main()
