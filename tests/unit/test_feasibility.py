"""Feasibility is judged from the shares, before any iteration, and names who and why."""

from __future__ import annotations

import numpy as np
import pytest

from threatpoint.equilibrium import Solution, check_unique, continuation, iterate, solve
from threatpoint.errors import (
    ConvergenceError,
    EquilibriumError,
    InfeasibleError,
    PolicyError,
    WorldError,
)
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities


def economy(deficits: bool = True, theta: float = 4.0) -> Economy:
    """Three countries, two sectors; country C buys all of its sector S from abroad."""
    trade = np.array(
        [
            [[60.0, 40.0], [10.0, 5.0], [8.0, 0.0]],
            [[12.0, 6.0], [80.0, 50.0], [4.0, 0.0]],
            [[6.0, 9.0], [5.0, 7.0], [40.0, 0.0]],
        ]
    )
    if not deficits:
        trade = (trade + trade.transpose(1, 0, 2)) / 2
        trade[2, 2, 1] = 0.0
    output, absorption = trade.sum(axis=0), trade.sum(axis=1)
    inputs = 0.2 * np.einsum("nk,nj->nkj", absorption, output) / output.sum(axis=1)[:, None, None]
    names = ["A", "B", "C"]
    return Economy.from_arrays(
        names,
        ["F", "S"],
        trade,
        inputs,
        output - inputs.sum(axis=1),
        absorption - inputs.sum(axis=2),
        elasticities={"long": Elasticities.of(names, ["F", "S"], theta)},
    )


def cut(e: Economy, n: str, i: str, j: str, words: str = "the test's cut-off") -> Wedges:
    """Cut off what n buys of j from i."""
    survival = np.ones_like(e.tariff)
    survival[e.country(n), e.country(i), e.sector(j)] = 0.0
    return Wedges(e.tariff, survival, ((words, survival == 0),))


def both(*wedges: Wedges) -> Wedges:
    """All cut-offs at once."""
    survival = np.prod([w.survival for w in wedges], axis=0)
    return Wedges(wedges[0].tariff, survival, tuple(c for w in wedges for c in w.causes))


def test_a_market_without_supplier_names_country_sector_and_rule():
    e = economy()
    shock = both(cut(e, "C", "A", "S", "rule one"), cut(e, "C", "B", "S", "rule two"))
    with pytest.raises(InfeasibleError) as error:
        solve(e, shock)
    text = str(error.value)
    assert "C needs S" in text
    assert "rule one" in text
    assert "rule two" in text
    assert error.value.status is None


def test_one_supplier_left_is_enough():
    e = economy()
    outcome = solve(e, cut(e, "C", "A", "S"))
    assert outcome.status.converged
    assert outcome.trade[2, 0, 1] == 0.0
    assert outcome.trade[2, 1, 1] > 0.0


def isolation(e: Economy, who: str) -> Wedges:
    n = e.country(who)
    survival = np.ones_like(e.tariff)
    survival[n, :], survival[:, n] = 0.0, 0.0
    survival[n, n] = 1.0
    return Wedges(e.tariff, survival, ((f"isolate {who}", survival == 0),))


def test_a_deficit_with_nobody_left_to_trade_is_refused_by_name():
    e = economy()
    assert abs(e.deficit[0]) > 1
    with pytest.raises(InfeasibleError, match=r"can no longer trade.*--deficits balanced"):
        solve(e, isolation(e, "A"))


@pytest.mark.parametrize("closure", ["balanced", "proportional"])
def test_isolation_solves_where_the_deficit_may_go(closure):
    outcome = solve(e := economy(), isolation(e, "A"), deficits=closure)
    assert outcome.status.converged
    assert outcome.deficit[0] == pytest.approx(0.0, abs=1e-9)
    assert outcome.trade[0, 1:].sum() == outcome.trade[1:, 0].sum() == 0.0


def test_who_can_buy_but_not_sell_needs_a_deficit():
    e = economy(deficits=False)
    survival = np.ones_like(e.tariff)
    survival[1:, 0] = 0.0
    with pytest.raises(InfeasibleError, match="A can still import but sell nothing abroad"):
        solve(e, Wedges(e.tariff, survival), deficits="balanced")


@pytest.mark.parametrize(
    ("closure", "end"),
    [("balanced", ", which needs a trade deficit"), ("proportional", ", and the deficits of")],
)
def test_a_group_of_several_that_cannot_pay_is_named_in_full(closure, end):
    trade = np.full((4, 4, 1), 5.0) + 45.0 * np.eye(4)[:, :, None]
    trade[2:, :2] += 1.0  # A and B have a surplus
    made, used, codes = trade.sum(axis=0), trade.sum(axis=1), tuple("ABCD")
    e = Economy.from_arrays(codes, ["F"], trade, np.zeros((4, 1, 1)), made, used)
    survival = np.ones_like(e.tariff)
    survival[2:, :2] = 0.0
    values = Elasticities.of(codes, ["F"], 4.0)
    with pytest.raises(EquilibriumError, match=f": A, B can .*import but sell nothing.*{end}"):
        solve(e, Wedges(e.tariff, survival), elasticities=values, deficits=closure)


