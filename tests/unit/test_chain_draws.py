"""Draws of a chain: the same seed gives the same bits however they are solved; nothing is lost."""

from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.chains import drawn, quick, same, small
from threatpoint.analysis.chain import solve as solving
from threatpoint.analysis.chain.chain import Chain, Drawing, solve_chain
from threatpoint.analysis.chain.decision import Decision
from threatpoint.analysis.chain.sampling import Sampling
from threatpoint.analysis.chain.tree import Tree
from threatpoint.analysis.chain.watch import watches
from threatpoint.analysis.ensemble import open_ensemble, store
from threatpoint.brief.prose import sentence
from threatpoint.errors import ThreatpointError
from threatpoint.spread import Spread

pytest.importorskip("zarr", reason="the extra 'ensemble' is not installed")


@pytest.fixture(scope="module")
def whole() -> Chain:
    """Solved in one go, in this process, kept nowhere."""
    return drawn()


def test_the_same_seed_gives_the_same_bits(whole, tmp_path):
    same(whole, drawn(store=tmp_path / "a.zarr"))
    read = open_ensemble(tmp_path / "a.zarr")
    assert read.attrs["sampling"].startswith("Latin hypercube")
    np.testing.assert_array_equal(read["real_income_money"], whole.worlds.money)
    other = drawn(seed=4)
    assert not np.array_equal(other.worlds.money, whole.worlds.money)
    assert whole.worlds.solves == 64
    assert whole.worlds.drawn


def test_rooms_have_the_same_bits_too():
    situation, economy = quick(64).situation, quick(64).worlds.economy
    same(quick(64), solve_chain(situation, economy, Drawing(64, quick=True)))


def test_two_processes_give_the_same_bits(whole):
    same(whole, drawn(workers=2))


def test_what_was_killed_in_the_middle_goes_on_to_the_same_bits(whole, tmp_path):
    situation, economy = small()
    place, done = tmp_path / "a.zarr", []

    def killed(draws: int, _all: int) -> None:
        done.append(draws)
        if draws == 32:
            raise KeyboardInterrupt

    drawing = Drawing(64, 3, False, place, progress=killed)
    with pytest.raises(KeyboardInterrupt):
        solve_chain(situation, economy, drawing, horizon="long")
    assert done == [0, 16, 32]
    assert len(store.missing(place)) == 2
    done.clear()
    drawing = replace(drawing, progress=lambda draws, _all: done.append(draws))
    same(whole, solve_chain(situation, economy, drawing, horizon="long"))
    assert done == [32, 48, 64]


def test_a_damaged_block_is_solved_again(whole, tmp_path):
    place = tmp_path / "a.zarr"
    same(whole, drawn(store=place))
    chunk = place / "real_income_money" / "1.0.0"
    chunk.write_bytes(chunk.read_bytes()[:20])
    assert store.missing(place) == [1]
    same(whole, drawn(store=place))
    assert store.missing(place) == []


def test_what_is_no_power_of_two_is_refused_with_the_nearest():
    with pytest.raises(ThreatpointError, match=r"100.*64.*128"):
        drawn(draws=100)


def test_a_store_of_another_situation_is_refused_with_what_differs(whole, tmp_path):
    place = tmp_path / "a.zarr"
    drawn(store=place)
    situation, economy = small(seller="C02")
    with pytest.raises(ThreatpointError, match="acts in numbers"):
        solve_chain(situation, economy, Drawing(64, 3, False, place), horizon="long")
    with pytest.raises(ThreatpointError, match=r"seed: 3 there, 4 asked"):
        drawn(seed=4, store=place)
    shutil.rmtree(place)
    same(whole, drawn(store=place))


# -- draws without an equilibrium ----------------------------------------------------------------


def test_a_draw_that_fails_is_counted_and_named(monkeypatch):
    right, failing = solving.solve_many, iter(range(10**6))

    def wrong(*args, **more):
        found = dict(right(*args, **more))
        for label, solution in found.items():
            if next(failing) in (2, 40):
                status = replace(solution.status, code="stalled", message="made to fail")
                found[label] = replace(solution, status=status)
        return found

    monkeypatch.setattr(solving, "solve_many", wrong)
    chain = drawn()
    assert chain.worlds.reasons == {"made to fail": 2}
    lost = np.isnan(chain.worlds.money).all(axis=(1, 2))
    assert lost.sum() == 2
    assert np.isnan(chain.worlds.percent[lost]).all()
    assert np.isfinite(chain.worlds.money[~lost]).all()
    (key,) = chain.worlds.acts
    spread = Spread(chain.worlds.percent_of(key, ("C00",)))
    assert spread.effective == pytest.approx(62)


LOST = arrays(
    np.bool_, quick(64).worlds.price.shape, elements=st.sampled_from([False] * 30 + [True])
)


def without(chain: Chain, lost: np.ndarray) -> Chain:
    """The same chain with no equilibrium in some draws and acts."""
    worlds = chain.worlds
    gone = {name: np.where(lost, np.nan, getattr(worlds, name)) for name in ("price", "receipts")}
    for name in ("percent", "money"):
        gone[name] = np.where(lost[..., None], np.nan, getattr(worlds, name))
    return replace(chain, worlds=replace(worlds, reasons={"made to fail": int(lost.sum())}, **gone))


@settings(max_examples=12, deadline=None)
@given(LOST)
def test_what_has_no_equilibrium_is_left_out_of_what_rests_on_it(lost):
    chain = without(quick(64), lost)
    tree, game = Tree(chain), chain.game
    assert game is not None
    np.testing.assert_array_equal(tree.weights > 0, chain.whole & (quick(64).weight > 0))
    if not chain.whole.any():
        return
    assert sum(leaf.probability for leaf in tree.leaves) == pytest.approx(1.0, abs=1e-12)
    for leaf in tree.leaves:
        assert np.isnan(leaf.each[~chain.whole]).all()
    for option in Decision(chain).options:
        if option.key in chain.worlds:
            gone = lost[:, chain.worlds.at(option.key)]
            assert option.freeze is not None
            np.testing.assert_array_equal(option.freeze.refuses == 0, gone)
            assert option.sender is not None
            np.testing.assert_array_equal(np.isnan(option.sender), gone)
    watches(chain)
    said = sentence("sampling.line", Sampling(chain))
    assert ("made to fail" in said) == bool((~chain.whole).any())


def test_a_threat_without_any_equilibrium_is_not_in_the_game():
    chain = quick(64)
    lost = np.zeros(chain.worlds.price.shape, dtype=bool)
    first = chain.threats[0]
    lost[:, chain.worlds.at(first.hit(first.parties[0]))] = True
    found = without(chain, lost).game
    assert found is not None
    assert [*found.threats] == [each.name for each in chain.threats[1:]]
