"""Plots: Altair charts of results in the look of the page, for notebooks and slides.

A chart is saved without a network: `chart.save("x.png")`, `.svg`, `.pdf`, or
`chart.save("x.html", inline=True)`. Names of classes lead here from `threatpoint.views`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from threatpoint.errors import require_extra

PLACES = {
    "Solution": "solution:SolutionPlots",
    "Solutions": "many:SolutionsPlots",
    "Sensitivities": "slopes:SlopePlots",
    "Leverage": "slopes:LeveragePlots",
    "Chain": "chain:ChainPlots",
}
"""Class of a result -> module here and class of its charts."""


def plots_of(result: object) -> Any:
    """The charts of a result; None where nothing of its kind is drawn.

    Raises:
        MissingExtraError: Altair is not installed.
    """
    place = PLACES.get(type(result).__name__)
    if place is None:
        return None
    require_extra("plot", ".plot", "altair", "vl_convert")
    module, _, name = place.partition(":")
    return getattr(import_module(f"{__name__}.{module}"), name)(result)
