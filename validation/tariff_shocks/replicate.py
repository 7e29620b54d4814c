"""Four tariff shocks on this model, beside what is published of them.

NAFTA is solved on the authors' own data, the others on the table of 2023 without later tariffs.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from functools import cache

import numpy as np

from threatpoint import words
from threatpoint.catalogue import catalog
from threatpoint.equilibrium import Solution
from threatpoint.world import load_world
from validation.caliendo_parro_2015.replicate import MEMBERS, nafta
from validation.check import published
from validation.compared import Compared, at_each, before_revenue, percent, real_income
from validation.fajgelbaum_2020.replicate import income_rows

TEXT = pathlib.Path(__file__).parents[2] / "docs" / "tariff-shocks.md"
WORLD = "world"
CASES = {"cepii": "cepii-2024", "yale": "yale-2025", "yale, answered": "yale-2025-answered"}
"""Shock -> case of the catalogue."""
PUBLISHED: dict[tuple[str, str, str], tuple[float, float]] = {
    (row["shock"], row["country"], row["measure"]): (float(row["low"]), float(row["high"]))
    for row in published(__file__)
} | {
    (shock, figure.who.replace("WORLD", WORLD), figure.measure): (figure.low, figure.high)
    for shock, name in CASES.items()
    for figure in catalog.cases()[name].figures
}
"""Shock, country and measure -> both ends as printed."""
AUTHORS = "of the paper"
"""The column of what is solved with a paper's own elasticities."""


TITLES = {
    "nafta": "NAFTA",
    "cepii": "10 points and 60 on China, answered",
    "yale": "20 on China, 25 on Canada and Mexico",
    "yale, answered": "the same, answered",
}


@cache
def solved(shock: str, horizon: str) -> Solution:
    """The equilibrium under a shock."""
    return catalog.cases()[CASES[shock]].solve(horizon)


def world_income(found: Solution, *, revenue: bool = True) -> float:
    """Change of the real incomes of all, weighted by what they spend, %."""
    gains = found.welfare
    change = gains.percent if revenue else gains.percent - gains.from_tariffs
    return float(np.average(change, weights=found.calibration.income))


def _measures(country: str) -> dict[str, Callable[[Solution], float]]:
    """Real income and what it is before tariff revenue."""
    if country == WORLD:
        return {
            "real income": world_income,
            "real income before tariff revenue": lambda f: world_income(f, revenue=False),
        }
    return {
        "real income": real_income(country),
        "real income before tariff revenue": before_revenue(country),
    }


def _rows(
    shock: str, country: str, solver: Callable[[str], Solution], over: list[str] | None = None
) -> list[Compared]:
    """Both measures of a country."""
    who = words.capital(country if country == WORLD else words.place(country, load_world()))
    said = at_each(solver, _measures(country), over)
    return [
        Compared(
            f"{TITLES[shock]}: {who}, {name}",
            _printed((shock, country, name)),
            said[name],
        )
        for name in said
    ]


def _printed(key: tuple[str, str, str]) -> str:
    """A published figure, or both its ends; "" where none is."""
    if key not in PUBLISHED:
        return ""
    # the end nearer to 0 comes first, as in print
    return " to ".join(dict.fromkeys(percent(end) for end in sorted(PUBLISHED[key], key=abs)))


def rows() -> list[Compared]:
    """All shocks; raises `SourceDataMissing` without the data of Caliendo & Parro."""
    found = [Compared(f"US tariffs of 2018: {r.what}", r.published, r.cells) for r in income_rows()]
    for country in MEMBERS:
        found += _rows("nafta", country, lambda _: nafta()[1], [AUTHORS])
    for shock in CASES:
        who = ("USA", "CHN", WORLD) if shock == "cepii" else ("USA",)
        for country in who:
            found += _rows(shock, country, lambda name, shock=shock: solved(shock, name))
    return found
