"""Solve a world whose crude trades in a market of its own: the market decides, the world follows.

One pass: the market clears at unchanged incomes, the world is solved with its prices and flows,
and the market clears once more with the incomes found, which move what is refined. A second pass
would move the price by a thousandth of its change.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint import equilibrium
from threatpoint.equilibrium.door import wedges_of
from threatpoint.equilibrium.horizon import elasticities_for
from threatpoint.equilibrium.members import members_of
from threatpoint.equilibrium.solutions import Solutions
from threatpoint.errors import PolicyError, require_label
from threatpoint.oil.inputs import OPEC
from threatpoint.oil.outcome import OilOutcome
from threatpoint.oil.setting import GOOD, require_setting, setting_of
from threatpoint.oil.task import Task
from threatpoint.words import HORIZONS

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium import Solution
    from threatpoint.oil.setting import Setting
    from threatpoint.policy.wedges import Wedges
    from threatpoint.words import Closure, Horizon, Opec
    from threatpoint.world.economy import Economy

DEFAULT = "hold"
"""What owners of idle capacity do where nobody says; what each choice earns them is printed."""

ONE = 0
"""Label of the one member of `solve`."""

LEAST = 1e-3
"""Least real income over the baseline's that the market is told."""

USED = ("refusal", "swap", "middlemen")
"""Numbers that an act needs besides the market's."""

Values = Mapping[str, Any]


def solve(
    economy: Economy,
    policy: Any = None,
    *,
    elasticities: Any = None,
    horizon: Horizon = "long",
    deficits: Closure = "fixed",
    start: Solution | None = None,
    throw: bool = True,
    opec: Opec = "",
    values: Values | None = None,
    given: Any = None,
    **how: Any,
) -> Solution:
    """Counterfactual equilibrium of an economy under a policy, its crude in barrels.

    Args:
        economy: as `equilibrium.solve`.
        policy: the same.
        elasticities: the same.
        horizon: the same.
        deficits: the same.
        start: the same.
        throw: the same.
        opec: what owners of idle capacity do, a key of `OPEC`; "": the market is solved only where
            the policy touches it, and they hold.
        values: numbers of the crude market in place of the central priors, by key.
        given: a sector's prices and flows from elsewhere; the market is then left alone.
        how: other arguments of `equilibrium.solve`.

    Raises: as `equilibrium.solve`.

    Example:
        >>> world = tp.load_world()
        >>> solution = tp.solve(world, tp.CutOff("USA", "CHN"))
        >>> [round(float(solution.welfare.percent[world.country(c)]), 2) for c in ("USA", "CHN")]
        [-0.6, -0.62]
    """
    wedges, asked = wedges_of(economy, policy), _is_asked(economy, opec, values, given)
    _require_market(economy, wedges)
    market = setting_of(economy) if given is None else None
    same: dict[str, Any] = {"elasticities": elasticities, "horizon": horizon, "throw": throw}
    same |= {"deficits": deficits, **how}
    if market is None or not _is_linked(market, wedges, asked):
        return equilibrium.solve(economy, wedges, start=start, given=given, **same)
    at: dict[Hashable, str] = {
        ONE: _horizon(elasticities_for(economy, horizon, elasticities).horizon)
    }
    task = Task(economy, market, {ONE: wedges}, at, {ONE: values}, opec or DEFAULT)
    rest = task.for_trade[ONE]
    first = equilibrium.solve(economy, rest, start=start, given=task.given()[ONE], **same)
    incomes = real_incomes(first)
    return equilibrium.solve(economy, rest, start=first, given=task.given(incomes)[ONE], **same)


def solve_many(
    economy: Economy,
    policies: Any = None,
    *,
    elasticities: Any = None,
    starts: Any = None,
    horizon: Horizon = "long",
    deficits: Closure = "fixed",
    opec: Opec = "",
    values: Values | None = None,
    incomes: Array | None = None,
    **how: Any,
) -> Solutions:
    """Counterfactual equilibria under many policies, elasticities or starts, crude in barrels.

    Args:
        economy: as `equilibrium.solve_many`.
        policies: the same.
        elasticities: the same.
        starts: the same.
        horizon: the same.
        deficits: the same.
        opec: as `solve`.
        values: numbers of the crude market by key, each one number or one a member; None: the
            central priors of each member's horizon.
        incomes: (N,) real incomes over the baseline's that move what is refined, where they are
            known already; the world is then solved once.
        how: other arguments of `equilibrium.solve_many`.

    Raises: as `equilibrium.solve_many`.

    Example:
        >>> world = tp.load_world()
        >>> cuts = {left: tp.CutOff("USA", "CHN", enforcement=1 - left) for left in (0.0, 0.5)}
        >>> many, us = tp.solve_many(world, cuts), world.country("USA")
        >>> [round(float(found.welfare.percent[us]), 2) for found in many.values()]
        [-0.6, -0.28]
    """
    about, how = _is_asked(economy, opec, values), {"deficits": deficits, **how}
    lists = {"policies": policies, "elasticities": elasticities, "starts": starts}
    members = members_of(lists)
    wedges = _wedges(economy, members)
    market = setting_of(economy)
    linked = [k for k in members if market is not None and _is_linked(market, wedges[k], about)]
    for each in wedges.values():
        _require_market(economy, each)
    if market is None or not linked:
        same = {"elasticities": elasticities, "starts": starts, "horizon": horizon}
        return equilibrium.solve_many(economy, wedges, **_labelled(members, same), **how)
    sets = {
        k: elasticities_for(economy, horizon, one["elasticities"]) for k, one in members.items()
    }
    horizons = {k: _horizon(sets[k].horizon) for k in linked}
    numbers = _numbers(values, list(members))
    task = Task(economy, market, {k: wedges[k] for k in linked}, horizons, numbers, opec or DEFAULT)
    asked = _Asked(economy, {**wedges, **task.for_trade}, sets, horizon, how)
    if incomes is not None:
        known = np.broadcast_to(incomes, (len(members), len(economy.countries)))
        rows = [d for d, k in enumerate(members) if k in task.wedges]
        return asked.solved(task.given(known[rows]), _starts(members))
    first = asked.solved(task.given(), _starts(members))
    return asked.solved(task.given(_incomes(first, linked)), dict(first))


