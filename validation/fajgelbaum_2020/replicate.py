"""The US tariffs of 2018 and the retaliation, in their published size, on the table of 2023.

The table has whole sectors, the tariffs hit parts of them. So the published shares of imports and
exports are hit at the published rise of the rate and the rest of each flow escapes: a tariff with
enforcement e hits a share e at unchanged prices. Hit are goods from China, and metals from all
others; the split is that of Amiti, Redding & Weinstein (2019). China, Canada, Mexico, Türkiye,
Russia and the European Union answer, each on the same share of its purchases.
"""

from __future__ import annotations

import pathlib
from functools import cache

import numpy as np

from threatpoint import words
from threatpoint.array_types import Array
from threatpoint.equilibrium import Solution, solve
from threatpoint.policy import Tariff
from threatpoint.world import load_world
from threatpoint.world.economy import Economy
from validation.check import published
from validation.compared import Compared, at_each, before_revenue, percent, real_income

TEXT = pathlib.Path(__file__).with_name("differences.md")
FIGURES = {row["measure"]: (float(row["low"]), float(row["high"])) for row in published(__file__)}
USA, CHINA, METALS = "USA", "CHN", "METMIN"
ANSWER = ("CHN", "CAN", "MEX", "TUR", "RUS")


def _figure(name: str) -> float:
    return FIGURES[name][0]


def rise(name: str) -> float:
    """How far a tariff rose, as a share of the price."""
    before, after = FIGURES[f"tariff on {name} before and after"]
    return (after - before) / 100.0


def flows(economy: Economy, importers: list[str], exporters: list[str], goods: list[str]) -> float:
    """Trade across borders, in the economy's money."""
    n, i = ([economy.country(code) for code in codes] for codes in (importers, exporters))
    abroad = economy.trade * (1.0 - np.eye(len(economy.countries)))[:, :, None]
    return float(abroad[np.ix_(n, i, [economy.sector(code) for code in goods])].sum())


@cache
def war(*, retaliation: bool = True) -> tuple[Tariff, ...]:
    """The tariffs of 2018, in the shares of trade that they hit."""
    world = load_world()
    everybody, goods = list(world.countries), list(world.goods)
    others = [code for code in everybody if code not in (USA, CHINA)]
    hit = _figure("hit imports") / 100 * flows(world, [USA], everybody, goods)
    china, metals = (
        _figure(name) for name in ("hit imports from China", "hit imports of steel and aluminium")
    )
    from_china = hit * china / (china + metals) / flows(world, [USA], [CHINA], goods)
    from_others = hit * metals / (china + metals) / flows(world, [USA], others, [METALS])
    up, back = rise("hit imports"), rise("hit exports")
    ours = (
        Tariff(USA, CHINA, rate=up, mode="add", enforcement=from_china),
        Tariff(USA, others, METALS, rate=up, mode="add", enforcement=from_others),
    )
    if not retaliation:
        return ours
    who = [*ANSWER, *world.groups["EU"]]
    sold = _figure("hit exports") / 100 * flows(world, everybody, [USA], goods)
    share = sold / flows(world, who, [USA], goods)
    return (*ours, Tariff(who, USA, rate=back, mode="add", enforcement=share))


@cache
def solved(horizon: str, *, retaliation: bool = True) -> Solution:
    """The equilibrium under them."""
    return solve(load_world(), war(retaliation=retaliation), horizon=horizon)


def pass_through(found: Solution, *, against: str = "world") -> float:
    """Rise of the duty-inclusive price of hit imports over the rise of 1 + tariff, %, in logs.

    Args:
        found: the equilibrium.
        against: prices in units of world value added ("world"), or against the same goods of the
            suppliers that are not hit ("suppliers").
    """
    world = load_world()
    step, weight = _hit(world)
    cost = np.log(found.unit_costs)
    if against == "suppliers":
        cost = cost - _not_hit(world, cost, weight)
    risen = np.divide(cost + step, step, out=np.ones_like(step), where=step > 0)
    return 100.0 * float(np.average(risen, weights=weight))


def _hit(world: Economy) -> tuple[Array, Array]:
    """(N, S) rise of log(1 + tariff) of the hit part of US imports, and how much of them is hit."""
    n, tariff = world.country(USA), world.tariff[world.country(USA)]
    share = np.zeros_like(tariff)
    for item in war(retaliation=False):
        wedges = item.wedges(world)
        share = share + np.where(wedges.tariff[n] > tariff, item.enforcement, 0.0)
    step = np.where(share > 0, np.log((1 + tariff + rise("hit imports")) / (1 + tariff)), 0.0)
    return step, share * world.trade[n]


def _not_hit(world: Economy, cost: Array, weight: Array) -> Array:
    """(S,) mean log cost of the foreign suppliers none of whose flow is hit."""
    free = np.where(weight > 0, 0.0, world.trade[world.country(USA)])
    free[world.country(USA)] = 0.0
    total = free.sum(axis=0)
    return np.divide((free * cost).sum(axis=0), total, out=np.zeros_like(total), where=total > 0)


def income_rows() -> list[Compared]:
    """Real income, and before tariff revenue, of the United States."""
    measures = {
        "United States, real income": real_income(USA),
        "United States, real income before tariff revenue": before_revenue(USA),
    }
    said = at_each(solved, measures)
    printed = [percent(_figure("change in real income")), ""]
    return [Compared(what, p, said[what]) for what, p in zip(measures, printed, strict=True)]


def rows() -> list[Compared]:
    """Pass-through, real income and what it is before tariff revenue, at every horizon."""
    prices = {
        "pass-through, prices in units of world income": "world",
        "pass-through, against suppliers not hit": "suppliers",
    }
    read = {
        what: lambda found, kind=kind: words.percent(pass_through(found, against=kind))
        for what, kind in prices.items()
    }
    said = at_each(solved, read)
    passed = [Compared(what, "100 %", said[what]) for what in prices]
    what = "United States, real income without retaliation"
    alone = at_each(lambda name: solved(name, retaliation=False), {what: real_income(USA)})
    return [*passed, *income_rows(), Compared(what, "", alone[what])]
