"""The threat game as numbers: payoffs in, answers out. Nothing here knows an economy.

A profile is one letter per target: C complies, D defies and is spared, P defies and is punished,
R is punished and retaliates. So "CPD" is: the first complies, the second is punished, the third
defies and is spared.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any, TypeVar

from threatpoint.errors import PolicyError, unknown
from threatpoint.quantity import Quantity
from threatpoint.strategy.terms import NOTHING
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.strategy.terms import Terms

Answer = TypeVar("Answer")

COMPLY, DEFY, PUNISHED, RETALIATES = "CDPR"
WORDS = {
    COMPLY: "complies",
    DEFY: "defies, is spared",
    PUNISHED: "defies, is punished",
    RETALIATES: "is punished, retaliates",
}


@dataclass(frozen=True)
class Payoff:
    """What a profile is worth before political terms; money in one unit, USD bn per year.

    Attributes:
        sender: dW_S, change in real income of the sender (of all members of a coalition).
        targets: dW_i, one per target.
        revenue_lost: by the seller, against the baseline.
    """

    sender: float
    targets: tuple[float, ...]
    revenue_lost: float = 0.0


@dataclass(frozen=True)
class Game(Shown):
    """A threat game.

    Stages: the sender threatens or not; the targets comply or defy; the sender picks whom of the
    defiers it punishes; where `retaliation`, each of the punished retaliates or not. Without a
    threat everybody goes on as in the baseline and all payoffs are 0.

    Attributes:
        targets: names, in the order of the letters of a profile.
        payoffs: profile -> payoff. Every profile must be here or in `missing`.
        terms: the political terms.
        missing: profile -> why it has no payoff.
        retaliation: whether the letter R exists.
        sender: name of the sender, for results.
        costs: target -> what complying costs it beyond trade, where the demand is no trade.
        unpriced: targets of which nobody says what complying would cost.
        partial: only some profiles were solved; the others count as missing.

    Raises:
        PolicyError: no or repeated targets; profiles left out, of wrong length or letters.
    """

    targets: tuple[str, ...]
    payoffs: Mapping[str, Payoff]
    terms: Terms
    missing: Mapping[str, str] = field(default_factory=dict[str, str])
    retaliation: bool = False
    sender: str = "sender"
    costs: Mapping[str, Quantity] = field(default_factory=dict[str, Quantity])
    unpriced: tuple[str, ...] = ()
    partial: bool = False

    def __post_init__(self) -> None:
        if not self.targets or len(set(self.targets)) < len(self.targets):
            raise PolicyError(f"a threat game needs targets, each once; given {self.targets}")
        self.terms.require_parties(self.targets)
        given = {*self.payoffs, *self.missing}
        wanted = given if self.partial else set(self.profiles())
        wrong = sorted(wanted ^ given)
        if wrong:
            have = "missing" if wrong[0] in wanted else "unknown"
            raise PolicyError(
                f"{len(wanted)} profiles are needed, {len(given)} are given; {wrong[0]!r} is {have}"
            )
        short = [p for p, pay in self.payoffs.items() if len(pay.targets) != len(self.targets)]
        if short:
            raise PolicyError(f"profile {short[0]!r} needs {len(self.targets)} target payoffs")

    @property
    def letters(self) -> str:
        """The letters a target's fate can have."""
        return letters(self.retaliation)

    def everybody(self, letter: str) -> str:
        """The profile in which every target has the same fate."""
        return letter * len(self.targets)

    def profiles(self) -> Iterator[str]:
        """All profiles, 3^k or 4^k."""
        return all_profiles(len(self.targets), self.retaliation)

    def position(self, target: str) -> int:
        """Place of a target's letter; raises `PolicyError` with the nearest name."""
        if target not in self.targets:
            raise PolicyError(unknown("target", target, self.targets))
        return self.targets.index(target)

    def payoff(self, profile: str) -> Payoff:
        """The payoff of a profile.

        Raises:
            NoWorld: it has no equilibrium; carries the reason.
        """
        found = self.payoffs.get(profile)
        if found is None:
            raise NoWorld.of(profile, self.missing.get(profile, "not a profile of this game"))
        return found

    def sender_utility(self, profile: str) -> float:
        """u_S = dW_S + weight * revenue lost - sum over spared defiers kappa_i."""
        pay = self.payoff(profile)
        spared = sum(
            self.terms.value("kappa", target)
            for target, letter in zip(self.targets, profile, strict=True)
            if letter == DEFY
        )
        return pay.sender + self.terms.value("weight") * pay.revenue_lost - spared

    def target_utility(self, profile: str, i: int) -> float:
        """u_i = dW_i - (phi_i + cost_i) 1{complies} + psi_i 1{punished}."""
        name, letter = self.targets[i], profile[i]
        phi = self.terms.value("phi", name) if letter == COMPLY else 0.0
        if letter == COMPLY and (self.costs or self.unpriced):  # asked millions of times
            phi += self.cost(i).value
        psi = self.terms.value("psi", name) if letter in (PUNISHED, RETALIATES) else 0.0
        return self.payoff(profile).targets[i] - phi + psi

    def income(self, profile: str, i: int) -> float:
        """dW_i less what complying costs the i-th target beyond trade; NaN where nobody says."""
        beyond = or_nan(lambda: self.cost(i).value) if profile[i] == COMPLY else 0.0
        return self.payoff(profile).targets[i] - beyond

    def cost(self, i: int) -> Quantity:
        """What complying costs the i-th target beyond trade; 0 where the demand is about trade.

        Raises:
            NoCost: nobody says.
        """
        name = self.targets[i]
        if name in self.unpriced:
            raise NoCost(name)
        return self.costs.get(name, NOTHING)


class NoWorld(PolicyError):  # noqa: N818 - a profile without a world is a finding, not a fault
    """An answer needs a profile that has no equilibrium."""

    @classmethod
    def of(cls, profile: str, reason: str) -> NoWorld:
        """That of a profile."""
        return cls(f"profile {profile} has no equilibrium: {reason}")


def answered(none: Answer, step: Callable[..., Answer], *args: Any) -> tuple[Answer, str]:
    """What a step gives and "", or `none` and why: it needs a profile without an equilibrium."""
    try:
        return step(*args), ""
    except NoWorld as error:
        return none, str(error)


def or_nan(step: Callable[..., float], *args: Any) -> float:
    """What a step gives, NaN where it needs a profile that has no equilibrium."""
    return answered(math.nan, step, *args)[0]


class NoCost(NoWorld):
    """An answer needs what complying costs a target, and nobody says."""

    def __init__(self, target: str) -> None:
        words = "is not given; give `cost` under [threats.NAME.when]"
        super().__init__(f"what complying costs {target} {words}")


def letters(retaliation: bool) -> str:
    """The letters a target's fate can have."""
    return COMPLY + DEFY + PUNISHED + RETALIATES * retaliation


def words_of(letters: str, k: int) -> Iterator[str]:
    """Every word of k of the letters, the last letter changing first."""
    return map("".join, product(letters, repeat=k))


def all_profiles(k: int, retaliation: bool = False) -> Iterator[str]:
    """Every profile of k targets, as words of letters."""
    return words_of(letters(retaliation), k)


def put(profile: str, i: int, letter: str) -> str:
    """The profile with the i-th letter replaced."""
    return profile[:i] + letter + profile[i + 1 :]


def spell(profile: str, targets: tuple[str, ...]) -> str:
    """A profile in words: 'CHN defies, is spared; IND complies'."""
    return "; ".join(f"{t} {WORDS[x]}" for t, x in zip(targets, profile, strict=True))
