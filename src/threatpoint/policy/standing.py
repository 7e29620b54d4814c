"""The tariffs in force on a day: what was added to those of the table.

Only US tariffs are known by day (`tables/us_added.csv`, built by `builders.standing`): statutory
points since January 2025, on all goods but coal, crude oil and gas, and fuels, which were left out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.files import read_csv
from threatpoint.policy.instruments.tariff import Tariff
from threatpoint.policy.policy import Policy
from threatpoint.policy.wedges import Wedges
from threatpoint.world.standing import Standing

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

TABLE = Path(__file__).parent / "tables" / "us_added.csv"
IMPORTER = "USA"
LEFT_OUT = ("COAL", "OILGAS", "REFPET")
"""Goods on which nothing was added."""


def day_of(text: str | date) -> date:
    """A day, as 2025-03-31.

    Raises:
        PolicyError: no such day.
    """
    try:
        return (
            date.fromisoformat(text)
            if isinstance(text, str)
            else date(text.year, text.month, text.day)
        )
    except (AttributeError, TypeError, ValueError):
        raise PolicyError(f"{text!r} is not a date: write it as 2025-03-31") from None


def standing_policy(day: str | date, economy: Economy | None = None) -> Policy:
    """What was added to the tariffs of the table by a day.

    Before the first row of the table nothing was; after the last, that row.

    Args:
        day: as "2025-03-31".
        economy: leaves out partners and goods that it does not have; the shipped world if None.

    Raises:
        PolicyError: not a date.

    Example:
        >>> policy = tp.standing_policy("2025-03-31")
        >>> [item.rate for item in policy.items if item.exporters == ("CHN",)]
        [0.202937]
    """
    from threatpoint.world.shipped import load_world

    economy = load_world() if economy is None else economy
    first = _row_of(day_of(day))
    if first is None or IMPORTER not in economy.countries:
        return Policy((), "nothing added yet")
    goods = tuple(code for code in economy.goods if code not in LEFT_OUT)
    items = [
        Tariff(IMPORTER, partner, goods, rate=points / 100, mode="add")
        for partner, points in _rows()[first].items()
        if partner in economy.countries and points
    ]
    return Policy(items, f"tariffs added by {_words(first)}")


def on_day(economy: Economy, day: str | date) -> Economy:
    """The economy with the tariffs in force on a day, which every action is then compared with.

    Of a day before the table's year they are not known: those of the table stand, and
    `standing.words` says so.

    Raises:
        PolicyError: not a date.

    Example:
        >>> world = tp.on_day(tp.load_world(), "2025-03-31")
        >>> world.standing.words
        'the tariffs in force on 31 March 2025'
    """
    found = day_of(day)
    bare = economy.bare
    tariff = standing_policy(found, bare).wedges(bare).tariff
    dated = replace(bare, standing=Standing(found, tariff, _said(found, bare.year), source()))
    dated.__dict__["bare"] = bare  # one table for all days: what is computed for it is kept
    return dated


def _said(day: date, year: int | None) -> str:
    """Which tariffs they are; those of a day before the table's year are not known."""
    if year and day.year < year:
        return f"the tariffs of {year} (the oldest known)"
    late = f" as known on {_words(last_row())}" if day > last_row() else ""
    return f"the tariffs in force on {_words(day)}{late}"


def world_on(day: str | date, tariffs: str = "collected") -> Economy:
    """The shipped world with the tariffs in force on a day; "" leaves those of the table.

    Raises:
        PolicyError: not a date.
        WorldError: an unknown set of tariffs.
    """
    from threatpoint.world import load_world

    return on_day(load_world(tariffs), day) if day else load_world(tariffs)


def added(economy: Economy, item: Tariff) -> float:
    """The most that was added to the table's tariffs on a flow of a tariff, as a share; 0 if none.

    Raises:
        PolicyError: as `Instrument.cells`.
    """
    rise = (economy.tariff_in_force - economy.tariff)[item.cells(economy)]
    return max(float(rise.max()), 0.0)


def eased(economy: Economy, item: Tariff, points: float) -> Wedges:
    """What was added is taken off again by some points, on the flows of a tariff.

    Nowhere below the tariffs of the table.

    Args:
        economy: of a day.
        item: whose flows; its own rate is not read.
        points: 0 or more, as a share.
    """
    now, cells = economy.tariff_in_force, item.cells(economy)
    least = np.minimum(economy.tariff, now)
    tariff = np.where(cells, np.maximum(now - points, least), now)
    causes = ((f"{100 * points:g} points are taken off", cells),)
    return replace(Wedges.none(economy), tariff=tariff, causes=causes)


def source() -> str:
    """Who says what was added."""
    return read_csv(TABLE)[0]["source"]


def last_row() -> date:
    """The last day on which something is known to have changed."""
    return max(_rows())


@cache
def _rows() -> dict[date, dict[str, float]]:
    """Date -> partner -> points."""
    found: dict[date, dict[str, float]] = {}
    for row in read_csv(TABLE):
        found.setdefault(date.fromisoformat(row["date"]), {})[row["partner"]] = float(row["points"])
    return found


def _row_of(day: date) -> date | None:
    """The row that holds on a day."""
    return max((row for row in _rows() if row <= day), default=None)


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
