"""Building an economy from arrays: labels, signs, side tables, frozen data."""

from __future__ import annotations

import numpy as np
import pytest

from threatpoint.errors import UnbalancedError, WorldError
from threatpoint.world import Economy, Elasticities, Flow, check, info, require_balanced
from threatpoint.world.info import sources

COUNTRIES, SECTORS = ("AAA", "BBB", "CCC"), ("goods", "work")


def tables(seed: int = 0) -> dict:
    """A small balanced world with tariffs, two sectors and an idle one in the last country."""
    rng = np.random.default_rng(seed)
    trade = rng.uniform(1, 9, (3, 3, 2)) + 20 * np.eye(3)[:, :, None]
    trade[:, 2, 1] = 0.0
    tariff = rng.uniform(0, 0.3, (3, 3, 2)) * (1 - np.eye(3))[:, :, None]
    output = trade.sum(axis=0)
    absorption = (trade * (1 + tariff)).sum(axis=1)
    inputs = 0.2 * absorption[:, :, None] * (output / output.sum(axis=1, keepdims=True))[:, None, :]
    return {
        "trade": trade,
        "tariff": tariff,
        "inputs": inputs,
        "value_added": output - inputs.sum(axis=1),
        "final": absorption - inputs.sum(axis=2),
    }


def build(**changes) -> Economy:
    parts = tables() | changes
    countries, sectors = parts.pop("countries", COUNTRIES), parts.pop("sectors", SECTORS)
    return Economy.from_arrays(countries, sectors, **parts)


def crude(values, known=None, sector="goods") -> Flow:
    values = np.asarray(values, dtype=float)
    known = values > 0 if known is None else np.asarray(known)
    return Flow("crude", sector, values, known, np.where(known, 1, 0).astype(np.int8), "a test")


def test_a_balanced_world_passes_every_check():
    economy = build()
    assert all(item.ok for item in check(economy, 1e-12))
    require_balanced(economy, 1e-12)
    assert abs(economy.deficit.sum()) < 1e-12
    np.testing.assert_allclose(
        economy.final_expenditure,
        economy.value_added.sum(axis=1) + economy.tariff_revenue + economy.deficit,
    )


def test_arrays_are_copied_and_frozen():
    parts = tables()
    economy = Economy.from_arrays(COUNTRIES, SECTORS, **parts)
    parts["trade"][0, 0, 0] = 1e9
    assert economy.trade[0, 0, 0] < 100
    with pytest.raises(ValueError, match="read-only"):
        economy.trade[0, 0, 0] = 1.0


def test_every_problem_is_reported_at_once():
    parts = tables()
    parts["trade"][1, 2, 0] = np.nan
    parts["final"][2, 1] = -3.0
    with pytest.raises(WorldError) as caught:
        build(**parts, services=("werk",), groups={"bloc": ("AAA", "ABB")}, residuals=("ZZZ",))
    text = str(caught.value)
    assert "trade is not finite in 1 cell(s), first at [BBB, CCC, goods]" in text
    assert "final is negative in 1 cell(s), first at [CCC, work] = -3" in text
    assert "services: unknown sector 'werk' (did you mean 'work'?)" in text
    assert "group bloc: unknown country 'ABB'" in text
    assert "residuals: unknown country 'ZZZ'" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"countries": ("AAA", "AAA", "CCC")}, "country 'AAA' appears more than once"),
        ({"countries": ("AAA", "BBB")}, r"trade has shape \(3, 3, 2\), expected \(2, 2, 2\)"),
        ({"sectors": ("goods", 7)}, "sector 7 is not a text label"),
        ({"final": "many"}, "final is not an array of numbers"),
        ({"final": [[1.0, 2.0], [3.0]]}, "final is not an array of numbers"),
        ({"tariff": np.full((3, 3, 2), 0.1)}, "tariff is not 0 on domestic sales"),
        ({"servises": ("work",)}, r"unknown field 'servises' \(did you mean 'services'\?\)"),
        ({"basis": {"trade": np.zeros((3, 3), np.int8)}}, "basis of trade has shape"),
        ({"basis": {"tradde": np.zeros((3, 3, 2), np.int8)}}, "basis: unknown array 'tradde'"),
        ({"basis": {"final": np.full((3, 2), 9, np.int8)}}, "codes outside 0 to 3"),
        ({"flows": {"crude": crude(np.full((3, 3), 1e6))}}, "exceed its trade, most at"),
        ({"flows": {"crude": crude(np.ones((2, 2)))}}, r"expected shape \(3, 3\)"),
        ({"flows": {"crude": crude(np.ones((3, 3)), sector="good")}}, "did you mean 'goods'"),
        ({"flows": {"crude": crude(-np.eye(3))}}, "negative or not finite"),
        ({"flows": {"crude": crude(np.eye(3), np.zeros((3, 3), bool))}}, "not known"),
    ],
)
def test_bad_tables_are_refused_with_the_reason(changes, words):
    with pytest.raises(WorldError, match=words):
        build(**changes)


