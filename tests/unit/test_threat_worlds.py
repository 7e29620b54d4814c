"""From a rule to a game on the shipped table: every profile once, kept, and read back."""

import errno
import math
import os
from dataclasses import replace

import numpy as np
import pytest

from threatpoint.analysis.outcome import page_horizons
from threatpoint.cli.common import horizons_of
from threatpoint.equilibrium import Solutions
from threatpoint.equilibrium.problem import Problem
from threatpoint.errors import (
    CacheError,
    InfeasibleError,
    PolicyError,
    ThreatpointError,
    WorldError,
)
from threatpoint.oil.solve import solve, solve_many
from threatpoint.policy import Action, CutOff, Policy, Rule, Tariff, stopping
from threatpoint.quantity import Quantity
from threatpoint.strategy import (
    Store,
    Terms,
    minimal_enforcement,
    minimal_tariff,
    pose,
    results,
    solve_threat,
)
from threatpoint.strategy import answers as a
from threatpoint.strategy import worlds as rooms
from threatpoint.strategy.coalition import senders_of, with_senders
from threatpoint.strategy.fingerprint import fingerprint
from threatpoint.strategy.joining import sender_rows
from threatpoint.strategy.options import matrix_rows, member_rows, option_rows
from threatpoint.strategy.store import World
from threatpoint.strategy.threat import enforced_rule, tariff_rule
from threatpoint.strategy.thresholds import thresholds
from threatpoint.strategy.worlds import require_size
from threatpoint.world import load_world

OIL = Action(("crude", "refined"), "RUS", 5, 0.1, "USD bn")
CUT = Rule("USA", OIL, CutOff("USA", "target"), unions=("EU",), name="cut")
TWO = {"targets": ("CHN", "IND")}


@pytest.fixture(scope="module")
def world():
    return load_world()


@pytest.fixture(scope="module")
def store():
    return Store()


@pytest.fixture(scope="module")
def two(world, store):
    return solve_threat(world, CUT, store=store, **TWO)


def test_targets_are_found_and_ranked_by_what_they_buy(world):
    parties = pose(world, CUT).parties
    assert tuple(parties) == ("CHN", "IND", "TUR", "BRA")


def test_all_horizons_are_those_the_table_has(world):
    assert horizons_of(world, "low")[1] == ("low",)
    assert horizons_of(world, "all")[1] == ("abrupt", "short", "medium", "long")
    assert horizons_of(world, "")[1] == page_horizons(world) == ("short", "medium", "long")
    assert page_horizons(world, "abrupt") == horizons_of(world, "all")[1]


def test_every_profile_is_the_equilibrium_of_its_policy(world, two):
    assert len(two.worlds) == 9
    policy = Policy((CutOff("USA", "IND"), *stopping(world, OIL, ["CHN"])))
    expected = solve(world, policy, opec="hold").welfare.usd / 1e3
    for code in ("USA", "CHN", "IND"):
        assert two.change("CP", (code,)) == pytest.approx(expected[world.country(code)], abs=1e-6)
    assert two.game.payoff("CP").targets[1] == pytest.approx(two.change("CP", ("IND",)))


def test_the_status_quo_costs_nobody_anything(two):
    pay = two.game.payoff("DD")
    assert max(abs(x) for x in (pay.sender, *pay.targets, pay.revenue_lost)) < 1e-6
    assert two.game.payoff("CC").revenue_lost > 30


def test_worlds_are_solved_once_whatever_list_they_belong_to(world, store, two, monkeypatch):
    calls = []

    def counted(economy, policies, **kwargs):
        calls.extend(policies)
        return solve_many(economy, policies, **kwargs)

    monkeypatch.setattr(rooms, "solve_many", counted)
    done = []
    again = solve_threat(world, CUT, store=store, progress=lambda *x: done.append(x), **TWO)
    assert calls == done == []
    assert again.game.payoffs == two.game.payoffs
    third = solve_threat(
        world, CUT, store=store, targets=("CHN", "TUR"), progress=lambda *x: done.append(x)
    )
    assert len(calls) == 6  # CHN's three fates with TUR sparing were known
    assert done == [(n, 9) for n in range(4, 10)]
    assert third.change("PD", ("USA",)) == two.change("PD", ("USA",))


