"""What an ensemble is asked: a policy on an economy, at a horizon, for so many draws of a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from threatpoint.analysis.ensemble.draws import require_draws, uniforms
from threatpoint.analysis.ensemble.inputs import Input, inputs_of
from threatpoint.errors import ThreatpointError, require_type
from threatpoint.oil.solve import real_incomes, solve
from threatpoint.policy.scope import member_codes
from threatpoint.strategy.fingerprint import fingerprint

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.policy import Policy
    from threatpoint.situation import Situation
    from threatpoint.world.economy import Economy

BLOCK = 32
"""Draws that are solved and written together. Their number alone decides where blocks begin."""
MOST_SEED = 2**31 - 1
SENDER, TARGET = "sender", "target"


@dataclass(frozen=True, eq=False)
class Asked:
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

    def __getstate__(self) -> dict[str, Any]:
        """The fields alone travel to a worker; what follows from them is made there."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

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

    @property
    def blocks(self) -> int:
        """How many blocks the draws are."""
        return -(-self.draws // BLOCK)

    def span(self, block: int) -> tuple[int, int]:
        """First draw of a block, and the draw behind its last."""
        return block * BLOCK, min(self.draws, (block + 1) * BLOCK)

    def points(self, block: int) -> Array:
        """(draws, inputs) scrambled Sobol numbers of a block."""
        begin, end = self.span(block)
        return uniforms(self.seed, len(self.inputs), begin, end - begin)

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
    horizon: str = "short",
    deficits: str = "fixed",
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
