"""First lines, tables, frames and charts of whatever a user reaches."""

from __future__ import annotations

import dataclasses
import doctest
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

import threatpoint as tp
from tests.chains import quick
from tests.economies import random_world
from tests.golden_worlds import golden_world
from threatpoint import words
from threatpoint.analysis.chain.talks import talks_of
from threatpoint.errors import MissingExtraError, ThreatpointError
from threatpoint.views import Shown, Tabled
from threatpoint.views.plain import short
from threatpoint.views.shown import LINES

LETTERS = 1500
PLAIN = Path(__file__).parents[1] / "situations" / "files" / "golden-plain.toml"
SMALL = golden_world(5)
WORLD = tp.load_world()
SITUATION = tp.load_situation("ukraine-2025-03-31")


DUTY = tp.Tariff("USA", "CHN", rate=0.1)
OWN = random_world(3, 3, 2, zeros=False)
MAKERS: dict[str, Callable[[], Any]] = {
    "world": lambda: WORLD,
    "own": lambda: OWN.economy,
    "day": lambda: tp.on_day(WORLD, "2025-03-31"),
    "situation": lambda: SITUATION,
    "policy": lambda: tp.Policy([DUTY, tp.ExportBan("USA", "CHN", "ELEC")], name="both"),
    "standing": lambda: tp.standing_policy("2025-03-31"),
    "instruments": lambda: [DUTY, tp.Iceberg("DEU", "USA", rate=-0.1)],
    "rule": lambda: SITUATION.policy,
    "terms": tp.Terms,
    "drawing": tp.Drawing,
    "solution": lambda: tp.solve(WORLD, SITUATION.policy, horizon="short", opec="hold"),
    "lost": lambda: tp.solve(WORLD, tp.CutOff("UKR", "WORLD", "all"), throw=False),
    "many": lambda: tp.solve_many(WORLD, {x: tp.Tariff("USA", "CHN", rate=x) for x in (0.1, 0.5)}),
    "wedges": lambda: tp.solve(WORLD, DUTY.wedges(WORLD)),
    "oil": lambda: tp.oil_outcome(made("solution")),
    "sensitivities": lambda: tp.sensitivities(made("solution"), tp.Outcome("real_income", "China")),
    "unique": lambda: tp.check_unique(
        tp.solve(OWN.economy, elasticities=elasticities(OWN)), starts=2
    ),
    "leverage": lambda: tp.leverage(OWN.economy, elasticities=elasticities(OWN), sectors="all"),
    "optimal": lambda: tp.optimal_tariff(WORLD, "USA", "CHN"),
    "war": lambda: tp.nash_tariffs(WORLD, "USA", "CHN"),
    "front": tp.solve_front,
    "support": tp.solve_support,
    "chain": lambda: quick(16),
    "talks": lambda: talks_of(quick(16)),
    "asked": lambda: tp.ask(WORLD, SITUATION, draws=8),
    "game": lambda: tp.solve_threat(WORLD, SITUATION.threats["oil-tariff"], targets=("IND",)),
    "design": lambda: tp.design_threat(
        SITUATION, WORLD, brief=True, targets="IND", forms=("tariff",), join="EU"
    ),
    "analysis": lambda: tp.analyse(tp.load_situation(PLAIN, SMALL), SMALL),
}
"""What the public functions give, small."""


@cache
def made(name: str) -> Any:
    """One of them, made once."""
    return MAKERS[name]()


def elasticities(own) -> tp.Elasticities:
    codes = own.economy.countries, own.economy.sectors
    return tp.Elasticities.of(*codes, own.theta, own.phi)


def reached(
    found: Any, path: str, seen: dict[int, Any], depth: int = 0
) -> Iterator[tuple[str, Any]]:
    """Objects of the package among the fields of an object, with their paths."""
    if id(found) in seen or depth > 6:
        return
    seen[id(found)] = found
    if isinstance(found, Mapping):
        for key, value in list(found.items())[:3]:
            yield from reached(value, f"{path}[{key!r}]", seen, depth + 1)
    elif isinstance(found, list | tuple):
        for n, value in enumerate(found[:3]):
            yield from reached(value, f"{path}[{n}]", seen, depth + 1)
    elif type(found).__module__.startswith("threatpoint"):
        yield path, found
        if dataclasses.is_dataclass(found):
            for field in dataclasses.fields(found):
                value = getattr(found, field.name)
                yield from reached(value, f"{path}.{field.name}", seen, depth + 1)


@pytest.mark.parametrize("name", MAKERS)
def test_whatever_is_reached_is_short(name):
    for path, found in reached(made(name), name, {}):
        text = repr(found)
        assert len(text) < LETTERS, (path, len(text))
        assert text.count("\n") < LINES, (path, text)


