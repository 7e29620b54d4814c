"""How sure one can be of a market: each published pair of elasticities, draws of all priors, and
which of these carry the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.oil.cleared import baseline
from threatpoint.oil.clearing import clear
from threatpoint.oil.done import with_policy
from threatpoint.oil.inputs import market_of_day
from threatpoint.oil.outcome import OilOutcome
from threatpoint.oil.pairs import ELASTICITIES, PAIR
from threatpoint.oil.priors import Priors, priors_of
from threatpoint.spread import carried_by
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.oil.setting import Setting
    from threatpoint.policy.wedges import Wedges

DRAWS, SEED = 1024, 0
ENDS = (5.0, 95.0)
"""Percent of the draws below each end of a range."""


@dataclass(frozen=True, eq=False)
class Drawn(Shown):
    """One policy under every published pair, and in draws of all priors.

    Attributes:
        priors: of the horizon.
        pairs: name of a pair -> the market with it, all else at its centre.
        draws: the market in D draws.
        values: key -> (D,) what was drawn.
    """

    priors: Priors
    pairs: Mapping[str, OilOutcome]
    draws: OilOutcome
    values: Mapping[str, Array]

    def range(self, name: str) -> tuple[float, float]:
        """5 and 95 % of a number over the draws.

        NaN where some draw has none, such as a price of no exports.
        """
        low, high = np.percentile(self.number(name), ENDS)
        return float(low), float(high)

    def number(self, name: str) -> Array:
        """(D,) a number of `outcome.measured`."""
        return self.draws.numbers[name][1]

    def carries(self, name: str) -> dict[str, float]:
        """Key of a prior -> part of the variance that it alone carries, the most first.

        See `spread.carried_by`. The elasticities count as one: they are drawn in pairs.
        """
        found = self.number(name)
        if not np.isfinite(found).all():
            return {}
        about = {key: x for key, x in self.values.items() if key not in (*ELASTICITIES, PAIR)}
        varied = {key: x for key, x in about.items() if np.ptp(x) > 0}
        return carried_by(varied | {PAIR: self.values["e_d"] + self.values["e_s"]}, found)


def drawn(
    setting: Setting,
    wedges: Wedges,
    horizon: str,
    opec: str,
    income: Array | None = None,
    count: int = DRAWS,
    seed: int = SEED,
) -> Drawn:
    """The market of a policy under every pair and in draws.

    Args:
        setting: the market of an economy.
        wedges: the policy.
        horizon: whose priors.
        opec: a key of `inputs.OPEC`.
        income: (N,) real incomes over the baseline's, as the world's equilibrium found them at the
            centre; None: unchanged.
        count: number of draws.
        seed: of the draws.

    Raises:
        WorldError: a draw whose barrels no price balances; none is dropped.
    """
    priors = priors_of(horizon, setting.outlets.base)
    names = [pair.name for pair in priors.pairs]
    each = [priors.at(name) for name in names]
    stacked = {key: np.array([one[key] for one in each]) for key in each[0]}
    by_pair = _cleared(setting, wedges, stacked, horizon, opec, income)
    values = priors.draw(count, seed)
    many = _cleared(setting, wedges, values, horizon, opec, income)
    return Drawn(priors, {name: by_pair.of(k) for k, name in enumerate(names)}, many, values)


def under(
    setting: Setting, wedges: Wedges, horizon: str, opec: str, income: Array | None = None
) -> OilOutcome:
    """The market of a policy at the central priors, whatever owners of idle capacity do.

    Arguments as of `drawn`; raises `WorldError` where no price balances the barrels.
    """
    central = priors_of(horizon, setting.outlets.base).central
    values = {key: np.array([value]) for key, value in central.items()}
    return _cleared(setting, wedges, values, horizon, opec, income)


def _cleared(
    setting: Setting,
    wedges: Wedges,
    values: Mapping[str, Array],
    horizon: str,
    opec: str,
    income: Array | None,
) -> OilOutcome:
    outlets = setting.outlets
    plain = market_of_day(outlets, values, opec)
    done = with_policy(plain, outlets, wedges, values).at_incomes(
        outlets.use, 1.0 if income is None else income, values["income"]
    )
    return OilOutcome(baseline(plain), clear(done), outlets, horizon, opec)
