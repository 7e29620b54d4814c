"""A small hand-made economy with an oil seller, three large buyers, a union and two residuals."""

from __future__ import annotations

from typing import Any

import numpy as np

from threatpoint.world.economy import Economy
from threatpoint.world.flow import BASIS, Flow

COUNTRIES = ("USA", "CHN", "IND", "TUR", "RUS", "DEU", "HUN", "REU", "NOR", "ROW")
SECTORS = ("OILGAS", "REFPET", "ELEC", "SVC")
CRUDE = {"CHN": 60_000.0, "IND": 50_000.0, "TUR": 6_000.0, "HUN": 2_500.0, "REU": 1_500.0}
REFINED = {"TUR": 9_000.0, "CHN": 4_000.0, "ROW": 20_000.0, "DEU": 500.0}
GAS = {"CHN": 8_000.0, "HUN": 3_000.0}


def _flow(name: str, sector: str, values: dict[str, float]) -> Flow:
    n, seller = len(COUNTRIES), COUNTRIES.index("RUS")
    array = np.zeros((n, n))
    known = np.zeros((n, n), dtype=bool)
    basis = np.zeros((n, n), dtype=np.int8)
    known[:, seller] = True
    known[COUNTRIES.index("NOR"), seller] = False
    for code, value in values.items():
        array[COUNTRIES.index(code), seller] = value
        basis[COUNTRIES.index(code), seller] = BASIS.index("observed")
    if "ROW" in values:
        basis[COUNTRIES.index("ROW"), seller] = BASIS.index("estimated")
    return Flow(name, sector, array, known, basis, "hand-made")


def small_world(**changes: Any) -> Economy:
    """The economy; only its trade, tariffs and labels mean something."""
    n, s = len(COUNTRIES), len(SECTORS)
    trade = np.full((n, n, s), 1_000.0)
    for k in range(n):
        trade[k, k] = 500_000.0
    seller = COUNTRIES.index("RUS")
    trade[:, seller, :2] = 0.0
    trade[seller, seller, :2] = 90_000.0
    for sector, parts in ((0, (CRUDE, GAS)), (1, (REFINED,))):
        for values in parts:
            for code, value in values.items():
                trade[COUNTRIES.index(code), seller, sector] += value
    saudi = COUNTRIES.index("NOR")
    for code, value in {
        "CHN": 150_000.0,
        "IND": 90_000.0,
        "TUR": 15_000.0,
        "DEU": 50_000.0,
    }.items():
        trade[COUNTRIES.index(code), saudi, 0] = value
    trade[COUNTRIES.index("USA"), saudi] = 0.0
    trade[saudi, COUNTRIES.index("USA")] = 0.0
    tariff = np.full((n, n, s), 0.03)
    tariff[..., 3] = 0.0
    tariff[np.arange(n), np.arange(n)] = 0.0
    labels: dict[str, Any] = {
        "services": ("SVC",),
        "names": {"USA": "United States", "CHN": "China", "ROW": "Rest of the world"},
        "sector_names": {"OILGAS": "Crude oil and natural gas", "ELEC": "Electronics"},
        "groups": {"EU": ("DEU", "HUN", "REU")},
        "residuals": ("REU", "ROW"),
        "unit": "USD million",
        "year": 2023,
        "flows": {
            "crude": _flow("crude", "OILGAS", CRUDE),
            "refined": _flow("refined", "REFPET", REFINED),
        },
    }
    labels.update(changes)
    return Economy.from_arrays(
        COUNTRIES,
        SECTORS,
        trade,
        np.zeros((n, s, s)),
        np.ones((n, s)),
        np.ones((n, s)),
        tariff,
        **labels,
    )