def test_two_flows_of_a_sector_count_together():
    trade = tables()["trade"][:, :, 0]
    half = {"crude": crude(0.6 * trade), "gas": crude(0.6 * trade)}
    with pytest.raises(WorldError, match="flows in goods exceed"):
        build(flows=half)
    assert build(flows={"crude": crude(0.6 * trade)}).flows["crude"].values.any()


@pytest.mark.parametrize(
    ("array", "cell", "name", "place"),
    [
        ("final", (1, 0), "use", "[BBB, goods]"),
        ("value_added", (0, 1), "cost", "[AAA, work]"),
        ("value_added", (2, 1), "cost", "[CCC, work]"),
    ],
)
def test_an_unbalanced_world_names_the_worst_cell_and_both_sides(array, cell, name, place):
    parts = tables()
    parts[array][cell] += 40.0
    economy = build(**parts)
    broken = {item.name for item in check(economy) if not item.ok}
    assert {name, "income"} <= broken
    with pytest.raises(UnbalancedError) as caught:
        require_balanced(economy)
    text = str(caught.value)
    assert place in text or f"[{COUNTRIES[cell[0]]}]" in text
    assert "against" in text
    assert "Also violated" in text


def test_inputs_of_an_idle_sector_are_found():
    parts = tables()
    parts["inputs"][2, 0, 1] = 5.0
    found = {item.name: item for item in check(build(**parts))}
    assert not found["idle"].ok
    assert found["idle"].where == ("CCC", "work")
    assert found["idle"].left == pytest.approx(5.0)


def test_swapped_axes_do_not_pass_unseen():
    parts = tables()
    with pytest.raises(UnbalancedError):
        require_balanced(build(trade=parts["trade"].transpose(1, 0, 2)))


def test_info_describes_any_economy():
    economy = build(
        year=1999,
        unit="dollars",
        services=["work"],
        elasticities={"long": Elasticities.of(COUNTRIES, SECTORS, [2.0, 5.0], 0.5)},
        flows={"crude": crude(np.eye(3))},
        metadata={"title": "Small world", "sources": {"trade": "made up"}, "note": "for a test"},
    )
    parts = {table.caption: table.rows for table in info(economy)}
    summary = {row["what"]: row["text"] for row in parts["Small world"]}
    assert summary["year"] == "1999"
    assert summary["note"] == "for a test"
    assert summary["services among them"] == "work"
    assert parts["Elasticities by horizon"][0]["theta_high"] == 5.0
    assert parts["Bilateral flows finer than the sectors"][0]["known"] == 3
    assert sources(economy).rows[0] == {"name": "trade", "kind": "source", "text": "made up"}


def test_checks_do_not_depend_on_the_unit_of_money():
    parts = tables()
    scaled = {name: table * 1e-7 for name, table in parts.items() if name != "tariff"}
    for one, other in zip(check(build(**parts)), check(build(**parts | scaled)), strict=True):
        assert one.ok == other.ok
        assert one.violation == pytest.approx(other.violation, abs=1e-14)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"theta": [2.0, 0.0]}, "theta must be above 0 and finite.*work"),
        ({"theta": [2.0, np.nan]}, "above 0 and finite.*work"),
        ({"phi": 0.0}, r"phi must lie in \(0, 1\]"),
        ({"phi": 1.5}, r"phi must lie in \(0, 1\]"),
        ({"eta": -0.5}, "elasticity eta must be 0 or more"),
        ({"rho": float("inf")}, "elasticity rho must be 0 or more and finite"),
        ({"epsilom": 1.0}, r"unknown elasticity 'epsilom' \(did you mean 'epsilon'\?\)"),
    ],
)
def test_bad_elasticities_are_refused_with_the_reason(changes, words):
    with pytest.raises(WorldError, match=words):
        Elasticities.of(COUNTRIES, SECTORS, **{"theta": 4.0, **changes})


def test_elasticities_broadcast_and_are_frozen():
    values = Elasticities.of(COUNTRIES, SECTORS, 4.0, [[0.5], [1.0], [0.2]], horizon="short")
    assert values.theta.tolist() == [4.0, 4.0]
    assert values.phi.shape == (3, 2)
    assert values.horizon == "short"
    assert not values.theta.flags.writeable
    assert not values.phi.flags.writeable