@pytest.mark.parametrize("name", MAKERS)
def test_a_notebook_has_the_same_lines(name):
    found = made(name)
    if isinstance(found, Shown):
        assert found._repr_html_().startswith("<table><caption>")
        assert found._repr_html_().count("<tr>") <= LINES + 22
        assert "<script" not in found._repr_html_()


@pytest.mark.parametrize("name", MAKERS)
def test_every_table_is_a_frame_with_what_its_columns_mean(name):
    pytest.importorskip("pandas")
    found = made(name)
    for table, meaning in found.tables.items() if isinstance(found, Tabled) else ():
        frame = found.to_pandas(table)
        assert meaning, table
        assert len(frame) == len(found.to_table(table).rows), table
        assert set(frame.attrs["units"]) <= set(frame.columns)
        assert not frame.columns.duplicated().any(), table


def test_frames_hold_the_numbers_of_the_arrays():
    solution = made("solution")
    frame = solution.to_pandas().set_index("country").loc[list(WORLD.countries)]
    np.testing.assert_array_equal(frame.real_income_percent, solution.welfare.percent)
    assert solution.to_pandas().attrs["title"].startswith("Change in real income per year")
    many = made("many").to_pandas()
    one = many[(many.member == 0.5) & (many.country == "USA")].real_income_percent.item()
    assert one == made("many")[0.5].welfare.percent[WORLD.country("USA")]


def test_arrays_with_labels_hold_the_same_numbers():
    pytest.importorskip("xarray")
    found, chain = made("sensitivities"), made("chain")
    assert found.to_pandas().attrs["units"] == {
        "tariff": "per 100 points",
        "cut": "per log point",
        "trade_cost": "per 100 %",
        "export_tax": "per 100 points",
        "iceberg": "per log point",
    }
    slopes = found.to_xarray()
    at = {"importer": "USA", "exporter": "CHN", "sector": "ELEC"}
    place = WORLD.country("USA"), WORLD.country("CHN"), WORLD.sector("ELEC")
    assert slopes.tariff.sel(at).item() == found.tariff[place]
    assert slopes.theta.sel(sector="ELEC").item() == found.theta[place[2]]
    drawn = chain.to_xarray()
    act = chain.worlds.acts[0]
    usa = drawn.real_income.sel(act=act, country="USA")
    np.testing.assert_array_equal(usa, chain.worlds.percent_of(act, ["USA"]))
    assert drawn.inputs.sizes == {"draw": 16, "key": len(chain.values)}


def test_changes_of_trade_add_up():
    solution = made("solution")
    home = np.arange(len(WORLD.countries))
    before = WORLD.trade.sum() - WORLD.trade[home, home].sum()
    for by in (("importer",), ("sector", "exporter"), ("importer", "exporter", "sector")):
        found = solution.trade_changes(by=by)
        assert found.trade_baseline.sum() == pytest.approx(before, rel=1e-12)
        assert list(found.columns[:2]) == [
            min(by, key=ORDER.index),
            f"{min(by, key=ORDER.index)}_name",
        ]
    usa = WORLD.country("USA")
    bought = np.delete(solution.trade[usa, :, WORLD.sector("ELEC")], usa).sum()
    found = solution.trade_changes(importer="US", sector="electronics", by="importer")
    assert found.trade.item() == pytest.approx(bought, rel=1e-12)


ORDER = ("importer", "exporter", "sector")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"importer": "Chna"}, "did you mean 'China'"),
        ({"exporter": 3}, "is not a code"),
        ({"sector": "vehicels"}, "did you mean"),
        ({"by": "importr"}, "did you mean 'importer'"),
        ({"by": ()}, "nothing is given"),
        ({"importer": "USA", "exporter": "USA"}, "the same country"),
        ({"importer": "others"}, "others"),
    ],
)
def test_a_wrong_question_about_trade_has_one_answer(given, said):
    with pytest.raises(tp.ThreatpointError, match=said):
        made("solution").trade_changes(**given)


@pytest.mark.parametrize("given", ["welfar", "x", 3])
def test_an_unknown_table_names_those_that_there_are(given):
    with pytest.raises(ThreatpointError, match=r"unknown table .* known: welfare"):
        made("solution").to_pandas(given)


def test_what_is_not_installed_is_named(monkeypatch):
    monkeypatch.setattr("threatpoint.errors.find_spec", lambda _: None)
    for asked, extra in (("to_pandas", "pandas"), ("plot", "plot")):
        with pytest.raises(MissingExtraError, match=rf"threatpoint\[{extra}\]"):
            getattr(made("solution"), asked)()


