"""Tables of the figures that a situation file states."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from threatpoint.tables import Table, columns
from threatpoint.words import printed

if TYPE_CHECKING:
    from threatpoint.situation.figure import Figure
    from threatpoint.situation.model import Assumption


def priors(assumptions: Iterable[Assumption]) -> Table:
    """Figures that nobody has measured."""
    rows = [
        _row(prior) | {"value": printed(prior.figure.value, prior.figure.unit)}
        for prior in assumptions
    ]
    caption = "Priors: choices in the situation file that nobody has measured"
    shown = columns("priors", "where", "value", "range", "period", "source")
    return Table("priors", caption, shown, rows)


def figures(given: Iterable[Assumption]) -> Table:
    """Every figure with all that is said of it."""
    keys = ("where", "value", "unit", "range", "period", "prior", "source", "page")
    rows = [_row(figure) for figure in given]
    caption = "Every figure of the situation file"
    return Table("given-figures", caption, columns("given-figures", *keys), rows)


def ends(figure: Figure) -> str:
    """'10 to 25': the range as printed; "" without one."""
    return " to ".join(map(str, figure.range or ()))


def _row(stated: Assumption) -> dict[str, Any]:
    figure = stated.figure
    return {
        "where": stated.where,
        "value": str(figure.value),
        "unit": figure.unit,
        "range": ends(figure),
        "period": figure.period,
        "prior": "prior" if figure.prior else "",
        "source": figure.source,
        "page": figure.page or "",
    }
