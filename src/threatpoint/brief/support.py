"""Support: what the other donors must add if one leaves, and whether they can."""

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
from threatpoint.support.results import donors, priors, three_tests

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.support.support import SupportResult

Row = Mapping[str, Any]
DRAWN, NAMED = 12, 4
"""Donors in the chart, and in the answer."""


@dataclass(frozen=True)
class Facts:
    """What the templates say something about.

    Attributes:
        results: key -> result; the first is the situation's own.
        leaver: who leaves, as it stands inside a sentence.
        rules: key -> what it asks.
        named: donors in an answer.
    """

    results: Mapping[str, SupportResult]
    leaver: str
    rules = KEYS
    named = NAMED

    @property
    def result(self) -> SupportResult:
        """The result under the situation's own key."""
        return next(iter(self.results.values()))

    @cached_property
    def by_key(self) -> dict[str, Sequence[Row]]:
        """The donors under each key, who must add most first."""
        return {key: donors(found).rows for key, found in self.results.items()}

    @property
    def rows(self) -> Sequence[Row]:
        """The donors under the situation's own key."""
        return next(iter(self.by_key.values()))

    @property
    def drawn(self) -> list[dict[str, Any]]:
        """Rows of the chart with their labels: '7.6 (0.18 %)'; ring: what was really added."""
        return [
            {"name": row["name"], "label": _label(row)}
            | {"value": row["added_eur_bn"], "ring": row["afterwards_change_eur_bn"]}
            for row in self.rows[:DRAWN]
        ]

    @property
    def rest(self) -> int:
        """Donors that the chart leaves out."""
        return max(0, len(self.rows) - DRAWN)

    @property
    def over_keys(self) -> list[tuple[str, float, float]]:
        """Name, least and most added over the keys, of those who must add most."""
        added = [
            {row["name"]: row["added_eur_bn"] for row in rows} for rows in self.by_key.values()
        ]
        names = [row["name"] for row in self.rows[:NAMED]]
        return [(n, min(a[n] for a in added), max(a[n] for a in added)) for n in names]

    @property
    def about(self) -> Mapping[str, str]:
        """What the tracker says of itself."""
        return load_support().about

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """The facts of an analysis, None without support."""
        found = reading.analysis.supports
        return cls(found, reading.place(load_support().leaver)) if found else None


def section(facts: Facts) -> Section:
    """The gap by donor, the three tests and the record."""
    said, result = say("support.section", facts), facts.result
    tables, data = (donors(result),), (three_tests(result), priors(result))
    source = f"computed from {facts.about['release']}"
    lines = [
        Line(row["name"], [("middle", "ink", row["ring"]), ("bar", "third", row["value"])],
             numbers=[row["label"]])
        for row in facts.drawn
    ]  # fmt: skip
    drawn = charts.figure("support", said, source, dots(lines, signed=False))
    return Section.of("support", said, figures=(drawn,), tables=tables, data=data)


def _label(row: Row) -> str:
    return f"{words.number(row['added_eur_bn'])}  ({words.percent(row['added_pct_gdp'])})"
