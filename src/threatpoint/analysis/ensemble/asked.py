"""What an ensemble is asked: a policy on an economy, at a horizon, for so many draws of a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from threatpoint import words
from threatpoint.analysis.ensemble.draws import draws_of, require_draws
from threatpoint.analysis.ensemble.inputs import inputs_of
from threatpoint.analysis.ensemble.sampled import (
    BLOCK,
    Labels,
    Sampled,
    country_labels,
    input_labels,
)
from threatpoint.analysis.ensemble.schema import ENSEMBLE, Schema
from threatpoint.analysis.ensemble.solve import block_of
from threatpoint.drawn_input import Input
from threatpoint.errors import ThreatpointError, require_type
from threatpoint.oil.solve import real_incomes, solve, solve_many
from threatpoint.policy.scope import member_codes
from threatpoint.strategy.fingerprint import fingerprint
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.analysis.ensemble.schema import Block
    from threatpoint.array_types import Array
    from threatpoint.policy import Policy
    from threatpoint.situation import Situation
    from threatpoint.words import Closure, Horizon
    from threatpoint.world.economy import Economy

MOST_SEED = 2**31 - 1
SENDER, TARGET = "sender", "target"


@dataclass(frozen=True, eq=False)
class Asked(Sampled, Shown, view="threatpoint.analysis.views:ASKED"):
    """What is solved.

    Attributes:
        economy: the baseline, with the set of elasticities that the draws are around.
        policy: what is done.
        parties: code of a country or group -> its members: who acts, then who is hit.
        roles: the same codes -> "sender" or "target".
        regime: of the oil market; "" for none.
        horizon, deficits: of the solver.
        draws, seed: how many Sobol points, and of which scramble.
    """

    economy: Economy
    policy: Policy
    parties: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, str]
    regime: str
    horizon: str
    deficits: str
    draws: int
    seed: int

    block: ClassVar[int] = BLOCK
    schema: ClassVar[Schema] = ENSEMBLE

    @cached_property
    def incomes(self) -> Array:
        """(N,) real incomes over the baseline's at the set itself: they move what is refined.

        Those of a draw are not waited for: they would move the price by a thousandth of its change.
        """
        given: dict[str, Any] = {"horizon": self.horizon, "deficits": self.deficits}
        found = solve(self.economy, self.policy, opec=self.regime, throw=False, **given)
        return real_incomes(found)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """What is drawn."""
        return inputs_of(self.economy, self.horizon, bool(self.regime))

    def solve(self, block: int) -> Block:
        """The arrays of a block, by name."""
        points, market = self.points(block), bool(self.regime)
        draws = draws_of(self.economy, self.horizon, points, market)
        given: dict[str, Any] = {"horizon": self.horizon, "deficits": self.deficits}
        if market:
            given |= {"values": draws.crude, "incomes": self.incomes}
        found = solve_many(
            self.economy, self.policy, elasticities=draws.sets, opec=self.regime, **given
        )
        return block_of(draws, found.values(), self.parties)

    @property
    def labels(self) -> Labels:
        """Coordinate -> its axis and its texts."""
        economy = self.economy
        names = [words.place(code, economy) for code in self.parties]
        sectors = [economy.sector_names.get(c, c) for c in economy.sectors]
        return {
            **country_labels(economy),
            "sector": ("sector", [*economy.sectors]),
            "sector_name": ("sector", sectors),
            "party": ("party", [*self.parties]),
            "party_name": ("party", names),
            "party_role": ("party", [self.roles[code] for code in self.parties]),
            "party_members": ("party", [" ".join(m) for m in self.parties.values()]),
            **input_labels(self.inputs),
        }

    @cached_property
    def identity(self) -> dict[str, Any]:
        """Everything that decides the numbers, by the words that a message calls it."""
        from threatpoint import __version__

        economy, drawn = self.economy, [(i.key, i.spread) for i in self.inputs]
        return {
            "version of threatpoint": __version__,
            "world": fingerprint(economy),
            "policy": self.policy.describe(),
            "policy in numbers": fingerprint(self.policy.wedges(economy), dict(self.parties)),
            "oil market": self.regime or "none",
            "horizon": self.horizon,
            "elasticities": fingerprint(economy.elasticities[self.horizon], drawn),
            "deficits": self.deficits,
            "draws": self.draws,
            "seed": self.seed,
        }


def ask(
    economy: Economy,
    situation: Situation,
    *,
    draws: int = 1024,
    seed: int = 0,
    horizon: Horizon = "short",
    deficits: Closure = "fixed",
) -> Asked:
    """What to solve: the main threat of a situation, carried out on all its targets.

    Args:
        economy: the baseline.
        situation: gives the threat; see `analysis.asked.situation_of` for a bare policy.
        draws: a power of 2.
        seed: of the scramble, 0 or more.
        horizon: a set of the economy's elasticities.
        deficits: closure.

    Raises:
        ThreatpointError: draws that are no power of 2, a bad seed, an unknown horizon or closure, a
            policy that cannot be applied.

    Example:
        >>> situation = tp.load_situation("ukraine-2025-03-31")
        >>> tp.ask(tp.load_world(), situation, draws=64).blocks
        2
    """
    from threatpoint.analysis.outcome import Plan  # a worker needs none of it

    require_draws(draws)
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MOST_SEED:
        raise ThreatpointError(f"--seed {seed!r} is not a whole number from 0 to {MOST_SEED:,}")
    rule = situation.policy
    plan = Plan.of(rule, economy)
    hit = {code: members for code, members in rule.parties(economy).items() if members}
    acts = {code: member_codes(economy, [code]) for code in rule.senders}
    asked = Asked(
        economy,
        plan.policy,
        {**acts, **hit},
        {**dict.fromkeys(hit, TARGET), **dict.fromkeys(acts, SENDER)},
        plan.regime,
        horizon,
        deficits,
        draws,
        seed,
    )
    require_type("horizon", horizon, str, ThreatpointError)
    _try(asked)
    return asked


def _try(asked: Asked) -> None:
    """Solve once at the set itself, so that what is asked wrongly is refused before the draws."""
    given: dict[str, Any] = {"horizon": asked.horizon, "deficits": asked.deficits}
    solve(asked.economy, asked.policy, opec=asked.regime, throw=False, **given)
