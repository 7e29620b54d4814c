"""Threatpoint: what each side of a stand-off loses if the threat is carried out.

    >>> import threatpoint as tp
    >>> world = tp.load_world()
    >>> situation = tp.load_situation("ukraine-2025-03-31")
    >>> outcome = tp.solve(world, situation.policy)
    >>> outcome.status.converged, round(float(outcome.welfare.percent[world.country("USA")]), 2)
    (True, -0.71)

Every public name shows an example, with `tp` for the package. Names are loaded on first use, so
that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PLACES = {
    "Economy": "threatpoint.world.economy",
    "Elasticities": "threatpoint.world.elasticities",
    "load_world": "threatpoint.world",
    "Action": "threatpoint.policy",
    "CutOff": "threatpoint.policy",
    "ExportBan": "threatpoint.policy",
    "Policy": "threatpoint.policy",
    "Rule": "threatpoint.policy",
    "Tariff": "threatpoint.policy",
    "ExportTax": "threatpoint.policy",
    "PriceCap": "threatpoint.policy",
    "Quota": "threatpoint.policy",
    "StopBuying": "threatpoint.policy",
    "TradeCost": "threatpoint.policy",
    "Calibration": "threatpoint.equilibrium",
    "Solution": "threatpoint.equilibrium",
    "solve": "threatpoint.equilibrium",
    "balanced_trade": "threatpoint.equilibrium",
    "check_unique": "threatpoint.equilibrium",
    "Terms": "threatpoint.strategy",
    "solve_threat": "threatpoint.strategy",
    "solve_front": "threatpoint.front.front",
    "solve_support": "threatpoint.support.support",
    "solve_talks": "threatpoint.talks.talks",
    "load_situation": "threatpoint.situation",
    "analyse": "threatpoint.analysis",
    "write_brief": "threatpoint.brief",
    "ThreatpointError": "threatpoint.errors",
}

__all__ = ["__version__", *_PLACES]


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in _PLACES:
        raise AttributeError(f"module 'threatpoint' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