def test_the_retaliation_of_the_rule_itself_is_played(world):
    duty = Tariff("target", "USA", rate=0.25, mode="add")
    own = pose(world, replace(CUT, retaliation=duty), targets=("TUR",))
    assert own.rule.retaliations == (duty,)
    assert own.mark == pose(world, CUT, targets=("TUR",), retaliation=(duty,)).mark
    assert pose(world, CUT, targets=("TUR",)).rule.retaliations == ()
    other = replace(duty, rate=0.1)
    asked = pose(world, replace(CUT, retaliation=duty), retaliation=(other,))
    assert asked.rule.retaliations == (other,)  # what is asked takes the place of the rule's own


def test_another_horizon_rule_or_closure_is_another_fingerprint(world):
    base = pose(world, CUT)
    others = [
        pose(world, CUT, horizon="low"),
        pose(world, CUT, deficits="balanced"),
        pose(world, replace(CUT, then=CutOff("USA", "target", enforcement=0.8))),
        pose(world, CUT, retaliation=(Tariff("target", "USA", rate=0.25, mode="add"),)),
        pose(world, CUT, tolerance=1e-9),
        pose(load_world("statutory"), CUT),
    ]
    assert len({q.mark for q in (base, *others)}) == 7
    assert pose(load_world(), replace(CUT, exempted=("BRA",))).mark == base.mark
    assert fingerprint(np.zeros(2)) != fingerprint(np.zeros((2, 1)))


@pytest.mark.parametrize("deficits", ["balanced", "proportional"])
def test_every_closure_can_be_played(world, deficits):
    found = solve_threat(world, CUT, store=Store(), targets=("TUR",), deficits=deficits)
    assert not found.game.missing
    assert a.bite(found.game, 0, "D") > 0
    assert found.game.payoff("C").revenue_lost > 0
    assert abs(found.game.payoff("D").sender) < 1e-6


def test_worlds_go_to_a_folder_only_when_asked_and_come_back(world, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = solve_threat(world, CUT, store=Store(), targets=("TUR",))
    assert list(tmp_path.iterdir()) == []
    kept = Store(tmp_path / "cache")
    solve_threat(world, CUT, store=kept, targets=("TUR",))
    assert [p.suffix for p in (tmp_path / "cache").iterdir()] == [".npz"]
    monkeypatch.setattr(rooms, "solve_many", lambda *_, **__: pytest.fail("solved again"))
    read = solve_threat(world, CUT, store=Store(tmp_path / "cache"), targets=("TUR",))
    assert read.game.payoffs == first.game.payoffs


def test_two_processes_find_the_same_worlds(world, monkeypatch):
    monkeypatch.setattr(rooms, "WORLDS_A_PROCESS", 4)
    one = solve_threat(world, CUT, store=Store(), **TWO)
    two = solve_threat(world, CUT, store=Store(), workers=2, **TWO)
    assert two.game.payoffs == one.game.payoffs


def kept(folder):
    """A cache of three made-up worlds, and its file."""
    store = Store(folder)
    for key in ("a", "b", "c"):
        store.worlds("mark")[key] = World(np.arange(4.0), 1.0)
    store.save("mark")
    return folder / "mark.npz"


def test_a_cut_or_changed_cache_is_made_again_and_never_wrong(tmp_path):
    path = kept(tmp_path)
    whole, seen = path.read_bytes(), set()
    for n in range(len(whole)):
        changed = bytearray(whole)
        changed[n] ^= 1 << n % 8
        for damaged in (whole[:n], bytes(changed)):
            path.write_bytes(damaged)
            found = Store(tmp_path).worlds("mark")
            seen.add(len(found))
            assert all(list(w.change) == [0.0, 1.0, 2.0, 3.0] for w in found.values())
    assert seen == {0, 3}  # some bytes of an archive do not count


def test_a_damaged_cache_is_written_anew(world, tmp_path):
    mark = pose(world, CUT).mark
    path = tmp_path / f"{mark}.npz"
    path.write_bytes(b"nothing")
    solve_threat(world, CUT, store=Store(tmp_path), targets=("TUR",))
    assert Store(tmp_path).worlds(mark)


def test_a_cache_that_cannot_be_kept_or_made_is_named(tmp_path, monkeypatch):
    path = kept(tmp_path)
    before = path.read_bytes()
    store = Store(tmp_path)
    store.worlds("mark")["d"] = World(np.zeros(4), 2.0)

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CacheError, match=r"mark\.npz could not be written: No space left"):
        store.save("mark")
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["mark.npz"]
    with pytest.raises(CacheError):
        store.save_unkept()
    monkeypatch.undo()
    store.save_unkept()
    assert len(Store(tmp_path).worlds("mark")) == 4
    (tmp_path / "file").write_text("")
    with pytest.raises(ThreatpointError, match="cache"):
        Store(tmp_path / "file")


