"""Each economy cut off from all others, in turn: solved, or refused with the market's name."""

from __future__ import annotations

import numpy as np
import pytest

from threatpoint.equilibrium import solve
from threatpoint.errors import InfeasibleError
from threatpoint.policy import CutOff, Policy
from threatpoint.world import load_world

WORLD = load_world()


@pytest.mark.parametrize("code", WORLD.countries)
@pytest.mark.parametrize(("sectors", "deficits"), [("goods", "fixed"), ("all", "balanced")])
def test_solved_or_refused_by_name(code, sectors, deficits):
    policy, n = Policy([CutOff(code, "others", sectors)]), WORLD.country(code)
    missing = [s for j, s in enumerate(WORLD.sectors) if WORLD.trade[n, n, j] == 0]
    if missing:
        with pytest.raises(InfeasibleError, match=f"{code} needs ({'|'.join(missing)})"):
            solve(WORLD, policy, deficits=deficits)
        return
    outcome = solve(WORLD, policy, deficits=deficits)
    assert outcome.status.converged
    assert outcome.status.residual <= 1e-10
    hit = [WORLD.sector(s) for s in WORLD.goods]
    others = np.arange(len(WORLD.countries)) != n
    assert outcome.trade[n][np.ix_(others, hit)].sum() == 0.0
    assert outcome.welfare.percent[n] < 0


@pytest.mark.parametrize("code", WORLD.countries)
def test_deficits_that_nobody_can_finance_are_refused_by_name(code):
    with pytest.raises(InfeasibleError, match=f"({code} needs|{code} can no longer trade)"):
        solve(WORLD, Policy([CutOff(code, "others", "all")]), deficits="fixed")
