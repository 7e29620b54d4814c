"""Tables of the figures that a situation file states."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from threatpoint.tables import Table, columns
from threatpoint.words import printed

if TYPE_CHECKING:
    from threatpoint.situation.figure import Figure
    from threatpoint.situation.model import Assumption, Situation


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


def library(found: Iterable[Situation]) -> Table:
    """Situations by name, a row a threat that was made, the main one first."""
    rows = [
        {"situation": each.name, "title": each.title, "threat": name, "made": each.made[name].date}
        | {"due": ", ".join(str(clock.date) for clock in each.made[name].due)}
        | {"hit": ", ".join(code for c in each.made[name].due for code in c.hit or ())}
        for each in found
        for name in sorted(each.made, key=lambda name: (name != each.main, each.made[name].date))
    ]
    caption = "Built-in situations: their threats, when they were due, and whom they hit"
    keys = ("situation", "-title", "threat", "made", "due", "hit")
    return Table("library", caption, columns("library", *keys), rows)


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
