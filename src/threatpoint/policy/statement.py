"""Statement: what a rule says, checked; it meets no economy here."""

from __future__ import annotations

from dataclasses import dataclass

from threatpoint.errors import refuse
from threatpoint.policy.aim import says_target
from threatpoint.policy.demand import Demand
from threatpoint.policy.instruments import Instrument
from threatpoint.policy.policy import instruments_of
from threatpoint.policy.scope import TARGET, Selector, listed
from threatpoint.policy.targets import Action
from threatpoint.words import count, listing


@dataclass(frozen=True)
class Statement:
    """What a rule says: `sender` announces that who keeps doing `when` is punished with `then`.

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
        demand: what the named, or those who buy what it says, are asked to do, where it is no
            trade; not beside `when`.

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
        object.__setattr__(self, "then", instruments_of(self.then))
        object.__setattr__(self, "retaliation", instruments_of(self.retaliation))
        for field in ("named", "added", "exempted", "unions"):
            given = getattr(self, field)
            object.__setattr__(self, field, listed(given, field) if given else ())
        problems = [] if self.then else ["`then` is empty: say what happens to the targets"]
        problems += self._unaimed()
        clash = sorted({*self.named, *self.added} & {*self.exempted})
        problems += [f"{code} is both named or added and exempted" for code in clash]
        problems += self._without_condition() if self.buys is None else []
        if self.when is not None and self.demand is not None:
            problems.append("has both `when` and `demand`: ask for one of them")
        if self.when is not None and self.when.figures:
            problems.append("purchases as figures are no trade: give them to a `Demand` (`buying`)")
        refuse(problems, self.title)

    def _unaimed(self) -> list[str]:
        """Templates that cannot say whom they hit, or who hits back."""
        never = self.buys is not None and not any(map(says_target, self.templates))
        problems = [
            f"[{item.describe()}] does not say whom it hits: write 'target' on the other side"
            for item in self.templates
            if never or _two_sided(item)
        ]
        problems += [
            f"retaliation [{item.describe()}] is nobody's: no target carries it out"
            for item in self.retaliations
            if len(item.side_names) == 1 and not item.actor
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
        return instruments_of(self.then)

    @property
    def retaliations(self) -> tuple[Instrument, ...]:
        """The instruments under `retaliation`."""
        return instruments_of(self.retaliation)

    @property
    def only_tariffs(self) -> bool:
        """Whether all that `then` does is to make trade pay a tariff."""
        return all(item.only_tariff for item in self.templates)

    @property
    def short(self) -> str:
        """What is done, with its size: '25-point tariff', 'cut-off and two more measures'."""
        names = list(dict.fromkeys(item.short for item in self.templates))
        if len(names) > 2:
            return listing([names[0], count(len(names) - 1, "more measure")])
        (size, kind), other = names[0].rpartition(" ")[::2], names[-1].rpartition(" ")[2]
        same = len(names) == 2 and size and kind == other
        return listing([size, names[1]] if same else names)

    @property
    def senders(self) -> tuple[str, ...]:
        """The words for the sender."""
        return listed(self.sender, "sender")

    @property
    def buys(self) -> Action | None:
        """The purchases that find the targets; None where they are named alone."""
        return self.when or (self.demand and self.demand.buying)

    @property
    def asks(self) -> bool:
        """Whether the targets are asked for anything, so that there is a threat to give in to."""
        return self.when is not None or self.demand is not None

    @property
    def announced(self) -> bool:
        """Whether it is a threat; else it is done whatever anybody does."""
        return True

    @property
    def regime(self) -> str:
        """The regime of the oil market under which it is solved; "" for none."""
        return ""

    def describe(self) -> str:
        """The rule in words."""
        if self.buys is None:
            does = "; ".join(item.aimed(tuple(self.named)).describe() for item in self.templates)
            return f"unless {self.demand.words}: {does}" if self.demand else does
        then = "; ".join(item.describe() for item in self.templates)
        return f"whoever {self.buys.describe()}: {then}"


def _two_sided(item: Instrument) -> bool:
    """Whether "target" stands on both sides."""
    return len(item.sides) == 2 and all(TARGET in side for side in item.sides)
