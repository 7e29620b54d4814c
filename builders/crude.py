"""Build the shipped base of the market for crude and condensate, its priors and its report.

Run: `python -m builders.crude` with THREATPOINT_DATA set. The same sources give the same bytes.

Volumes are crude and condensate, mb/d, rounded to six decimals; the remainders are then exact, so
that the barrels of each day balance: production is what the seller refines at home plus the runs
of all buyers, and what the buyers bought is what it exports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from builders import crude_priors, data, write
from builders.crude_day import ASIA, COALITION, PRODUCERS, REST, UNION, filled
from builders.crude_report import REPORT, text
from builders.crude_rows import BRENT, FACTS, OIL, SIDES, Row
from builders.oil import Facts
from builders.sources import data_directory
from threatpoint.errors import WorldError
from threatpoint.files import write_whole

TABLES = write.ROOT / "src" / "threatpoint" / "world" / "tables"
COLUMNS = (
    "day", "side", "code", "item", "value", "low", "high", "unit", "prior", "period", "source",
    "page", "known", "note",
)  # fmt: skip
MAY_BE_EMPTY = ("note",)


def base(folder: Path) -> list[Row]:
    """All rows of both days, in the order of the shipped table.

    Raises:
        WorldError: a number that no row gives, or a row without a source.
    """
    found = [row for day in FACTS["days"] for row in _one_day(day, folder)]
    return sound(found)


def sound(found: list[Row]) -> list[Row]:
    """The rows, if each can be checked by a reader and none is there twice."""
    keys = [(row.day, row.item, row.code) for row in found]
    wrong = [f"{' '.join(key)}: more than one row" for key in keys if keys.count(key) > 1]
    wrong += [
        f"{row.day} {row.item} {row.code}: no {name}"
        for row in found
        for name in COLUMNS
        if name not in MAY_BE_EMPTY and getattr(row, name) == ""
    ]
    if wrong:
        raise WorldError("\n".join(dict.fromkeys(wrong)))
    return found


def _one_day(name: str, folder: Path) -> Iterator[Row]:
    """The rows of one day: typed in, read, then what follows from them."""
    oil, brent = (data.read(folder / path) for path in (OIL, BRENT))
    day = filled(name, Facts(oil), {row["Date"][:7]: float(row["Price"]) for row in brent})
    codes = {"producer": PRODUCERS, "buyer": [*ASIA, *UNION[name], REST, COALITION]}
    for side, items in SIDES.items():
        for item in items:
            yield from (day.row(item, code) for code in codes.get(side, day.codes(item)))


def members() -> Iterator[tuple[str, str, str, str]]:
    """day, group, member, why: the coalition, and the members of the European Union."""
    groups = {name: codes.split() for name, codes in FACTS["members"].items()}
    for day, union in UNION.items():
        own = {*ASIA, *union}
        for code in sorted({*groups["OECD"], *groups["others"]} - own):
            why = "why" if code in groups["OECD"] else "why_others"
            yield day, COALITION, code, FACTS["coalition"][why]
        for code in groups["EU"]:
            yield day, "EU", code, FACTS["union"]["why"]


def build(folder: Path, tables: Path = TABLES, report: Path = REPORT) -> None:
    """Write the four tables and the report."""
    found = base(folder)
    write.rows(tables / "crude_base.csv", COLUMNS, _cells(found, COLUMNS))
    write.rows(tables / "crude_members.csv", ("day", "group", "member", "why"), members())
    priors, pairs = crude_priors.keys(), crude_priors.pairs()
    write.rows(tables / "crude_priors.csv", crude_priors.COLUMNS, priors)
    write.rows(tables / "crude_pairs.csv", crude_priors.PAIR_COLUMNS, pairs)
    write_whole(report, text(found, priors, pairs))


def _cells(rows: Iterable[Row], names: Iterable[str]) -> Iterator[list[Any]]:
    """Numbers to six decimals; yes or no for a prior."""
    for row in rows:
        cells = (getattr(row, name) for name in names)
        yield [f"{x:.10g}" if isinstance(x, float) else x for x in cells]


if __name__ == "__main__":
    build(data_directory(None, (OIL, BRENT)))
