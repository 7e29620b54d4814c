"""Small worlds that balance by construction, for the golden texts; nothing is random."""

from __future__ import annotations

from datetime import date

import numpy as np

from tests.unit.markets import base_of, crude_market
from threatpoint.world import BASIS, Economy, Elasticities, Flow
from threatpoint.world.barrels import CrudeBase

NAMES = {
    "USA": "United States",
    "CHN": "China",
    "IND": "India",
    "RUS": "Russia",
    "DEU": "Germany",
    "HUN": "Hungary",
}
SECTORS = {
    "OILGAS": "Crude oil and natural gas",
    "REFPET": "Refined oil",
    "ELEC": "Electronics",
    "SVC": "Services",
}
SIZE = np.array([10.0, 8.0, 4.0, 3.0, 5.0, 1.0]) * 4e5
OPEN = np.array([0.08, 0.04, 0.15, 0.02])
WEIGHT = np.array([0.05, 0.05, 0.2, 0.7])
THETA = np.array([9.0, 3.0, 5.0, 4.0])
NEVER = ("USA",)
"""Buys no crude of the seller, neither in the table nor in barrels."""
HAULS = {"CHN": 1.4, "IND": 1.0, "DEU": 0.25, "HUN": 0.0}
DISCOUNTS = {"CHN": 2.0, "IND": 4.0, "DEU": 6.0, "HUN": 8.0}
CRUDE = 0.8
"""Part of crude in what is used of its sector."""
A_YEAR = 365.0


def golden_world(n: int) -> Economy:
    """The first n countries, 4 sectors, USD million, three horizons and a market for crude."""
    countries, sectors = tuple(NAMES)[:n], tuple(SECTORS)
    trade, tariff = _trade(n), _tariff(n)
    output, spending = trade.sum(axis=0), (trade * (1 + tariff)).sum(axis=1)
    share = output / output.sum(axis=1, keepdims=True)
    inputs = 0.35 * spending[:, :, None] * share[:, None, :]
    return Economy.from_arrays(
        countries,
        sectors,
        trade,
        inputs,
        output - inputs.sum(axis=1),
        spending - inputs.sum(axis=2),
        tariff,
        services=("SVC",),
        names={code: NAMES[code] for code in countries},
        sector_names=SECTORS,
        groups={"EU": tuple(code for code in ("DEU", "HUN") if code in countries)},
        unit="USD million",
        year=2023,
        flows={name: _flow(name, good, trade) for name, good in (("crude", 0), ("refined", 1))},
        elasticities={name: _elasticities(name, countries) for name in ("long", "medium", "short")},
        markets={"crude": crude_market(countries, bases=((date(2023, 1, 1), _base(n, trade)),))},
        metadata={"title": "A small world", "sources": {"trade": "hand-made"}},
    )


def _base(n: int, trade: np.ndarray) -> CrudeBase:
    """The same crude in barrels: the flows of the table at 80 less the landed discount.

    A buyer can take twice what it takes.
    """
    runs = CRUDE * trade[:, :, 0].sum(axis=1) / (80.0 * A_YEAR)
    flow, codes = _flow("crude", 0, trade).values[:, 3], tuple(NAMES)[:n]
    buyers = {}
    for k, code in enumerate(codes):
        if flow[k] > 0:
            bought = float(flow[k] / ((80.0 - DISCOUNTS[code]) * A_YEAR))
            near, full = bought * (HAULS[code] == 0), min(2.0 * bought / runs[k], 0.95)
            buyers[code] = (float(runs[k]), bought, near, full, HAULS[code], DISCOUNTS[code])
    buyers["COA"] = (float(runs[0]), 0.0, 0.0, 0.0, 0.0, 0.0)
    return base_of(buyers, "USA", codes, NEVER, float(runs[3]))


def _trade(n: int) -> np.ndarray:
    """Gravity with a pattern [buyer, seller, sector]; Russia (3) sells most of the oil."""
    buyer, seller, good = np.ogrid[:n, :n, :4]
    pattern = 1 + 0.2 * ((3 * buyer + 5 * seller + 7 * good) % 7)
    trade = SIZE[buyer] * SIZE[seller] / SIZE.sum() * OPEN[good] * pattern
    trade[:, 3, :2] *= 6
    trade[:, :3, :2] /= 6
    own = np.arange(n)
    trade[own, own] = SIZE[:n, None] * WEIGHT
    return trade


def _tariff(n: int) -> np.ndarray:
    buyer, seller, good = np.ogrid[:n, :n, :4]
    tariff = 0.01 * ((buyer + 2 * seller + good) % 5)
    return np.where((buyer == seller) | (good == 3), 0.0, tariff)


def _flow(name: str, good: int, trade: np.ndarray) -> Flow:
    """Nine tenths of what Russia sells of the sector; sales of others are not known."""
    array = np.zeros(trade.shape[:2])
    array[:, 3] = 0.9 * trade[:, 3, good]
    if name == "crude":
        array[[*(tuple(NAMES).index(code) for code in NEVER), 3], 3] = 0.0
    known = array > 0
    basis = np.where(known, BASIS.index("observed"), 0).astype(np.int8)
    return Flow(name, tuple(SECTORS)[good], array, known, basis, "hand-made")


def _elasticities(horizon: str, countries: tuple[str, ...]) -> Elasticities:
    scale, mobile = {"long": (1.0, 1.0), "medium": (0.75, 0.8), "short": (0.5, 0.5)}[horizon]
    phi = np.full((len(countries), 4), mobile)
    return Elasticities.of(
        countries, tuple(SECTORS), THETA * scale, phi, horizon=horizon, source="hand-made"
    )
