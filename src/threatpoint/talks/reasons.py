"""Reasons: why the attacker may drag out the talks, each with its test and what that depends on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.talks import delay
from threatpoint.talks.measures import ATTACKER, MARGINS, deployment

if TYPE_CHECKING:
    from threatpoint.talks.delay import Verdict
    from threatpoint.talks.priors import Case

OUT_OF_REACH = 1e12
"""USD bn per km2: the price of ground where the front stands still."""


@dataclass(frozen=True)
class Test:
    """One reason for delay.

    Attributes:
        reason, definition: what is tested.
        uses: priors its verdict depends on.
        unit: of the number of the verdict.
        flipped_by, threshold_unit: what its threshold is about.
        formula: Case -> verdict, vectorised.
    """

    reason: str
    definition: str
    uses: tuple[str, ...]
    unit: str
    flipped_by: str
    threshold_unit: str
    formula: Callable[[Case], Verdict]


def _price_of_ground(case: Case) -> Any:
    """c_R / mu, USD bn per km2: what a km2 costs on average; out of reach where none is taken."""
    drift = np.asarray(case.terms.drift, dtype=float)
    with np.errstate(over="ignore"):
        price = case.terms.attacker.war_cost / np.where(drift > 0, drift, 1.0)
    return np.where(drift > 0, np.minimum(price, OUT_OF_REACH), OUT_OF_REACH)


TESTS: tuple[Test, ...] = (
    Test(
        "drift",
        "a freeze in place next month is worth more to the attacker than one now",
        ATTACKER,
        "USD bn", "drift", "km2/month",
        lambda c: delay.drift_verdict(c.terms),
    ),
    Test(
        "aid-cut",
        "waiting for a cut in support is worth more than a freeze in place now",
        (*ATTACKER, "aid_cut", "cut_hazard"),
        "USD bn", "hazard", "per month",
        lambda c: delay.aid_cut_verdict(c.terms, c.values["cut_hazard"], 0.0, c.offer_after),
    ),
    Test(
        "commitment",
        "guarantees that start after a ceasefire ask for more than there is room",
        ("discount", *MARGINS, "guarantee_shift", "guarantee_phases"),
        "km2", "shift", "km2/month",
        lambda c: delay.commitment_verdict(*deployment(c)),
    ),
    Test(
        "private-costs",
        "the defender's best offer is refused by an attacker whose costs are low",
        (*MARGINS, "cost_doubt"),
        "probability", "largest war cost believed", "USD bn/month",
        lambda c: delay.private_costs_verdict(c.terms, c.least_cost, c.most_cost),
    ),
    Test(
        "positioning",
        "ground is worth more before the freeze than it costs",
        (*(n for n in ATTACKER if n != "sanctions_lifted"), "loss_rate", "months_to_freeze"),
        "USD bn/km2", "months to freeze", "months",
        lambda c: delay.positioning_verdict(
            c.terms, c.values["loss_rate"], c.values["months_to_freeze"], _price_of_ground(c)
        ),
    ),
)  # fmt: skip
