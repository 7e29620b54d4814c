"""What the United States spends on imports, and what it would lose without them."""

from __future__ import annotations

from threatpoint import CutOff, load_world, solve
from validation.arkolakis_costinot_rodriguez_clare_2012.replicate import autarky, gains
from validation.check import Check, compare, given, published

CODE, HORIZON = "USA", "long"


def cents() -> float:
    """Imports at basic prices out of a dollar spent on anything, final or not, in the table."""
    world = load_world()
    bought = world.trade[world.country(CODE)].sum(axis=1)
    return 100.0 * float(1.0 - bought[world.country(CODE)] / bought.sum())


def without_trade() -> float:
    """Loss of real income in the shipped world where nothing is imported any more, %."""
    world = load_world()
    none = CutOff(CODE, "others", sectors="all")
    found = solve(world, none, horizon=HORIZON, deficits="balanced")
    return -float(found.welfare.percent[world.country(CODE)])


def checks() -> list[Check]:
    """Row 17."""
    rows = published(__file__)
    computed = {
        (rows[0]["measure"], CODE): cents(),
        (rows[3]["measure"], rows[3]["item"]): without_trade(),
    }
    exact: list[Check] = []
    for row in rows[1:3]:
        home, theta = given(row["item"])
        value = computed[row["measure"], row["item"]] = autarky({"A": home}, theta)["A"]
        source = "1 - lambda^(1/theta), in closed form"
        what = f"solver equals formula, {row['item']}"
        exact.append(Check(17, what, "%", gains(home, theta), value, 1e-9, source))
    return compare(rows, computed) + exact
