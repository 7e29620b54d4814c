"""The one added tariff on everybody else's goods that is best for each of Ossa's regions."""

from __future__ import annotations

from threatpoint import load_world, optimal_tariff
from validation.check import published

PUBLISHED = published(__file__)
REGIONS = ("USA", "EU", "CHN", "IND", "JPN", "BRA")
"""Those of Ossa (2014) that are one economy or group of the table; his seventh is all others."""
HORIZONS = ("short", "long")


def best(region: str, horizon: str) -> tuple[float, bool]:
    """The best added tariff in percent, and whether it is held by the highest with an answer."""
    found = optimal_tariff(load_world(), region, "WORLD", horizon=horizon)
    return 100.0 * found.rate, found.rates[0].bound == "highest"


def rows(regions: tuple[str, ...] = REGIONS) -> dict[str, dict[str, tuple[float, bool]]]:
    """Horizon -> region -> its best tariff."""
    return {h: {region: best(region, h) for region in regions} for h in HORIZONS}
