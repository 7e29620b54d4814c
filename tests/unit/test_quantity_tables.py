"""The tables of how much a target stops, of offers and of evasion have all their columns."""

import csv
import io

import pytest

from threatpoint.policy import Action, Cost, Demand, Rule, Tariff
from threatpoint.policy.standing import on_day
from threatpoint.strategy import pose
from threatpoint.strategy import quantity_tables as tables
from threatpoint.strategy.agreement import Frontier
from threatpoint.strategy.bargain import Bargain
from threatpoint.strategy.carriers import carrier_rows
from threatpoint.strategy.curve import Curve
from threatpoint.strategy.evasion import evasion_rows
from threatpoint.strategy.offer_rows import bargain_rows, offer_rows
from threatpoint.strategy.offers import bargain
from threatpoint.strategy.partial_rows import stopping_rows
from threatpoint.strategy.threat import sketch
from threatpoint.world import load_world

DUTY = Tariff("USA", "target", rate=0.25, mode="add")
FLAT = Curve.through((0.0, 1.0), (0.0, 0.0))


@pytest.fixture(scope="module")
def threat():
    rule = Rule("USA", Action(("crude", "refined"), "RUS"), DUTY, ("IND", "TUR"))
    return sketch(pose(on_day(load_world(), "2025-03-31"), rule, horizon="short"))


def written(table):
    """Rows of a table as its file has them, once its terminal has taken them too."""
    assert table.terminal().row_count == len(table.rows)
    return list(csv.DictReader(io.StringIO(table.csv())))


def test_every_table_writes_its_rows(threat):
    deal = bargain(threat, "IND")
    made = {
        tables.stopping: stopping_rows(threat, 0.66),
        tables.offer: offer_rows(threat, "IND", 0.25, found=deal),
        tables.bargain: bargain_rows(threat, "IND", [0.5], patience=(0.9, 0.9), found=deal),
        tables.evasion: evasion_rows(threat, [0.2]),
        tables.carriers: carrier_rows(threat, 2),
    }
    for table, rows in made.items():
        found = written(table(rows))
        assert len(found) == len(rows) > 0
        assert all(column.heading for column in table(rows).columns)


def test_rows_without_an_answer_are_written_too(threat):
    """Nobody says what complying costs; nobody can gain."""
    demand = Demand("guard the border")
    rule = Rule("USA", None, DUTY, ("MEX",), demand=demand)
    open_cost = sketch(pose(on_day(load_world(), "2025-03-31"), rule, horizon="short"))
    (row,) = written(tables.stopping(stopping_rows(open_cost, 0.5, rates=())))
    assert "is not given" in row["status"]
    assert row["stops_step_percent"] in ("", "nan")
    nothing = Bargain(FLAT, FLAT, FLAT, FLAT, FLAT, (0.0, 0.0))
    assert Frontier(nothing, 0.5).nash() is None
    (row,) = written(tables.bargain(bargain_rows(threat, "IND", [0.5], found=nothing)))
    assert row["status"] == "nothing to gain"


def test_a_cost_that_is_given_has_corners_only():
    cost = Cost(2.0, 1.0, 3.0, "USD bn", prior=True)
    rule = Rule("USA", None, DUTY, ("MEX",), demand=Demand("guard the border", cost))
    here = sketch(pose(on_day(load_world(), "2025-03-31"), rule, horizon="short"))
    (row,) = written(tables.stopping(stopping_rows(here, 0.5, rates=())))
    assert row["corners"] == "True"