def _is_asked(economy: Economy, opec: str, values: Values | None, given: Any = None) -> bool:
    """Whether the market is asked for, touched or not.

    Raises:
        PolicyError: an unknown regime; a market that the economy does not have, or whose sector is
            given from elsewhere, so that what is asked of it would have no effect.
    """
    if opec:
        require_label("regime of OPEC", opec, OPEC, PolicyError)
    if not opec and values is None:
        return False
    if given is not None:
        raise PolicyError("`given` leaves the market of crude alone; leave out `opec` and `values`")
    require_setting(economy)
    return True


def _is_linked(market: Setting, wedges: Wedges, asked: bool) -> bool:
    """Whether the market is solved: where a policy touches it, or it is asked for and has an
    answer.
    """
    return market.touched(wedges) or (asked and not market.shut(wedges))


def real_incomes(found: Solution) -> Array:
    """(N,) real incomes over the baseline's; 1 where there is no equilibrium."""
    change = found.welfare.percent / 100.0
    return np.where(np.isfinite(change), np.maximum(1.0 + change, LEAST), 1.0)


def _horizon(name: str) -> str:
    """The horizon of crude's priors for a set of elasticities: that of its first word, else long.

    Other sets of the table ("printed", "published-low") are of trade alone, and long.
    """
    first = name.partition("-")[0]
    return first if first in HORIZONS else "long"


def _wedges(
    economy: Economy, members: Mapping[Hashable, Mapping[str, Any]]
) -> dict[Hashable, Wedges]:
    """Label -> what its policy does; one policy for all is composed once."""
    known: dict[int, Wedges] = {}
    for one in members.values():
        policy = one["policies"]
        if id(policy) not in known:
            known[id(policy)] = wedges_of(economy, policy)
    return {label: known[id(one["policies"])] for label, one in members.items()}


def _require_market(economy: Economy, wedges: Wedges) -> None:
    """Refuse acts on a market that the table does not have, or that is not solved here."""
    for act in wedges.acts:
        if act.good != GOOD:
            raise PolicyError(f"no market of {act.good} is solved in barrels, only that of {GOOD}")
        require_setting(economy, act.good)


def _labelled(
    members: Mapping[Hashable, Mapping[str, Any]], same: Mapping[str, Any]
) -> dict[str, Any]:
    """Arguments by label, those that are lists."""
    found = {"horizon": same["horizon"]}
    for name in ("elasticities", "starts"):
        found[name] = {label: one[name] for label, one in members.items()}
    return found


def _starts(members: Mapping[Hashable, Mapping[str, Any]]) -> dict[Hashable, Any]:
    return {label: one["starts"] for label, one in members.items()}


def _numbers(values: Values | None, labels: Sequence[Hashable]) -> dict[Hashable, Values | None]:
    """Label -> the numbers of the member, None where none are given."""
    if values is None:
        return dict.fromkeys(labels)
    whole = {key: np.broadcast_to(x, (len(labels),)).tolist() for key, x in values.items()}
    return {label: {key: x[k] for key, x in whole.items()} for k, label in enumerate(labels)}


def _incomes(found: Mapping[Any, Solution], labels: Sequence[Hashable]) -> Array:
    """(D, N) real incomes over the baseline's."""
    return np.array([real_incomes(found[label]) for label in labels])


@dataclass(frozen=True, eq=False)
class _Asked:
    """What the equilibrium is asked besides the market."""

    economy: Economy
    wedges: Mapping[Hashable, Wedges]
    sets: Mapping[Hashable, Any]
    horizon: str
    how: Mapping[str, Any]

    def solved(self, given: Mapping[Hashable, Any], starts: Mapping[Hashable, Any]) -> Solutions:
        """The worlds with what the market gives them."""
        return equilibrium.solve_many(
            self.economy,
            dict(self.wedges),
            elasticities=dict(self.sets),
            starts=dict(starts),
            given={label: given.get(label) for label in self.wedges},
            horizon=self.horizon,
            **self.how,
        )


def oil_outcome(solution: Solution, good: str = GOOD) -> OilOutcome | None:
    """The market of a solution; None where it was left alone.

    Example:
        >>> found = tp.solve(tp.load_world(), tp.StopBuying("IND", "RUS", "crude"), horizon="short")
        >>> market = tp.oil_outcome(found)
        >>> round(market.world_price_percent, 1), round(market.revenue_change, 1)
        (1.5, -2.2)
    """
    market = None if solution.given is None else solution.given.market
    return market if isinstance(market, OilOutcome) and market.good == good else None
