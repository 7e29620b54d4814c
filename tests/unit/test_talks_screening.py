"""Two offers against all pairs of offers and all types."""

from __future__ import annotations

import numpy as np
import pytest
from validation.models.screening import screening_offers

from threatpoint.errors import TalksError
from threatpoint.talks.ceasefire import expected_advance
from threatpoint.talks.terms import Side, WarTerms

OMEGA_R, OMEGA_U, DRIFT, LINE = 2.0, 4.0, 3.0, 100.0


def terms(delta: float) -> WarTerms:
    return WarTerms(LINE, DRIFT, delta, Side(OMEGA_R, 30.0, 0.0), Side(OMEGA_U, 40.0, 20.0))


def best_by_enumeration(delta: float, least: float, most: float, size: int = 401):
    """All cut-offs and last offers on a grid, payoffs from the flows of war and peace.

    A last offer must be U's best given the cut-off, and the first is the best that makes the
    cut-off indifferent. No formula of the module is used.
    """
    t = terms(delta)
    advance = float(expected_advance(DRIFT, delta))
    cost_u = 40.0
    war_u = -OMEGA_U * (LINE + advance) - cost_u
    war_now_u = -OMEGA_U * LINE - cost_u
    grid = np.linspace(least, most, size)
    found = (-np.inf, 0.0, 0.0, 0.0)
    for k1 in grid:
        last = grid[grid <= k1]
        y2 = LINE + DRIFT + advance - last
        peace2 = -OMEGA_U * y2 + 20.0
        war2 = -OMEGA_U * (LINE + DRIFT + advance) - cost_u
        k2 = last[int(np.argmax((peace2 - war2) * (k1 - last)))]
        y2_best = LINE + DRIFT + advance - k2
        cost_r = OMEGA_R * k1  # the type k1 with s_R = 0
        wait = (1 - delta) * (OMEGA_R * LINE - cost_r) + delta * OMEGA_R * y2_best
        y1 = wait / OMEGA_R
        accepted, later = (most - k1), (k1 - k2)
        value = (
            accepted * (-OMEGA_U * y1 + 20.0)
            + later * ((1 - delta) * war_now_u + delta * (-OMEGA_U * y2_best + 20.0))
            + (k2 - least) * war_u
        )
        if value > found[0]:
            found = (value, k1, k2, LINE + advance - y1)
    assert t.defender.margin == pytest.approx(15.0)
    return found[1:]


@pytest.mark.parametrize("delta", [0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize(("least", "most"), [(1.0, 10.0), (5.0, 60.0), (0.0, 100.0), (20.0, 30.0)])
def test_against_all_pairs_of_offers(delta, least, most):
    cutoff, second, first = best_by_enumeration(delta, least, most)
    found = screening_offers(terms(delta), least, most)
    step = (most - least) / 400
    assert found.cutoff == pytest.approx(cutoff, abs=2 * step)
    assert found.second == pytest.approx(second, abs=2 * step)
    assert found.first == pytest.approx(first, abs=2 * step)


def test_patience_makes_the_first_offer_tell_nothing():
    """As a month of war costs less, U waits: more types refuse the first offer."""
    refused = [
        float(screening_offers(terms(d), 0.0, 100.0).refused_first) for d in (0.3, 0.9, 0.99)
    ]
    assert refused == sorted(refused)
    assert refused[-1] > 0.9


def test_a_second_offer_ends_more_wars_than_one_offer_alone():
    for delta in (0.3, 0.9, 0.99):
        found = screening_offers(terms(delta), 0.0, 100.0)
        assert found.refused_both <= found.refused_first
    margin = (100.0 - float(terms(0.3).defender.margin)) / 2.0  # best one offer
    alone = margin / 100.0
    assert screening_offers(terms(0.3), 0.0, 100.0).refused_both < alone


def test_without_doubt_the_first_offer_is_taken():
    found = screening_offers(terms(0.9), 20.0, 20.0)
    assert found.refused_first == found.refused_both == 0.0
    assert found.first == pytest.approx(20.0)


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(-1.0, 4.0, "least margin is -1"), (5.0, 4.0, "belief"), (1.0, np.nan, "largest margin")],
)
def test_bad_beliefs(least, most, words):
    with pytest.raises(TalksError, match=words):
        screening_offers(terms(0.9), least, most)
