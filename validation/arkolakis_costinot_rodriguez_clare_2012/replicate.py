"""Gains from trade 1 - lambda^(1/theta), by isolating a one-sector country in the full solver.

lambda is the share of spending that stays at home. Row 4 takes the paper's lambda; row 5 takes the
home shares of five countries in 2023 from BACI trade and World Bank GDP,
lambda = (GDP - exports) / (GDP - exports + imports), goods only over all of GDP.
"""

from __future__ import annotations

import csv

import numpy as np

from threatpoint.equilibrium import solve
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities
from validation.check import Check, SourceDataMissing, compare, given, published, source_folder

REST = "REST"


def gains(home: float, theta: float) -> float:
    """The closed form: loss of real income on moving to autarky, % (positive)."""
    return 100.0 * (1.0 - home ** (1.0 / theta))


def home_shares(codes: tuple[str, ...]) -> dict[str, float]:
    """Home shares from the 194-country goods matrix (USD thousand) and GDP (USD)."""
    folder = source_folder("goods194")
    with (folder / "country_labels.csv").open(newline="", encoding="utf-8") as text:
        countries = [row["iso3"] for row in csv.DictReader(text)]
    gdp = np.loadtxt(folder / "gdp.csv", skiprows=1)
    cells = np.genfromtxt(folder / "trade_cepii.csv", delimiter=",", skip_header=1)
    trade = 1e3 * np.nan_to_num(cells)  # rows export, columns import; an empty cell is no trade
    np.fill_diagonal(trade, 0.0)
    kept = gdp - trade.sum(axis=1)
    share = kept / (kept + trade.sum(axis=0))
    return {code: float(share[countries.index(code)]) for code in codes}


def one_sector_world(home: dict[str, float]) -> Economy:
    """Countries of size 1 with the given home shares, each trading in balance with one rest."""
    codes = [*home, REST]
    n = len(codes)
    trade = np.zeros((n, n, 1))
    for m, share in enumerate(home.values()):
        trade[m, m] = share
        trade[m, -1] = trade[-1, m] = 1.0 - share
    trade[-1, -1] = float(n)
    spending = trade.sum(axis=1)
    return Economy.from_arrays(codes, ["GOOD"], trade, np.zeros((n, 1, 1)), spending, spending)


def autarky(home: dict[str, float], theta: float) -> dict[str, float]:
    """Loss of real income of each country, isolated alone by a complete cut-off, %."""
    world = one_sector_world(home)
    elasticities = Elasticities.of(world.countries, world.sectors, theta)
    losses = {}
    for n, code in enumerate(home):
        survival = np.ones_like(world.trade)
        survival[n, :], survival[:, n] = 0.0, 0.0
        survival[n, n] = 1.0
        found = solve(
            world,
            Wedges(world.tariff, survival),
            elasticities=elasticities,
            deficits="balanced",
        )
        losses[code] = -float(found.welfare.percent[n])
    return losses


def checks() -> list[Check]:
    """Rows 4 and 5: the printed number, and the closed form to many digits."""
    rows = published(__file__)
    printed = {r["item"]: float(r["value"]) for r in rows if r["measure"] == "home share"}
    try:
        shares = home_shares(tuple(printed))
    except SourceDataMissing:
        shares = printed
        rows = [row for row in rows if row["measure"] != "home share"]
    computed = {("home share", code): share for code, share in shares.items()}
    exact: list[Check] = []
    for item in (row["item"] for row in rows if row["measure"] == "gains from trade"):
        home, theta = given(item)
        value = autarky({"A": home}, theta)["A"]
        computed["gains from trade", item] = value
        exact.append(_closed_form(4, item, home, theta, value, 1e-9))
    for code, value in autarky(shares, 4.0).items():
        computed["loss in autarky, theta 4", code] = value
        exact.append(_closed_form(5, f"{code}, theta 4", shares[code], 4.0, value, 1e-6))
    return compare(rows, computed) + exact


def _closed_form(
    number: int, item: str, home: float, theta: float, value: float, bound: float
) -> Check:
    what, source = f"solver equals formula, {item}", "1 - lambda^(1/theta), in closed form"
    return Check(number, what, "%", gains(home, theta), value, bound, source)
