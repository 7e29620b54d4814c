"""Other starts and the path from the baseline."""

from __future__ import annotations

import numpy as np
import pytest

from tests.economies import random_world
from threatpoint.equilibrium import check_unique, solve
from threatpoint.equilibrium.unique import Uniqueness
from threatpoint.errors import PolicyError
from threatpoint.policy import Policy, Tariff
from threatpoint.world import load_world
from threatpoint.world.elasticities import Elasticities


def test_the_shipped_world_gives_one_answer_from_everywhere():
    found = solve(load_world(), Policy(Tariff("USA", "CHN", rate=0.25)))
    again = check_unique(found, 3)
    assert (again.same, again.nothing, again.others, again.path) == (3, 0, (), "same")
    assert str(again).startswith("3 of 3 other starts give the same equilibrium. So does the path")


def test_a_stiff_world_has_another_equilibrium_and_the_answer_is_on_the_path():
    """No policy at all: the baseline is the answer, and other starts lead elsewhere too."""
    e = random_world(329, 2, 2, zeros=False).economy
    theta = [0.18, 0.19]
    values = Elasticities.of(e.countries, e.sectors, theta, 1.0, eta=0.2, epsilon=0.1, rho=0.1)
    found = solve(e, elasticities=values)
    np.testing.assert_allclose(found.welfare.percent, 0.0, atol=1e-8)
    again = check_unique(found, 9, 1)
    assert again.path == "same"
    assert again.others
    for other in again.others:
        assert other.status.converged
        assert np.abs(other.welfare.percent).max() > 1


@pytest.mark.parametrize("starts", [0, -1, 1001, 2.5, True, "3", None])
def test_a_number_of_starts_that_means_nothing_is_refused(starts):
    found = solve(load_world(), Policy(Tariff("USA", "CHN", rate=0.25)))
    with pytest.raises(PolicyError, match="starts cannot be tried; give a whole number, 1 to 1000"):
        check_unique(found, starts)


def test_the_words_name_another_equilibrium_and_where_it_differs_most():
    one = solve(load_world(), Policy(Tariff("USA", "CHN", rate=0.25)))
    other = solve(load_world(), Policy(Tariff("USA", "CHN", rate=0.5)))
    text = str(Uniqueness(one, 5, 3, 1, (other,), "nothing"))
    assert "3 of 5 other starts give the same equilibrium, 1 give none" in text
    n = int(np.abs(other.welfare.percent - one.welfare.percent).argmax())
    code, here, there = one.calibration.countries[n], *(s.welfare.percent[n] for s in (one, other))
    assert (
        f"others were found: 1 (farthest in {code}: {there:+.2f} % instead of {here:+.2f} %)"
        in text
    )
    assert text.endswith("could not be followed to its end.")
