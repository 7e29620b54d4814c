"""Quotas, levies and evasion in random worlds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.economies import random_world
from threatpoint.equilibrium import solve
from threatpoint.errors import EquilibriumError
from threatpoint.policy.limits import VolumeLimit
from threatpoint.policy.wedges import Wedges
from threatpoint.world.elasticities import Elasticities

SOME = settings(max_examples=8)
SEEDS = st.integers(0, 2**31 - 1)
PAYEES = st.sampled_from(["importer", "exporter"])
CLOSURES = st.sampled_from(["fixed", "balanced", "proportional"])


def drawn(seed: int):
    """A world in which everything is traded, its elasticities, and a generator."""
    rng = np.random.default_rng([seed, 11])
    specific = bool(rng.random() < 0.5)
    world = random_world(seed, 3, 2, specific=specific, zeros=False, theta_range=(1.0, 8.0))
    e = world.economy
    nests = dict(zip(("eta", "epsilon", "rho"), rng.uniform(0.4, 1.6, 3), strict=True))
    return e, Elasticities.of(e.countries, e.sectors, world.theta, world.phi, **nests), rng


def solved(e, values, wedges=None, **more):
    """The answer; a draw without equilibrium is dropped."""
    try:
        return solve(e, wedges, elasticities=values, rebase=False, **more)
    except EquilibriumError:
        assume(False)
        raise


def some_flows(e, rng, chance: float = 0.4):
    """(N, N, S) bool, some flows between countries, at least one."""
    n = len(e.countries)
    abroad = ~np.eye(n, dtype=bool)[:, :, None] & (e.trade > 0)
    found = abroad & (rng.random(e.trade.shape) < chance)
    found[0, 1, 0] = True
    return found


def volumes(s):
    """(N, N, S) volume over its baseline."""
    return s.trade / s.unit_costs[None] / s.economy.trade


def adds_up(s):
    """Every market and every account, in levels."""
    close = {"rtol": 1e-8, "atol": 1e-9 * s.output.max()}
    np.testing.assert_allclose(s.spending.sum(axis=1), s.expenditure, **close)
    np.testing.assert_allclose(s.trade.sum(axis=0), s.output, **close)
    np.testing.assert_allclose(s.inputs.sum(axis=2) + s.final, s.expenditure, **close)
    np.testing.assert_allclose(s.inputs.sum(axis=1) + s.value_added, s.output, **close)
    factors = s.value_added.sum(axis=1)
    income = factors + s.tariff_revenue + s.export_charges + s.deficit
    np.testing.assert_allclose(income, s.income, **close)
    border = s.trade + s.charges
    net = border.sum(axis=(1, 2)) - border.sum(axis=(0, 2))  # imports less exports; home cancels
    np.testing.assert_allclose(net, s.deficit, **close)
    assert s.income.sum() == pytest.approx((s.spending.sum() - s.inputs.sum()), rel=1e-8)
    assert abs(s.deficit.sum()) <= 1e-8 * s.income.sum()
    assert s.status.residual <= 1e-10


# -- quotas --------------------------------------------------------------------------------------


@given(SEEDS, st.floats(0.2, 1.6), PAYEES)
@SOME
def test_a_quota_holds_and_binds_only_where_it_must(seed, bound, payee):
    e, values, rng = drawn(seed)
    limited = some_flows(e, rng)
    s = solved(
        e, values, replace(Wedges.none(e), volume_limits=(VolumeLimit(limited, bound, payee),))
    )
    held = volumes(s)[limited]
    assert (held <= bound * (1 + 1e-8)).all()
    rent = s.spending / (s.trade * (1 + e.tariff)) - 1
    assert (rent[limited] >= -1e-9).all()
    # complementarity: a rent only where the quota is used up
    assert (np.minimum(rent[limited], bound - held) <= 1e-7).all()
    np.testing.assert_allclose(rent[~limited], 0.0, atol=1e-9)
    adds_up(s)


@given(SEEDS, PAYEES)
@SOME
def test_the_rent_goes_to_its_payee(seed, payee):
    e, values, rng = drawn(seed)
    limited = some_flows(e, rng)
    s = solved(
        e, values, replace(Wedges.none(e), volume_limits=(VolumeLimit(limited, 0.5, payee),))
    )
    rents = (s.spending / (1 + e.tariff) - s.trade) * limited
    assert rents.sum() > 0
    if payee == "importer":
        assert np.abs(s.export_charges).max() <= 1e-12 * s.income.sum()
        assert (s.tariff[limited] >= e.tariff[limited] - 1e-9).all()
        assert (s.tariff[limited] > e.tariff[limited] + 1e-6).any()
    else:
        np.testing.assert_allclose(s.export_charges, rents.sum(axis=(0, 2)), rtol=1e-8, atol=1e-9)
        np.testing.assert_allclose(s.tariff, e.tariff, atol=1e-8)
    assert np.abs(s.waste).max() <= 1e-12 * s.income.sum()


@given(SEEDS, PAYEES)
@SOME
def test_a_quota_that_does_not_bind_changes_nothing(seed, payee):
    """Another policy is in force; the quota lies above every volume that it leaves."""
    e, values, rng = drawn(seed)
    shock = replace(Wedges.none(e), tariff=e.tariff + 0.2 * some_flows(e, rng))
    free = solved(e, values, shock, tolerance=1e-12)
    limited = some_flows(e, rng)
    limit = VolumeLimit(limited, float(volumes(free)[limited].max()) * 1.05, payee)
    found = solved(e, values, replace(shock, volume_limits=(limit,)), tolerance=1e-12)
    np.testing.assert_allclose(found.prices, free.prices, rtol=1e-9)
    np.testing.assert_allclose(found.trade, free.trade, rtol=1e-9)
    np.testing.assert_allclose(found.income, free.income, rtol=1e-9)


@given(SEEDS, CLOSURES)
@SOME
def test_a_quota_equals_the_tariff_of_its_size(seed, closure):
    """Bhagwati (1965): under competition a quota and the tariff it implies are the same."""
    e, values, rng = drawn(seed)
    limited = some_flows(e, rng)
    quota = replace(Wedges.none(e), volume_limits=(VolumeLimit(limited, 0.6, "importer"),))
    by_quota = solved(e, values, quota, deficits=closure, tolerance=1e-12)
    implied = np.where(limited, by_quota.tariff, e.tariff)
    by_tariff = solved(
        e, values, replace(Wedges.none(e), tariff=implied), deficits=closure, tolerance=1e-12
    )
    for name in ("prices", "trade", "income", "wages", "tariff_revenue"):
        np.testing.assert_allclose(
            getattr(by_quota, name), getattr(by_tariff, name), rtol=1e-8, atol=1e-10
        )


@given(SEEDS)
@SOME
def test_a_restraint_of_exports_equals_the_export_tax_of_its_size(seed):
    e, values, rng = drawn(seed)
    limited = some_flows(e, rng)
    restraint = replace(Wedges.none(e), volume_limits=(VolumeLimit(limited, 0.6, "exporter"),))
    by_limit = solved(e, values, restraint, tolerance=1e-12)
    implied = np.where(limited, by_limit.charges / by_limit.trade, 0.0)
    by_tax = solved(
        e, values, replace(Wedges.none(e), export_tax=np.maximum(implied, 0)), tolerance=1e-12
    )
    for name in ("prices", "trade", "income", "export_charges"):
        np.testing.assert_allclose(
            getattr(by_limit, name), getattr(by_tax, name), rtol=1e-8, atol=1e-9
        )


# -- export taxes, costs, evasion ------------------------------------------------------------------


@given(SEEDS, CLOSURES)
@SOME
def test_accounts_add_up_with_every_levy_at_once(seed, closure):
    e, values, rng = drawn(seed)
    on = [some_flows(e, rng) * rng.uniform(0, top, e.trade.shape) for top in (0.5, 0.3, 0.3)]
    wedges = replace(
        Wedges.none(e),
        tariff=e.tariff + on[0],
        export_tax=on[1],
        cost=on[2],
        evading=some_flows(e, rng) * 0.3,
        evasion_cost=some_flows(e, rng) * 0.1,
    )
    s = solved(e, values, wedges, deficits=closure)
    adds_up(s)
    assert (s.waste >= -1e-12 * s.income).all()
    assert (s.waste <= s.export_charges + 1e-9 * s.income).all()  # no export subsidy here
    assert s.value_added.sum() == pytest.approx(e.value_added.sum(), rel=1e-9)


def evaded(e, cells, rate: float, enforcement: float, cost: float) -> Wedges:
    """A tariff that a share 1 - enforcement of the flow avoids at a cost."""
    return replace(
        Wedges.none(e),
        tariff=e.tariff + rate * cells,
        evading=(1 - enforcement) * cells,
        evasion_cost=cost * cells,
    )


@given(SEEDS, st.floats(0.05, 1.0), st.floats(0.0, 0.3))
@SOME
def test_a_tariff_that_nobody_evades_is_the_plain_one(seed, rate, cost):
    e, values, rng = drawn(seed)
    cells = some_flows(e, rng)
    plain = solved(e, values, replace(Wedges.none(e), tariff=e.tariff + rate * cells))
    found = solved(e, values, evaded(e, cells, rate, 1.0, cost))
    np.testing.assert_allclose(found.trade, plain.trade, rtol=1e-12)
    np.testing.assert_allclose(found.income, plain.income, rtol=1e-12)


@given(SEEDS, st.floats(0.05, 1.0))
@SOME
def test_a_tariff_that_all_evade_for_nothing_is_none(seed, rate):
    e, values, rng = drawn(seed)
    found = solved(e, values, evaded(e, some_flows(e, rng), rate, 0.0, 0.0))
    np.testing.assert_allclose(found.prices, 1.0, atol=1e-9)
    np.testing.assert_allclose(found.trade, e.trade, rtol=1e-8)
    np.testing.assert_allclose(found.tariff_revenue, e.tariff_revenue, rtol=1e-8, atol=1e-10)


@given(SEEDS, st.floats(0.0, 1.0), st.floats(0.0, 0.3))
@SOME
def test_evasion_splits_the_revenue_between_both_channels(seed, enforcement, cost):
    """A^k / (A^1 + A^2) of the spending goes through channel k."""
    e, values, rng = drawn(seed)
    cells = some_flows(e, rng)
    s = solved(e, values, evaded(e, cells, 0.4, enforcement, cost))
    theta = values.theta
    after = e.tariff + 0.4 * cells
    honest = enforcement * ((1 + after) / (1 + e.tariff)) ** -theta
    hidden = (1 - enforcement) * (1 + cost) ** -theta
    part = np.where(cells, honest / (honest + hidden), 1.0)
    revenue = part * after / (1 + after) + (1 - part) * e.tariff / (1 + e.tariff)
    np.testing.assert_allclose(
        (revenue * s.spending).sum(axis=(1, 2)), s.tariff_revenue, rtol=1e-8, atol=1e-10
    )
    wasted = np.where(cells, (1 - part) * cost / (1 + cost) / (1 + e.tariff), 0.0)
    np.testing.assert_allclose(
        (wasted * s.spending).sum(axis=(0, 2)), s.waste, rtol=1e-8, atol=1e-10
    )
    adds_up(s)
