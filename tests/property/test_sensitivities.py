"""Derivatives by the adjoint against differences of exact solutions, in worlds of all kinds."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.draw import STIFF, draw

import threatpoint as tp
from tests.directions import CLOSE, apart, direction, outcome
from threatpoint.errors import EquilibriumError, NoPathError

WANTED, SMALL = 200, 5
"""Worlds compared, and the countries of the largest."""


def cases(seed):
    """Random worlds, policies, closures and given sectors; the numbers of a seed without end."""
    number = 0
    while True:
        case = draw(seed, number)
        number += 1
        if len(case.economy.countries) <= SMALL and STIFF not in case.facets["world"]:
            yield number, case


def solved(case):
    """The equilibrium; None where there is none."""
    try:
        return case.solve(tolerance=1e-13)
    except (EquilibriumError, NoPathError):
        return None


@pytest.mark.parametrize("seed", range(4))
def test_two_hundred_random_worlds_agree_with_differences(seed):
    compared, off = 0, {}
    for number, case in cases(seed):
        if compared == WANTED // 4:
            break
        found = solved(case)
        if found is None:
            continue
        rng = np.random.default_rng([seed, number])
        asked = outcome(found, rng)
        try:
            gap = apart(found, direction(found, rng), tp.sensitivities(found, asked))
        except (EquilibriumError, NoPathError):
            continue  # a world next to it has no equilibrium
        if np.isnan(gap):
            continue  # a bound comes into force on the way
        compared += 1
        if gap > CLOSE:
            off[number] = gap
    assert off == {}
