"""NAFTA's tariff changes from 1993 to 2005 in the authors' world of 1993, trade balanced.

The published shares are not an equilibrium (negative final demand was clipped, trade is not
balanced). So, as in the paper, the world of 1993 is first solved again with balanced trade; the
tariffs of 2005 then replace those of 1993 among Mexico, Canada and the United States only.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from threatpoint.equilibrium import Calibration, Solution, balanced_economy, solve
from threatpoint.policy.wedges import Wedges
from threatpoint.world.economy import Economy
from validation.check import Check, compare, published, source_folder

MEMBERS = ("MEX", "CAN", "USA")


def read() -> dict[str, np.ndarray]:
    """The replication data with axes turned to [n, i, j], [n, k, j] and [n, j]; tariffs as shares.

    Input coefficients: the columns of the file's G (axis 1 is the input) sum to 1 and are shares in
    intermediate cost, so they are multiplied by 1 - B. One cell is negative and the sums miss 1 by
    up to 7e-7: the cell is set to 0 and the columns are scaled to 1. Value added is B times output.
    """
    with np.load(source_folder("cp2015") / "cp2015.npz") as z:
        raw = {name: z[name] for name in z.files}
    value_share = raw["B"].T
    bundle = np.maximum(raw["G"], 0.0)
    total = bundle.sum(axis=1, keepdims=True)
    bundle = np.divide(bundle, total, out=np.zeros_like(bundle), where=total > 0)
    pi = raw["pi_raw"].transpose(1, 2, 0)
    imports = raw["imports_fob"]
    return {
        "countries": raw["countries"],
        "sectors": raw["sectors"],
        "pi": pi / pi.sum(axis=1, keepdims=True),
        "gamma": np.where(total[:, 0] > 0, value_share, 1.0),
        "gamma_in": bundle * (1.0 - value_share)[:, None, :],
        "alpha": raw["alpha"].T,
        "tariff": raw["tau93"].transpose(1, 2, 0) - 1.0,
        "nafta": raw["tau_nafta"].transpose(1, 2, 0) - 1.0,
        "value_added": (raw["B"] * raw["GO"]).T,
        "deficit": imports.sum(axis=(0, 2)) - imports.sum(axis=(0, 1)),
        "expenditure": raw["X_raw"].T,
        "theta": raw["theta"],
    }


def calibration() -> Calibration:
    """The published shares of 1993."""
    data = read()
    labels = ([str(c) for c in data["countries"]], [str(s) for s in data["sectors"]])
    names = ("pi", "gamma", "gamma_in", "alpha", "tariff", "value_added", "deficit", "theta")
    return Calibration.of(*labels, *(data[name] for name in names))


@cache
def nafta() -> tuple[Economy, Solution]:
    """The world of 1993 with balanced trade, and the equilibrium under the tariffs of 2005."""
    world = balanced_economy(calibration(), unit="USD", year=1993)
    wedges = Wedges(read()["nafta"], np.ones_like(world.tariff))
    return world, solve(world, wedges, deficits="balanced")


def cross_border(trade: np.ndarray) -> np.ndarray:
    """Trade with the domestic flows set to 0."""
    return trade * (1.0 - np.eye(len(trade)))[:, :, None]


def terms_of_trade(world: Economy, after: Solution) -> np.ndarray:
    """Sum over flows of (E dc - M dc) / I, %, with finite percentage changes dc of unit costs."""
    flows = cross_border(world.trade)
    dc = 100.0 * (after.unit_costs - 1.0)
    gained = (flows.sum(axis=0) * dc).sum(axis=1)
    return (gained - np.einsum("nij,ij->n", flows, dc)) / world.final_expenditure


def volume_of_trade(world: Economy, after: Solution) -> np.ndarray:
    """Sum over flows of tau M (dM - dc) / I, %, with finite percentage changes dM and dc."""
    flows, later = cross_border(world.trade), cross_border(after.trade)
    safe = np.where(flows > 0, flows, 1.0)
    dm = np.where(flows > 0, 100.0 * (later / safe - 1.0), 0.0)
    dc = 100.0 * (after.unit_costs - 1.0)
    return (world.tariff * flows * (dm - dc)).sum(axis=(1, 2)) / world.final_expenditure


def import_growth(world: Economy, after: Solution, country: str) -> float:
    """Growth of a member's imports (fob) from the other two, %."""
    n = world.country(country)
    partners = [world.country(code) for code in MEMBERS if code != country]
    return 100.0 * (after.trade[n, partners].sum() / world.trade[n, partners].sum() - 1.0)


def checks() -> list[Check]:
    """Rows 1 to 3."""
    world, after = nafta()
    tot, vot = terms_of_trade(world, after), volume_of_trade(world, after)
    computed: dict[tuple[str, str], float] = {}
    for code in MEMBERS:
        n = world.country(code)
        computed["terms of trade", code] = tot[n]
        computed["volume of trade", code] = vot[n]
        computed["total, first order", code] = tot[n] + vot[n]
        computed["real income, exact", code] = after.welfare.percent[n]
        computed["real wage", code] = after.welfare.real_wage[n]
        computed["imports from members", code] = import_growth(world, after, code)
    return compare(published(__file__), computed)
