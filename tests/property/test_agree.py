"""A fixed slice of `benchmarks.agree`: all ways to an answer agree; and the solver as it was."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.agree import FAILED, SAME, run
from benchmarks.draw import draw
from benchmarks.reference import COUNTS, as_before, counts
from benchmarks.ways import problem_of_case

from threatpoint.errors import InfeasibleError

SEED = 7


@pytest.mark.parametrize("number", range(40))
def test_batch_single_and_earlier_answers_agree(number):
    """To 1e-8 in log real income, or with the same type of error."""
    told = run(SEED, number)
    firm = {pair: what for pair, what in told.pairs.items() if "path" not in pair}
    assert len(firm) == 4
    assert set(firm.values()) <= {SAME, FAILED}, told.notes
    assert "wrong" not in told.pairs.values(), told.notes


def test_the_solver_as_it_was_is_the_one_that_was():
    """Its evaluations of the built-in threat, counted at that commit."""
    assert counts() == COUNTS


@pytest.mark.parametrize("number", range(40))
def test_the_set_up_as_it_was_gives_the_same_system(number):
    """Every constant of the map, or a refusal in both."""
    problem = problem_of_case(draw(SEED, number))
    assert problem is not None
    try:
        now, words = problem.system
    except InfeasibleError:
        with pytest.raises(InfeasibleError):
            _ = as_before(problem).system
        return
    before, said = as_before(problem).system
    assert bool(words) == bool(said)
    for name in ("A_off", "A_own", "B_off", "B_own", "C_off", "W_off", "follow", "deficit"):
        np.testing.assert_array_equal(getattr(now, name), getattr(before, name), err_msg=name)
