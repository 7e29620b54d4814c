"""Rules: who keeps doing X is punished with Y; or, without a condition, who is named is hit.

The parties of a rule are the economies that decide: a country, or a customs union as one. A group
of many states (rest of the world) buys but does not decide, so it is never a party of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError
from threatpoint.policy.aim import aimed, answered, carriers, hit_by_name, says_target
from threatpoint.policy.buyers import Buyer, Lists, judge
from threatpoint.policy.demand import Demand
from threatpoint.policy.instruments import Instrument
from threatpoint.policy.parties import hittable, parties_of, reachable, require_parties
from threatpoint.policy.policy import Policy
from threatpoint.policy.profiles import ProfileMove, profile_instruments
from threatpoint.policy.scope import TARGET, Selector, listed, member_codes
from threatpoint.policy.targets import Action

if TYPE_CHECKING:
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class Rule:
    """`sender` announces: who keeps doing `when` is punished with `then`.

    Without `when` nobody is asked to stop buying: the `named` are hit, unless they do what the
    `demand` asks.

    Attributes:
        sender: country code or group, or several who punish together.
        when: the action that is punished; None for a rule without a condition.
        then: instruments whose other side is "target", or that name whom they hit: a target when
            it is punished, anybody else whenever somebody is.
        named: when not empty, only these are targets, whatever the thresholds; needed without
            `when`, where a group of states can be named too.
        added: targets besides those found from the data.
        exempted: never targets.
        unions: group names of customs unions; the sender can only hit all members or none.
        name: how results call it.
        retaliation: instruments in which "target", or a target by its code, does it to the sender,
            for targets that hit back.
        demand: what the named are asked to do, where it is no trade; not beside `when`.

    Raises:
        PolicyError: a rule with `when` whose templates never say "target", somebody both named or
            added and exempted, or neither `when` nor `named`.
    """

    sender: Selector
    when: Action | None = None
    then: Instrument | tuple[Instrument, ...] = ()
    named: Selector = ()
    added: Selector = ()
    exempted: Selector = ()
    unions: Selector = ()
    name: str = ""
    retaliation: Instrument | tuple[Instrument, ...] = ()
    demand: Demand | None = None

    def __post_init__(self) -> None:
        then, retaliation = Policy(self.then).items, Policy(self.retaliation).items
        object.__setattr__(self, "then", then)
        object.__setattr__(self, "retaliation", retaliation)
        for field in ("named", "added", "exempted", "unions"):
            given = getattr(self, field)
            object.__setattr__(self, field, listed(given, field) if given else ())
        problems = [] if then else ["`then` is empty: say what happens to the targets"]
        problems += self._unaimed()
        clash = sorted({*self.named, *self.added} & {*self.exempted})
        problems += [f"{code} is both named or added and exempted" for code in clash]
        problems += self._without_condition() if self.when is None else []
        if self.when is not None and self.demand is not None:
            problems.append("has both `when` and `demand`: ask for one of them")
        if problems:
            raise PolicyError("\n".join(f"{self.title}: {problem}" for problem in problems))

    def _unaimed(self) -> list[str]:
        """Templates that cannot say whom they hit, or who hits back."""
        never = self.when is not None and not any(map(says_target, self.templates))
        problems = [
            f"[{item.describe()}] does not say whom it hits: write 'target' on the other side"
            for item in self.templates
            if never or _two_sided(item)
        ]
        return problems + [
            f"retaliation [{item.describe()}] does not say who hits back: write 'target' on one "
            "side, the sender on the other"
            for item in self.retaliations
            if _two_sided(item)
        ]

    def _without_condition(self) -> list[str]:
        """What a rule without `when` must and must not say."""
        if not self.named:
            return ["does not say who is hit: give `when` (who buys what) or `named` (who it is)"]
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

    @property
    def retaliations(self) -> tuple[Instrument, ...]:
        """The instruments under `retaliation`."""
        given = self.retaliation
        return given if isinstance(given, tuple) else (given,)

    @property
    def only_tariffs(self) -> bool:
        """Whether all that `then` does is to make trade pay a tariff."""
        return all(item.only_tariff for item in self.templates)

    @property
    def senders(self) -> tuple[str, ...]:
        """The words for the sender."""
        return listed(self.sender, "sender")

    @property
    def lists(self) -> Lists:
        """Whom it lists beside what `when` finds."""
        fields = (self.named, self.added, self.exempted, self.unions)
        words = [listed(given, "list") if given else () for given in fields]
        return Lists(self.senders, *words, title=self.title)

    @property
    def asks(self) -> bool:
        """Whether the targets are asked for anything, so that there is a threat to give in to."""
        return self.when is not None or self.demand is not None

    def describe(self) -> str:
        """The rule in words."""
        if self.when is None:
            named = listed(self.named, "named")
            does = "; ".join(item.aimed(named).describe() for item in self.templates)
            return f"unless {self.demand.words}: {does}" if self.demand else does
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
        return judge(economy, self.when, self.lists, reachable(self, economy))

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
        return parties_of(self, economy)

    # -- what it does ------------------------------------------------------------------------

    def policy(
        self,
        economy: Economy,
        actions: Mapping[str, bool] | None = None,
        retaliating: Iterable[str] = (),
    ) -> Policy:
        """The punishment of a profile: who keeps doing it is hit, who stops is not.

        Args:
            economy: gives the targets.
            actions: party -> does it keep doing it; parties not mentioned do. None: all do.
            retaliating: parties that are hit and hit back.

        Raises:
            PolicyError: the rule hits nobody; an action or retaliation of somebody who is not a
                party, or of a party that is not hit; a retaliation where the rule has none.
        """
        parties, back = hittable(self, economy), tuple(retaliating)
        actions = dict(actions or {})
        require_parties(self, (*actions, *back), parties)
        quiet = [party for party in back if not actions.get(party, True)]
        if quiet:
            raise PolicyError(
                f"{self.title}: {', '.join(quiet)} stops and has no reason to retaliate"
            )
        moves: dict[str, ProfileMove] = {p: "punished" for p in parties if actions.get(p, True)}
        moves |= dict.fromkeys(back, "retaliates")
        return self.profile_policy(economy, moves)

    def profile_policy(self, economy: Economy, moves: Mapping[str, ProfileMove]) -> Policy:
        """The policy of one profile of moves; parties not mentioned defy and are not punished.

        Args:
            economy: gives the targets.
            moves: party -> one of `PROFILE_MOVES`: "comply" (its members stop the action),
                "defy" (nothing happens), "punished" (the templates), "retaliates" (punished, and
                it hits back).

        Raises:
            PolicyError: the rule hits nobody; somebody who is not a party; an unknown move; a
                party that complies with a rule that asks for nothing, or retaliates without means.
        """
        parties = hittable(self, economy)
        require_parties(self, moves, parties)
        items, answers = profile_instruments(self, economy, parties, moves)
        return Policy(items, self.name, answers)

    def carriers(self, economy: Economy) -> tuple[str, ...]:
        """Codes of the senders: those stated, and whoever else carries out the punishment.

        Raises:
            PolicyError: unknown words.
        """
        stated = member_codes(economy, self.senders, self.title)
        acting = carriers(self.templates, economy)
        if not set(acting) - set(stated):
            return stated
        hit = {code for members in self.parties(economy).values() for code in members}
        return tuple(dict.fromkeys((*stated, *(code for code in acting if code not in hit))))

    def bystanders(self, economy: Economy) -> tuple[str, ...]:
        """Codes hit by name when the threat is carried out on somebody, though no target.

        Raises:
            PolicyError: as `targets`.
        """
        stated = member_codes(economy, self.senders, self.title)
        named = [code for t in self.templates for code in hit_by_name(t, economy, stated)]
        spared = {*self.carriers(economy), *self.targets(economy)}
        return tuple(code for code in dict.fromkeys(named) if code not in spared)

    def instruments(self, economy: Economy, hit: Iterable[str]) -> tuple[Instrument, ...]:
        """The templates applied to some targets; those without a flow to hit are left out."""
        codes = tuple(hit)
        members = {code for party in hittable(self, economy).values() for code in party}
        stated = member_codes(economy, self.senders)
        items = [aimed(item, economy, codes, members, stated) for item in self.templates]
        return tuple(item for item in items if item is not None and item.bites(economy))

    def retaliate(self, economy: Economy, who: Iterable[str]) -> tuple[Instrument, ...]:
        """What some targets do to the sender; what hits no flow is left out.

        Raises:
            PolicyError: the rule has no retaliation.
        """
        if not self.retaliations:
            raise PolicyError(f"{self.title} has no retaliation; give `retaliation`")
        codes, stated = tuple(who), member_codes(economy, self.senders)
        items = [answered(item, economy, codes, stated) for item in self.retaliations]
        return tuple(item for item in items if item is not None and item.bites(economy))

    def wedges(self, economy: Economy) -> Wedges:
        """Wedges of the profile where every target keeps doing it."""
        return self.policy(economy).wedges(economy)


def _two_sided(item: Instrument) -> bool:
    """Whether "target" stands on both sides."""
    return all(TARGET in side for side in item.sides)
