"""Ground: a situation on a day as the app moves it, and a state settled on it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.made import leading, made_first
from threatpoint.errors import PolicyError, unknown
from threatpoint.policy.buyers import buyers
from threatpoint.policy.scope import member_codes
from threatpoint.policy.standing import world_on
from threatpoint.policy.targets import unions_of
from threatpoint.situation import read_situation
from threatpoint.situation.text import parse
from threatpoint.world.places import code_of, unknown_place

if TYPE_CHECKING:
    from threatpoint.app.state import State
    from threatpoint.policy import Rule
    from threatpoint.situation import Situation
    from threatpoint.world.economy import Economy

KINDS = {"tariff": "Tariff", "cut-off": "Cut-off", "export-ban": "Export ban"}
"""What can be threatened in place of what was -> its name."""
RATE, WHOLE = Decimal(25), Decimal(100)
"""Points of a tariff where none is stated; percent of full enforcement."""
LEAST = Decimal("0.01")
"""Points, or percent of enforcement: less cannot be told from none."""
NEVER = ("sender", "seller", "group of states", "unknown", "none")
"""Verdicts on who cannot be made a target."""
KEPT, READ = 4, 32
"""Grounds, and texts read on each: with a ground goes what was read on it."""


@dataclass(frozen=True)
class Source:
    """The text of a situation and its name."""

    name: str
    text: str


@dataclass(frozen=True, eq=False)
class Ground:
    """A situation, as it was written and as it was read, and the world on a day.

    Attributes:
        source: its text.
        situation: read.
        economy: with the tariffs of the day.
    """

    source: Source
    situation: Situation
    economy: Economy

    @cached_property
    def tables(self) -> Mapping[str, Any]:
        """The file as nested tables."""
        return parse(self.source.text, self.source.name)

    @cached_property
    def read(self) -> Callable[[str], Situation]:
        """Reads a text about this world; the newest are kept."""
        name, economy = self.source.name, self.economy
        return lru_cache(maxsize=READ)(lambda text: read_situation(text, name, economy=economy))

    @cached_property
    def leading(self) -> str:
        """The threat that was made first."""
        return leading(self.situation)

    @cached_property
    def names(self) -> dict[str, str]:
        """Word of a threat -> the own threat that it is, or stands in the place of."""
        own = {self.kind(name): name for name in reversed(made_first(self.situation))}
        found = {kind: own.get(kind, self.leading) for kind in KINDS}
        plain = {found[kind] for kind in KINDS if kind in own}
        return found | {n: n for n in made_first(self.situation) if n not in plain}

    def kind(self, name: str) -> str:
        """The kind of an own threat that is one such measure on whom it hits; else ""."""
        table = self.tables["threats"][name]
        then = table["then"]
        word = then[0]["instrument"] if len(then) == 1 else ""
        return word if word in KINDS and self.aimed(name) and then[0].get("mode") != "set" else ""

    def aimed(self, name: str) -> bool:
        """Whether every measure of an own threat hits whoever its target is."""
        then = self.tables["threats"][name]["then"]
        return all(["target"] in list(item.values()) for item in then)

    @cached_property
    def choices(self) -> dict[str, str]:
        """Word of a threat -> its name, the kinds first."""
        own = {n: words.capital(self.rule(n).short) for n in self.names if n not in KINDS}
        return KINDS | own

    def rule(self, name: str) -> Rule:
        """An own threat."""
        return self.situation.threats[name]

    def parties(self, name: str) -> tuple[str, ...]:
        """Who decides about an own threat; empty where it hits nobody here."""
        try:
            return tuple(self.rule(name).parties(self.economy))
        except PolicyError:
            return ()

    def possible(self, name: str) -> tuple[str, ...]:
        """Countries that can be hit by an own threat or what stands in its place, one by one."""
        rule, there = self.rule(name), self.economy.countries
        if rule.buys is not None:
            found = buyers(rule, self.economy)
            barred = {b.country for b in found if b.verdict in NEVER or b.union}
        else:
            inside = unions_of(self.economy, rule.unions).values()
            own = member_codes(self.economy, rule.senders)
            barred = {*self.economy.residuals, *own, *(code for union in inside for code in union)}
        return tuple(code for code in there if code not in barred)

    def unanswered(self) -> tuple[str, ...]:
        """Kinds that leave no trade for a tariff in return, if all goods are hit in full."""
        then = {word: self.tables["threats"][self.names[word]]["then"][0] for word in KINDS}
        return tuple(
            word for word in KINDS
            if word != "tariff" and not self.stated(word)["answers"]
            and (word != self.kind(self.names[word])
                 or then[word].get("direction", "both") == "both")
        )  # fmt: skip

    # -- a state -----

    def settled(self, state: State) -> State:
        """The state in codes, without what is as stated.

        Raises:
            PolicyError: unknown words, or a part that would have no effect; all in one line.
        """
        word = self._word(state.threat)
        name, problems = self.names[word], list[str]()
        same = word == self.kind(name) or word not in KINDS
        targets = self._targets(state.targets, name, word, problems)
        stated = self.stated(word)
        found = replace(
            state,
            threat="" if word == self._word("") else word,
            targets=targets,
            rate=_unless(state.rate, stated["rate"]),
            enforcement=_unless(state.enforcement, stated["enforcement"]),
            retaliation=None if state.retaliation == 0 and not stated["answers"] else
            state.retaliation,
            sectors=self._sectors(state.sectors, stated["sectors"], problems),
            date="" if state.date == self.situation.date.isoformat() else state.date,
        )  # fmt: skip
        problems += _idle(found, word, name, same)
        if problems:
            raise PolicyError("; ".join(problems))
        return found

    def _word(self, given: str) -> str:
        """The word of a threat: a kind where an own threat is just that."""
        word = given or self.leading
        known = {name: kind for kind, name in self.names.items() if self.kind(name) == kind}
        word = known.get(word, word)
        if word not in self.names and word in self.tables["threats"]:
            day = words.day(self.situation.date)
            raise PolicyError(f"threat {word!r} was made later than the situation's day, {day}")
        if word not in self.names:
            raise PolicyError(unknown("threat", given, tuple(self.names)))
        return word

    def word(self, state: State) -> str:
        """The word of a settled state's threat."""
        return self._word(state.threat)

    def name(self, state: State) -> str:
        """The own threat that a settled state's stands in for."""
        return self.names[self.word(state)]

    def stated(self, word: str) -> dict[str, Any]:
        """Rate, enforcement and sectors of a threat, and whether an answer to it is stated."""
        name = self.names[word]
        table = self.tables["threats"][name]
        own = table["then"][0] if word == self.kind(name) else {}
        sectors = own.get("sectors", ["goods"])
        return {
            "rate": own["rate"]["value"] if "rate" in own else RATE,
            "enforcement": own["enforcement"]["value"] if "enforcement" in own else WHOLE,
            "sectors": tuple([sectors] if isinstance(sectors, str) else sectors),
            "answers": bool(table.get("retaliation")) and (bool(own) or word in ("tariff", name)),
        }

    def _targets(
        self, given: tuple[str, ...], name: str, word: str, problems: list[str]
    ) -> tuple[str, ...]:
        known, stated = (*self.economy.countries, *self.economy.groups), self.parties(name)
        found = [code_of(place, self.economy) for place in given]
        problems += [
            f"targets: {unknown_place(self.economy, place, known)}"
            for place, code in zip(given, found, strict=True) if code is None
        ]  # fmt: skip
        codes = tuple(dict.fromkeys(code for code in found if code is not None))
        return () if {*codes} == {*stated} else codes

    def _sectors(
        self, given: tuple[str, ...], stated: tuple[str, ...], problems: list[str]
    ) -> tuple[str, ...]:
        known = ("goods", "services", "all", *self.economy.sectors)
        by_name = {_key(n.split(",")): code for code, n in self.economy.sector_names.items()}
        codes: list[str] = []
        for word in _whole(given, by_name):
            code = word if word in known else by_name.get(word.casefold(), word.upper())
            if code in known:
                codes.append(code)
            else:
                names = self.economy.sector_names.values()
                problems.append(unknown("sector", word, known, "sectors", names))
        return () if {*codes} == {*stated} else tuple(dict.fromkeys(codes))


