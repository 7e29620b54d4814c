"""Able: kinds of arms, how much of each the leaver gave or feeds, and whether it is replaced."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from threatpoint.files import read_csv
from threatpoint.support.data import TABLES, SupportTable, load_support


@dataclass(frozen=True)
class Kind:
    """A kind of arms.

    Attributes:
        name: what it is.
        items: given by all donors; None where the list of weapons has none of it.
        of_leaver: share of the items that the leaver gave; None as above.
        fed: share that runs on what only the leaver makes; None as above.
        in_12, in_24: replaced within so many months: "yes", "part", "half", "no" or "not in the
            data".
        source: list, rule and makers, or where else it is from.
    """

    name: str
    items: int | None
    of_leaver: float | None
    fed: float | None
    in_12: str
    in_24: str
    source: str

    @property
    def lost(self) -> bool:
        """Money does not replace it within 24 months."""
        return self.in_24 == "no"


@functools.cache
def load_kinds() -> tuple[Kind, ...]:
    """The shipped table (Kiel Institute, Ukraine Support Tracker, list of weapons)."""
    return tuple(_kind(row) for row in read_csv(TABLES / "support_classes.csv"))


def _kind(row: dict[str, str]) -> Kind:
    whole = int(row["items"]) if row["items"] else None
    own, fed = (int(row[f"{key}_leaver"]) / whole if whole else None for key in ("of", "fed_by"))
    return Kind(row["class"], whole, own, fed, row["in_12"], row["in_24"], row["source"])


def listed_share(table: SupportTable | None = None, until: str = "") -> float:
    """Share of the leaver's military aid up to a month that the list of weapons holds, by value."""
    table = table or load_support()
    kept = [not until or month <= until for month in table.months]
    military = table.flows[table.index(table.leaver), kept, 0].sum()
    return float(table.about["weapons_eur_bn"]) / float(military)