def charts() -> Iterator[tuple[str, Any]]:
    pytest.importorskip("altair", reason="charts need the extra 'plot'")
    solution, many = made("solution").plot, made("many").plot
    yield "percent", solution.welfare()
    yield "money", solution.welfare(top=3, measure="money")
    yield "pairs", solution.trade()
    yield "partners", solution.trade(importer="United States", sector="goods")
    yield "one flow", solution.trade("USA", "China")
    yield "map", solution.map()
    yield "lines", many.welfare()
    yield "named", many.welfare(of=["EU", "India"], label="rate")
    yield "slopes", made("sensitivities").plot.flows(to="cut", top=4)
    yield "leverage", made("leverage").plot.flows("C00", "C01", top=4)
    yield "draws", made("chain").plot.losses()


def test_every_chart_says_its_finding_and_measure_and_is_drawn():
    import vl_convert

    for name, chart in charts():
        title = chart.to_dict()["title"]
        assert title["text"], name
        assert any(unit in title["subtitle"][0] for unit in ("%", "USD", "money")), name
        assert vl_convert.vegalite_to_svg(chart.to_json()).startswith("<svg"), name


def test_a_bar_is_as_long_as_its_number():
    chart = made("solution").plot.welfare(top=5).to_dict()
    rows = next(iter(chart["datasets"].values())) if "datasets" in chart else find_rows(chart)
    frame = made("solution").to_pandas().set_index("name").real_income_percent
    assert [row["value"] for row in rows] == sorted(row["value"] for row in rows)
    for row in rows:
        assert row["value"] == frame[row["name"]]
        assert row["shown"] == words.percent(row["value"], True)


def find_rows(chart: dict[str, Any]) -> list[dict[str, Any]]:
    layers = [chart, *chart.get("layer", [])]
    return max((one.get("data", {}).get("values", []) for one in layers), key=len)


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda: made("solution").plot.welfare(top=0), "top is 0"),
        (lambda: made("solution").plot.welfare(measure="euros"), "unknown measure"),
        (lambda: made("solution").plot.trade(importer="Chna"), "did you mean 'China'"),
        (lambda: made("sensitivities").plot.flows(to="tarif"), "did you mean 'tariff'"),
        (lambda: made("many").plot.welfare(of="Chna"), "did you mean 'China'"),
        (lambda: made("chain").plot.losses("nothing"), "unknown act"),
        (lambda: made("lost").plot.welfare(), "nothing to draw"),
        (lambda: made("front").plot, "no chart is drawn of a FrontResult"),
    ],
)
def test_a_chart_that_cannot_be_has_one_error(draw, said):
    pytest.importorskip("altair", reason="charts need the extra 'plot'")
    with pytest.raises(ThreatpointError, match=said):
        draw()


def test_values_of_any_kind_are_short():
    long = "x" * 500
    for value in (long, [long] * 9, {long: 1}, np.zeros((9, 9)), np.nan, np.array(["a"]), None, 3):
        assert len(short(value)) < 100


def test_every_view_that_a_class_names_is_there():
    for module in pkgutil.walk_packages(tp.__path__, "threatpoint."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for cls in every_subclass(Shown):
        place, _, name = cls._view.partition(":")
        assert not place or hasattr(importlib.import_module(place), name), cls


def every_subclass(cls: type) -> Iterator[Any]:
    for one in cls.__subclasses__():
        yield one
        yield from every_subclass(one)


def test_arguments_complete_with_the_words_there_are():
    from threatpoint.equilibrium.adjoint.outcome import KINDS, Kind
    from threatpoint.oil.inputs import OPEC
    from threatpoint.strategy.tariffs.rates import WAYS, Ways

    def literals(alias: Any) -> set[str]:
        return {word for part in get_args(alias) if part is not str for word in get_args(part)}

    assert literals(words.Horizon) == set(words.HORIZONS)
    assert literals(words.Closure) == set(words.CLOSURES)
    assert literals(words.Opec) == {"", *OPEC}
    assert literals(Kind) == set(KINDS)
    assert literals(Ways) == set(WAYS)


@pytest.mark.parametrize(
    ("method", "after"), [(tp.Economy.with_groups, ""), (tp.Solution.trade_changes, "solve")]
)
def test_the_examples_of_methods_run(method, after):
    pytest.importorskip("pandas")
    from tests.unit.test_examples import run

    names = run(after) if after else {"tp": tp}
    parsed = doctest.DocTestParser().get_doctest(method.__doc__, names, "", None, None)
    assert parsed.examples
    assert not doctest.DocTestRunner().run(parsed).failed


def test_a_rate_in_a_title_is_rounded():
    from threatpoint.brief.plots.many import _short

    assert (_short(0.6000000000000001), _short("a tariff")) == ("0.6", "a tariff")