def _key(words: Iterable[str]) -> str:
    """A name as it is compared."""
    return ", ".join(word.strip() for word in words).casefold()


def _whole(given: Sequence[str], names: Collection[str]) -> Iterator[str]:
    """Words of a list, those that were parts of one name with commas put together again."""
    at = 0
    while at < len(given):
        ends = range(len(given), at, -1)
        end = next((end for end in ends if _key(given[at:end]) in names), at + 1)
        yield ", ".join(given[at:end])
        at = end


def _unless(value: Decimal | None, stated: Decimal) -> Decimal | None:
    """The value, where it is another than the one stated."""
    return None if value is None or value == stated else value


def _idle(state: State, word: str, name: str, same: bool) -> Iterator[str]:
    """Parts that the threat has no use for, and values that are no threat."""
    fixed = f"no effect on {word!r}, which stays as it is stated; choose one of {', '.join(KINDS)}"
    if word not in KINDS:
        yield from (
            f"{key} has {fixed}" for key in ("targets", "rate", "sectors", "enforcement")
            if getattr(state, key) not in (None, ())
        )  # fmt: skip
    elif state.rate is not None and word != "tariff":
        yield f"rate has no effect: a {KINDS[word].lower()} has none"
    if 0 in (state.rate, state.enforcement):
        yield "a rate or an enforcement of 0 is no threat"
    for key in ("rate", "enforcement", "retaliation"):
        value = getattr(state, key)
        if value is not None and 0 < value < LEAST:
            yield f"{key} {value} is too little to be told from none; give at least {LEAST}"


@lru_cache(maxsize=KEPT)
def ground(source: Source, date: str) -> Ground:
    """A situation on a day; "" is its own.

    Raises:
        SituationError: a file with problems.
        PolicyError: no such day.
    """
    situation = read_situation(source.text, source.name)
    day: str | datetime.date = date or situation.date
    return Ground(source, situation, world_on(day))
