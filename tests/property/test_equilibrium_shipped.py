"""The shipped world under the dispatch's kind of shock satisfies the oracle's equations."""

import numpy as np
import pytest

from tests import oracle
from threatpoint.equilibrium import solve
from threatpoint.policy.wedges import Wedges
from threatpoint.world import load_world


def wedges(economy, kind):
    tariff, survival = economy.tariff.copy(), np.ones_like(economy.tariff)
    a, b = np.argsort(economy.gdp)[-2:]
    goods = [economy.sector(code) for code in economy.goods]
    if kind == "tariff 500 %":
        tariff[a, b], tariff[b, a] = 5.0, 5.0
    else:
        left = {"cut-off": 0.0, "half enforced": 0.5}[kind]
        survival[a, b, goods] = survival[b, a, goods] = left
    return Wedges(tariff, survival)


@pytest.mark.parametrize("deficits", ["fixed", "balanced", "proportional"])
@pytest.mark.parametrize("kind", ["cut-off", "half enforced", "tariff 500 %"])
def test_every_equation_holds_on_the_shipped_world(kind, deficits):
    economy = load_world()
    values = economy.elasticities["long"]
    shock = wedges(economy, kind)
    found = solve(economy, shock, deficits=deficits, rebase=False)
    b = oracle.baseline(economy, values.theta, values.phi)
    gaps = oracle.residuals(b, found, shock.tariff, shock.survival, deficits)
    worst = {name: float(np.abs(gap).max()) for name, gap in gaps.items()}
    assert worst == pytest.approx(dict.fromkeys(worst, 0.0), abs=1e-8)


def test_no_shock_returns_the_shipped_world_exactly():
    economy = load_world()
    found = solve(economy)
    np.testing.assert_allclose(found.wages, 1, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.welfare.percent, 0, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.trade, economy.trade, rtol=0, atol=1e-12 * economy.trade.max())
