"""Views of derivatives: the flow that moves an outcome most, and tables of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.equilibrium.views import horizon_of, policy_words
from threatpoint.tables import Table, columns
from threatpoint.views import About, Named, View

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.equilibrium.adjoint.sensitivities import Sensitivities


def about_sensitivities(found: Sensitivities) -> About:
    """Of what, and the flow whose tariff moves it most."""
    base, unit = found.solution.calibration, ""
    n, i, j = np.unravel_index(np.abs(found.tariff).argmax(), found.tariff.shape)
    flow = f"{base.sectors[j]} from {base.countries[i]} to {base.countries[n]}"
    facts = {
        "of": found.outcome.words,
        "value": f"{found.value:,.6g}{unit}",
        "at": policy_words(found.solution),
        "horizon": horizon_of(found.solution),
        "moves it most": f"the tariff on {flow}: {0.01 * found.tariff[n, i, j]:+,.4g} for a point",
    }
    return About("Sensitivities", facts, ".tariff, .cut, .iceberg, .theta, .to_pandas()")


SLOPES = ("tariff", "cut", "trade_cost", "export_tax", "iceberg")


def slopes(found: Sensitivities) -> Table:
    """Derivatives to what is done to each flow abroad, the largest to a tariff first."""
    base, trade = found.solution.calibration, found.solution.baseline_trade
    at = np.argwhere(trade > 0)
    at = at[at[:, 0] != at[:, 1]]
    values: dict[str, Array] = {key: getattr(found, key) for key in SLOPES}
    at = at[np.argsort(-np.abs(values["tariff"][tuple(at.T)]), kind="stable")]
    rows: list[dict[str, Any]] = [
        {"importer": base.countries[n], "exporter": base.countries[i], "sector": base.sectors[j]}
        | {key: float(slope[n, i, j]) for key, slope in values.items()}
        for n, i, j in at
    ]
    shown = columns("slopes", "importer", "exporter", "sector", *SLOPES)
    return Table("slopes", f"Derivatives of {found.outcome.words}", shown, rows)


def to_theta(found: Sensitivities) -> Table:
    """Derivatives to trade elasticities."""
    base = found.solution.calibration
    rows: list[dict[str, Any]] = [
        {"sector": code, "theta": float(value)}
        for code, value in zip(base.sectors, found.theta, strict=True)
    ]
    shown = columns("slopes", "sector", "theta")
    return Table(
        "slopes", f"Derivatives of {found.outcome.words} to trade elasticities", shown, rows
    )


def tables_of_sensitivities(found: Sensitivities) -> Mapping[str, Named]:
    """Tables of derivatives."""
    return {
        "flows": Named("to a tariff, a cut and costs on each flow", lambda: slopes(found)),
        "elasticities": Named("to the trade elasticity of each sector", lambda: to_theta(found)),
    }


SENSITIVITIES = View(about_sensitivities, tables_of_sensitivities)