def test_a_profile_without_an_equilibrium_keeps_its_reason(world, monkeypatch):
    def sometimes(economy, policies, **options):
        found = dict(solve_many(economy, policies, **options))
        for label, policy in policies.items():
            if any(isinstance(item, CutOff) and "USA" in item.sides[0] for item in policy.items):
                error = InfeasibleError("no finite price in the test")
                found[label] = Problem.of(found[label]).unsolved(error)
        return Solutions(found)

    monkeypatch.setattr(rooms, "solve_many", sometimes)
    found = solve_threat(world, CUT, store=Store(), targets=("TUR",))
    assert found.game.missing == {"P": "no finite price in the test"}
    (row,) = results.target_rows(found)
    assert math.isnan(row["bite_usd_bn"])
    assert row["gives_in"] == "no answer"
    assert row["compliance_cost_usd_bn"] > 0
    assert "P has no equilibrium: no finite price" in row["status"]
    assert row["minimal_enforcement_status"] == "no equilibrium"
    options = {r["option"]: r["status"] for r in option_rows(found)}
    assert "no finite price" in options["carry out on all"]
    assert not found.equilibria().complete


def test_rows_say_what_the_functions_say(two):
    rows = results.target_rows(two, thresholds=False)
    assert [r["target"] for r in rows] == ["CHN", "IND"]
    for i, row in enumerate(rows):
        assert row["bite_usd_bn"] == a.bite(two.game, i, "DD")
        assert row["break_even_low"] <= row["break_even_belief"] <= row["break_even_high"]
        assert row["price_of_credibility_usd_bn"] == -row["credibility_usd_bn"] > 0
    assert len(matrix_rows(two)) == 9
    assert {r["option"] for r in option_rows(two)} >= {"no threat", "carry out on all"}
    assert all(r["regret"] <= 1e-8 for r in results.equilibrium_rows(two, two.equilibria()))
    assert results.term_rows(two)[0]["prior"] is True
    assert {"bite", "break_even_belief", "price_of_credibility"} <= results.definitions().keys()
    gains = {(r["sender"], r["target"]): r["gain_usd_bn"] for r in member_rows(two)}
    assert gains["USA", "IND"] == pytest.approx(a.credibility(two.game, 1, "DD"))


def test_other_terms_solve_nothing_again(two):
    paid = two.with_terms(Terms(kappa=200.0))
    assert a.credibility(paid.game, 0, "DD") > 0 > a.credibility(two.game, 0, "DD")
    with pytest.raises(PolicyError, match="unknown target"):
        two.with_terms(Terms(kappa={"BRA": 1.0}))


# -- thresholds ------------------------------------------------------------------------------


def test_the_minimal_tariff_is_where_bite_meets_cost(two, world):
    found = minimal_tariff(two, "IND")
    assert found.code == "found"
    at = solve_threat(
        world, tariff_rule(two.question, found.value), store=Store(), targets=("IND",)
    )
    assert a.bite(at.game, 0, "D") == pytest.approx(a.compliance_cost(at.game, 0, "D"), rel=1e-4)
    assert minimal_tariff(two, "IND", belief=0.9).value > found.value


def test_the_minimal_enforcement_is_where_bite_meets_cost(two, world):
    found = minimal_enforcement(two, "IND")
    rule = enforced_rule(two.question, found.value)
    at = solve_threat(world, rule, store=Store(), targets=("IND",))
    assert a.bite(at.game, 0, "D") == pytest.approx(a.compliance_cost(at.game, 0, "D"), rel=1e-4)


