"""The talks: how likely a freeze is, by what is done and by what happens to support."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from threatpoint.analysis.chain.talks import levers
from threatpoint.brief import charts
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.prose import say, sentence
from threatpoint.brief.section import Section
from threatpoint.talks.answers import numbers
from threatpoint.talks.results import by_support, freezes
from threatpoint.talks.waiting import MONTHS_AHEAD
from threatpoint.talks.wider import SPANS
from threatpoint.talks.written import priors
from threatpoint.words import capital, chance, percent

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from threatpoint.analysis.chain.chain import Chain
    from threatpoint.brief.reading import Reading
    from threatpoint.situation.talks_input import TalksInput
    from threatpoint.talks.freeze import Chance
    from threatpoint.talks.talks import Cell, TalksResult


_DOT, _RING = (charts.GLYPHS[k].format(r) for k, r in (("first", "ink"), ("middle", "third")))
VISIBLE, APART = 0.005, 1.25
"""A chance of less reads 0 %; levers are apart where one brings so many times what another does."""
MARKS = (_DOT, _RING, charts.RANGE)
"""Of the legend: support as it is, support that changes, a range."""


@dataclass(frozen=True)
class Facts:
    """What the templates say something about.

    Attributes:
        talks: over the draws.
        given: [talks] of the situation.
        attacker, defender: as they stand inside a sentence.
        known: whether the attacker is in the table, so that its losses are known.
    """

    talks: TalksResult
    given: TalksInput
    attacker: str
    defender: str
    known: bool = True
    months = MONTHS_AHEAD
    spans = SPANS

    @cached_property
    def by_support(self) -> dict[float, list[Cell]]:
        """Change of support -> its cells, the one without a change first."""
        cells = self.talks.cells
        order = sorted(self.talks.supports, key=lambda x: (x != 0.0, -x))
        return {x: [cell for cell in cells if cell.support == x] for x in order}

    @cached_property
    def told(self) -> list[str]:
        """Levers that are named and drawn: the first, and those apart in what they bring.

        Of levers that bring about the same, that which brings most is told.
        """
        first, *rest = self.by_support.get(0.0, self.talks.cells)
        found: list[Cell] = []
        for cell in sorted(rest, key=lambda cell: -cell.chance.value):
            value, last = cell.chance.value, found[-1].chance.value if found else math.inf
            if value >= VISIBLE and value * APART <= last:
                found.append(cell)
        return [first.lever, *(cell.lever for cell in reversed(found))]

    @property
    def quiet(self) -> str:
        """The first lever: nothing."""
        return next(iter(self.talks.losses))

    @property
    def idle(self) -> list[str]:
        """Levers that bring less than is told, but for the first."""
        cells = self.by_support.get(0.0, [])[1:]
        return [cell.lever for cell in cells if cell.chance.value < VISIBLE]

    def named(self, cells: Sequence[Cell]) -> list[Cell]:
        """Those of levers that are told, in their order."""
        by_lever = {cell.lever: cell for cell in cells}
        return [by_lever[lever] for lever in self.told]

    @property
    def ends_of_year(self) -> list[tuple[str, Chance]]:
        """Lever and chance within a year, of the first and the last of the levers told."""
        found, ends = self.talks.within_a_year, dict.fromkeys((self.told[0], self.told[-1]))
        return [(lever, found[lever]) for lever in ends] if found else []

    @staticmethod
    def ends(cells: Sequence[Cell]) -> list[Cell]:
        """The first of several levers, which does least, and the one that brings most."""
        return list(dict.fromkeys((cells[0], max(cells, key=lambda cell: cell.chance.value))))

    def sources(self, names: Collection[str] = ()) -> tuple[list[str], int]:
        """Sources of what was measured of the inputs named, or of all, and how many are priors."""
        used = [q for name, q in self.given.priors.items() if not names or name in names]
        measured = [q.source.partition(";")[0] for q in used if not q.prior]
        return list(dict.fromkeys(measured)), len(used) - len(measured)

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """The facts of an analysis, None without talks."""
        chain, given = reading.analysis.chain, reading.analysis.situation.talks
        talks = reading.analysis.talks
        if chain is None or talks is None or given is None:
            return None
        sides = (reading.place(given.attacker), reading.place(given.defender))
        found = named_in_words(talks, chain)
        return cls(found, given, *sides, known=bool(chain.attacker))


def named_in_words(talks: TalksResult, chain: Chain) -> TalksResult:
    """The talks of a chain with its levers in words."""
    about = (chain.situation, chain.worlds.economy)
    return talks.named({k: sentence("levers.lever", *about, o) for k, o in levers(chain).items()})


def section(facts: Facts) -> Section:
    """The chance of a freeze by lever and support, and what else the draws say."""
    said, result = say("talks.section", facts), facts.talks
    lines = [_line(cell) for cells in facts.by_support.values() for cell in facts.named(cells)]
    source = f"computed from {result.draws} draws"
    legend = list(zip(MARKS, said.all("figure.legend"), strict=True))
    drawn = charts.figure("talks", said, source, dots(lines, signed=False), legend=legend)
    tables = (by_support(result), numbers(result))
    data = (freezes(result), priors(facts.given.priors, facts.given.known))
    return Section.of("talks", said, figures=(drawn,), tables=tables, data=data)


def _line(cell: Cell) -> Line:
    """One line of the chart: value and range, %."""
    found = cell.chance.ranged()
    support = f", support {percent(100.0 * cell.support, True)}" if cell.prior else ""
    role = "third" if cell.prior else "ink"
    return Line(
        f"{capital(cell.lever)}{support}",
        [("middle" if cell.prior else "first", role, found.value)],
        [("third", found.low, found.high)],
        [chance(found.value / 100)],
    )
