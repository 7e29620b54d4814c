"""Oil: what each sanction does to the price, the seller's revenue, and who absorbs it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.oil_answers import scenarios
from threatpoint.brief import charts
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.method import baseline, computed
from threatpoint.brief.prose import say
from threatpoint.brief.section import Section
from threatpoint.oil.regime import REGIMES
from threatpoint.oil.rows import absorbed_words

if TYPE_CHECKING:
    from threatpoint.analysis.oil_answers import OilAnswer
    from threatpoint.brief.reading import Reading
    from threatpoint.oil.outcome import OilOutcome

NAMED = 0.1
"""mb/d of more output from which an economy is named in an answer."""

BASELINE = "As in the baseline"


@dataclass(frozen=True)
class Scenario:
    """One sanction: its equilibria, one a horizon; why there is none; who pumps more."""

    label: str
    solved: Sequence[OilOutcome]
    failure: str
    more: str

    @property
    def discounts(self) -> list[float]:
        """Of the seller, USD a barrel; none where it sells nothing at some horizon."""
        found = [outcome.discount[1] for outcome in self.solved]
        return found if all(map(math.isfinite, found)) else []


@dataclass(frozen=True)
class Facts:
    """What the templates say something about.

    Attributes:
        answers: one a sanction and horizon.
        reading: the analysis they are of.
        seller: as it stands inside a sentence.
        horizon: of the findings; the last that has an equilibrium where this has none.
    """

    answers: Sequence[OilAnswer]
    reading: Reading
    seller: str
    horizon: str

    @cached_property
    def solved(self) -> list[OilAnswer]:
        """Those with an equilibrium."""
        return [answer for answer in self.answers if answer.outcome is not None]

    @property
    def first(self) -> OilOutcome:
        """The first market, for what holds before all sanctions."""
        return next(answer.outcome for answer in self.answers if answer.outcome is not None)

    @cached_property
    def here(self) -> list[OilAnswer]:
        """Those at the horizon of the findings, from the one that earns the seller least up."""
        there = words.ordered({answer.horizon for answer in self.solved})
        chosen = self.horizon if self.horizon in there or not there else there[-1]
        found = [answer for answer in self.solved if answer.horizon == chosen]
        return sorted(found, key=_revenue)

    @property
    def worst(self) -> OilAnswer | None:
        """What costs the seller most but not all."""
        return next((a for a in self.here if _revenue(a) > 0), next(iter(self.here), None))

    @property
    def gaps(self) -> list[float]:
        """Barrels that do not add up, mb/d."""
        return [abs(a.outcome.balance.missing) for a in self.answers if a.outcome and not a.adds_up]

    @property
    def horizons(self) -> list[str]:
        """From short to long."""
        return words.ordered(dict.fromkeys(answer.horizon for answer in self.answers))

    @property
    def regimes(self) -> list[str]:
        """What the owners of idle capacity do, as the scenarios come."""
        return list(dict.fromkeys(REGIMES[answer.scenario.opec] for answer in self.answers))

    @cached_property
    def scenarios(self) -> list[Scenario]:
        """The sanctions in the order of the file."""
        labels = dict.fromkeys(answer.scenario.label for answer in self.answers)
        return [self._scenario(label) for label in labels]

    def _scenario(self, label: str) -> Scenario:
        own = [answer for answer in self.answers if answer.scenario.label == label]
        solved = [answer.outcome for answer in own if answer.outcome is not None]
        sound = solved and solved[-1].adds_up
        more = absorbed_words(solved[-1], self.reading.economy, NAMED) if sound else ""
        return Scenario(label, solved, own[0].failure, more)

    @property
    def source(self) -> str:
        """The table, and the producer of the benchmark price."""
        market = self.reading.economy.markets.get(self.first.good)
        prices = f"; price: {market.benchmark.source}" if market is not None else ""
        return f"{baseline(self.reading)}{prices}"

    @cached_property
    def drawn(self) -> list[dict[str, Any]]:
        """Revenue, USD bn a month: a row for the baseline and each sanction, a value a horizon."""
        values = {BASELINE: {a.horizon: a.outcome.revenue[0] for a in self.solved if a.outcome}}
        for answer in self.answers:
            values.setdefault(answer.scenario.label, {})[answer.horizon] = _revenue(answer)
        return [
            {"name": name, "values": [*own.values()]}
            | {"label": " · ".join(map(words.number, own.values()))}
            for name, own in values.items()
        ]

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """The facts of an analysis, None without a sanction on oil."""
        answers = tuple(reading.analysis.oil.values())
        sellers = [answer.outcome.seller for answer in answers if answer.outcome is not None]
        seller = reading.place(sellers[0]) if sellers else "the seller"
        return cls(answers, reading, seller, reading.analysis.horizon) if answers else None


def section(facts: Facts) -> Section:
    """Table and chart of the sanctions."""
    said = say("oil.section", facts)
    table = scenarios(facts.answers, facts.reading.economy, facts.seller)
    shades = charts.shades(facts.horizons)
    lines = [
        Line.of(row["name"], "third", row["values"], words.number(row["values"][0]))
        for row in facts.drawn
        if row["values"]
    ]
    head = words.horizon(facts.horizons[0]) if len(facts.horizons) > 1 else ""
    picture, source = dots(lines, [head], False), computed(facts.reading)
    drawn = charts.figure("oil", said, source, picture, legend=shades)
    return Section.of("oil", said, figures=(drawn,), tables=(table,))


def _revenue(answer: OilAnswer) -> float:
    """Of the seller, USD bn a month."""
    return answer.outcome.revenue[1] if answer.outcome else math.nan
