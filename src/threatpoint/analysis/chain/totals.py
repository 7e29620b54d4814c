"""Total indices of the headlines: what part of the spread is left while all else is known.

Inputs of a group move together, so that groups are independent; which table is drawn is a group.
Two samples and, for each group, the first sample with that group from the second: Saltelli et al.
(2010), Computer Physics Communications 181, pp. 259-270, table 2, estimators (b) and (f), the
latter of Jansen (1999). What does not move a headline has indices of exactly 0. A group that moves
no world needs no new equilibrium. Indices are of the draws themselves: those of a headline that is
conditioned on what was seen are of its chance in each draw, not weighted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.chain.chain import Chain, Drawing, ask_chain, values_at
from threatpoint.analysis.chain.headlines import About, headlines
from threatpoint.analysis.chain.samples import SAME_TABLE, Plan
from threatpoint.analysis.ensemble.draws import require_draws
from threatpoint.errors import ThreatpointError
from threatpoint.strategy.terms import Terms

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.situation.model import Situation
    from threatpoint.world.economy import Economy

SAMPLES = 1000
"""Of the bootstrap, which draws the draws of a table together."""


@dataclass(frozen=True)
class Index:
    """What a group of inputs carries of a headline, parts of its variance.

    Attributes:
        headline: its key.
        group: of inputs.
        first: what it carries alone.
        total: what is left of the spread while all other groups are known.
        first_error, total_error: of sampling, by the bootstrap.
    """

    headline: str
    group: str
    first: float
    total: float
    first_error: float
    total_error: float


@dataclass(frozen=True, eq=False)
class Totals:
    """Indices of all headlines.

    Attributes:
        chain: all samples, one after the other.
        about: whom and what the headlines are about.
        size: draws of a sample.
        indices: by headline, the largest total first.
        lost: headline -> draws left out because some sample has no answer there.
        solves: equilibria asked for.
    """

    chain: Chain
    about: About
    size: int
    indices: tuple[Index, ...]
    lost: Mapping[str, int]
    solves: int


def require_size(size: int) -> None:
    """Refuse a sample that says nothing.

    Raises:
        ThreatpointError: fewer draws than two tables need, or no power of 2.
    """
    require_draws(size, "--totals")
    if size < 2 * SAME_TABLE:
        least = f"{2 * SAME_TABLE} is the least"
        raise ThreatpointError(f"--totals {size}: too few draws for total indices; {least}")


def solve_totals(
    situation: Situation,
    economy: Economy,
    drawing: Drawing,
    *,
    horizon: str = "short",
    deficits: str = "fixed",
    terms: Terms | None = None,
) -> Totals:
    """Total indices of the headlines of a situation.

    Args:
        situation: as of `solve_chain`.
        economy: as of `solve_chain`.
        drawing: `draws` are those of a sample, the store is one of its own. If it is quick, trade
            is not drawn.
        horizon: set of elasticities.
        deficits: closure of most draws.
        terms: political terms of the payoffs.

    Raises:
        ThreatpointError: fewer draws than two tables need; as `solve_chain`.
    """
    require_size(drawing.draws)
    how: dict[str, Any] = {"horizon": horizon, "deficits": deficits}
    size = {"draws": drawing.draws, "seed": drawing.seed}
    asked, threats, rooms = ask_chain(situation, economy, **size, **how)
    plan = Plan(asked, drawing.quick)
    worlds, values = plan.solve(drawing), values_at(asked.inputs, plan.points)
    whole = replace(asked, draws=len(plan.points))
    chain = Chain(situation, whole, threats, values, worlds, rooms.on(values), terms or Terms())
    solves = plan.worlds.draws * len(asked.acts) if worlds.drawn else 0
    return _told(chain, plan.names, drawing.draws, solves)


def _told(chain: Chain, names: Sequence[str], size: int, solves: int) -> Totals:
    """The indices of each headline."""
    about = About.of(chain)
    indices: list[Index] = []
    lost: dict[str, int] = {}
    for headline in headlines(chain, about):
        samples = headline.values.reshape(-1, size)
        known = ~np.isnan(samples.sum(axis=0))
        lost[headline.key] = int((~known).sum())
        found = list(_indices(headline.key, names, samples, known))
        indices += sorted(found, key=lambda index: -index.total)
    return Totals(chain, about, size, tuple(indices), lost, solves)


def _indices(key: str, names: Sequence[str], samples: Array, known: Mask) -> Iterator[Index]:
    """One a group; none where nothing varies."""
    if known.sum() < 2 or np.ptp(samples[:, known]) == 0.0:
        return
    tables = [rows[known[rows]] for rows in np.arange(samples.shape[1]).reshape(-1, SAME_TABLE)]
    tables = [rows for rows in tables if len(rows)]
    first, total = estimates(samples[:, np.concatenate(tables)])
    rng = np.random.default_rng(0)
    drawn = [
        estimates(samples[:, np.concatenate([tables[n] for n in pick])])
        for pick in rng.integers(0, len(tables), (SAMPLES, len(tables)))
    ]
    errors = np.nanstd(drawn, axis=0)
    for n, name in enumerate(names):
        each = float(first[n]), float(total[n]), float(errors[0, n]), float(errors[1, n])
        yield Index(key, name, *each)


def estimates(samples: Array) -> tuple[Array, Array]:
    """First-order and total indices.

    Args:
        samples: (2 + G, N) of a number: the first sample, the second, then for each of G groups the
            first with that group from the second.

    Returns:
        (G,) each; NaN where nothing varies.
    """
    first, second, mixed = samples[0], samples[1], samples[2:]
    variance = np.var(samples[:2])
    if variance == 0.0:
        nothing = np.full(len(mixed), np.nan)
        return nothing, nothing
    alone = ((second - second.mean()) * (mixed - first)).mean(axis=1) / variance
    return alone, ((first - mixed) ** 2).mean(axis=1) / (2.0 * variance)
