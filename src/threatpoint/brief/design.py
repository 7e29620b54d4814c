"""What else could be threatened: the most a target can lose, and the threats made beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts
from threatpoint.brief.curves import curves
from threatpoint.brief.method import computed
from threatpoint.brief.prose import say
from threatpoint.brief.section import Section
from threatpoint.brief.theme import NARROW, WIDE
from threatpoint.strategy.design import tables
from threatpoint.strategy.design.tables import ROBUST

if TYPE_CHECKING:
    from threatpoint.analysis.design import ThreatDesign
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.reading import Reading
    from threatpoint.brief.svg import Drawn
    from threatpoint.strategy.design.designer import Design
    from threatpoint.strategy.design.designs import Beside, Designs, Frontier, Yielding

Row = Mapping[str, Any]
TOP = 1.15
"""Of the upright axis, over the largest loss."""


@dataclass(frozen=True, eq=False)
class Better:
    """A design that is ahead of a threat made in both.

    Attributes:
        beside: the threat and the design.
        place: who is hit, in words.
        share: of the draws in which it stays ahead.
    """

    beside: Beside
    place: str
    share: float

    @property
    def robust(self) -> bool:
        """Whether it stays ahead in four draws of five."""
        return self.share >= ROBUST

    @property
    def words(self) -> str:
        """What is threatened instead."""
        design = self.beside.better
        return "nothing" if design is None else design.prose(design.targets[0])


@dataclass(frozen=True, eq=False)
class Facts:
    """What the templates say something about.

    Attributes:
        reading: names and sources.
        found: the designs.
    """

    reading: Reading
    found: ThreatDesign

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """The facts of an analysis; None where nothing was designed."""
        found = reading.analysis.design
        if found is None or not any(each.designs for each in found.designs.frontiers):
            return None
        return cls(reading, found)

    @property
    def designs(self) -> Designs:
        """What was found."""
        return self.found.designs

    @cached_property
    def better(self) -> list[Better]:
        """The designs ahead of a threat made, the surest first."""
        over, own = self.found.drawn, self.designs
        if over is None:
            return []
        found = [
            Better(each, self.place(each.made.targets), over.better(each.better, each.made))
            for each in own.beside
            if each.better is not None and each.made.answered == own.answered
        ]
        return sorted(found, key=lambda one: -one.share)

    @property
    def robust(self) -> list[Better]:
        """Those that stay ahead."""
        return [one for one in self.better if one.robust]

    @property
    def draws(self) -> int:
        """In which each was solved again."""
        return 0 if self.found.drawn is None else self.found.drawn.draws

    def place(self, targets: Sequence[str]) -> str:
        """Targets in words."""
        return words.listing([self.reading.place(target) for target in targets])

    @cached_property
    def main(self) -> Frontier:
        """The frontier that is drawn: of the target that can be hurt most."""
        kept = [each for each in self.designs.frontiers if each.designs]
        return max(kept, key=lambda each: each.designs[-1].loss)

    @property
    def line(self) -> list[Design]:
        """The designs of the drawing that no other is ahead of, the cheapest first."""
        own = self.main
        more = [each.cheaper for each in self.beside] + [y.design for y in self.cheapest(own)]
        found = [*own.designs, *(one for one in more if one is not None)]
        kept: list[Design] = []
        for one in sorted(found, key=lambda one: (-one.gain, -one.loss)):
            if not kept or one.loss > kept[-1].loss:
                kept.append(one)
        return kept

    @property
    def beside(self) -> list[Beside]:
        """Threats made on the target of the drawing, with the answer stated if any."""
        own = self.main.targets, self.designs.answered
        return [x for x in self.designs.beside if (x.made.targets, x.made.answered) == own]

    @property
    def surely(self) -> list[Beside]:
        """Those of them that a design stays ahead of."""
        sure = [one.beside for one in self.robust]
        return [each for each in self.beside if each.inside and each in sure]

    @property
    def caution(self) -> str:
        """What to beware of; "" where nothing is."""
        return tables.caution(self.designs)

    def cheapest(self, frontier: Frontier) -> list[Yielding]:
        """The cheapest design that makes the targets of a frontier give in, from the least s on."""
        return [each for each in self.designs.yielding if each.targets == frontier.targets]

    def told(self, frontier: Frontier) -> Yielding | None:
        """That at the middle of s, or at the end that has one; None where no s has."""
        every = self.cheapest(frontier)
        found = [every[len(every) // 2], *reversed(every)] if every else []
        return next((each for each in found if each.design is not None), None)


def first(reading: Reading) -> list[tuple[str, str]]:
    """Name and line of the first screen; none without a design that stays ahead."""
    facts = Facts.of(reading)
    if facts is None or not facts.robust:
        return []
    (line,) = say("design.first", facts).all("change")
    name, _, text = line.partition("|")
    return [(name, text)]


def section(facts: Facts) -> Section:
    """The frontier, the threats made, the cheapest that works, and the law."""
    found, place = facts.designs, facts.reading.place
    shown = [tables.beside(found, place, facts.found.drawn), tables.yielding(found, place)]
    shown += [tables.frontier(found, place), tables.legal(facts.found.standings, place)]
    kept = [table for table in shown if table is not None]
    said = say("design.section", facts)
    return Section.of("designs", said, figures=[_figure(facts)], tables=kept)


def _figure(facts: Facts) -> Figure:
    said, source = say("design.frontier", facts), computed(facts.reading)
    wide, narrow = (_drawn(facts, width) for width in (WIDE, NARROW))
    return charts.figure("designs", said, source, wide, narrow)


def _drawn(facts: Facts, width: int) -> Drawn:
    """The frontier of a target with the threats made on it."""
    own = facts.line
    line = [{"x": -one.gain, "value": one.loss} for one in own]
    points = [
        {"x": -each.made.gain, "value": each.made.loss, "label": each.made.words}
        for each in facts.beside
    ]
    top = max(row["value"] for row in [*line, *points])
    title = f"cost to {facts.reading.stated}, USD bn a year"
    series = [{"colour": "target", "rows": line}]
    domain = min(0.0, line[0]["value"]), TOP * top
    return curves(series, width, domain, title=title, points=points)
