"""Facts of the first screen: what to expect by which threat, and what would change it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from threatpoint import __version__, words
from threatpoint.analysis import dated
from threatpoint.brief import expect, happened
from threatpoint.quantity import Ranged

if TYPE_CHECKING:
    from threatpoint.analysis.carried import Carried
    from threatpoint.analysis.options import Option
    from threatpoint.brief.reading import Reading


class Row(NamedTuple):
    """An economy where a threat is carried out: change of real income, %.

    Attributes:
        code, name, place, role: who.
        spread: at the horizon of the page, in the draws; without a range where not drawn.
        over: a number a horizon; those of other horizons are solved once.
        money: in the economy's unit.
    """

    code: str
    name: str
    place: str
    role: str
    spread: Ranged
    over: Sequence[float]
    money: float

    @property
    def first(self) -> float:
        """At the horizon of the page."""
        return self.spread.value

    @property
    def low(self) -> float:
        """5 % of the draws; NaN where trade was not drawn."""
        return self.spread.low if self.spread.low < self.spread.high else math.nan

    @property
    def high(self) -> float:
        """The other end."""
        return self.spread.high


@dataclass(frozen=True, eq=False)
class Facts:
    """What the templates say something about.

    Attributes:
        reading: the analysis.
        version: of the package.
    """

    reading: Reading
    version: str = __version__

    @cached_property
    def carried(self) -> list[Carried]:
        """Every threat carried out, the one made first first."""
        return list(self.reading.analysis.carried.values())

    @property
    def lead(self) -> Carried:
        """The threat that was made first."""
        return self.carried[0]

    @property
    def older(self) -> int | None:
        """The year of the table, where the text is of a year before it; else None."""
        year, day = self.reading.economy.year, self.reading.analysis.situation.date
        return year if year and day.year < year else None

    @property
    def first_sender(self) -> str:
        """Who acts first: a country, or the group that is stated as the one sender."""
        return next(iter(self.reading.acting))

    @property
    def answered(self) -> float:
        """Change of the first sender if those hit by the first threat answer as stated, %."""
        code, figures = self.first_sender, self.reading.figures
        drawn = figures and figures.percent(self.lead.name, self.reading.members(code), True)
        back = self.lead.main.answered
        return drawn.value if drawn else math.nan if back is None else back.percent(code)

    @cached_property
    def options(self) -> list[Option]:
        """The threats that ask for something, the one made first first."""
        analysis = self.reading.analysis
        return [option for option in analysis.options if option.key in analysis.situation.threats]

    @property
    def least(self) -> Mapping[str, Mapping[str, str]]:
        """Target -> the least tariff and enforcement at which it gives in, in words."""
        played = self.reading.analysis.played
        return dated.least(played.beside) if played else {}

    @property
    def lost(self) -> list[str]:
        """Threats that ask for something and have no game as stated."""
        solved = {option.key for option in self.options}
        threats = self.reading.analysis.situation.threats
        return [c.name for c in self.carried if threats[c.name].asks and c.name not in solved]

    @cached_property
    def expect(self) -> expect.Facts | None:
        """What to expect, in draws; None where nobody is asked for anything."""
        return expect.Facts.of(self.reading)

    def name_of(self, carried: Carried) -> str:
        """A threat carried out, by what is done."""
        return self.reading.analysis.situation.threats[carried.name].short

    @cached_property
    def attacker(self) -> str:
        """Of the talks, inside a sentence; "" without talks."""
        talks = self.reading.analysis.situation.talks
        return "" if talks is None else self.reading.place(talks.attacker)

    @property
    def scored(self) -> happened.Facts | None:
        """The answers against the record."""
        return happened.Facts.of(self.reading)

    # -- who loses what -----

    def rows(self, carried: Carried) -> list[Row]:
        """One an economy, by its change: a number a horizon, its range, and what moves it most."""
        return self._rows[carried.name]

    def hit(self, carried: Carried) -> Row | None:
        """Who loses most, if anybody does visibly."""
        rows = self.rows(carried)
        return rows[0] if rows and rows[0].first <= -words.SMALLEST else None

    def driver(self, row: Row) -> str:
        """The input that moves a change by the first threat most; "" where none was drawn."""
        figures = self.reading.figures
        return figures.driver(self.lead.name, self.reading.members(row.code)) if figures else ""

    def own(self, carried: Carried) -> Row | None:
        """The sender that loses most."""
        return next((row for row in self.rows(carried) if row.role == "sender"), None)

    @cached_property
    def _rows(self) -> Mapping[str, list[Row]]:
        return {carried.name: list(rows(self.reading, carried)) for carried in self.carried}

    # -- what to expect -----

    @property
    def paying(self) -> list[tuple[Option, tuple[str, ...]]]:
        """Every option that pays against some targets, and these."""
        found = [(option, paying(option)) for option in self.reading.analysis.options]
        return [(option, targets) for option, targets in found if targets]

    def moved(self, option: Option) -> dict[str, list[str]]:
        """Targets that give in if sure of punishment, never, anyway; and those not known."""
        found: dict[str, list[str]] = {"sure": [], "never": [], "anyway": [], "unknown": []}
        for target in option.targets:
            value = option.belief(target).value
            kind = "never" if value > 1 else "anyway" if value <= 0 else "sure"
            found["unknown" if math.isnan(value) else kind].append(target)
        return found

    @property
    def beliefs(self) -> list[tuple[str, list[Ranged | None]]]:
        """Targets of the first threat and from which belief each gives in to every threat.

        The smallest belief in the first threat first, unknown ones last; None where a threat is
        not to a target.
        """
        found = [
            (target, [o.belief(target) if target in o.targets else None for o in self.options])
            for target in self.options[0].targets
        ]

        def order(row: tuple[str, list[Ranged | None]]) -> tuple[bool, float]:
            value = row[1][0].value if row[1][0] is not None else math.nan
            return math.isnan(value), value

        return sorted(found, key=order)


def rows(reading: Reading, carried: Carried) -> Iterator[Row]:
    """See `Facts.rows`; none without an equilibrium."""
    if carried.main.solution is None:
        return
    found = []
    for code in _shown(reading):
        spread, money = drawn(reading, carried, code)
        own = reading.analysis.horizon
        over = [spread.value if horizon == own else outcome.percent(code)
                for horizon, outcome in carried.by_horizon.items()]  # fmt: skip
        hit = {*reading.members(code)} <= {*carried.main.targets}
        role = "target" if hit else "sender" if code in reading.acting else reading.role(code)
        name, place = reading.name(code), reading.place(code)
        found.append(Row(code, name, place, role, spread, over, money))
    yield from sorted(found, key=lambda row: row.first)


def _shown(reading: Reading) -> tuple[str, ...]:
    """Economies, with groups that are hit, or that act, as one in place of their members."""
    home = {code: who for who, members in reading.acting.items() for code in members}
    found = (home.get(code, code) for code in reading.economy.countries)
    return tuple(dict.fromkeys(reading.joined(found)))


def drawn(reading: Reading, carried: Carried, code: str) -> tuple[Ranged, float]:
    """Change of an economy where a threat is carried out: %, with its range, and money."""
    figures, members = reading.figures, reading.members(code)
    percent = figures.percent(carried.name, members) if figures else None
    money = figures.money(carried.name, members) if figures else None
    if percent is None or money is None:
        return Ranged.exactly(carried.main.percent(code), "%"), carried.main.money(code)
    return percent, money.value


def paying(option: Option) -> tuple[str, ...]:
    """The targets whose punishment does not cost the sender more than sparing them."""
    return tuple(target for target in option.targets if option.gain(target).value >= 0)
