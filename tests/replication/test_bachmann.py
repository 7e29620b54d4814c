"""Row 6: an energy cut under CES, by formula, by the oracle and by the solver."""

import numpy as np
import pytest
from validation import bachmann_2022
from validation.bachmann_2022.replicate import CASES, THETA, loss, mirror, solver_checks, wedges
from validation.check import published

from tests import oracle


def test_the_printed_numbers_come_out_of_the_formula():
    rows = len(published(bachmann_2022.replicate.__file__))
    found = bachmann_2022.checks()[:rows]
    assert len(found) == 2
    assert [c.what for c in found if not c.holds] == []


@pytest.mark.parametrize("input_of_all", [False, True])
@pytest.mark.parametrize("case", CASES.values(), ids=str)
def test_the_oracle_equals_the_formula(case, input_of_all):
    share, elasticity, cut = case
    economy = mirror(share, input_of_all=input_of_all)
    fixed = np.array([[True, False]] * 2)
    nests = dict.fromkeys(("eta", "epsilon", "rho"), elasticity)
    b = oracle.baseline(economy, THETA, fixed=fixed, **nests)
    found = oracle.solve(b, survival=wedges(economy, cut).survival)
    np.testing.assert_allclose(100 * (1 - found.real_income), loss(*case), rtol=1e-9)


def test_the_solver_equals_the_formula():
    found = solver_checks()
    assert len(found) == 4
    assert [f"{c}: {c.computed}" for c in found if not c.holds] == []


@pytest.mark.parametrize("elasticity", [0.5, 2.0])
def test_no_cut_costs_nothing_and_more_costs_more(elasticity):
    losses = [loss(0.04, elasticity, cut) for cut in (0.0, 0.1, 0.2)]
    assert losses[0] == pytest.approx(0.0, abs=1e-12)
    assert losses == sorted(losses)
    assert losses[1] > 0
