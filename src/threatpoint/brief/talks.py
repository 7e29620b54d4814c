"""The talks: how likely a freeze is, by what is done and by what happens to support."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.brief import charts, front
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.prose import say
from threatpoint.brief.section import Section
from threatpoint.talks.results import by_support, freezes, numbers, priors
from threatpoint.talks.waiting import MONTHS_AHEAD
from threatpoint.talks.wider import SPANS
from threatpoint.words import capital, chance, chance_span, percent

if TYPE_CHECKING:
    from collections.abc import Collection

    from threatpoint.brief.reading import Reading
    from threatpoint.situation.talks_input import TalksInput
    from threatpoint.talks.talks import Cell, TalksResult


@dataclass(frozen=True)
class Facts:
    """What the templates say something about.

    Attributes:
        talks: over the draws.
        given: [talks] of the situation.
        attacker, defender: as they stand inside a sentence.
        row: ' of row 8', the row of the text that states the threat; "" without one.
        ground: facts of the front; None without one.
        failure: why a lever is missing, else "".
    """

    talks: TalksResult
    given: TalksInput
    attacker: str
    defender: str
    row: str = ""
    ground: front.Facts | None = None
    failure: str = ""
    months = MONTHS_AHEAD
    spans = SPANS

    @property
    def by_support(self) -> dict[float, list[Cell]]:
        """Change of support -> its cells, the one without a change first."""
        cells = self.talks.cells
        order = sorted(self.talks.supports, key=lambda x: (x != 0.0, -x))
        return {x: [cell for cell in cells if cell.support == x] for x in order}

    def sources(self, names: Collection[str] = ()) -> tuple[list[str], int]:
        """Sources of what was measured of the inputs named, or of all, and how many are priors."""
        used = [q for name, q in self.given.priors.items() if not names or name in names]
        measured = [q.source.partition(";")[0] for q in used if not q.prior]
        return list(dict.fromkeys(measured)), len(used) - len(measured)

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """The facts of an analysis, None without talks."""
        found, given = reading.analysis.pressure, reading.analysis.situation.talks
        if found is None or given is None:
            return None
        names = (reading.place(given.attacker), reading.place(given.defender))
        about = (reading.of_row("threat"), front.Facts.of(reading), found.failure)
        return cls(found.talks, given, *names, *about)


def section(facts: Facts) -> Section:
    """The chance of a freeze by lever and support, and what else the draws say."""
    said, result = say("talks.section", facts), facts.talks
    lines = [_line(cell) for cells in facts.by_support.values() for cell in cells]
    source = f"computed from {result.draws} draws"
    drawn = charts.figure("talks", said, source, dots(lines, signed=False))
    tables = (by_support(result), numbers(result))
    data = (freezes(result), priors(facts.given.priors, facts.given.known))
    return Section.of("talks", said, figures=(drawn,), tables=tables, data=data)


def _line(cell: Cell) -> Line:
    """One line of the chart: value and range, %."""
    found = cell.chance.ranged()
    support = f", support {percent(100.0 * cell.support, True)}" if cell.prior else ""
    role = "third" if cell.prior else "ink"
    label = f"{chance(found.value / 100)} ({chance_span(found.low / 100, found.high / 100)})"
    single = found.low == found.high
    return Line(
        f"{capital(cell.lever)}{support}",
        [("middle" if cell.prior else "first", role, found.value)],
        [("third", found.low, found.high)],
        [chance(found.value / 100) if single else label],
    )
