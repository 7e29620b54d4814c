"""The talks: is there a line that both accept, does delay pay, and what the threat does to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from threatpoint.analysis.added import pressure
from threatpoint.brief import charts, front
from threatpoint.brief.curves import curves
from threatpoint.brief.prose import Said, say
from threatpoint.brief.section import Section
from threatpoint.brief.theme import NARROW, WIDE
from threatpoint.talks.results import check, number_rows, numbers, priors, reasons

if TYPE_CHECKING:
    from threatpoint.analysis.pressure import Pressure
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.reading import Reading
    from threatpoint.tables import Row, Table
    from threatpoint.talks.talks import TalksResult


@dataclass(frozen=True)
class Facts:
    """What the templates say something about.

    Attributes:
        pressure: the talks, and what the threat adds.
        attacker, defender: as they stand inside a sentence.
        row: ' of row 8', the row of the text that states the threat; "" without one.
        ground: facts of the front; None without one.
    """

    pressure: Pressure
    attacker: str
    defender: str
    row: str = ""
    ground: front.Facts | None = None

    @property
    def talks(self) -> TalksResult:
        """The talks without the threat."""
        return self.pressure.talks

    @property
    def lines(self) -> Mapping[str, float]:
        """Measure -> km2 beyond today's line, within the country."""
        return {row["measure"]: row["value"] for row in number_rows(self.talks)}

    def within(self, measure: str) -> Row:
        """A measure with its range, within the country."""
        return next(row for row in number_rows(self.talks) if row["measure"] == measure)

    @cached_property
    def delay(self) -> Table:
        """The verdicts on the reasons."""
        return reasons(self.talks, self.attacker)

    def given(self, names: Collection[str]) -> tuple[list[str], int]:
        """Sources of what was measured of the inputs named, or of all, and how many are priors."""
        used = [given for name, given in self.talks.priors.items() if not names or name in names]
        measured = [given.source.partition(";")[0] for given in used if not given.prior]
        return list(dict.fromkeys(measured)), len(used) - len(measured)

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """The facts of an analysis, None without talks."""
        found, sides = reading.analysis.pressure, reading.analysis.situation.talks
        if found is None or sides is None:
            return None
        names = (reading.place(sides.attacker), reading.place(sides.defender))
        return cls(found, *names, reading.of_row("threat"), front.Facts.of(reading))


def section(facts: Facts) -> Section:
    """Zone of agreement, s_R* against s_R, the verdicts on delay."""
    said, cases = say("talks.section", facts), facts.pressure.cases
    tables = (
        *([pressure(cases)] if cases else []),
        facts.delay,
        numbers(facts.talks, facts.attacker, facts.defender),
    )
    drawn, data = (_figure(facts, said),), (priors(facts.talks),)
    told = [*said.all("method"), check(facts.talks)]
    return Section.of("talks", said, figures=drawn, tables=tables, data=data, method=told)


def _figure(facts: Facts, said: Said) -> Figure:
    """The line the attacker accepts; uprights mark what the threat adds."""
    band = [dict(row) | {"x": row["sanction"]} for row in facts.pressure.line]
    line = [{"x": row["x"], "value": row["value"]} for row in band]
    marks = list(zip(facts.pressure.cases, said.all("figure.cases"), strict=True))
    lines = [{"colour": "third", "rows": band}, {"colour": "ink", "rows": line}]
    draw = partial(
        curves,
        lines,
        domain=_domain(band),
        title=said["figure.axis"],
        level=True,
        points=_meeting(facts.pressure.gap, line[-1]["x"], said["figure.point"]),
        uprights=[{"x": added.stated.value, "label": label} for added, label in marks],
    )
    source = "computed from the priors of the talks in the situation file"
    return charts.figure("talks", said, source, draw(WIDE), draw(NARROW))


def _domain(rows: Sequence[Row]) -> tuple[float, float]:
    """Limits that show the line; the range is cut where it is far wider."""
    values = [row["value"] for row in rows]
    size = 1.6 * max(max(values) - min(values), max(abs(v) for v in values), 1.0)
    low, high = min(row["low"] for row in rows), max(row["high"] for row in rows)
    return max(low, -size), min(high, size)


def _meeting(gap: float, end: float, text: str) -> list[Row]:
    """Where the line meets today's, if it does before the end of the axis."""
    point = {"x": gap, "value": 0.0, "label": f"accepted {text}"}
    return [point] if 0 < gap <= end else []
