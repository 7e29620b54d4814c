"""Rules: who keeps doing X is punished with Y; or, without a condition, who is named is hit.

The parties of a rule are the economies that decide: a country, or a customs union as one. A group
of many states (rest of the world) buys but does not decide, so it is never a party of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError, unknown
from threatpoint.policy.buyers import Buyer, Terms, judge
from threatpoint.policy.instruments import CutOff, Instrument, Tariff
from threatpoint.policy.named import named_parties
from threatpoint.policy.policy import Policy
from threatpoint.policy.scope import TARGET, Selector, listed, member_codes
from threatpoint.policy.targets import Action
from threatpoint.policy.units import money_words, percent_words

if TYPE_CHECKING:
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class Rule:
    """`sender` announces: who keeps doing `when` is punished with `then`.

    Without `when` nobody is asked to stop anything: the `named` are hit.

    Attributes:
        sender: country code or group.
        when: the action that is punished; None for a rule without a condition.
        then: instruments whose other side is "target".
        named: when not empty, only these are targets, whatever the thresholds; needed without
            `when`, where a group of states can be named too.
        added: targets besides those found from the data.
        exempted: never targets.
        unions: group names of customs unions; the sender can only hit all members or none.
        name: how results call it.

    Raises:
        PolicyError: a template without "target", somebody both named or added and exempted, or
            neither `when` nor `named`.
    """

    sender: str
    when: Action | None = None
    then: Instrument | tuple[Instrument, ...] = ()
    named: Selector = ()
    added: Selector = ()
    exempted: Selector = ()
    unions: Selector = ()
    name: str = ""

    def __post_init__(self) -> None:
        then = Policy(self.then).items
        object.__setattr__(self, "then", then)
        for field in ("named", "added", "exempted", "unions"):
            given = getattr(self, field)
            object.__setattr__(self, field, listed(given, field) if given else ())
        problems = [] if then else ["`then` is empty: say what happens to the targets"]
        problems += [
            f"[{item.describe()}] does not say whom it hits: write 'target' on the other side"
            for item in then
            if [side for side in item.sides if TARGET in side] in ([], list(item.sides))
        ]
        clash = sorted({*self.named, *self.added} & {*self.exempted})
        problems += [f"{code} is both named or added and exempted" for code in clash]
        problems += self._without_condition() if self.when is None else []
        if problems:
            raise PolicyError("\n".join(f"{self.title}: {problem}" for problem in problems))

    def _without_condition(self) -> list[str]:
        """What a rule without `when` must and must not say."""
        if not self.named:
            return ["does not say who is hit: give `when` (who does it) or `named` (who it is)"]
        return [
            f"`{field}` has no meaning without `when`: only the named are hit; change `named`"
            for field in ("added", "exempted")
            if getattr(self, field)
        ]

    @property
    def title(self) -> str:
        """The rule's name for messages."""
        return f"rule {self.name!r}" if self.name else "the rule"

    @property
    def templates(self) -> tuple[Instrument, ...]:
        """The instruments under `then`."""
        return self.then if isinstance(self.then, tuple) else (self.then,)

    def describe(self) -> str:
        """The rule in words."""
        if self.when is None:
            named = listed(self.named, "named")
            return "; ".join(_aim(item, named).describe() for item in self.templates)
        then = "; ".join(item.describe() for item in self.templates)
        return f"whoever {self.when.describe()}: {then}"

    # -- who is hit --------------------------------------------------------------------------

    def buyers(self, economy: Economy) -> list[Buyer]:
        """Every economy with its purchases, verdict and reason; largest buyer first.

        Empty for a rule without `when`: it is not about buying.

        Raises:
            PolicyError: unknown labels; named economies that cannot be targets.
        """
        if self.when is None:
            return []
        return judge(economy, self.when, self._terms(), self._reachable(economy))

    def targets(self, economy: Economy) -> tuple[str, ...]:
        """Codes of all economies hit, union members included; largest buyer first, or as named.

        Raises:
            PolicyError: the rule hits nobody; says who came closest and by how much.
        """
        return tuple(code for members in self.parties(economy).values() for code in members)

    def parties(self, economy: Economy) -> dict[str, tuple[str, ...]]:
        """Who decides -> whom that hits: {"CHN": ("CHN",), "EU": (members...)}.

        Without `when`: the named, a customs union as one.

        Raises:
            PolicyError: as `targets`.
        """
        if self.when is None:
            return self._named_parties(economy)
        table = self.buyers(economy)
        found: dict[str, list[str]] = {}
        for buyer in table:
            if buyer.target:
                found.setdefault(buyer.union or buyer.country, []).append(buyer.country)
        if not found:
            raise PolicyError(
                f"{self.title} hits nobody: {self._closest(self.when, table, economy)}"
            )
        return {party: tuple(members) for party, members in found.items()}

    # -- what it does ------------------------------------------------------------------------

    def policy(self, economy: Economy, actions: Mapping[str, bool] | None = None) -> Policy:
        """The punishment of a profile: who keeps doing it is hit, who stops is not.

        Args:
            economy: gives the targets.
            actions: party -> does it keep doing it; parties not mentioned do. None: all do.

        Raises:
            PolicyError: the rule hits nobody; an action of somebody who is not a party.
        """
        parties = self.parties(economy)
        actions = actions or {}
        strangers = [party for party in actions if party not in parties]
        if strangers:
            lines = [unknown("target", s, tuple(parties), self.title) for s in strangers]
            raise PolicyError("\n".join(lines))
        self._require_effect(economy, parties)
        hit = [code for p, members in parties.items() if actions.get(p, True) for code in members]
        return Policy(self.instruments(economy, hit), self.name)

    def instruments(self, economy: Economy, hit: list[str]) -> tuple[Instrument, ...]:
        """The templates applied to some targets; those without a flow to hit are left out."""
        if not hit:
            return ()
        items = [_aim(template, tuple(hit)) for template in self.templates]
        return tuple(item for item in items if _bites(item, economy))

    def wedges(self, economy: Economy) -> Wedges:
        """Wedges of the profile where every target keeps doing it."""
        return self.policy(economy).wedges(economy)

    # -- helpers -----------------------------------------------------------------------------

    def _terms(self) -> Terms:
        named, added = listed_or_none(self.named), listed_or_none(self.added)
        exempted, unions = listed_or_none(self.exempted), listed_or_none(self.unions)
        return Terms((self.sender,), named, added, exempted, unions, self.title)

    def _reachable(self, economy: Economy) -> tuple[str, ...]:
        """Economies with which the templates would hit at least one positive flow."""
        return tuple(
            code
            for code in economy.countries
            if any(_bites(_aim(template, (code,)), economy) for template in self.templates)
        )

    def _require_effect(self, economy: Economy, parties: Mapping[str, tuple[str, ...]]) -> None:
        """Every template must hit somebody when all targets are punished."""
        everybody = tuple(code for members in parties.values() for code in members)
        for template in self.templates:
            try:
                _aim(template, everybody).cells(economy)
            except PolicyError as error:
                raise PolicyError(f"{self.title}: {error}") from error

    def _named_parties(self, economy: Economy) -> dict[str, tuple[str, ...]]:
        """The parties of a rule without a condition."""
        terms = self._terms()
        everybody = named_parties(economy, terms)
        self._require_effect(economy, everybody)
        reachable = set(self._reachable(economy))
        words = {word: member_codes(economy, [word]) for word in terms.named}
        lost = [word for word, codes in words.items() if not reachable & set(codes)]
        if lost:
            why = "has no trade with the sender that the rule could hit; leave it out"
            raise PolicyError("\n".join(f"{self.title}: {word} {why}" for word in lost))
        return {name: codes for name, codes in everybody.items() if reachable & set(codes)}

    def _closest(self, when: Action, table: list[Buyer], economy: Economy) -> str:
        """Who came closest to the thresholds, and by how much."""
        floor, least = when.floor(economy), when.min_share
        near = [b for b in table if b.verdict == "below" and b.measured_value > 0]
        if not near:
            why = [f"{b.country} {b.reason}" for b in table if b.value > 0][:3]
            return "; ".join(why) or f"nobody {when.describe()} in this table"

        def reach(b: Buyer) -> float:
            ratios = [b.measured_value / floor] if floor > 0 else []
            ratios += [b.measured_share / least] if least > 0 else []
            return min(ratios, default=np.inf)

        best = max(near, key=reach)
        gaps: list[str] = []
        if best.measured_value < floor:
            gap = money_words(floor - best.measured_value, economy.unit)
            gaps.append(f"{gap} below the least value of {money_words(floor, economy.unit)}")
        if best.measured_share < least:
            points = f"{100 * (least - best.measured_share):.2g} percentage points"
            gaps.append(f"{points} below the least share of {percent_words(least)}")
        return (
            f"closest is {best.union or best.country} ({best.reason}), {' and '.join(gaps)}; "
            "lower a threshold or add it by name"
        )


def listed_or_none(selector: Selector) -> tuple[str, ...]:
    """The words of a selector that may be empty."""
    return listed(selector, "list") if selector else ()


def _aim(template: Instrument, hit: tuple[str, ...]) -> Instrument:
    """The template with the targets put in place of "target"."""
    first, second = (
        tuple(code for word in side for code in (hit if word == TARGET else (word,)))
        for side in template.sides
    )
    if isinstance(template, Tariff):
        return replace(template, importers=first, exporters=second)
    if isinstance(template, CutOff):
        return replace(template, sender=first, targets=second)
    return replace(template, exporters=first, importers=second)


def _bites(instrument: Instrument, economy: Economy) -> bool:
    try:
        instrument.cells(economy)
    except PolicyError:
        return False
    return True
