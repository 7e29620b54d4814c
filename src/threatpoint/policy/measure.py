"""Measure: a policy that is carried out, read as a rule that asks nobody for anything.

So a plain set of instruments has senders and targets, as a threat has, and can be shown like one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from threatpoint.errors import PolicyError
from threatpoint.policy.aim import side_codes
from threatpoint.policy.policy import Policy
from threatpoint.policy.rules import Rule
from threatpoint.policy.scope import member_codes
from threatpoint.world.places import code_of

if TYPE_CHECKING:
    from threatpoint.policy.instruments import Instrument
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class Measure(Rule):
    """Instruments that are carried out whatever anybody does.

    Its senders are who acts, its targets whom that hits. Who does both in turn, as where two tax
    each other, is what the first instrument makes of it.

    Attributes:
        opec: what owners of idle oil capacity do, a key of `oil.inputs.OPEC`; "" where the
            policy leaves the oil market alone.
    """

    opec: str = ""

    @classmethod
    def of(cls, policy: Policy, economy: Economy, name: str = "policy", opec: str = "") -> Self:
        """The measure of a policy.

        Raises:
            PolicyError: it cannot be applied to this economy; nobody is hit but those who act.
        """
        policy.wedges(economy)
        roles = _roles(policy.items, economy)
        senders = tuple(code for code in economy.countries if roles.get(code) == "sender")
        hit = tuple(code for code in economy.countries if roles.get(code) == "target")
        if not senders or not hit:
            raise PolicyError(
                f"{policy.describe()}: the same economies act and are hit, so that nobody can be "
                "told apart; name who acts on one side and who is hit on the other"
            )
        words = [word for item in policy.items for side in item.sides for word in side]
        return cls(
            _as_written(senders, words, economy),
            None,
            policy.items,
            _as_written(hit, words, economy),
            name=name,
            opec=opec,
        )

    @property
    def announced(self) -> bool:
        """It is done, not announced."""
        return False

    @property
    def regime(self) -> str:
        """Of the oil market."""
        return self.opec

    def parties(self, economy: Economy) -> dict[str, tuple[str, ...]]:
        """Who is hit, as written: a group that is named stands for its members as one."""
        return {word: member_codes(economy, [word]) for word in self.named}

    def carriers(self, economy: Economy) -> tuple[str, ...]:
        """Codes of all who act."""
        return member_codes(economy, self.senders)

    def policy(
        self,
        economy: Economy,
        actions: Mapping[str, bool] | None = None,
        retaliating: Iterable[str] = (),
    ) -> Policy:
        """All of it; nobody has anything to decide.

        Raises:
            PolicyError: actions or retaliation are given.
        """
        if actions or tuple(retaliating):
            raise PolicyError(f"{self.title} asks nobody for anything; there is nothing to decide")
        return Policy(self.templates, self.name)

    def bystanders(self, economy: Economy) -> tuple[str, ...]:
        """Nobody: whoever is hit is a target."""
        return ()


def hit_back(policy: Policy, economy: Economy, senders: Iterable[str]) -> tuple[str, ...]:
    """Codes of who, no sender, does something to a sender inside a policy."""
    found: dict[str, None] = {}
    for item in policy.items:
        acting, hit = _acting_and_hit(item, economy) if item.actor else ((), ())
        if {*hit} & {*senders}:
            found |= dict.fromkeys(code for code in acting if code not in {*senders})
    return tuple(found)


def _roles(items: Iterable[Instrument], economy: Economy) -> dict[str, str]:
    """Code and the first role that it has; the smaller side of an instrument goes first."""
    found: dict[str, str] = {}
    for item in items:
        acting, hit = _acting_and_hit(item, economy)
        for codes, role in sorted(((acting, "sender"), (hit, "target")), key=lambda x: len(x[0])):
            found |= {code: role for code in codes if code not in found}
    return found


def _acting_and_hit(item: Instrument, economy: Economy) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes of who acts and of who is hit; everybody else where it has one side."""
    sides = side_codes(item, economy)
    first, second = (*item.side_names, "")[:2]
    if second not in sides:
        sides[second] = tuple(code for code in economy.countries if code not in sides[first])
    acts = item.actor or second  # nobody acts: the first side is what it is about
    return sides[acts], sides[first if acts == second else second]


def _as_written(codes: tuple[str, ...], words: Iterable[str], economy: Economy) -> tuple[str, ...]:
    """Codes with the groups that were written in place of their members."""
    left, found = dict.fromkeys(codes), list[str]()
    for word in dict.fromkeys(code_of(word, economy) for word in words):
        members = economy.groups.get(word or "", ())
        if word and members and set(members) <= set(left):
            found.append(word)
            left = {code: None for code in left if code not in members}
    return tuple(sorted((*found, *left), key=lambda w: _first(w, economy)))


def _first(word: str, economy: Economy) -> int:
    """Place of a country, or of the first of a group."""
    return min(economy.country(code) for code in economy.groups.get(word, (word,)))
