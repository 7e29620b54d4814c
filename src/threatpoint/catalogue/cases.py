"""Published cases: what a study shocked and what it printed, solved here on the shipped table.

Policies and figures stand in `tables/`. The folder `validation` of the project reads the same
figures; studies on data of their own, or of small worlds, stand there alone.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.catalogue.listing import Shown
from threatpoint.equilibrium import Solution, solve
from threatpoint.errors import EquilibriumError
from threatpoint.files import read_csv
from threatpoint.policy import Policy
from threatpoint.policy.instruments import INSTRUMENTS
from threatpoint.policy.scope import WORLD, member_codes
from threatpoint.tables import Table, columns
from threatpoint.words import HORIZONS, capital, place
from threatpoint.world import load_world

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class Printed:
    """A figure that a study printed, as a change.

    Attributes:
        who: code, group, or "WORLD".
        measure: of what.
        horizon: of this model, the nearest to what the study says; "" where it says none.
        low, high: its ends, the same where it is one number; in `unit`.
        source: where in the publication.
    """

    who: str
    measure: str
    horizon: str
    low: float
    high: float
    unit: str
    source: str


@dataclass(frozen=True, repr=False)
class Case(Shown):
    """One published case.

    Attributes:
        name, title: in the catalogue.
        authors, year, publication: of the study.
        deficits: closure under which it is solved.
        words: its policy as typed on the command line.
        note: what is read differently here; "" for nothing.
        figures: what was printed.
    """

    name: str
    title: str
    authors: str
    year: int
    publication: str
    deficits: str
    words: str
    note: str
    figures: tuple[Printed, ...]

    def load(self) -> Policy:
        """The policy, for the shipped table."""
        typed, economy = shlex.split(self.words), load_world()
        pairs = zip(typed[::2], typed[1::2], strict=True)
        items = [INSTRUMENTS[o.removeprefix("--")].parse(w, economy) for o, w in pairs]
        return Policy(tuple(items), self.name)

    def solve(self, horizon: str = "long") -> Solution:
        """The equilibrium of trade on the shipped table; raises as `threatpoint.solve`.

        That also clears the market of crude where the policy touches it; the studies do not.
        """
        return solve(load_world(), self.load(), horizon=horizon, deficits=self.deficits)

    def compared(self, horizons: Iterable[str] = ()) -> Table:
        """What was printed beside what this model gives for trade, without the market of crude.

        Args:
            horizons: at which it is solved; by default those of the figures, and the first year
                where they name none.
        """
        named = [figure.horizon or "short" for figure in self.figures]
        asked = tuple(dict.fromkeys(horizons or named))
        solved = {horizon: self._solved(horizon) for horizon in asked}
        rows = [
            self._row(figure, horizon, solved[horizon])
            for figure in self.figures
            for horizon in asked
            if horizons or horizon == (figure.horizon or "short")
        ]
        keys = ("who", "horizon", "published_low", "published_high", "unit", "computed", "source")
        caption = f"{self.authors} ({self.year}): real income, as published and as computed"
        return Table(
            "published-cases",
            caption,
            columns("published-cases", *keys),
            rows,
            note=capital(self.note),
        )

    def _solved(self, horizon: str) -> Solution | None:
        try:
            return self.solve(horizon)
        except EquilibriumError:
            return None

    def _row(self, figure: Printed, horizon: str, found: Solution | None) -> dict[str, Any]:
        return {
            "who": "World" if figure.who == WORLD else capital(place(figure.who, load_world())),
            "horizon": horizon,
            "published_low": figure.low,
            "published_high": figure.high,
            "unit": figure.unit,
            "computed": None if found is None else change(found, figure.who),
            "source": figure.source,
        }

    @property
    def facts(self) -> Mapping[str, Any]:
        """Name, title, study, policy, and what it printed."""
        return {
            "name": self.name,
            "title": self.title,
            "study": f"{self.authors} ({self.year}), {self.publication}",
            "policy": self.words,
            "published": "; ".join(map(_said, self.figures)),
        }


def change(found: Solution, who: str) -> float:
    """Change of real income of a country, group or "WORLD", %, weighted by what each spends."""
    economy = load_world()
    codes = economy.countries if who == WORLD else member_codes(economy, [who])
    at = [economy.country(code) for code in codes]
    return float(np.average(found.welfare.percent[at], weights=found.calibration.income[at]))


def _said(figure: Printed) -> str:
    """'DEU −5 % (first months)'."""
    ends = dict.fromkeys(f"{end:g}" for end in (figure.low, figure.high))
    when = f" ({HORIZONS[figure.horizon]})" if figure.horizon else ""
    return f"{figure.who} {' to '.join(ends)} {figure.unit}{when}"


@cache
def read_cases() -> tuple[Case, ...]:
    """All cases, by name."""
    printed: dict[str, list[Printed]] = {}
    for row in read_csv(TABLES / "published.csv"):
        case, low, high = (row.pop(key) for key in ("case", "low", "high"))
        figure = Printed(**row, low=float(low), high=float(high))
        printed.setdefault(case, []).append(figure)
    rows = sorted(read_csv(TABLES / "cases.csv"), key=lambda row: row["name"])
    return tuple(_case(row, tuple(printed[row["name"]])) for row in rows)


def _case(row: Mapping[str, str], figures: tuple[Printed, ...]) -> Case:
    texts = {key: row[key] for key in ("name", "title", "authors", "publication", "deficits")}
    return Case(
        **texts, year=int(row["year"]), words=row["policy"], note=row["note"], figures=figures
    )
