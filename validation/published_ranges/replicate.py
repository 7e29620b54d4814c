"""What the shipped world of 2023 gives for the published episodes, at every horizon it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from threatpoint.catalogue import catalog
from threatpoint.equilibrium import Solution, solve
from threatpoint.errors import EquilibriumError
from threatpoint.policy.wedges import Wedges
from threatpoint.words import HORIZONS
from threatpoint.world import load_world
from threatpoint.world.economy import Economy

CASES = {"germany": "germany-energy-2022", "eu": "eu-energy-2022", "india": "india-2025"}
"""Case here -> case of the catalogue, which has the figures as changes."""
PUBLISHED = {
    case: (-figure.high, -figure.low)
    for case, name in CASES.items()
    for figure in catalog.cases()[name].figures
}
"""Case -> least and largest loss as printed, %."""

ENERGY = ("COAL", "OILGAS", "REFPET")
CUTS = (0.10, 0.30)


@dataclass(frozen=True)
class Row:
    """Loss of real income in one case at one horizon.

    Attributes:
        case: key of `CASES`.
        scenario: what was solved.
        horizon: the set of elasticities.
        loss: percent of real income; None where it was not solved.
        said: why not, "" where it was.
    """

    case: str
    scenario: str
    horizon: str
    loss: float | None
    said: str = ""


def cells(economy: Economy, buyers, sellers, sectors) -> np.ndarray:
    """Bool (N, N, S): flows from sellers to buyers in these sectors, home sales left out."""
    n, j = economy.countries, economy.sectors
    mask = np.zeros(economy.trade.shape, bool)
    grid = (
        [n.index(c) for c in buyers],
        [n.index(c) for c in sellers],
        [j.index(s) for s in sectors],
    )
    mask[np.ix_(*grid)] = True
    return mask & ~np.eye(len(n), dtype=bool)[:, :, None]


def india(economy: Economy, horizon: str) -> float:
    """50 points on top of the tariff of 2023, on every good, by the United States on India."""
    goods = [s for s in economy.sectors if s not in economy.services]
    hit = cells(economy, ["USA"], ["IND"], goods)
    found = solve(economy, Wedges(economy.tariff + 0.5 * hit, 1.0 - 0.0 * hit), horizon=horizon)
    return -float(found.welfare.percent[economy.countries.index("IND")])


def embargo(economy: Economy, buyers: tuple[str, ...], horizon: str) -> float:
    """Buyers cut off all energy from Russia; loss weighted by their final expenditure."""
    hit = cells(economy, buyers, ["RUS"], ENERGY)
    found = solve(economy, Wedges(economy.tariff, 1.0 - hit), horizon=horizon)
    who = [economy.countries.index(c) for c in buyers]
    weights = economy.final[who].sum(axis=1)
    return -float(np.average(found.welfare.percent[who], weights=weights))


def arriving(economy: Economy, found: Solution, hit: np.ndarray, paid: np.ndarray) -> float:
    """Volume of the flows `hit` over the baseline's: spending over price, at baseline prices."""
    j = economy.sectors.index("OILGAS")
    price = found.unit_costs[:, j] * paid
    return float((found.trade[:, :, j] * hit[:, :, j] / price).sum()) / float(
        (economy.trade[:, :, j] * hit[:, :, j]).sum()
    )


def import_cut(economy: Economy, cut: float, kind: str, horizon: str) -> float:
    """Germany's imports of crude and gas fall by `cut` in volume; everybody else trades on.

    Args:
        economy: the world.
        cut: share of the volume that is lost.
        kind: "quota" (rationed by a tariff whose revenue stays in Germany) or "iceberg" (rationed
            by a loss on the way: what is lost was paid for).
        horizon: the set of elasticities.
    """
    from scipy.optimize import brentq

    others = [c for c in economy.countries if c != "DEU"]
    hit = cells(economy, ["DEU"], others, ["OILGAS"])
    values = economy.elasticities[horizon]
    theta = values.theta[economy.sectors.index("OILGAS")]
    n = economy.countries.index("DEU")

    def solved(log: float) -> tuple[float, float]:
        d = np.exp(log)
        if kind == "quota":
            tariff = np.where(hit, (1 + economy.tariff) * d - 1, economy.tariff)
            wedges, paid = Wedges(tariff, np.ones_like(tariff)), np.array(1.0)
        else:
            wedges = Wedges(economy.tariff, np.where(hit, d**-theta, 1.0))
            paid = np.array(d)
        found = solve(economy, wedges, horizon=horizon)
        return arriving(economy, found, hit, paid) - (1 - cut), -float(found.welfare.percent[n])

    log = brentq(lambda x: solved(x)[0], 0.0, 6.0, xtol=1e-4)
    return solved(float(log))[1]


def scenarios() -> list[tuple[str, str, Callable[[Economy, str], float]]]:
    """Case, words, function of world and horizon."""
    rows: list[tuple[str, str, Callable[[Economy, str], float]]] = [
        ("india", "50 points on all goods", india),
        ("eu", "no energy from Russia, base 2023", lambda e, h: embargo(e, e.groups["EU"], h)),
        ("germany", "no energy from Russia, base 2023", lambda e, h: embargo(e, ("DEU",), h)),
    ]
    for cut in CUTS:
        for kind in ("quota", "iceberg"):
            words = f"imports of crude and gas {100 * cut:g} % lower, {kind}"
            rows.append(("germany", words, lambda e, h, c=cut, k=kind: import_cut(e, c, k, h)))
    return rows


def rows(horizons: Iterable[str] = HORIZONS) -> list[Row]:
    """Every scenario at every horizon; what cannot be solved says why."""
    world, found = load_world(), []
    for case, words, loss in scenarios():
        for horizon in horizons:
            if horizon not in world.elasticities:
                found.append(Row(case, words, horizon, None, "no such set in this version"))
                continue
            try:
                found.append(Row(case, words, horizon, loss(world, horizon)))
            except (EquilibriumError, ValueError) as error:
                found.append(Row(case, words, horizon, None, str(error)[:90]))
    return found
