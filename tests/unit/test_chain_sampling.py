"""Sampling error: no less than what doubling the draws moves; the chart of what carries what."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.chains import drawn, quick
from threatpoint import words
from threatpoint.analysis.chain.chain import Chain
from threatpoint.analysis.chain.sampling import CHANCE, Sampling, medians
from threatpoint.analysis.ensemble.draws import drawn as sampled
from threatpoint.brief import shares
from threatpoint.brief.prose import sentence
from threatpoint.front import path_inputs
from threatpoint.front.paths import solve_paths
from threatpoint.spread import Spread


def test_medians_of_counted_values_are_those_of_repeated_ones():
    values = np.array([1.0, 2.0, 5.0, 9.0])
    counts = np.array([[1.0, 1.0, 1.0, 1.0], [0.0, 3.0, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0]])
    found = medians(values, counts)
    wanted = [Spread(values, row).median for row in counts[:2]]
    assert found == pytest.approx(wanted)


def test_the_error_of_a_median_of_many_normal_draws():
    chain = quick(256)
    values = np.random.default_rng(1).standard_normal(256)
    found = Sampling(chain).median("noise", values, "1")
    assert found.error == pytest.approx(math.sqrt(math.pi / 2 / 256), rel=0.35)
    assert found.of_range == pytest.approx(found.error / 3.29, rel=0.2)
    chance = Sampling(chain).mean("chance", values, np.ones(256))
    assert chance.error == pytest.approx(1 / 16, rel=0.15)


def test_draws_that_share_a_table_count_as_one_where_the_table_decides():
    chain = drawn(256)
    table = np.repeat(np.random.default_rng(2).standard_normal(16), 16)
    apart = np.random.default_rng(3).standard_normal(256)
    sampling = Sampling(chain)
    assert sampling.mean("table", table, np.ones(256)).error == pytest.approx(
        table.std() / 4, rel=0.15
    )
    assert sampling.mean("apart", apart, np.ones(256)).error < 0.12


def test_doubling_the_draws_moves_no_number_by_more_than_its_error():
    few = {each.key: each for each in Sampling(quick(64)).errors}
    many = {each.key: each for each in Sampling(quick(128)).errors}
    assert few.keys() == many.keys()
    assert len(few) > 20
    for key, each in few.items():
        assert abs(many[key].value - each.value) <= 2 * each.error, key


def test_a_chance_over_the_paths_of_the_front_is_no_matter_of_the_draws():
    """The drifts of the year are an integral over many more paths than there are draws."""
    few, many = (quick(draws).rooms for draws in (64, 256))
    np.testing.assert_allclose(
        few.drifts[:, 0] * few.expected[0], many.drifts[:, 5] * many.expected[5]
    )
    values = sampled(path_inputs.inputs(), 8192, 1)
    other = solve_paths(values, quick(64).situation.date).mean_of_year
    found = few.drifts[:, 0] * few.expected[0]
    for share in (0.1, 0.5, 0.9):
        at = np.quantile(other, share)
        assert np.interp(at, found, (np.arange(64) + 0.5) / 64) == pytest.approx(share, abs=0.03)


def test_the_line_says_the_largest_errors():
    sampling = Sampling(quick(256))
    said = sentence("sampling.line", sampling)
    chances = max(each.error for each in sampling.errors if each.unit == CHANCE)
    assert sampling.chances == chances
    assert said.startswith("256 draws. By their number")
    assert f"{words.number(chances, False, 1)} points" in said
    assert f"{words.share(sampling.medians)} of the width" in said
    assert 0 < sampling.medians < 0.2


def test_what_is_the_same_in_every_draw_has_no_error():
    keys = {each.key for each in Sampling(quick(64)).errors}
    assert not any(", sender" in key for key in keys)  # trade is not drawn
    assert any(", ground" in key for key in keys)


# -- shares --------------------------------------------------------------------------------------


def facts(chain: Chain) -> shares.Facts | None:
    """As a page of these draws has them."""
    economy = chain.worlds.economy
    analysis = SimpleNamespace(situation=chain.situation, chain=chain)
    reading: Any = SimpleNamespace(analysis=analysis, place=lambda code: words.place(code, economy))
    return shares.Facts.of(reading)


def test_each_headline_has_its_shares_in_chart_and_file():
    found = facts(quick(256))
    assert found is not None
    section = shares.section(found)
    (figure,), (table,) = section.figures, section.data
    assert len(found.heads) == len(found.headlines) >= 4
    for head in found.heads:
        own = [row["part"] for row in table.rows if row["headline"] == head]
        assert sum(own) >= 1 - 1e-9
        assert all(0 <= part <= 1.2 for part in own)
    names = [name for name, _ in found.rows]
    assert len(names) == len(set(names))
    assert "worth of a month's ground" in names
    for name, parts in found.rows:
        assert len(parts) == len(found.heads)
        assert name.split()[0].capitalize() in figure.wide
    assert "Trade was not drawn" in section.lead[0]
    assert "_" not in figure.subtitle


def test_few_draws_have_no_chart():
    assert facts(quick(64)) is None