def test_thresholds_say_when_there_is_none(two):
    dear = two.with_terms(Terms(phi={"IND": 500.0}))
    assert minimal_tariff(dear, "IND").code == "none"
    assert "not even" in minimal_enforcement(dear, "IND").words
    free = two.with_terms(Terms(psi=0.0))
    alone = minimal_tariff(free, "IND").value  # with China out, Russian crude is too cheap for it
    assert not minimal_tariff(free, "IND", others="C").value <= alone
    with pytest.raises(PolicyError, match="belief"):
        minimal_tariff(two, "IND", belief=0.0)


def test_thresholds_sought_side_by_side_are_those_sought_alone(two, monkeypatch):
    calls = []

    def counted(economy, policies, **kwargs):
        calls.append(len(policies))
        return solve_many(economy, policies, **kwargs)

    monkeypatch.setattr(rooms, "solve_many", counted)
    together = thresholds(two, ["CHN", "IND"])
    side_by_side = len(calls)
    for target in ("CHN", "IND"):
        assert together["minimal_tariff"][target] == minimal_tariff(two, target)
        assert together["minimal_enforcement"][target] == minimal_enforcement(two, target)
    assert calls[0] == 4
    assert 2 * side_by_side < len(calls) - side_by_side
    assert sum(calls[:side_by_side]) == sum(calls[side_by_side:])


def test_a_tariff_has_no_enforcement(world, store):
    rule = replace(CUT, then=Tariff("USA", "target", rate=0.25, mode="add"))
    tariff = solve_threat(world, rule, store=store, targets=("TUR",))
    assert minimal_enforcement(tariff, "TUR").code == "not applicable"


def test_the_break_even_belief_falls_as_the_tariff_rises(two):
    """Each tariff's p* for India, from 5 % to 500 %."""
    cost = a.compliance_cost(two.game, 1, "DD")
    bites = []
    for rate in (0.05, 0.25, 0.5, 1.0, 5.0):
        question = replace(two.question, rule=tariff_rule(two.question, rate))
        world = rooms.solve_world(question, "DP")
        bites.append(-world.change[question.economy.country("IND")] / 1e3)
    beliefs = [a.break_even_belief(cost, bite) for bite in bites]
    assert beliefs == sorted(beliefs, reverse=True)


# -- who is in the game ----------------------------------------------------------------------


def test_a_coalition_punishes_together_and_is_no_target(world, store):
    rule = with_senders(world, CUT, ("USA", "TUR"))
    assert rule.templates[0].sides == (("USA", "TUR"), ("target",))
    found = solve_threat(world, CUT, store=store, senders=("USA", "TUR"), targets=("IND",))
    assert found.game.sender == "USA+TUR"
    assert found.game.payoff("P").sender == pytest.approx(
        found.change("P", ("USA",)) + found.change("P", ("TUR",))
    )
    assert {r["sender"] for r in member_rows(found)} == {"USA", "TUR"}
    assert "TUR" not in pose(world, CUT, senders=("USA", "TUR")).parties


def test_a_customs_union_sends_as_one(world):
    members = world.groups["EU"]
    assert senders_of(world, CUT, ("USA", "DEU")) == ("USA", *members)
    assert with_senders(world, CUT, ("USA", "EU")).sender == ("USA", *members)
    assert not {*members} & {*pose(world, CUT, senders=("USA", "EU")).rule.targets(world)}
    assert pose(world, CUT, senders=("USA", "EU")).sender == "USA+EU"


def test_a_customs_union_decides_as_one(world, store):
    found = solve_threat(world, CUT, store=store, targets=("EU",))
    assert found.game.targets == ("EU",)
    assert found.game.payoff("P").targets[0] == pytest.approx(
        sum(found.change("P", (code,)) for code in world.groups["EU"])
    )