@pytest.mark.parametrize("theta", [2.0, 4.0, 8.0])
@pytest.mark.parametrize("one_way", ["import but sell", "export but buy"])
def test_without_deficits_none_in_proportion_pays_for_trade_in_one_direction(theta, one_way):
    """At small elasticities the solver came so near the corner, wages of 2e-16, that it passed."""
    trade = np.full((4, 4, 1), 5.0) + 45.0 * np.eye(4)[:, :, None]
    made, codes = trade.sum(axis=0), tuple("ABCD")
    e = Economy.from_arrays(codes, ["F"], trade, np.zeros((4, 1, 1)), made, trade.sum(axis=1))
    survival = np.ones_like(e.tariff)
    survival[(slice(2, 4), slice(2)) if "import" in one_way else (slice(2), slice(2, 4))] = 0.0
    values = Elasticities.of(codes, ["F"], theta)
    with pytest.raises(InfeasibleError, match=f"A, B can still {one_way} nothing abroad"):
        solve(e, Wedges(e.tariff, survival), elasticities=values, deficits="proportional")


def test_a_surplus_larger_than_income_is_no_equilibrium():
    e = economy()
    tariff = np.where(np.eye(3)[:, :, None] > 0, 0.0, 1e4) * np.ones_like(e.tariff)
    with pytest.raises(EquilibriumError) as error:
        solve(e, Wedges(tariff, np.ones_like(tariff)))
    assert "deficits" in str(error.value)
    status = error.value.status
    assert status is None or not status.converged


def test_a_failure_carries_its_status_and_worst_market(monkeypatch):
    monkeypatch.setattr(iterate, "GUIDED", 2)
    monkeypatch.setattr(iterate, "STEPS", ((1.0, 3), (0.1, 4)))
    monkeypatch.setattr(continuation, "WARM", 2)
    monkeypatch.setattr(continuation, "CORRECTED", 1)
    e = economy()
    with pytest.raises(ConvergenceError) as error:
        solve(e, cut(e, "C", "A", "S"))
    status = error.value.status
    assert status is not None
    assert not status.converged
    found = solve(e, cut(e, "C", "A", "S"), throw=False)
    assert (found.status.code, found.status.history) == (status.code, status.history)
    assert all(np.isnan(numbers).all() for numbers in all_numbers(found))
    assert status.worst
    assert status.evaluations == len(status.history)


def all_numbers(found: Solution) -> list[np.ndarray]:
    """Every array a solution holds or derives."""
    derived = ("trade", "spending", "charges", "shares", "tariff", "final", "inputs", "price_index")
    held = (*vars(found).values(), *vars(found.welfare).values())
    return [x for x in held if isinstance(x, np.ndarray)] + [getattr(found, x) for x in derived]


@pytest.mark.parametrize("deficits", ["fixed", "balanced"])
def test_a_failure_may_be_returned_its_status_says_why_and_no_number_stands(deficits):
    e = economy(deficits=False)
    shock = both(cut(e, "C", "A", "S"), cut(e, "C", "B", "S"))
    with pytest.raises(InfeasibleError) as error:
        solve(e, shock, deficits=deficits)
    found = solve(e, shock, deficits=deficits, throw=False)
    assert not found.status.converged
    assert found.status.code == "infeasible"
    assert found.status.residual == np.inf
    assert found.status.message == str(found.status) == str(error.value)
    assert found.economy is e
    assert all(np.isnan(numbers).all() for numbers in all_numbers(found))
    np.testing.assert_array_equal(  # a start without numbers counts as none
        solve(e, start=found).wages, solve(e).wages
    )
    with pytest.raises(PolicyError, match="no equilibrium to compare with: no equilibrium: 1 mark"):
        check_unique(found)
    with pytest.raises(PolicyError, match="throw must be a bool"):
        solve(e, shock, throw="no")
    with pytest.raises(PolicyError, match="deficit closure"):
        solve(e, shock, deficits="none", throw=False)


def test_no_balanced_baseline_is_a_failure_too(monkeypatch):
    monkeypatch.setattr(iterate, "GUIDED", 1)
    monkeypatch.setattr(iterate, "STEPS", ((1.0, 1),))
    monkeypatch.setattr(continuation, "WARM", 1)
    monkeypatch.setattr(continuation, "CORRECTED", 1)
    e = economy()
    found = solve(e, deficits="balanced", throw=False)
    assert not found.status.converged
    assert found.status.message.startswith("no equilibrium")
    assert np.isnan(found.welfare.percent).all()


@pytest.mark.parametrize("tolerance", [0.0, -1.0, 1.0, 1e-18, float("nan")])
def test_a_tolerance_cannot_switch_the_checks_off(tolerance):
    with pytest.raises(PolicyError, match="tolerance"):
        solve(economy(), tolerance=tolerance)


def test_theta_must_be_positive():
    with pytest.raises(WorldError, match="above 0"):
        economy(theta=0.0)


def test_inputs_that_cannot_be_replaced_at_all_are_refused():
    e = economy()
    values = Elasticities.of(e.countries, e.sectors, 4.0, eta=0.0)
    with pytest.raises(WorldError, match=r"eta is below 0\.001"):
        solve(e, elasticities=values)


def test_unknown_closure_and_horizon_name_the_nearest():
    e = economy()
    with pytest.raises(ValueError, match="did you mean 'balanced'"):
        solve(e, deficits="balance")
    with pytest.raises(ValueError, match="did you mean 'long'"):
        solve(e, horizon="lng")
