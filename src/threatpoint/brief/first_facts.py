"""Facts of the first screen: what to expect by which threat, and what would change it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from threatpoint import __version__, words
from threatpoint.analysis import dated
from threatpoint.analysis.options import chosen, fates
from threatpoint.brief import course, happened
from threatpoint.quantity import Ranged
from threatpoint.strategy.game import COMPLY, DEFY, PUNISHED

if TYPE_CHECKING:
    from threatpoint.analysis.carried import Carried
    from threatpoint.analysis.expected import Expected
    from threatpoint.analysis.options import Fates, Option
    from threatpoint.brief.reading import Reading
    from threatpoint.strategy import ThreatGame


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

    @property
    def moved(self) -> float:
        """The end of the range that is furthest from it."""
        ends = (self.spread.low, self.spread.high)
        return max(ends, key=lambda end: abs(end - self.first))


class Part(NamedTuple):
    """A part of the answer: what happens to whom by which threat, and whether fates say so."""

    kind: str
    option: Option
    targets: tuple[str, ...]
    same: Callable[[Fates], bool]


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
    def answered(self) -> float:
        """Change of the first sender if those hit by the first threat answer as stated, %."""
        code, figures = self.reading.senders[0], self.reading.figures
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
    def likely(self) -> str:
        """The smallest and largest chance of a hit by the threat made first; "" if not known."""
        facts = course.Facts.of(self.reading)
        rows = [row for row in (facts.lead if facts else []) if row["key"] == self.lead.name]
        found = [row["hit_probability"] for row in rows]
        return words.chance_span(min(found), max(found)) if found else ""

    @property
    def lost(self) -> list[str]:
        """Threats that ask for something and have no game as stated."""
        solved = {option.key for option in self.options}
        threats = self.reading.analysis.situation.threats
        return [c.name for c in self.carried if threats[c.name].asks and c.name not in solved]

    @property
    def unsolved(self) -> int:
        """Cases and horizons at which some threat has no game."""
        return len({name for option in self.options for name in option.failures})

    @property
    def expected(self) -> Expected | None:
        """What to expect of the first of them."""
        return self.reading.analysis.expected

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

    def of(self, option: Option) -> list[Part]:
        """The parts of the answer that are about a threat."""
        return [part for part in self.parts if part.option is option]

    @cached_property
    def parts(self) -> list[Part]:
        """The answer in its parts."""
        return [part for option in self.options for part in parts(option, option.fates)]

    def flipped(self, option: Option) -> tuple[str, list[Part]] | None:
        """The other case in which most targets fare otherwise, and what those do there."""
        games = {f"if {plain(title)}": game for title, game in option.games.items() if title}
        name, found = _most_changed(option, games)
        turned = {t: fate for t, fate in found.items() if fate != option.fates.get(t)}
        return (name, list(turns(option, turned))) if turned else None

    def later(self, option: Option) -> tuple[str, list[Part]] | None:
        """The other horizon at which most fare otherwise, and the answer there."""
        games = {words.when(name): game for name, game in option.by_horizon.items()}
        name, found = _most_changed(option, games)
        return (name, list(parts(option, found))) if found else None

    def cheapest(self, option: Option) -> tuple[str, Ranged] | None:
        """The spared target whose punishment costs the sender least, and what it brings."""
        spared = [target for target, fate in option.fates.items() if fate == DEFY]
        gains = {target: option.gain(target) for target in spared}
        known = {target: gain for target, gain in gains.items() if gain.value < 0}
        best = max(known, key=lambda target: known[target].value, default=None)
        return None if best is None else (best, known[best])


def rows(reading: Reading, carried: Carried) -> Iterator[Row]:
    """See `Facts.rows`; none without an equilibrium."""
    if carried.main.solution is None:
        return
    found = []
    for code in reading.joined(reading.economy.countries):
        spread, money = drawn(reading, carried, code)
        own = reading.analysis.horizon
        over = [spread.value if horizon == own else outcome.percent(code)
                for horizon, outcome in carried.by_horizon.items()]  # fmt: skip
        hit = {*reading.members(code)} <= {*carried.main.targets}
        role = "target" if hit else reading.role(code)
        name, place = reading.name(code), reading.place(code)
        found.append(Row(code, name, place, role, spread, over, money))
    yield from sorted(found, key=lambda row: row.first)


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


def plain(title: str) -> str:
    """A case less what stands in brackets or behind a comma."""
    return title.partition(" (")[0].partition(",")[0]


def parts(option: Option, found: Fates) -> Iterator[Part]:
    """Whom a threat is carried out on, who gives in, of whom it is not known, and who is spared.

    Where all are spared, that is one part.
    """
    paid = {target: option.gain(target).value >= 0 for target in chosen(found, "")}
    told = [
        ("hit", chosen(found, PUNISHED), PUNISHED),
        ("stops", chosen(found, COMPLY), COMPLY),
        ("unless", tuple(target for target, pays in paid.items() if pays), ""),
        ("unknown", tuple(target for target, pays in paid.items() if not pays), ""),
    ]
    if any(targets for _, targets, _ in told):
        told.append(("spared", chosen(found, DEFY), DEFY))
    else:
        yield Part("none", option, (), lambda other: not {PUNISHED, COMPLY} & {*other.values()})
    yield from (_part(option, *one) for one in told if one[1])


def _part(option: Option, kind: str, targets: tuple[str, ...], letter: str) -> Part:
    """Targets that have a fate; the same where all of them have it."""
    return Part(kind, option, targets, lambda found: {*map(found.get, targets)} == {letter})


def turns(option: Option, found: Fates) -> Iterator[Part]:
    """Targets by what they do, those that are spared too."""
    kinds = {"stops": COMPLY, "hit": PUNISHED, "spared": DEFY, "unknown": ""}
    for kind, letter in kinds.items():
        if targets := chosen(found, letter):
            yield _part(option, kind, targets, letter)


def _most_changed(option: Option, games: Mapping[str, ThreatGame]) -> tuple[str, Fates]:
    """The name of the game with most other fates than those stated, and its fates; or none."""
    found = {name: fates(game.game) for name, game in games.items()}
    other = {
        name: sum(new[t] != old for t, old in option.fates.items() if t in new)
        for name, new in found.items()
    }
    name = max(other, key=lambda name: other[name], default="")
    return (name, found[name]) if name and other[name] else ("", {})