def test_who_joins_the_sender_adds_bite_and_pays_its_share(world, store, two):
    rows = {(r["joins"], r["target"]): r for r in sender_rows(two, ["EU", "TUR"], store=store)}
    assert set(rows) == {(j, t) for j in ("nobody", "EU", "TUR") for t in ("CHN", "IND")}
    alone, together = rows["nobody", "IND"], rows["EU", "IND"]
    assert together["bite_usd_bn"] > alone["bite_usd_bn"]
    assert together["break_even_belief"] < alone["break_even_belief"]
    assert together["members"] == 1 + len(world.groups["EU"])
    with pytest.raises(PolicyError, match="unknown sender"):
        sender_rows(two, ["EUU"], store=store)


def test_ranges_of_priors_are_ranges_of_the_belief(two):
    wide = two.with_terms(Terms(phi={"IND": Quantity(5, 1, 9)}, psi={"IND": Quantity(1, 0, 2)}))
    low, high = a.belief_over_priors(wide.game, 1, "DD")
    middle = results.target_rows(wide, thresholds=False)[1]["break_even_belief"]
    assert low < middle < high
    ends = [two.with_terms(Terms(phi=x, psi=y)).game for x, y in ((1, 0), (9, 2))]
    assert low == pytest.approx(
        a.break_even_belief(a.compliance_cost(ends[0], 1, "DD"), a.bite(ends[0], 1, "DD"))
    )
    assert high == pytest.approx(
        a.break_even_belief(a.compliance_cost(ends[1], 1, "DD"), a.bite(ends[1], 1, "DD"))
    )


def test_a_group_of_states_buys_but_never_plays(two):
    rows = {r["country"]: r for r in results.buyer_rows(two)}
    assert not rows["ROW"]["plays"]
    assert rows["ROW"]["buys_usd_bn"] > rows["TUR"]["buys_usd_bn"]
    assert rows["CHN"]["plays"]


def test_retaliation_makes_four_fates(world, store):
    back = Tariff("target", "USA", "goods", 0.5, "add")
    found = solve_threat(
        world,
        replace(CUT, then=Tariff("USA", "target", rate=0.25, mode="add")),
        store=store,
        targets=("IND",),
        retaliation=(back,),
    )
    assert len(found.worlds) == 4
    assert found.game.payoff("R").sender < found.game.payoff("P").sender
    assert found.equilibria().complete


def test_retaliation_on_trade_that_is_cut_off_is_refused_before_anything_is_solved(
    world, monkeypatch
):
    monkeypatch.setattr(rooms, "solve_many", lambda *_, **__: pytest.fail("solved"))
    back = Tariff("target", "USA", "goods", 0.5, "add")
    with pytest.raises(PolicyError, match="has no effect: what it hits is cut off"):
        solve_threat(world, CUT, store=Store(), targets=("IND",), retaliation=(back,))


# -- refusals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"senders": ("USB",)}, PolicyError, "unknown sender 'USB' .did you mean 'USA'"),
        ({"targets": ("GBR",)}, PolicyError, "buys none|sources used|named"),
        ({"targets": ("XXX",)}, PolicyError, "unknown"),
        ({"targets": ("ROW",)}, PolicyError, "many states"),
        ({"add": ("USA",)}, PolicyError, "sender"),
        ({"exempt": ("CHN", "IND", "TUR", "BRA")}, PolicyError, "hits nobody"),
        ({"horizon": "shrt"}, WorldError, "unknown horizon"),
        ({"retaliation": (Tariff("GBR", "USA", rate=0.1),)}, PolicyError, "only a target hits"),
    ],
)
def test_bad_questions_get_one_clear_error(world, options, error, words):
    with pytest.raises(error, match=words):
        solve_threat(world, CUT, store=Store(), **options)


def test_a_rule_without_a_condition_is_no_threat_to_give_in_to(world):
    with pytest.raises(PolicyError, match="asks nobody to stop"):
        solve_threat(world, Rule("USA", None, CutOff("USA", "target"), named=("CHN",)))


def test_too_many_worlds_are_refused_with_the_count():
    assert require_size(tuple("ABCDEFGH"), False) == 6561
    with pytest.raises(PolicyError, match=r"3\^9 = 19,683 worlds; the limit is 10,000.*8 targets"):
        require_size(tuple("ABCDEFGHI"), False)
    with pytest.raises(PolicyError, match=r"4\^7"):
        require_size(tuple("ABCDEFG"), True)
