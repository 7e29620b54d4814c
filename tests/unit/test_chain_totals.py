"""Total indices: the estimators on a function whose indices are known, and those of a chain."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pytest

from tests.chains import drawn, quick, small
from threatpoint.analysis.chain.chain import Drawing
from threatpoint.analysis.chain.headlines import About, headlines
from threatpoint.analysis.chain.inputs import TABLE
from threatpoint.analysis.chain.samples import SAME_TABLE, Plan, taken
from threatpoint.analysis.chain.totals import estimates, solve_totals
from threatpoint.errors import ThreatpointError


def test_the_indices_of_a_known_function():
    """Ishigami with a = 7, b = 0.1; Saltelli et al. (2008), Global Sensitivity Analysis, p. 179."""
    rng = np.random.default_rng(0)
    first, second = rng.uniform(-np.pi, np.pi, (2, 65_536, 3))

    def ishigami(x: np.ndarray) -> np.ndarray:
        return np.sin(x[:, 0]) * (1 + 0.1 * x[:, 2] ** 4) + 7 * np.sin(x[:, 1]) ** 2

    mixed = [taken(first, second, [n]) for n in range(3)]
    alone, total = estimates(np.array([ishigami(x) for x in (first, second, *mixed)]))
    assert alone == pytest.approx([0.314, 0.442, 0.0], abs=0.02)
    assert total == pytest.approx([0.558, 0.442, 0.244], abs=0.02)


def test_what_moves_nothing_has_indices_of_exactly_0():
    rng = np.random.default_rng(1)
    first, second = rng.random((2, 64))
    alone, total = estimates(np.array([first, second, second, first]))
    assert alone[1] == total[1] == 0
    assert total[0] > 0.8
    nothing = estimates(np.ones((3, 64)))
    assert np.isnan(nothing).all()


def test_totals_of_the_built_in_situation():
    chain = quick(64)
    drawing = Drawing(64, quick=True)
    found = solve_totals(chain.situation, chain.worlds.economy, drawing)
    assert found.solves == 0
    assert set(found.lost.values()) == {0}
    told = {key: list(rows) for key, rows in groupby(found.indices, lambda i: i.headline)}
    assert {"freeze", "freeze lever", "carried out", "ground"} <= told.keys()
    assert "income" not in told  # trade is not drawn: nothing there varies
    for rows in told.values():
        totals = [row.total for row in rows]
        assert totals == sorted(totals, reverse=True)
        error = np.sqrt(sum(row.total_error**2 for row in rows))
        assert sum(totals) >= 1 - 2 * error
        for row in rows:
            assert 0 <= row.total <= 1 + 3 * row.total_error
            assert row.first <= row.total + 3 * np.hypot(row.first_error, row.total_error)
    most = {row.group for row in told["freeze"][:2]}
    assert most == {"worth of a month's ground", "gain of ground expected on the date"}
    ground = {row.group: row.total for row in told["ground"]}
    assert ground["trade elasticities" if "trade elasticities" in ground else "a wider war"] == 0


def test_the_same_seed_gives_the_same_indices():
    chain = quick(64)
    asked = chain.situation, chain.worlds.economy
    one, other = (solve_totals(*asked, Drawing(16, seed=2, quick=True)) for _ in range(2))
    assert one.indices == other.indices


def test_groups_of_the_world_have_worlds_of_their_own_and_others_share_them(tmp_path):
    situation, economy = small()
    drawing = Drawing(16, 3, False, tmp_path / "a.zarr")
    found = solve_totals(situation, economy, drawing, horizon="long")
    assert found.indices == ()  # a policy that nobody announced, without talks: no headlines
    plan = Plan(drawn(16).asked, False)
    moving = len(plan.moving)
    assert found.solves == (2 + moving) * 16
    assert found.chain.worlds.money.shape[0] == (2 + len(plan.groups)) * 16
    assert plan.rows.tolist()[:32] == list(range(32))
    assert (TABLE in plan.names) == plan.worlds.drawn_tables


def test_samples_differ_from_the_first_by_their_group_alone():
    plan = Plan(quick(16).asked, False)
    samples = plan.points.reshape(-1, 16, len(plan.asked.inputs))
    first, second = samples[:2]
    assert not (first == second).any()
    for sample, columns in zip(samples[2:], plan.groups.values(), strict=False):
        own = np.isin(np.arange(first.shape[1]), columns)
        np.testing.assert_array_equal(sample[:, own], second[:, own])
        np.testing.assert_array_equal(sample[:, ~own], first[:, ~own])
    assert plan.names[-1] == TABLE
    np.testing.assert_array_equal(samples[-1], first)
    size = plan.worlds.size // SAME_TABLE
    economy = plan.worlds.table(0)
    again, other = plan.worlds.table(2 * size), plan.worlds.table(size)
    np.testing.assert_array_equal(economy.trade, again.trade)
    assert not np.array_equal(economy.trade, other.trade)


def test_too_few_draws_are_refused():
    chain = quick(64)
    with pytest.raises(ThreatpointError, match="8 is the least"):
        solve_totals(chain.situation, chain.worlds.economy, Drawing(4, quick=True))
    with pytest.raises(ThreatpointError, match=r"100.*64.*128"):
        solve_totals(chain.situation, chain.worlds.economy, Drawing(100, quick=True))


def test_headlines_are_numbers_of_the_rooms():
    chain = quick(64)
    about = About.of(chain)
    assert about.threat is chain.threats[0]
    assert about.lever is not None
    found = {headline.key: headline for headline in headlines(chain, about)}
    assert found["money"].spread.median == max(
        np.median(chain.loss(key)) for key in chain.worlds.acts
    )
    assert found["freeze lever"].spread.mean > found["freeze"].spread.mean
    assert found["loss"].spread.median > 0
    hit = chain.worlds.usd_bn(about.threat.all_hit, about.threat.question.senders)
    if not about.threat.answered:
        np.testing.assert_array_equal(found["income"].values, hit)
