"""What a solution carries: levels that add up, rows, exports, status."""

from __future__ import annotations

import csv
import errno
import json
import os
from dataclasses import replace

import numpy as np
import pytest

from tests.unit.test_feasibility import cut, economy
from threatpoint.equilibrium import balanced_trade, solve
from threatpoint.equilibrium.export import texts
from threatpoint.equilibrium.fixed_point import Anderson
from threatpoint.equilibrium.results import assumptions, country_rows, flow_rows, sector_rows
from threatpoint.errors import PolicyError, ThreatpointError, UnbalancedError, WorldError
from threatpoint.files import require_writable, save, targets
from threatpoint.policy import Tariff
from threatpoint.policy.wedges import Wedges
from threatpoint.world import load_world
from threatpoint.world.elasticities import Elasticities


@pytest.fixture
def outcome():
    e = economy()
    return solve(e, cut(e, "C", "A", "S"))


def test_levels_add_up(outcome):
    s = outcome
    spending = (s.trade * (1 + s.wedges.tariff)).sum(axis=1)
    np.testing.assert_allclose(spending, s.expenditure, rtol=1e-9)
    np.testing.assert_allclose(s.trade.sum(axis=0), s.output, rtol=1e-9)
    np.testing.assert_allclose(s.inputs.sum(axis=2) + s.final, s.expenditure, rtol=1e-9)
    np.testing.assert_allclose(s.inputs.sum(axis=1) + s.value_added, s.output, rtol=1e-9)
    np.testing.assert_allclose(s.final.sum(axis=1), s.income, rtol=1e-9)
    total = s.value_added.sum(axis=1) + s.tariff_revenue + s.deficit
    np.testing.assert_allclose(total, s.income, rtol=1e-9)


def test_world_value_added_is_the_numeraire(outcome):
    before = outcome.economy.value_added.sum()
    assert outcome.value_added.sum() == pytest.approx(before, rel=1e-9)


def test_a_warm_start_gives_the_same_answer_sooner(outcome):
    e = outcome.economy
    again = solve(e, cut(e, "C", "A", "S"), start=outcome)
    assert again.status.evaluations < outcome.status.evaluations
    np.testing.assert_allclose(again.welfare.percent, outcome.welfare.percent, atol=1e-8)


def test_specific_factors_lower_the_response_of_output():
    e = economy()
    tariff = e.tariff.copy()
    tariff[0, 1] = 0.5
    shock = Wedges(tariff, np.ones_like(tariff))
    mobile = solve(e, shock)
    fixed = solve(e, shock, elasticities=Elasticities.of(e.countries, e.sectors, 4.0, 0.2))
    swing = [np.abs(s.output[1] / s.unit_costs[1] / e.output[1] - 1).max() for s in (mobile, fixed)]
    assert 0 < swing[1] < swing[0]


def test_balanced_trade_is_a_fixed_point_of_its_closure():
    base = balanced_trade(economy())
    np.testing.assert_allclose(base.deficit / base.gdp, 0.0, atol=1e-9)
    np.testing.assert_allclose(solve(base, deficits="balanced").welfare.percent, 0.0, atol=1e-7)


def test_rows_are_complete(outcome):
    assert [row["country"] for row in country_rows(outcome)] == ["A", "B", "C"]
    assert len(sector_rows(outcome)) == 6
    assert len(sector_rows(outcome, ["C"])) == 2
    gone = [r for r in flow_rows(outcome, ["S"]) if (r["exporter"], r["importer"]) == ("A", "C")]
    assert gone[0]["trade"] == 0.0
    assert gone[0]["change_percent"] == -100.0
    carried = assumptions(outcome)
    assert carried["status"] == "converged"
    assert carried["policy"] == ["the test's cut-off"]


def test_csv_holds_every_value_and_json_is_strict(outcome, tmp_path):
    path, side = save({tmp_path / "r.csv": texts(outcome, tmp_path / "r.csv")})
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    exact = [
        row for row in rows if row["country"] == "C" and row["measure"] == "real_income_percent"
    ]
    assert float(exact[0]["value"]) == outcome.welfare.percent[2]
    assert json.loads(side.read_text())["status"] == "converged"
    (only,) = save({tmp_path / "r.json": texts(outcome, tmp_path / "r.json")})

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is not JSON")

    assert len(json.loads(only.read_text(), parse_constant=refuse)["country"]) == 3
    assert not list(tmp_path.glob("*.part"))


def test_the_files_of_a_run_replace_those_of_the_run_before_as_one(tmp_path, monkeypatch):
    names = [tmp_path / f"r-{horizon}.csv" for horizon in ("short", "long")]
    (tmp_path / "r-mine.csv").write_text("mine")
    save({name: ["old", "old"] for name in names})
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ThreatpointError, match=r"r-long\.csv could not be written: No space"):
        save({names[1]: ["new", "new"]}, earlier=names)
    assert {p.read_text() for name in names for p in targets(name)} == {"old"}
    monkeypatch.undo()
    save({names[1]: ["new", "new"]}, earlier=names)
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {
        "r-long.csv": "new", "r-long.meta.json": "new", "r-mine.csv": "mine",
    }  # fmt: skip


