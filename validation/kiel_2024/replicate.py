"""Germany's loss when all trade with China and Russia ends: alone, or with the whole bloc.

The blocs are those of the brief as far as the table has them: the G7 and the EU on one side, China
and Russia on the other, everybody else trades with both. (CEPR Policy Insight 123 describes them:
G7, Spain, the Netherlands and the rest of the EU against rivals that include China and Russia.)
"""

from __future__ import annotations

import pathlib
from functools import cache

from threatpoint.catalogue import catalog
from threatpoint.equilibrium import Solution, solve
from threatpoint.policy import CutOff
from threatpoint.world import load_world
from validation.compared import Compared, at_each, horizons, percent, real_income

TEXT = pathlib.Path(__file__).with_name("differences.md")
PUBLISHED = {figure.horizon: figure for figure in catalog.cases()["kiel-2024"].figures}
"""Horizon -> change of the real income of Germany as printed."""
HIT, EAST = "DEU", ("CHN", "RUS")
LOW = {"long": "published-low"}
"""Horizon -> set at the low end of its trade elasticities, where it is not NAME-low."""


def west() -> tuple[str, ...]:
    """The G7 and the European Union."""
    return ("USA", "CAN", "GBR", "JPN", *load_world().groups["EU"])


SCENARIOS = {
    "the G7 and the EU break with both, goods and services": ("bloc", "all", ""),
    "the same, trade elasticities at the low end of their range": ("bloc", "all", "low"),
    "the same, goods only": ("bloc", "goods", ""),
    "Germany alone breaks with both, goods and services": ("alone", "all", ""),
}
"""Words -> who breaks, what trade ends, which end of the elasticities."""


@cache
def broken(who: str, sectors: str, end: str, horizon: str) -> Solution:
    """The equilibrium after the break."""
    world, senders = load_world(), west() if who == "bloc" else (HIT,)
    name = horizon if not end else LOW.get(horizon, f"{horizon}-{end}")
    return solve(world, CutOff(senders, EAST, sectors=sectors), horizon=name)


def losses(who: str = "bloc", sectors: str = "all", end: str = "") -> dict[str, float]:
    """Horizon -> change of Germany's real income, %."""
    read = real_income(HIT)
    return {name: read(broken(who, sectors, end, name)) for name in horizons()}


def rows() -> list[Compared]:
    """What is published, then every scenario, at every horizon the table has."""
    found = [Compared("Kiel Policy Brief 170", "", {name: _printed(name) for name in horizons()})]
    for said, case in SCENARIOS.items():
        cells = at_each(lambda name, case=case: broken(*case, name), {said: real_income(HIT)})
        found.append(Compared(said, "", cells[said]))
    return found


def _printed(horizon: str) -> str:
    """The loss as printed, as a change."""
    low, high = PUBLISHED[horizon].low, PUBLISHED[horizon].high
    return percent(low) if low == high else f"{percent(high)} to {percent(low)}"
