"""Published figures beside this model's at every horizon: comparisons, which need not agree.

`python -m validation.compared` prints them; with --write the tables in the texts are written anew.
"""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from threatpoint import words
from threatpoint.equilibrium import Solution
from threatpoint.errors import EquilibriumError
from threatpoint.files import write_whole
from threatpoint.world import load_world
from validation.check import SourceDataMissing

COMPARISONS = {
    "kiel_2024": "Row 21: Germany under a hard break with China and Russia",
    "fajgelbaum_2020": "Row 22: the US tariffs of 2018",
    "tariff_shocks": "Four tariff shocks",
}
"""Folder -> title. Each gives `rows()` and `TEXT`, the text that holds the table."""
START, END = "<!-- table: python -m validation.compared --write -->", "<!-- end of table -->"


@dataclass(frozen=True)
class Compared:
    """One row of a table.

    Attributes:
        what: shock, country and measure.
        published: as printed, the same for all horizons; "" where it is not.
        cells: horizon -> words of the number.
    """

    what: str
    published: str
    cells: Mapping[str, str]


def horizons() -> list[str]:
    """The horizons that the table has, the shortest first."""
    return [name for name in words.HORIZONS if name in load_world().elasticities]


def percent(value: float) -> str:
    """A signed percentage with two digits."""
    return words.percent(value, signed=True)


def at_each(
    solved: Callable[[str], Solution],
    measures: Mapping[str, Callable[[Solution], float | str]],
    over: Iterable[str] | None = None,
) -> dict[str, dict[str, str]]:
    """Measure -> horizon -> words; a horizon without an equilibrium says so.

    Args:
        solved: horizon -> solution.
        measures: name -> what is read from a solution: a change in %, or words.
        over: horizons; all by default.
    """
    found: dict[str, dict[str, str]] = {name: {} for name in measures}
    for horizon in horizons() if over is None else over:
        try:
            solution = solved(horizon)
        except EquilibriumError:
            said = dict.fromkeys(measures, "no equilibrium")
        else:
            said = {name: _said(read(solution)) for name, read in measures.items()}
        for name, cell in said.items():
            found[name][horizon] = cell
    return found


def _said(value: float | str) -> str:
    return value if isinstance(value, str) else percent(value)


def real_income(country: str) -> Callable[[Solution], float]:
    """Change of a country's real income, %."""
    return lambda found: float(found.welfare.percent[_place(found, country)])


def before_revenue(country: str) -> Callable[[Solution], float]:
    """The same less what tariff revenue buys, in points of baseline real income."""

    def read(found: Solution) -> float:
        gains, n = found.welfare, _place(found, country)
        return float(gains.percent[n] - gains.from_tariffs[n])

    return read


def _place(found: Solution, country: str) -> int:
    return found.calibration.countries.index(country)


def table(rows: Sequence[Compared]) -> str:
    """A table in Markdown: what, published, and a column a horizon."""
    names = list(dict.fromkeys(name for row in rows for name in row.cells))
    head = ["", "published", *(words.horizon(name) for name in words.ordered(names))]
    lines = [_line(head), _line(["---"] * len(head))]
    lines += [
        _line([row.what, row.published, *(row.cells.get(n, "") for n in words.ordered(names))])
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def filled(text: str, made: str, start: str = START) -> str:
    """A text with the table between its marks replaced."""
    before, rest = text.split(start)
    _, after = rest.split(END)
    return f"{before}{start}\n\n{made}\n{END}{after}"


def main() -> int:
    """Print all comparisons, or write their tables."""
    for folder, title in COMPARISONS.items():
        package = import_module(f"validation.{folder}")
        try:
            made = table(package.rows())
        except SourceDataMissing as missing:
            print(f"{title}: NOT RUN, {missing}")
            continue
        print(f"{title}\n\n{made}")
        if "--write" in sys.argv:
            place = pathlib.Path(package.TEXT)
            write_whole(place, filled(place.read_text(encoding="utf-8"), made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