def refuse(_: int) -> None:
    """What a full disk answers."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_results_may_be_links_to_files_in_several_folders(tmp_path):
    for horizon in ("short", "long"):
        (tmp_path / horizon).mkdir()
        (tmp_path / f"{horizon}.json").symlink_to(tmp_path / horizon / "r.json")
    save({tmp_path / "short.json": ["a"], tmp_path / "long.json": ["b"]})
    assert (tmp_path / "short" / "r.json").read_text() == "a"
    assert (tmp_path / "long.json").read_text() == "b"
    assert (tmp_path / "long.json").is_symlink()


@pytest.mark.parametrize(
    ("name", "words"), [("r.txt", ".csv or .json"), ("no/r.csv", "does not exist")]
)
def test_a_bad_target_is_refused(tmp_path, name, words):
    with pytest.raises(ThreatpointError, match=words):
        require_writable(tmp_path / name)


def test_wedges_of_another_economy_are_refused():
    e = economy()
    with pytest.raises(WorldError, match="shape"):
        solve(e, Wedges(np.zeros((2, 2, 2)), np.ones((2, 2, 2))))


def test_to_xarray_is_labelled(outcome):
    table = outcome.to_xarray()
    value = table["real_income"].sel(country="C").item()
    assert value == outcome.welfare.percent[2]
    assert table["trade"].sel(importer="C", exporter="A", sector="S").item() == 0.0
    assert "converged" in table.attrs["status"]
    assert "tariff" in outcome.economy.to_xarray()


def test_anderson_solves_a_linear_problem_in_few_steps():
    rng = np.random.default_rng(0)
    matrix = 0.9 * np.linalg.qr(rng.normal(size=(6, 6)))[0]
    shift = rng.normal(size=6)
    z, mixer = np.zeros(6), Anderson((6,))
    for _ in range(12):
        z = mixer.step(z, matrix @ z + shift)
    np.testing.assert_allclose(z, np.linalg.solve(np.eye(6) - matrix, shift), atol=1e-9)


def test_the_shock_s_weights_survive_assembly_with_one_sector():
    from threatpoint.equilibrium import Calibration
    from threatpoint.equilibrium.assembly import assemble
    from threatpoint.equilibrium.feasibility import structure

    shares = Calibration.of(
        ["A", "B"],
        ["S"],
        np.array([[[0.7], [0.3]], [[0.3], [0.7]]]),
        np.ones((2, 1)),
        np.zeros((2, 1, 1)),
        np.ones((2, 1)),
        np.zeros((2, 2, 1)),
        np.ones(2),
        np.zeros(2),
        4.0,
    )
    left = structure(shares, Wedges(shares.tariff, np.ones_like(shares.tariff)), "fixed")
    assemble(shares, left, "fixed")
    np.testing.assert_array_equal(left.flows.whole.transpose(1, 2, 0), shares.pi)


def test_the_parts_of_real_income_add_up(outcome):
    w = outcome.welfare
    np.testing.assert_allclose(
        w.from_factors + w.from_tariffs + w.from_deficit, w.percent, atol=1e-9
    )


def test_no_policy_means_no_change_under_every_closure():
    for closure in ("fixed", "balanced", "proportional"):
        np.testing.assert_allclose(
            solve(economy(), deficits=closure).welfare.percent, 0.0, atol=1e-7
        )


def test_results_are_read_only_and_later_solves_unharmed(outcome):
    for array in (outcome.calibration.pi, outcome.income, outcome.trade, outcome.economy.output):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0


def test_economies_and_solutions_can_be_copied_and_pickled(outcome):
    import copy
    import pickle

    for made in (copy.deepcopy(outcome), pickle.loads(pickle.dumps(outcome))):
        np.testing.assert_array_equal(made.welfare.percent, outcome.welfare.percent)
        assert made.economy.countries == outcome.economy.countries
        assert not made.economy.trade.flags.writeable


@pytest.mark.parametrize(
    ("cell", "tariff", "survival", "words"),
    [
        ((0, 1, 0), 0.0, -0.5, "survival"),
        ((0, 1, 0), 0.0, 3.0, "survival"),
        ((0, 0, 0), 0.0, 0.2, "home sales are cut off"),
        ((0, 0, 0), 0.5, 1.0, "tariff on home sales"),
        ((0, 1, 0), -1.0, 1.0, "-100 %"),
        ((0, 1, 0), float("nan"), 1.0, "not finite"),
    ],
)
def test_wedges_that_mean_nothing_are_refused(cell, tariff, survival, words):
    e = economy()
    taxes, left = e.tariff.copy(), np.ones_like(e.tariff)
    taxes[cell], left[cell] = tariff, survival
    with pytest.raises(PolicyError, match=words):
        Wedges(taxes, left)


def test_a_start_from_another_economy_is_refused(outcome):
    other = solve(load_world())
    with pytest.raises(WorldError, match="another economy"):
        solve(outcome.economy, start=other)


def test_an_isolated_country_with_balanced_trade_solves_under_fixed_deficits():
    e = economy(deficits=False)
    left = np.ones_like(e.tariff)
    left[0, 1:] = left[1:, 0] = 0.0
    assert solve(e, Wedges(e.tariff, left)).status.converged


def test_a_rounded_table_is_refused_as_unbalanced():
    e = economy()
    inputs = np.round(e.inputs, 6)
    rounded = replace(e, inputs=inputs)
    with pytest.raises(UnbalancedError):
        solve(rounded)


def test_instruments_solve_alone_or_in_a_list():
    e = economy()
    duty = Tariff("A", "B", "all", 0.3)
    one, several = solve(e, duty), solve(e, [duty])
    np.testing.assert_array_equal(one.welfare.percent, several.welfare.percent)
    with pytest.raises(PolicyError, match="str is not a policy"):
        solve(e, "USA:CHN")
