"""Oil: what each sanction does to the price, the seller's revenue, and who absorbs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.analysis import oil_tables
from threatpoint.analysis.oil_answers import scenarios
from threatpoint.brief import charts
from threatpoint.brief.dots_layout import Line, dots
from threatpoint.brief.method import baseline, computed
from threatpoint.brief.prose import say
from threatpoint.brief.section import Section
from threatpoint.oil import tables
from threatpoint.oil.inputs import OPEC

if TYPE_CHECKING:
    from threatpoint.analysis.oil_answers import OilAnswer
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.prose import Said
    from threatpoint.brief.reading import Reading
    from threatpoint.oil.full import Full
    from threatpoint.oil.outcome import OilOutcome
    from threatpoint.quantity import Ranged
    from threatpoint.tables import Column, Row, Table

NAMED = 0.1
"""mb/d of more crude from which a buyer or a producer is named in a sentence."""

DECIDING = ("revenue_usd_bn_month", "world_price_percent", "oil_price_range", "volume_mb_d",
            "shut_in_mb_d")  # fmt: skip
"""Columns of the market by weight."""

OWNERS = "owners of idle capacity "
"""How each line of `OPEC` begins."""

BASELINE = "As in the baseline"


@dataclass(frozen=True)
class Market:
    """One sanction at one horizon, its market at hand.

    Attributes:
        label: of the sanction.
        horizon: at which.
        full: the market, how sure it is, who gains.
        price_range: change of the world price, %, with its range.
        revenue_range: of the seller after, USD bn a month, with its range.
        joint: whether both are of the draws of the whole chain.
    """

    label: str
    horizon: str
    full: Full
    price_range: Ranged
    revenue_range: Ranged
    joint: bool = False

    @classmethod
    def of(cls, answer: OilAnswer, full: Full) -> Market:
        """The market of an answer."""
        joint = answer.figures is not None
        label = answer.scenario.label
        return cls(label, answer.horizon, full, answer.price, answer.revenue, joint)

    @property
    def outcome(self) -> OilOutcome:
        """The market at the central priors."""
        return self.full.outcome

    @property
    def revenue(self) -> float:
        """Of the seller after, USD bn a month."""
        return self.revenue_range.value

    @property
    def revenue_change(self) -> float:
        """The same less what it earned before."""
        return self.revenue - self.outcome.revenue[0]

    @property
    def price(self) -> float:
        """Change of the world price, %."""
        return self.price_range.value

    @property
    def price_ends(self) -> tuple[float, float]:
        """5 and 95 % of the change of the world price."""
        return self.price_range.low, self.price_range.high

    @property
    def revenue_ends(self) -> tuple[float, float]:
        """5 and 95 % of the revenue."""
        return self.revenue_range.low, self.revenue_range.high

    @property
    def revenue_changes(self) -> list[float]:
        """5 and 95 % of the change of revenue, USD bn a month."""
        return [end - self.outcome.revenue[0] for end in self.revenue_ends]

    @property
    def gone(self) -> list[tuple[str, float]]:
        """Why the seller exports less, mb/d: shut in, not worth pumping, refined at home."""
        before, after = self.outcome.volume
        shut, home = self.outcome.pair("shut")[1], self.outcome.pair("at_home")[1]
        found = {"shut": shut, "wells": before - after - shut - home, "at_home": home}
        return [(what, volume) for what, volume in found.items() if volume >= words.SMALLEST]

    @property
    def takers(self) -> str:
        """Who takes more, in words."""
        return tables.takers(self.outcome, NAMED)

    @property
    def more(self) -> str:
        """Who pumps more, in words."""
        return tables.more(self.outcome, NAMED)

    @property
    def carried(self) -> str:
        """Which priors carry the world price, in words."""
        return tables.carried(self.full.drawn, "world_price_percent", most=3)

    @property
    def pairs(self) -> dict[str, float]:
        """Pair of elasticities in words -> change of the world price, %."""
        found = self.full.drawn.pairs.items()
        return {tables.pair_words(name): market.world_price_percent for name, market in found}

    @property
    def by_regime(self) -> Mapping[str, OilOutcome]:
        """What owners of idle capacity do -> the market."""
        return self.full.regimes


@dataclass(frozen=True)
class Scenario:
    """One sanction: its market at the horizon of the findings, those at the others; why none."""

    label: str
    now: Market | None
    others: Sequence[Market]
    failure: str


@dataclass(frozen=True)
class Facts:
    """What the templates say something about.

    Attributes:
        answers: one a sanction and horizon.
        reading: the analysis they are of.
        seller: as it stands inside a sentence.
        horizon: of the findings.
    """

    answers: Sequence[OilAnswer]
    reading: Reading
    seller: str
    horizon: str

    @cached_property
    def solved(self) -> list[Market]:
        """Those with an equilibrium that the sanction moves."""
        found = [(answer, answer.full) for answer in self.answers]
        return [Market.of(answer, full) for answer, full in found if full is not None]

    @property
    def first(self) -> OilOutcome:
        """The first market, for what holds before all sanctions."""
        return self.solved[0].outcome

    @property
    def horizons(self) -> list[str]:
        """From short to long."""
        return words.ordered(dict.fromkeys(answer.horizon for answer in self.answers))

    @cached_property
    def at(self) -> str:
        """The horizon of the findings; the last that has a market where this has none."""
        there = words.ordered({market.horizon for market in self.solved})
        return self.horizon if self.horizon in there or not there else there[-1]

    @cached_property
    def here(self) -> list[Market]:
        """Those at it, from the one that earns the seller least up."""
        found = [market for market in self.solved if market.horizon == self.at]
        return sorted(found, key=lambda market: market.revenue)

    @property
    def worst(self) -> Market | None:
        """What costs the seller most but not all."""
        return next((m for m in self.here if m.revenue > 0), next(iter(self.here), None))

    @property
    def later(self) -> list[Market]:
        """The same sanction as the worst at the other horizons."""
        worst = self.worst
        return [m for m in self.solved if worst and m.label == worst.label and m is not worst]

    @property
    def dearest(self) -> Market:
        """What moves the world price most."""
        return max(self.here, key=lambda market: market.price)

    @cached_property
    def owners(self) -> list[tuple[str, dict[str, float]]]:
        """Owners of idle capacity in that scenario -> regime -> own gain, USD bn a month."""
        outcome, regimes = self.dearest.outcome, self.dearest.by_regime
        gains = {opec: market.gains() for opec, market in regimes.items()}
        return [(outcome.name(c), {o: gains[o][c] for o in gains}) for c in outcome.owners]

    @property
    def holding_pays(self) -> bool | None:
        """Whether leaving it idle pays every owner most (True), nobody (False), or some (None)."""
        best = {max(gains, key=gains.__getitem__) == "hold" for _, gains in self.owners}
        return best.pop() if len(best) == 1 else None

    @property
    def regimes(self) -> list[str]:
        """What the owners of idle capacity do, as the scenarios come, the subject said once."""
        first, *rest = dict.fromkeys(OPEC[answer.scenario.opec] for answer in self.answers)
        return [first, *(text.removeprefix(OWNERS) for text in rest)]

    @property
    def day(self) -> str:
        """Of the base: 'March 2025', or a year."""
        day = self.first.outlets.base.day
        return words.month(day) if "-" in day else day

    @property
    def draws(self) -> int:
        """How many stand behind a range."""
        figures = self.reading.figures
        if figures is not None and self.joint:
            return figures.chain.draws
        return self.solved[0].full.drawn.draws.after.crude.draws

    @property
    def joint(self) -> bool:
        """Whether the findings are of the draws of the whole chain."""
        return any(market.joint for market in self.here)

    @cached_property
    def scenarios(self) -> list[Scenario]:
        """The sanctions in the order of the file."""
        labels = dict.fromkeys(answer.scenario.label for answer in self.answers)
        return [self._scenario(label) for label in labels]

    def _scenario(self, label: str) -> Scenario:
        own = [market for market in self.solved if market.label == label]
        now = next((market for market in own if market.horizon == self.at), None)
        failures = [a.failure for a in self.answers if a.scenario.label == label and a.failure]
        return Scenario(label, now, [m for m in own if m is not now], next(iter(failures), ""))

    @property
    def source(self) -> str:
        """The table, and the producer of the benchmark price."""
        market = self.reading.economy.markets.get(self.first.good)
        prices = f"; price: {market.benchmark.source}" if market is not None else ""
        return f"{baseline(self.reading)}{prices}"

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """The facts of an analysis, None without a sanction on oil."""
        answers = tuple(reading.analysis.oil.values())
        sellers = [answer.outcome.seller for answer in answers if answer.outcome is not None]
        seller = reading.place(sellers[0]) if sellers else "the seller"
        return cls(answers, reading, seller, reading.analysis.horizon) if answers else None


def section(facts: Facts) -> Section:
    """Charts and tables of the sanctions."""
    said = say("oil.section", facts)
    market = scenarios(facts.answers, facts.seller)
    if not facts.solved:
        return Section.of("oil", said, tables=(market,))
    pairs, gain = oil_tables.prices(facts.answers), oil_tables.owners(facts.answers)
    shown = [
        _from_here(facts, market, *DECIDING),
        _from_here(facts, oil_tables.incomes(facts.answers)),
    ]
    return Section.of(
        "oil",
        said,
        figures=(_revenue(facts, said), _prices(facts, said)),
        tables=(*shown, _of_dearest(facts, gain)),
        data=(pairs,),
    )


def _from_here(facts: Facts, table: Table, *deciding: str) -> Table:
    """The rows at the horizon of the findings; those of the others, with it, behind the fold."""
    order = [facts.at, *(name for name in facts.horizons if name != facts.at)]
    rows = sorted(table.rows, key=lambda row: order.index(row["horizon"]))
    lead = sum(row["horizon"] == facts.at for row in rows)

    def named(row: Row) -> str:
        later = "" if row["horizon"] == facts.at else f", {words.horizon(row['horizon'])}"
        return f"{row['scenario']}{later}"

    first, *rest = _without(table, "horizon")
    return replace(
        table,
        caption=f"{table.caption}, {words.when(facts.at)}",
        columns=(replace(first, write=named), *rest),
        rows=rows,
        lead=lead,
        fold="At the other horizons",
        deciding=deciding or table.deciding,
    )


def _without(table: Table, *keys: str) -> list[Column]:
    """The columns, some of them in the file only."""
    return [replace(c, shown=c.shown and c.key not in keys) for c in table.columns]


def _of_dearest(facts: Facts, table: Table) -> Table:
    """The rows of the scenario that moves the price most; the others are in the file."""
    market = facts.dearest
    about = (market.label, market.horizon)
    rows = sorted(table.rows, key=lambda row: (row["scenario"], row["horizon"]) != about)
    caption = f"{table.caption}: {words.quoted(market.label)}, {words.when(market.horizon)}"
    columns = tuple(_without(table, "scenario", "horizon"))
    lead = len(facts.owners)
    return replace(table, rows=rows, caption=caption, columns=columns, lead=lead, fold="")


def _revenue(facts: Facts, said: Said) -> Figure:
    """Revenue of the seller: a line for the baseline and each sanction, a dot a horizon."""
    lines = [Line.of(BASELINE, "third", [facts.first.revenue[0]], _number(facts.first.revenue[0]))]
    for found in facts.scenarios:
        if found.now is not None:
            values = [m.revenue for m in (found.now, *found.others)]
            ends = found.now.revenue_ends
            lines.append(Line.of(found.label, "third", values, _number(values[0]), ends))
    order = [facts.at, *(h for h in facts.horizons if h != facts.at)]
    legend = [*charts.shades(order), (charts.RANGE, "5–95 %")]
    picture = dots(lines, [words.horizon(facts.at)], False)
    return charts.figure("oil", said, computed(facts.reading), picture, legend=legend)


def _prices(facts: Facts, said: Said) -> Figure:
    """The world price under each pair of elasticities, with the range over all draws."""
    lines = [
        Line(
            found.label,
            [("first", "third", found.now.price)]
            + [("middle", "third", price) for price in list(found.now.pairs.values())[1:]],
            [("third", *found.now.price_ends)],
            [words.percent(found.now.price, True)],
        )
        for found in facts.scenarios
        if found.now is not None
    ]
    several = len(facts.here[0].pairs) > 1
    middle = "median" if facts.joint else "central pair" if several else "central"
    kinds = (middle, "other pairs") if several else (middle,)
    legend = [*charts.kinds(kinds), (charts.RANGE, "5–95 %")]
    picture = dots(lines, [words.horizon(facts.at)])
    return charts.figure("oil-price", said, computed(facts.reading), picture,
                         part="price", legend=legend)  # fmt: skip


def _number(value: float) -> str:
    return words.number(value)
