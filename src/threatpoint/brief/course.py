"""Will it be carried out: the sender's type, day by day, and beside what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis import course
from threatpoint.brief import charts
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.method import computed
from threatpoint.brief.prose import say
from threatpoint.brief.section import Section
from threatpoint.strategy import type_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from threatpoint.analysis.course import Course
    from threatpoint.analysis.played import Played
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.prose import Said
    from threatpoint.brief.reading import Reading
    from threatpoint.strategy.record import BaseRate
    from threatpoint.strategy.type_priors import TypePrior

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Facts:
    """What the templates say something about.

    Attributes:
        reading: names and sources.
        played: the game as it is played.
        found: the course that is told: as known on the situation's day.
    """

    reading: Reading
    played: Played
    found: Course

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """The facts of an analysis; None where nobody made a threat, or its worth is not known."""
        played = reading.analysis.played
        if played is None or played.course is None or not played.course.forecasts:
            return None
        return cls(reading, played, played.course)

    @property
    def lead(self) -> list[Row]:
        """The targets of the threat made first, the likeliest to be hit first."""
        key = self.found.forecasts[0]["key"]
        own = [row | self._percents(row) for row in self.found.forecasts if row["key"] == key]
        return sorted(own, key=lambda row: -row["hit_probability"])

    def _percents(self, row: Row) -> Row:
        ends = {f"{end}_percent": course.percent(row[f"hit_{end}"]) for end in course.ENDS}
        return {"place": self.reading.place(row["target"]), **ends}

    @property
    def priors(self) -> Mapping[str, TypePrior]:
        """Of the sender's type."""
        return self.found.of.priors

    @property
    def base(self) -> BaseRate | None:
        """How the threats of such senders ended; None where their share was given instead."""
        return self.priors["share"].counts

    @property
    def marked(self) -> list[list[Row]]:
        """The rows of the marked days."""
        return self.found.marked


def section(facts: Facts) -> Section:
    """How likely each target is to be hit, and gives in before."""
    said = say("course.section", facts)
    table, priors = course.table(facts.found), type_tables.priors(facts.priors)
    tables = [*([table] if table else []), *facts.played.on_models(), priors]
    return Section.of("carried", said, tables=tables)


def record(reading: Reading) -> Section | None:
    """Day by day beside what happened; None without clocks on record."""
    played = reading.analysis.played
    if played is None or played.record is None:
        return None
    table = course.path(played.record)
    if table is None:
        return None
    facts = Facts(reading, played, played.record)
    said = say("course.record", facts)
    steps = type_tables.path(facts.found.steps, reading.name)
    return Section.of("path", said, figures=_figures(facts, said), tables=[table], data=[steps])


def _figures(facts: Facts, said: Said) -> list[Figure]:
    """A line a target, a dot a marked day; nothing where a single day is marked."""
    days = facts.marked
    if len(days) < 2:
        return []
    lines = [_line(facts, [day[i] for day in days]) for i in range(len(days[0]))]
    names = [day[0]["day"] for day in days]
    legend = [*charts.kinds(names), (charts.RANGE, "range, first day")]
    picture = dots(lines, [names[0]], signed=False)
    source = computed(facts.reading)
    return [charts.figure("path", said, source, picture, legend=legend, part="path")]


def _line(facts: Facts, rows: list[Row]) -> Line:
    """One target on the marked days."""
    first, *_ = rows
    values = [course.percent(row["hit_probability"]) for row in rows]
    low, high = (course.percent(first[f"hit_{end}"]) for end in course.ENDS)
    name = facts.reading.name(first["target"])
    return Line.of(name, "target", values, f"{words.number(values[0])}{words.SPACE}%", (low, high))
