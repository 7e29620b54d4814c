"""What is drawn in this room, each with its law, its source and the month it is known from."""

from __future__ import annotations

from functools import partial

from threatpoint import words
from threatpoint.array_types import Array
from threatpoint.drawn_input import CHOSEN, Input
from threatpoint.laws import normal
from threatpoint.quantity import Quantity
from threatpoint.support.stages import QUARTER, YEAR, load_stages

PRIOR = "prior of this project; no page: nobody has measured it"
DELIVERED = Quantity(0.75, 0.5, 1.0, "1", source=PRIOR, prior=True)
LAG = Quantity(
    21.0, 12.0, 30.0, "months",
    source="prior of this project; no page: order to delivery of new-built arms", prior=True,
)  # fmt: skip


def around(centre: float, sd: float, at: Array) -> Array:
    """Quantiles of a normal law."""
    return centre + sd * normal(at)


def inputs() -> tuple[Input, ...]:
    """What is drawn in this room."""
    stocks = _from_stocks()
    loan = Quantity(0.5, 0.0, 1.0, "1", source="choice of this project; no page", prior=True)
    return (
        Input.of("support_delivered", "share that comes of the change that capitals announced",
                 DELIVERED, "uniform", CHOSEN, "announced support that is delivered"),
        Input("support_common", "what the EU institutions allocate of what they announced",
              "normal, mean 1, standard deviation 0.15", PRIOR, partial(around, 1.0, 0.15),
              known=CHOSEN, group="allocation by the EU institutions"),
        Input("support_capitals", "what capitals give beyond, in standard deviations",
              "standard normal", PRIOR, normal, known=CHOSEN,
              group="what capitals give beyond announcements"),
        Input.of("support_lag", "months from order to delivery", LAG, "uniform", CHOSEN,
                 "time from order to delivery"),
        Input.of("support_stocks", "share of arms that comes from stocks", stocks, "uniform",
                 YEAR[1], "arms from stocks"),
        Input.of("support_loan", "whether the loan repaid from Russian assets counts as support",
                 loan, "ends", CHOSEN, "whether the loan counts"),
    )  # fmt: skip


def _from_stocks() -> Quantity:
    """Share of arms from stocks: of the last quarter and of the year to it, the ends."""
    low, high = sorted(load_stages().stocks(*period) for period in (QUARTER, YEAR))
    source = (
        "Kiel Institute, Ukraine Support Tracker, release 29, arms of all donors from stocks, of "
        f"those whose source is known: {words.months(QUARTER)} and {words.months(YEAR)}"
    )
    return Quantity(0.5 * (low + high), low, high, "1", source=source, page="no page")
