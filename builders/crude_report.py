"""The report of the crude base: every number of both days, what is a prior, what balances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from builders.crude_priors import COLUMNS, PAIR_COLUMNS
from builders.crude_rows import FACTS, ITEMS, SELLER, Row
from builders.write import ROOT
from threatpoint.world.parameters import parameters

REPORT = ROOT / "docs" / "crude-base.md"

HEADINGS = (
    "item", "of", "value", "range", "unit", "prior", "period", "known", "source", "page", "note",
)  # fmt: skip
Lines = Sequence[Sequence[Any]]
INTRO = """\
# The base of the crude market

Written by `python -m builders.crude`; not edited by hand. Typed-in figures, each with its source:
`builders/data/crude.toml`. Volumes are **crude and condensate**, mb/d; prices USD a barrel. A
situation before 2025 stands on 2023, a later one on March 2025. "known" is the month from which a
figure could be known: a score that uses a later one than its situation's date is marked.
"""


def text(rows: Sequence[Row], priors: Lines, pairs: Lines) -> str:
    """The whole page as Markdown."""
    parts = [INTRO]
    for day in FACTS["days"]:
        of_day = [row for row in rows if row.day == day]
        parts += [f"## {FACTS['days'][day]['about']}\n", _balance(of_day), *_tables(of_day)]
    parts += ["## What is a prior\n", _prior(rows), ""]
    parts += ["## Choices that carry most\n", FACTS["report"]["choices"].lstrip()]
    parts += ["## Liquids are not crude\n", _liquids(rows)]
    parts += ["## Priors of the market\n", *_table(COLUMNS, priors), ""]
    parts += ["## Pairs of elasticities\n", *_table(PAIR_COLUMNS, pairs), ""]
    return "\n".join(parts)


def _value(rows: Iterable[Row], item: str, code: str) -> float:
    return next(row.value for row in rows if (row.item, row.code) == (item, code))


def _sum(rows: Iterable[Row], item: str) -> float:
    return sum(row.value for row in rows if row.item == item)


def _balance(rows: Sequence[Row]) -> str:
    made, home = _sum(rows, "production"), _value(rows, "home", SELLER)
    runs, bought = _sum(rows, "runs"), _sum(rows, "bought")
    return (
        f"Barrels: produced {made:.3f} = refined at home {home:.3f} + run by others {runs:.3f}; "
        f"bought {bought:.3f} = exports {_value(rows, 'exports', SELLER):.3f}. Idle capacity "
        f"{_sum(rows, 'spare'):.2f}. Stocks are outside: runs of the rest take up what they took.\n"
    )


def _tables(rows: Sequence[Row]) -> Iterator[str]:
    lines: list[tuple[object, ...]] = []
    for row in rows:
        ends = f"{row.low:.4g} to {row.high:.4g}" if row.low < row.high else "none"
        unit = "" if row.unit == "1" else row.unit
        lines.append((row.item, row.code, f"{row.value:.4g}", ends, unit, row.prior, row.period,
                      row.known, row.source, row.page, row.note))  # fmt: skip
    yield from (*_table(HEADINGS, lines), "")


def _line(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _prior(rows: Sequence[Row]) -> str:
    """Which numbers of the base nobody has measured, by day and item."""
    lines = []
    for day in FACTS["days"]:
        for item in ITEMS:
            codes = [r.code for r in rows if (r.day, r.item, r.prior) == (day, item, "yes")]
            if codes:
                lines.append(f"- {day}, {item}: {', '.join(codes)}")
    return "\n".join(lines)


def _liquids(rows: Sequence[Row]) -> str:
    """What a base of liquids would have done to a price."""
    crude = _value([row for row in rows if row.day == "2023"], "world", "WLD")
    liquids = next(row.value for row in parameters() if row.name == "liquids")
    less = 1.0 - crude / liquids
    return (
        f"EIA's liquids of 2023 are {liquids:g} mb/d: gas liquids, biofuels and refinery gain are "
        f"within. A missing barrel is 1/{crude:g} of crude and 1/{liquids:g} of liquids, so at "
        f"the same elasticities every change of price would have come out {less:.0%} smaller.\n"
    )


def _table(names: Sequence[str], lines: Lines) -> Iterator[str]:
    yield _line(names)
    yield "|" + "---|" * len(names)
    yield from map(_line, lines)
