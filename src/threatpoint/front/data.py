"""The shipped tables of the front, read once: control, published figures, oblasts, claims."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from threatpoint.array_types import Array
from threatpoint.errors import TalksError, unknown
from threatpoint.files import read_csv
from threatpoint.quantity import Quantity

TABLES = Path(__file__).parent / "tables"
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Oblast:
    """A first-level unit.

    Attributes:
        code: ISO 3166-2.
        name: in English.
        official_area: km2, from a secondary source.
        population: residents on 1 January 2021, thousand; None where the table has none.
    """

    code: str
    name: str
    official_area: float
    population: float | None


@dataclass(frozen=True, kw_only=True)
class Published(Quantity):
    """A published figure of a day, a month or a range of months.

    Attributes:
        kind: "monthly gain", "net gain" or "pocket".
        item: in words.
    """

    kind: str
    item: str


@dataclass(frozen=True)
class Claim:
    """A claim to an oblast, its date and source."""

    code: str
    claim: str
    date: str
    source: str


@dataclass(frozen=True)
class Control:
    """Area under the attacker's control, by day of observation.

    Attributes:
        dates: days of observation, in order; T of them.
        total: (T,) km2.
        codes: N oblasts.
        shares: (T, N) share of the oblast's area, 0 to 1.
    """

    dates: tuple[date, ...]
    total: Array
    codes: tuple[str, ...]
    shares: Array

    def __post_init__(self) -> None:
        """Check shapes, order and ranges.

        Raises:
            TalksError: empty, wrong shape, days out of order, not finite, negative, share above 1.
        """
        t, n = len(self.dates), len(self.codes)
        if not t or self.total.shape != (t,) or self.shares.shape != (t, n):
            raise TalksError(
                f"control: {t} days and {n} oblasts, but total has shape {self.total.shape} and "
                f"shares {self.shares.shape}; give (days,) and (days, oblasts), at least one day"
            )
        if any(a >= b for a, b in zip(self.dates, self.dates[1:], strict=False)):
            raise TalksError("control: the days are not in rising order; sort them, each once")
        for name, array in (("total", self.total), ("shares", self.shares)):
            bad = ~np.isfinite(array) | (array < 0)
            if bad.any():
                day = self.dates[int(np.argwhere(bad)[0][0])]
                raise TalksError(
                    f"control: {name} on {day} is {array[bad].flat[0]:g}; "
                    "an area held is a finite number, 0 or more"
                )
        if (self.shares > 1).any():
            raise TalksError(f"control: a share is {self.shares.max():g}; shares end at 1")

    def until(self, day: date) -> Control:
        """The observations up to and including a day.

        Raises:
            TalksError: there is none.
        """
        keep = sum(d <= day for d in self.dates)
        if not keep:
            raise TalksError(f"control: no data up to {day}; the record starts {self.dates[0]}")
        return Control(self.dates[:keep], self.total[:keep], self.codes, self.shares[:keep])


def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of a shipped CSV."""
    return read_csv(TABLES / name)


@cache
def about() -> dict[str, dict[str, str]]:
    """Producer, licence, unit and date of each table, by file name."""
    return json.loads((TABLES / "front.json").read_text(encoding="utf-8"))


@cache
def oblasts() -> tuple[Oblast, ...]:
    """All units, by code."""
    return tuple(
        Oblast(
            row["code"],
            row["name"],
            float(row["official_area_km2"]),
            float(row["population_thousand"]) if row["population_thousand"] else None,
        )
        for row in rows("oblasts.csv")
    )


@cache
def figures() -> tuple[Published, ...]:
    """All published figures."""
    return tuple(
        Published.exactly(float(row.pop("value")), **row) for row in rows("front_figures.csv")
    )


@cache
def claims() -> tuple[Claim, ...]:
    """All claims."""
    return tuple(Claim(**row) for row in rows("claims.csv"))


@cache
def control() -> Control:
    """The shipped record of control."""
    found = rows("front_control.csv")
    codes = tuple(name for name in found[0] if name not in ("date", "total_km2"))
    return Control(
        tuple(date.fromisoformat(row["date"]) for row in found),
        np.array([float(row["total_km2"]) for row in found]),
        codes,
        np.array([[float(row[code]) for code in codes] for row in found]),
    )


def oblast(word: str) -> Oblast:
    """An oblast by name or ISO code, whatever the case.

    Raises:
        TalksError: unknown, with the nearest spelling.
    """
    for item in oblasts():
        if word.strip().casefold() in (item.name.casefold(), item.code.casefold()):
            return item
    raise TalksError(unknown("oblast", word, [item.name for item in oblasts()], "front"))


def require_month(word: str) -> date:
    """The first day of a month written YYYY-MM.

    Raises:
        TalksError: another form.
    """
    found = MONTH.fullmatch(word.strip()) if isinstance(word, str) else None
    if not found or found[1] == "0000":
        raise TalksError(f"front: {word!r} is not a month; write it as YYYY-MM, e.g. 2025-03")
    return date(int(found[1]), int(found[2]), 1)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
