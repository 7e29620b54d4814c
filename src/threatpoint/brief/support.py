"""Support: what the other donors must add if one leaves; ready, willing and able."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.prose import say
from threatpoint.brief.section import Section
from threatpoint.support.data import load_support
from threatpoint.support.keys import KEYS
from threatpoint.support.results import announced, donors, kinds, priors
from threatpoint.support.three_tests import three_tests

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.support.drawn import SupportDrawn
    from threatpoint.support.support import SupportResult

Row = Mapping[str, Any]
DRAWN, NAMED = 12, 7
"""Donors in the chart, and in the answer."""


@dataclass(frozen=True)
class Facts:
    """What the templates say something about.

    Attributes:
        result: under the situation's own key.
        drawn: what was announced in the draws; None where none is on record.
        leaver: who leaves, as it stands inside a sentence.
        rules: key -> what it asks.
    """

    result: SupportResult
    drawn: SupportDrawn | None
    leaver: str
    rules = KEYS

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The donors, who must add most first."""
        return donors(self.result).rows

    @property
    def named(self) -> Sequence[Row]:
        """Those that an answer names."""
        return self.rows[:NAMED]

    @property
    def shown(self) -> list[dict[str, Any]]:
        """Donors of the chart with what stands beside them: '8.1 (4.1 to 9.5)'."""
        return [{**row, "label": _label(row)} for row in self.rows[:DRAWN]]

    @property
    def rest(self) -> int:
        """Donors that the chart leaves out."""
        return max(0, len(self.rows) - DRAWN)

    def refused(self, leaves: str) -> list[str]:
        """Names of those who leave out all, or arms."""
        names = dict(zip(self.result.donors, self.result.names, strict=True))
        return [names[one.donor] for one in self.result.refused if one.leaves == leaves]

    @cached_property
    def driver(self) -> tuple[str, float] | None:
        """What carries most of the range of what is replaced, and how much of its variance."""
        found = self.drawn.carried() if self.drawn else {}
        return next(iter(found.items()), None)

    @property
    def about(self) -> Mapping[str, str]:
        """What the tracker says of itself."""
        return load_support().about

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """The facts of an analysis, None without support."""
        analysis = reading.analysis
        if analysis.support is None:
            return None
        leaver = reading.place(load_support().leaver)
        return cls(analysis.support, analysis.support_drawn, leaver)


def section(facts: Facts) -> Section:
    """The gap by donor, and the three tests."""
    said, result = say("support.section", facts), facts.result
    tables = (three_tests(result, facts.drawn), kinds(result), donors(result))
    data = (announced(result), priors()) if result.programme else (priors(),)
    source = f"computed from {facts.about['release']}"
    lines = [
        Line(
            row["name"],
            [("first", "third", row["added_eur_bn"])],
            [("third", row["added_span_low"], row["added_span_high"])],
            [row["label"]],
        )
        for row in facts.shown
    ]
    drawn = charts.figure("support", said, source, dots(lines, signed=False))
    return Section.of("support", said, figures=(drawn,), tables=tables, data=data)


def _label(row: Row) -> str:
    span = words.number_span(row["added_span_low"], row["added_span_high"])
    return f"{words.number(row['added_eur_bn'])}  ({span})"
