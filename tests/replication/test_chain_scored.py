"""The draws are scored against a record that they never read; what ships is what is computed."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from validation import happened as shipped_lines
from validation.chain_scored import asked, lines, numbers, ship
from validation.scored import SITUATION

import threatpoint as tp
from threatpoint.analysis import forecasts as shipped
from threatpoint.analysis.chain.chain import Chain, Drawing, solve_chain
from threatpoint.analysis.chain.tree import Tree
from threatpoint.analysis.forecasts import LEAF, OURS
from threatpoint.analysis.happened import happened
from threatpoint.analysis.scores import Scores
from threatpoint.front import data as front_data
from threatpoint.front import gains as front_gains
from threatpoint.situation import Situation, built_in
from threatpoint.support import announced, data, programme

DAY = tp.load_situation(SITUATION).date
READS = """
import sys, threatpoint as tp
from threatpoint.analysis.chain.tree import Tree
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
situation = tp.load_situation({name!r})
chain = tp.solve_chain(situation, tp.load_world(), tp.Drawing(64, quick=True))
print(len(Tree(chain).leaves), sum("library" in name for name in opened))
record = (".happened.csv", "forecasts.csv", "numbers.csv", "events.csv", "came.csv")
print(*[name for name in opened if name.endswith(record) or "/validation/" in name])
"""


def solved(situation: Situation) -> Chain:
    return solve_chain(situation, tp.load_world(), Drawing(64, quick=True))


def test_no_draw_opens_the_record():
    found = subprocess.run(
        [sys.executable, "-c", READS.format(name=SITUATION)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    counted, record = found.stdout.split("\n")[:2]
    leaves, library = map(int, counted.split())
    assert leaves == 5
    assert library  # the hook saw the situation's own file
    assert record == ""


def blind(situation: Situation) -> Situation:
    """Without what the file itself says of later days."""
    made = {
        name: each.model_copy(
            update={"clocks": [c for c in each.due if c.date <= situation.date] or None}
        )
        for name, each in situation.made.items()
        if each.date <= situation.date
    }
    return replace(situation, made=made, later={}, offers={})


def test_what_came_after_the_day_moves_no_draw(monkeypatch):
    situation = tp.load_situation(SITUATION)
    own = solved(situation)
    before = front_data.control().until(DAY)
    known = tuple(gain for gain in front_gains.published() if gain.known <= DAY)
    told = tuple(each for each in announced.announcements() if each.date <= DAY)
    table = data.load_support()
    flows = table.flows.copy()
    flows[:, table.month("2025-04") :] = np.nan
    cut = replace(table, flows=flows)
    monkeypatch.setattr(front_data, "control", lambda: before)
    monkeypatch.setattr(front_gains, "published", lambda: known)
    monkeypatch.setattr(announced, "announcements", lambda: told)
    monkeypatch.setattr(programme, "load_support", lambda: cut)
    other = solved(blind(situation))
    assert [*own.values] == [*other.values]
    assert all((own.values[key] == other.values[key]).all() for key in own.values)
    np.testing.assert_array_equal(own.worlds.money, other.worlds.money)
    np.testing.assert_array_equal(own.weight, other.weight)
    assert own.front is not None
    assert other.front is not None
    np.testing.assert_array_equal(own.front.gains, other.front.gains)
    for mine, theirs in zip(Tree(own).leaves, Tree(other).leaves, strict=True):
        assert (mine.kind, mine.threat) == (theirs.kind, theirs.threat)
        np.testing.assert_array_equal(mine.each, theirs.each)
    ours, blinded = own.rooms.support_drawn, other.rooms.support_drawn
    assert ours is not None
    assert blinded is not None
    np.testing.assert_array_equal(ours.change, blinded.change)


def test_what_ships_is_said_by_the_chains_now():
    """To write it anew: python -m validation.chain_scored --write, then the lines."""
    for name in built_in():
        found = asked.said(asked.chain_of(name))
        written = [each for each in shipped.forecasts() if each.situation == name]
        quick = {(each.kind, each.what): each.quick for each in written}
        now = {(each.kind, each.what): each.spread.mean for each in found}
        assert quick == pytest.approx(now, abs=1e-4)
        situation = tp.load_situation(name)
        recorded = {(e.kind, e.what): asked.record(situation, e)["came"] for e in found}
        assert recorded == {(each.kind, each.what): each.came for each in written}
    stored = shipped.numbers(SITUATION)
    now = numbers.numbers()
    assert [(n.what, n.forecast, n.said, n.came) for n in stored] == [
        (n.what, n.forecast, n.said, n.came) for n in now
    ]
    assert [n.crps for n in stored] == pytest.approx([n.crps for n in now], abs=1e-3)
    assert ship.TEXT.read_text(encoding="utf-8") == ship.page()


def test_trees_are_whole_and_one_leaf_came_where_it_is_known():
    for name in built_in():
        leaves = [e for e in shipped.forecasts() if e.situation == name and e.kind == LEAF]
        assert 2 <= len(leaves) <= 5
        assert sum(leaf.chance for leaf in leaves) == pytest.approx(1.0, abs=1e-4)
        assert all(leaf.low <= leaf.chance <= leaf.high for leaf in leaves)
        assert sum(leaf.came is True for leaf in leaves) == (name != "venezuela-2025-03-24")
    scores = Scores.of(SITUATION)
    assert scores is not None
    assert scores.came is not None
    assert scores.came.what.startswith("carried out: “secondary tariffs")


def test_a_target_is_hit_in_no_draw_in_which_it_gives_in():
    tree = Tree(asked.chain_of(SITUATION))
    game = tree.chain.game
    assert game is not None
    whole = np.sum(list(tree.hit_by.values()), axis=0)
    each = [asked.hit(tree, party) for party in game.parties]
    for party, chance in zip(game.parties, each, strict=True):
        assert (chance[game.yields[party]] == 0.0).all()
        assert (chance <= whole + 1e-9).all()
    assert (whole <= np.sum(each, axis=0) + 1e-9).all()


def test_the_numbers_are_scored_beside_naive_ones_in_their_unit():
    found = shipped.numbers(SITUATION)
    for what in {number.what for number in found}:
        own = [number for number in found if number.what == what]
        assert own[0].forecast == OURS
        assert len(own) >= 3
        assert all(math.isfinite(number.crps) and number.crps >= 0.0 for number in own)
    (still,) = (n for n in found if n.forecast == numbers.STILL)
    assert f"{still.crps:,.0f}".replace(",", " ")[:2] == still.came.replace("\u202f", " ")[:2]


def test_the_lines_are_those_of_the_shipped_file():
    for name in built_in():
        made = [shipped_lines.row(*each, name) for each in lines(name)]
        written = [vars(line) for line in happened(tp.load_situation(name))]
        assert made
        for row in made:
            assert any({**row, "version": w["version"]} == w for w in written), row["part"]
