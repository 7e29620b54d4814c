"""Rules: what must hold whatever the thresholds, the trade and the profile."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.situations.small_world import COUNTRIES, small_world
from threatpoint.errors import PolicyError
from threatpoint.policy import Action, CutOff, Rule
from threatpoint.world.economy import Economy

WORLD = small_world()
GOODS = st.sampled_from(("crude", "refined", ("crude", "refined"), "OILGAS", ("ELEC", "REFPET")))
FLOORS = st.floats(0, 100_000)
SHARES = st.floats(0, 1)


def rule(goods, floor: float, share: float, **fields) -> Rule:
    return Rule("USA", Action(goods, "RUS", floor, share), CutOff("USA", "target"), **fields)


def hit(one: Rule, economy: Economy = WORLD) -> set[str]:
    return {buyer.country for buyer in one.buyers(economy) if buyer.target}


@given(GOODS, FLOORS, FLOORS, SHARES, SHARES)
def test_higher_thresholds_never_add_a_target(goods, floor, more, share, rise):
    low = hit(rule(goods, floor, min(share, rise), unions="EU"))
    high = hit(rule(goods, floor + more, max(share, rise), unions="EU"))
    assert high <= low


@given(GOODS, FLOORS, SHARES)
def test_a_union_is_hit_whole_or_not_at_all_and_residuals_never_alone(goods, floor, share):
    found = hit(rule(goods, floor, share, unions="EU"))
    members = set(WORLD.groups["EU"])
    assert found & members in (set(), members)
    assert not found & {"ROW", "USA", "RUS"}
    assert "REU" not in hit(rule(goods, floor, share))


@given(GOODS, st.lists(st.booleans(), min_size=10, max_size=10))
def test_only_those_who_keep_doing_it_are_cut(goods, keeps):
    one = rule(goods, 1_000, 0.0)
    parties = one.parties(WORLD)
    actions = dict(zip(parties, keeps, strict=False))
    survival = one.policy(WORLD, actions).wedges(WORLD).survival
    cut = {COUNTRIES[k] for k in np.flatnonzero((survival[0] == 0).any(axis=1))}
    assert cut == {party for party in parties if actions[party]}


@given(st.integers(0, 2**32 - 1), st.integers(2, 7), st.integers(1, 4))
def test_figures_of_random_economies(seed, n, s):
    """Shares of the seller's exports sum to 1; every economy appears once; reasons are words."""
    random = np.random.default_rng(seed)
    trade = random.lognormal(8, 2, (n, n, s)) * (random.random((n, n, s)) < 0.7)
    codes = [f"C{k}" for k in range(n)]
    sectors = [f"S{k}" for k in range(s)]
    ones = np.ones((n, s))
    economy = Economy.from_arrays(codes, sectors, trade, np.zeros((n, s, s)), ones, ones)
    buying = Action("S0", "C0", min_value=100, min_share=0.01)
    table = Rule("C1", buying, CutOff("C1", "target")).buyers(economy)
    assert sorted(buyer.country for buyer in table) == sorted(codes)
    assert [b.value for b in table] == sorted((b.value for b in table), reverse=True)
    total = sum(buyer.share_of_exports for buyer in table)
    assert np.isclose(total, 1.0) or not trade[1:, 0, 0].any()
    assert all(buyer.reason and 0 <= buyer.share_of_imports <= 1 for buyer in table)
    one = Rule("C1", Action("S0", "C0"), CutOff("C1", "target"))
    abroad = economy.exports[1] + economy.imports[1]
    if abroad <= 0:
        return  # the sender trades with nobody
    expected = {b.country for b in one.buyers(economy) if b.verdict == "target"}
    if expected:
        assert set(one.targets(economy)) == expected
        assert one.wedges(economy).causes
    else:
        with pytest.raises(PolicyError, match="hits nobody"):
            one.targets(economy)
