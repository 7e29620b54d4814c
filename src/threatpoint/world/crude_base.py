"""The base of the market for crude and condensate: volumes, prices and buyers of a day.

Crude and condensate, mb/d; liquids (gas liquids, biofuels) are not crude. The rows ship in
`tables/crude_base.csv`, written by `builders.crude`; its report is docs/crude-base.md.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import numpy as np

from threatpoint.array_types import Array
from threatpoint.errors import WorldError
from threatpoint.files import read_csv
from threatpoint.quantity import Quantity
from threatpoint.world.barrels import CrudeBase

TABLES = Path(__file__).with_name("tables")
EARLY, LATE = "2023", "2025-03"
LATE_FROM = datetime.date(2025, 1, 1)
"""From this day on a situation stands on `LATE`."""

COALITION, REST, WORLD, UNION = "COA", "RST", "WLD", "EU"
"""The coalition that never buys; all others; the world; the European Union."""

TOLERANCE = 1e-9


def day_of(day: datetime.date | None) -> str:
    """The day of the base that a situation's date picks; 2023 without a date."""
    return EARLY if day is None or day < LATE_FROM else LATE


def base_on(day: datetime.date | None) -> CrudeBase:
    """The base that a situation of this date stands on.

    Raises:
        WorldError: the shipped table does not balance.

    Example:
        >>> from datetime import date
        >>> base = base_on(date(2025, 8, 1))
        >>> base.day, round(float(base.bought.sum()), 9), base.exports
        ('2025-03', 4.3, 4.3)
    """
    return _base(day_of(day))


@cache
def _base(day: str) -> CrudeBase:
    rows = [row for row in read_csv(TABLES / "crude_base.csv") if row["day"] == day]
    listed = [row for row in read_csv(TABLES / "crude_members.csv") if row["day"] == day]
    return checked(made(day, rows, listed))


def made(
    day: str, rows: Iterable[Mapping[str, str]], listed: Iterable[Mapping[str, str]]
) -> CrudeBase:
    """The base from rows of its tables, not yet checked.

    Raises:
        WorldError: a number is missing.
    """
    rows, listed = tuple(rows), tuple(listed)
    numbers = {(row["item"], row["code"]): _quantity(row) for row in rows}
    seller = next((row["code"] for row in rows if row["item"] == "exports"), "")
    producers, buyers = _codes(rows, "production"), _codes(rows, "runs")
    groups = tuple(dict.fromkeys(row["group"] for row in listed))

    def one(item: str, code: str) -> float:
        if (item, code) not in numbers:
            raise WorldError(f"crude base of {day}: no {item} of {code or 'a seller'}")
        return numbers[item, code].value

    def column(item: str, codes: Iterable[str]) -> Array:
        array = np.array([one(item, code) for code in codes])
        array.setflags(write=False)
        return array

    return CrudeBase(
        day=day,
        quantities=numbers,
        known={(row["item"], row["code"]): row["known"] for row in rows},
        members={
            group: tuple(row["member"] for row in listed if row["group"] == group)
            for group in groups
        },
        seller=seller,
        benchmark=one("benchmark", WORLD),
        price=one("price", seller),
        home=one("home", seller),
        exports=one("exports", seller),
        cap=one("cap", seller),
        served=one("served", seller),
        producers=producers,
        buyers=buyers,
        production=column("production", producers),
        spare=column("spare", producers),
        runs=column("runs", buyers),
        bought=column("bought", buyers),
        near=column("near", buyers),
        ceiling=column("ceiling", buyers),
        haul=column("haul", buyers),
        discount=column("discount", buyers),
    )


def _codes(rows: Iterable[Mapping[str, str]], item: str) -> tuple[str, ...]:
    return tuple(row["code"] for row in rows if row["item"] == item)


def _quantity(row: Mapping[str, str]) -> Quantity:
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    words = (row[name] for name in ("unit", "period", "source", "page"))
    return Quantity(value, low, high, *words, prior=row["prior"] == "yes")


def checked(base: CrudeBase) -> CrudeBase:
    """The base, if its barrels balance and every buyer has room above what it takes.

    Raises:
        WorldError: one line a problem.
    """
    if problems := _problems(base):
        raise WorldError(f"crude base of {base.day}: " + "\n".join(problems))
    return base


def _problems(base: CrudeBase) -> list[str]:
    made_by_seller = base.production[base.producers.index(base.seller)]
    gaps = {
        "production less home runs and the buyers' runs": (
            base.production.sum() - base.home - base.runs.sum()
        ),
        "what buyers bought less exports": base.bought.sum() - base.exports,
        "the seller's output less home runs and exports": (
            made_by_seller - base.home - base.exports
        ),
    }
    found = [f"{what} is {gap:g} mb/d" for what, gap in gaps.items() if abs(gap) > TOLERANCE]
    for n, code in enumerate(base.buyers):
        low = base.quantity("ceiling", code).low
        if base.bought[n] > 0 and not low > base.share[n]:
            found.append(f"{code} takes {base.share[n]:.3f}, not below its ceiling, {low:.3f}")
        if not 0 <= base.near[n] <= base.bought[n]:
            found.append(f"{code}: {base.near[n]:g} of {base.bought[n]:g} mb/d are near")
    return found
