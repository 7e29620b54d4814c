"""The projection onto totals and bounds, on random small systems."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from threatpoint.errors import WorldError
from threatpoint.world.projection import ConflictError, Names, project

SIZES = st.tuples(st.integers(1, 7), st.integers(1, 7))


def system(seed: int, size: tuple[int, int], bounded: bool):
    """A prior, and totals and bounds that a hidden matrix of the same support meets."""
    rng = np.random.default_rng(seed)
    prior = np.exp(rng.normal(0, 2, size)) * (rng.random(size) < 0.8)
    truth = np.exp(rng.normal(0, 3, size)) * (prior > 0)
    low = truth * rng.random(size) if bounded else None
    high = truth * (1 + rng.random(size)) if bounded else None
    return prior, truth, low, high


@settings(max_examples=60)
@given(st.integers(0, 10**6), SIZES, st.booleans())
def test_feasible_totals_are_met_exactly_and_bounds_hold(seed, size, bounded):
    prior, truth, low, high = system(seed, size, bounded)
    assume(truth.any())
    found = project(prior, truth.sum(axis=1), truth.sum(axis=0), low, high)
    np.testing.assert_allclose(found.values.sum(axis=1), truth.sum(axis=1), rtol=1e-11, atol=0)
    np.testing.assert_allclose(found.values.sum(axis=0), truth.sum(axis=0), rtol=1e-11, atol=0)
    assert found.values.min() >= 0
    assert not found.values[prior == 0].any()
    assert found.gave_way == ()
    if low is not None and high is not None:
        assert np.all(found.values >= low * (1 - 1e-9))
        assert np.all(found.values <= high * (1 + 1e-9))


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.tuples(st.integers(2, 5), st.integers(2, 5)))
def test_no_feasible_matrix_is_closer_to_the_prior(seed, size):
    prior, truth, low, high = system(seed, size, bounded=True)
    assume(truth.any() and (prior > 0).sum() > 1)
    best = project(prior, truth.sum(axis=1), truth.sum(axis=0), low, high).values

    def distance(a):
        live = a > 0
        return float(np.sum(a[live] * np.log(a[live] / prior[live])) - a.sum())

    # the hidden matrix is feasible too, and so is every mixture of the two
    for weight in (1.0, 0.3, 0.01):
        other = (1 - weight) * best + weight * truth
        assert distance(best) <= distance(other) + 1e-9 * abs(distance(other)) + 1e-12


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.tuples(st.integers(2, 6), st.integers(2, 6)))
def test_a_matrix_that_fits_is_its_own_projection(seed, size):
    _, truth, _, _ = system(seed, size, bounded=False)
    assume(truth.any())
    found = project(truth, truth.sum(axis=1), truth.sum(axis=0))
    np.testing.assert_allclose(found.values, truth, rtol=1e-10)


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.tuples(st.integers(2, 6), st.integers(2, 6)))
def test_a_conflict_is_named_and_the_lightest_gives_way(seed, size):
    rng = np.random.default_rng(seed)
    truth = rng.uniform(1, 5, size)
    rows, columns = truth.sum(axis=1), truth.sum(axis=0)
    # the first row may hold at most half of what its total asks for
    high = np.full(size, np.inf)
    high[0] = 0.5 * rows[0] / size[1]
    names = Names(("gold", *map(str, range(1, size[0]))), tuple(f"c{k}" for k in range(size[1])))
    with pytest.raises(ConflictError) as caught:
        project(truth, rows, columns, high=high, names=names)
    assert "gold" in caught.value.conflict
    assert "gold" in str(caught.value)
    # with gold and the last row weighing least, these two give way and nothing else
    weights = np.full(sum(size), 100.0)
    weights[0] = weights[size[0] - 1] = 1.0
    found = project(truth, rows, columns, high=high, names=names, weights=weights)
    moved = {item.constraint: item for item in found.gave_way}
    assert set(moved) == {"gold", names.rows[-1]}
    assert moved["gold"].target == pytest.approx(rows[0])
    assert moved["gold"].result == pytest.approx(0.5 * rows[0], rel=1e-6)
    np.testing.assert_allclose(found.values.sum(axis=0), columns, rtol=1e-6)


def test_a_structural_zero_that_forbids_a_total_is_a_conflict():
    prior = np.array([[1.0, 0.0], [1.0, 1.0]])
    with pytest.raises(ConflictError, match="row 0 from 5 to 3"):
        project(prior, np.array([5.0, 1.0]), np.array([3.0, 3.0]))


def test_totals_of_zero_give_zero_cells():
    found = project(np.ones((2, 3)), np.array([0.0, 6.0]), np.array([1.0, 0.0, 5.0]))
    np.testing.assert_allclose(found.values, [[0, 0, 0], [1, 0, 5]])


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [
        ([1.0, 2.0], [1.0, 1.0], "row totals sum to 3, column totals to 2"),
        ([-1.0, 3.0], [1.0, 1.0], "a total is negative"),
    ],
)
def test_impossible_totals_are_refused(rows, columns, words):
    with pytest.raises(WorldError, match=words):
        project(np.ones((2, 2)), np.array(rows), np.array(columns))


def test_bounds_that_exclude_each_other_are_refused():
    with pytest.raises(WorldError):
        project(np.ones((1, 1)), np.ones(1), np.ones(1), np.full((1, 1), 2.0), np.ones((1, 1)))
