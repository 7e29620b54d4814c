"""The question of a threat: everything that decides its worlds but the profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint.errors import PolicyError, WorldError, require_label
from threatpoint.policy.aim import says_target
from threatpoint.policy.targets import unions_of
from threatpoint.strategy.fingerprint import fingerprint
from threatpoint.strategy.game import COMPLY, DEFY, PUNISHED, RETALIATES, letters
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.policy import Policy, ProfileMove, Rule
    from threatpoint.strategy.terms import Terms
    from threatpoint.world.economy import Economy

MOVES: dict[str, ProfileMove] = {
    COMPLY: "comply",
    DEFY: "defy",
    PUNISHED: "punished",
    RETALIATES: "retaliates",
}
"""Letters of a profile as the moves of a rule."""


@dataclass(frozen=True, eq=False)
class Question(Shown):
    """What is solved: everything that decides a world but the profile.

    Attributes:
        economy, rule, horizon, deficits: as for `solve`; the rule says how the punished retaliate.
        senders: codes whose income is the sender's.
        solver: other arguments of `solve`.
    """

    economy: Economy
    rule: Rule
    horizon: str = "long"
    deficits: str = "fixed"
    senders: tuple[str, ...] = ()
    solver: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def letters(self) -> str:
        """The letters a target's fate can have."""
        return letters(bool(self.rule.retaliations))

    def require_demand(self) -> None:
        """Refuse a rule that asks for nothing.

        Raises:
            PolicyError: there is no threat to give in to.
        """
        if not self.rule.asks:
            raise PolicyError(
                f"{self.rule.title} asks nobody to stop anything (it has no `when`): "
                "there is no threat to give in to; say in `when` what is bought (`buys`, `from`) "
                "or what else is demanded (`demand`). What carrying it out costs is told by "
                "`threatpoint brief FILE`, or in Python by `threatpoint.solve(economy, rule)`"
            )

    def require_terms(self, terms: Terms) -> None:
        """Refuse political terms of somebody who is no target, or of revenue that nobody computes.

        Raises:
            PolicyError: with the nearest target's name; a weight where the demand is no trade.
        """
        terms.require_parties(tuple(self.parties))
        if self.rule.when is None and terms.value("weight"):
            raise PolicyError(
                "weight has no effect: what a seller earns is not computed where the demand is no "
                "trade of the table; leave it out"
            )

    @cached_property
    def parties(self) -> dict[str, tuple[str, ...]]:
        """Who decides -> its members; the largest buyer first."""
        return self.rule.parties(self.economy)

    @cached_property
    def sender(self) -> str:
        """The senders as one name; a customs union by its own: 'USA+EU'."""
        unions = unions_of(self.economy, self.rule.unions)
        home = {code: name for name, members in unions.items() for code in members}
        return "+".join(dict.fromkeys(home.get(code, code) for code in self.senders))

    @cached_property
    def mark(self) -> str:
        """Fingerprint of economy, templates, horizon, closure and solver options."""
        self.require_demand()
        rule, action, known = self.rule, self.rule.when, self.economy.elasticities
        require_label("horizon", self.horizon, known, WorldError)
        return fingerprint(
            self.economy,
            known[self.horizon],
            rule.templates,
            () if action is None else (action.goods, action.seller),
            rule.retaliations,
            self._named_apart,
            self.deficits,
            dict(self.solver),
        )

    @property
    def _named_apart(self) -> tuple[str, ...]:
        """All targets, where an instrument names whom it hits: a target only if it is punished."""
        if all(map(says_target, (*self.rule.templates, *self.rule.retaliations))):
            return ()
        return tuple(sorted(code for members in self.parties.values() for code in members))

    def key(self, profile: str) -> str:
        """A profile by the members' fates, whatever the list of targets it belongs to.

        Who complies with a demand that is no trade trades as before.
        """
        quiet = DEFY if self.rule.when is not None else DEFY + COMPLY
        fates = [
            f"{letter}:{'+'.join(members)}"
            for letter, members in zip(profile, self.parties.values(), strict=True)
            if letter not in quiet
        ]
        return " ".join(sorted(fates)) or "baseline"

    def policy(self, profile: str) -> Policy:
        """What a profile does to trade."""
        fates = dict(zip(self.parties, profile, strict=True))
        return self.rule.profile_policy(self.economy, {p: MOVES[x] for p, x in fates.items()})
