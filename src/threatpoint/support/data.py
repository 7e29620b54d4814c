"""The shipped tables of support: what each donor allocated, by month and type."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from threatpoint.array_types import Array, Positions
from threatpoint.errors import ThreatpointError, unknown
from threatpoint.files import read_csv

TABLES = Path(__file__).with_name("tables")
TYPES = ("military", "financial", "humanitarian")


@dataclass(frozen=True)
class SupportTable:
    """Allocations by donor, month and type.

    Attributes:
        donors, names, groups: code, name and group ("europe", "institutions", "other") a donor.
        months: "YYYY-MM", without holes.
        flows: shape (donors, months, types), EUR bn a month.
        gdp: shape (donors,), EUR bn of 2023; nan where there is none.
        eu_share: shape (donors,), share in the aid of the EU institutions.
        leaver: the donor whose support ends.
        defence_budgets: of the European donors, EUR bn a year.
        about: producer, release, unit and so on.
    """

    donors: tuple[str, ...]
    names: tuple[str, ...]
    groups: tuple[str, ...]
    months: tuple[str, ...]
    flows: Array
    gdp: Array
    eu_share: Array
    leaver: str
    defence_budgets: float
    about: dict[str, str]

    def index(self, donor: str) -> int:
        """Position of a donor.

        Raises:
            ThreatpointError: unknown code.
        """
        if donor not in self.donors:
            raise ThreatpointError(unknown("donor", str(donor), self.donors))
        return self.donors.index(donor)

    def members(self, group: str) -> Positions:
        """Positions of the donors of a group."""
        return np.array([i for i, g in enumerate(self.groups) if g == group], dtype=np.intp)

    def month(self, month: str) -> int:
        """Position of a month.

        Raises:
            ThreatpointError: not "YYYY-MM", or without data.
        """
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", str(month)):
            raise ThreatpointError(f"month {month!r}: write it as YYYY-MM")
        if month not in self.months:
            raise ThreatpointError(
                f"month {month}: no data; the table runs from {self.months[0]} to {self.months[-1]}"
            )
        return self.months.index(month)

    def yearly(self, first: str, last: str) -> Array:
        """Mean allocation from `first` to `last`, both counted; (donors, types), EUR bn a year.

        Raises:
            ThreatpointError: a month without data, or the last before the first.
        """
        start, end = self.month(first), self.month(last)
        if end < start:
            raise ThreatpointError(f"period: the last month {last} is before the first, {first}")
        return 12.0 * self.flows[:, start : end + 1].mean(axis=1)


@functools.cache
def load_support() -> SupportTable:
    """The shipped table (Kiel Institute, Ukraine Support Tracker), EUR bn."""
    donors = read_csv(TABLES / "support_donors.csv")
    about = json.loads((TABLES / "support_about.json").read_text(encoding="utf-8"))
    first, last = (np.datetime64(about[end], "M") for end in ("first", "last"))
    months = tuple(np.arange(first, last + 1).astype(str).tolist())
    codes = tuple(row["donor"] for row in donors)
    cells = np.zeros((len(codes), len(months), len(TYPES)))
    for row in read_csv(TABLES / "support_monthly.csv"):
        cell = cells[codes.index(row["donor"]), months.index(row["month"])]
        cell[:] = [float(row[kind]) for kind in TYPES]
    gdp = np.array([float(row["gdp_eur_bn_2023"] or "nan") for row in donors])
    share = np.array([float(row["eu_share"]) for row in donors])
    for array in (cells, gdp, share):
        array.setflags(write=False)
    names, groups = (tuple(row[key] for row in donors) for key in ("name", "group"))
    budgets = float(about["defence_budgets"])
    return SupportTable(
        codes, names, groups, months, cells, gdp, share, about["leaver"], budgets, about
    )
