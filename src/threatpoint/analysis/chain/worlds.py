"""Worlds of the draws: what every act does to everybody, in each draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from threatpoint.oil.solve import oil_outcome
from threatpoint.policy.kept import Kept
from threatpoint.strategy.worlds import in_usd_bn
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.analysis.chain.asked import ChainAsked
    from threatpoint.array_types import Array, Mask
    from threatpoint.equilibrium import Solution
    from threatpoint.world.economy import Economy

SOLVED = "converged"
MOST_KNOWN = 512
"""Acts at the centre kept for one economy."""
NAMES = ("real_income_percent", "real_income_money", "crude_price_percent", "crude_receipts")
"""Variables of the store that are read here."""


_KNOWN: Kept[Any] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Worlds(Shown):
    """Arrays over draws (K), acts (A) and countries (N); NaN where there is no equilibrium.

    Attributes:
        economy: labels and money unit.
        acts: keys of the acts.
        drawn: False where every draw has the worlds of the centre: nothing of trade was drawn.
        percent, money: (K, A, N) change in real income, %, and in the economy's money a year.
        price: (K, A) change in the world price of crude, %.
        receipts: (K, A) change in what the seller of crude earns, USD bn a month.
        reasons: why an act has no equilibrium in some draws -> in how many.
        evaluations: of the fixed-point map, over all solves.
        solves: equilibria asked for.
    """

    economy: Economy
    acts: tuple[str, ...]
    drawn: bool
    percent: Array
    money: Array
    price: Array
    receipts: Array
    reasons: Mapping[str, int]
    evaluations: int = 0
    solves: int = 0

    def __contains__(self, key: str) -> bool:
        return key in self.acts

    def solved(self, keys: Iterable[str]) -> Mask:
        """(K,) whether every one of some acts has an equilibrium."""
        places = [self.at(key) for key in keys]
        return np.asarray(~np.isnan(self.money[:, places]).any(axis=(1, 2)))

    def at(self, key: str) -> int:
        """Place of an act."""
        return self.acts.index(key)

    def usd_bn(self, key: str, codes: Sequence[str]) -> Array:
        """(K,) change in real income of some economies together, USD bn a year."""
        places = [self.economy.country(code) for code in codes]
        return in_usd_bn(1.0, self.economy) * self.money[:, self.at(key), places].sum(axis=1)

    def percent_of(self, key: str, codes: Sequence[str]) -> Array:
        """(K,) change in real income of some economies as one, %."""
        places = [self.economy.country(code) for code in codes]
        if len(places) == 1:
            return self.percent[:, self.at(key), places[0]]
        spent = self.economy.final_expenditure[places].sum()
        return 100.0 * self.money[:, self.at(key), places].sum(axis=1) / spent


def from_centre(asked: ChainAsked, draws: int) -> Worlds:
    """The worlds of the table and the set themselves, the same in each draw."""
    rows = list(_centres(asked).values())
    columns = [np.array([row.numbers[n] for row in rows]) for n in range(4)]
    percent, money, price, receipts = (np.broadcast_to(x, (draws, *x.shape)) for x in columns)
    lost = Counter(row.lost for row in rows if row.lost)
    work = sum(row.evaluations for row in rows)
    about = asked.economy, tuple(asked.acts), False
    return Worlds(*about, percent, money, price, receipts, lost, work, len(rows))


class Centre(NamedTuple):
    """What an act does at the table itself: its numbers, why there are none, work."""

    numbers: tuple[Array, Array, float, float]
    lost: str
    evaluations: int


def _centres(asked: ChainAsked) -> dict[str, Centre]:
    """Key -> what each act does; what the same act did before is not solved again."""
    known = _KNOWN.setdefault(asked.economy, {})
    about = asked.horizon, asked.deficits
    keys = {key: (*about, act.regime, act.policy) for key, act in asked.acts.items()}
    found = {key: known[keys[key]] for key in asked.acts if keys[key] in known}
    missing = {key: act for key, act in asked.acts.items() if key not in found}
    for key, solution in asked.at_centre(missing).items():
        numbers, status = _numbers(solution, len(asked.economy.countries)), solution.status
        lost = "" if status.converged else status.message
        found[key] = Centre(numbers, lost, status.evaluations)
    if len(known) > MOST_KNOWN:
        known.clear()
    known |= {keys[key]: row for key, row in found.items()}
    return {key: found[key] for key in asked.acts}


def _numbers(found: Solution, countries: int) -> tuple[Array, Array, float, float]:
    if not found.status.converged:
        nothing = np.full(countries, np.nan)
        return nothing, nothing, np.nan, np.nan
    market = oil_outcome(found)
    price, receipts = (np.nan, np.nan) if market is None else (
        market.world_price_percent, market.revenue_change
    )  # fmt: skip
    return found.welfare.percent, found.welfare.usd, price, receipts


def from_arrays(asked: ChainAsked, arrays: Mapping[str, Array]) -> Worlds:
    """The worlds of draws that were solved; `arrays`: the variables of the store."""
    status, reason = np.asarray(arrays["status"]), np.asarray(arrays["reason"])
    lost = Counter(reason[status != SOLVED].tolist())
    percent, money, price, receipts = (np.asarray(arrays[name]) for name in NAMES)
    work = int(np.asarray(arrays["evaluations"]).sum())
    about = asked.economy, tuple(asked.acts), True
    return Worlds(*about, percent, money, price, receipts, lost, work, status.size)
