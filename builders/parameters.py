"""Write the registry of parameters, and its table in the documentation.

python -m builders.parameters [--data DIR] [--out FILE] [--docs FILE]
"""

from __future__ import annotations

import argparse
import csv
import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from builders import market_rows, parameter_rows, write
from builders.parameter_docs import DOCS, text
from threatpoint.errors import WorldError
from threatpoint.files import write_whole
from threatpoint.world.horizons import HOMOGENEOUS
from threatpoint.world.parameters import COLUMNS, FILE, Parameter

FILES = {"oil": "oil/oil_and_trade_facts.csv", "brent": "oil/brent-monthly.csv"}
SHORT_THETA = (1.53, 0.75, 2.5)


def rows(data: Path, tables: Path) -> list[Parameter]:
    """The whole registry.

    Args:
        data: folder of the source files.
        tables: folder of the shipped tables; `elasticities.csv` there holds those of long.

    Raises:
        WorldError: a file is missing.
    """
    missing = [name for name in FILES.values() if not (data / name).is_file()]
    if missing:
        raise WorldError(
            f"source files missing under {data}: {', '.join(missing)}. "
            "Set THREATPOINT_DATA (or --data) to the folder that holds them"
        )
    published = _csv(tables / "elasticities.csv")
    return [
        *theta(published),
        *parameter_rows.substitution(),
        *parameter_rows.supply(),
        *long_supply(published),
        *market_rows.market(_csv(data / FILES["oil"]), _csv(data / FILES["brent"])),
        *parameter_rows.checks(),
    ]


def theta(published: Sequence[Mapping[str, str]]) -> list[Parameter]:
    """Trade elasticity at the three horizons; long is that of the world table."""
    row, all_ = parameter_rows.row, parameter_rows.ALL
    found = [
        row("theta", "short", all_, SHORT_THETA, "estimate", parameter_rows.FGKK,
            "article pp. 1-55; printed page not at hand",
            "sigma 2.53 between origins of one product; theta = sigma - 1",
            "estimated on US goods within a year of the tariffs of 2018, applied to all sectors; "
            "range: prior 0.75 to 2.5; never above long of the sector"),
    ]  # fmt: skip
    for line in published:
        sector = line["sector"]
        long = (float(line["theta"]), float(line["low"]), float(line["high"]))
        kind = "prior" if line["source"].startswith("prior") else "estimate"
        page = "estimates by sector; printed page not at hand"
        args = (kind, line["source"], page, line["convention"])
        found.append(row("theta", "long", sector, long, *args))
        if sector in HOMOGENEOUS:
            note = "near-homogeneous: the value of long at every horizon"
            found += [row("theta", h, sector, long, *args, note) for h in ("short", "medium")]
        else:
            found.append(_middle(sector, long[0]))
    return found


def _middle(sector: str, long: float) -> Parameter:
    short = min(SHORT_THETA[0], long)
    middle = (round(math.sqrt(short * long), 4), short, long)
    return parameter_rows.row(
        "theta", "medium", sector, middle, "prior", parameter_rows.MIDDLE,
        "no page: computed here", "theta = sigma - 1",
    )  # fmt: skip


def long_supply(published: Sequence[Mapping[str, str]]) -> list[Parameter]:
    """Long-run supply elasticities that the world table states (crude oil and gas)."""
    return [
        parameter_rows.row(
            "supply_elasticity", "long", line["sector"],
            (float(line["supply"]), float(line["supply_low"]), float(line["supply_high"])),
            "prior",
            "prior: with factors fully mobile output would collapse at a barely lower price",
            "no page: nobody has measured it",
            "supply elasticity e of crude oil and gas; phi = e / (1 + e)",
        )
        for line in published
        if line["supply"]
    ]  # fmt: skip


def write_table(path: Path, found: Sequence[Parameter]) -> None:
    """Write the registry as CSV with Unix line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write.rows(path, COLUMNS, ([_cell(getattr(p, name)) for name in COLUMNS] for p in found))


def _cell(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.10g}"


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def data_folder(given: str | None) -> Path:
    """As given, or THREATPOINT_DATA, or ../shared/data beside the repository."""
    default = write.ROOT.parent / "shared" / "data"
    return Path(given or os.environ.get("THREATPOINT_DATA") or default)


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m builders.parameters", description=__doc__)
    parser.add_argument("--data", help="folder of the source files")
    parser.add_argument("--out", type=Path, default=FILE, help="the registry")
    parser.add_argument("--docs", type=Path, default=DOCS, help="its page of documentation")
    given = parser.parse_args(arguments)
    found = rows(data_folder(given.data), write.TABLES)
    write_table(given.out, found)
    write_whole(given.docs, text(found))
    print(f"{len(found)} parameters written to {given.out} and {given.docs}")


if __name__ == "__main__":
    main()
