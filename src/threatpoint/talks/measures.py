"""Measures: what the talks are asked, each with its definition and the priors it depends on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.talks import ceasefire, commitment, delay
from threatpoint.talks.threat_link import move, with_sanctions

if TYPE_CHECKING:
    from threatpoint.talks.delay import Reason, Verdict
    from threatpoint.talks.priors import Case
    from threatpoint.talks.threat_link import Move

ATTACKER = (
    "drift",
    "discount",
    "attacker_land_value",
    "attacker_expenditure",
    "attacker_war_share",
    "sanctions_lifted",
    "aid_effect",
)
DEFENDER = (
    "discount",
    "defender_land_value",
    "defender_expenditure",
    "defender_war_share",
    "guarantees",
)
MARGINS = tuple(dict.fromkeys((*ATTACKER[2:6], *DEFENDER[1:])))
OUT_OF_REACH = 1e12
"""USD bn per km2: the price of ground where the front stands still."""
BOTH = tuple(dict.fromkeys((*ATTACKER, *DEFENDER)))


@dataclass(frozen=True)
class Measure:
    """One answer.

    Attributes:
        name, unit, definition: what it is.
        uses: priors it depends on; vertices are taken over these.
        formula: Case -> value, vectorised.
    """

    name: str
    unit: str
    definition: str
    uses: tuple[str, ...]
    formula: Callable[[Case], Any]


@dataclass(frozen=True)
class Test:
    """One reason for delay, with the priors its verdict depends on."""

    reason: Reason
    definition: str
    uses: tuple[str, ...]
    formula: Callable[[Case], Verdict]


def _beyond(line: Any, case: Case) -> Any:
    return line - case.terms.line


def _guarantees(case: Case) -> commitment.Guarantees:
    v = case.values
    return commitment.guarantees(case.terms, v["guarantee_shift"], v["guarantee_phases"])


def _move(case: Case) -> Move:
    """From s_R without the threat to s_R with it."""
    before = with_sanctions(case.terms, -case.added)
    return move(before, case.added)


def _hazard(case: Case) -> Any:
    v = case.values
    gain = _guarantees(case).gain
    return commitment.hazard_that_stops(gain, v["wider_war_loss"], v["discount"], v["exposure"])


def _window(case: Case, end: int) -> Any:
    return 100.0 * ceasefire.aid_window(case.terms, case.values["aid_effect"])[end]


def _price_of_ground(case: Case) -> Any:
    """c_R / mu, USD bn per km2: what a km2 costs on average; out of reach where none is taken."""
    drift = np.asarray(case.terms.drift, dtype=float)
    with np.errstate(over="ignore"):
        price = case.terms.attacker.war_cost / np.where(drift > 0, drift, 1.0)
    return np.where(drift > 0, np.minimum(price, OUT_OF_REACH), OUT_OF_REACH)


MEASURES: tuple[Measure, ...] = (
    Measure(
        "least line",
        "km2 beyond today's",
        "the attacker prefers peace at this line or beyond to war without end (y_min - x)",
        ATTACKER,
        lambda c: _beyond(ceasefire.least_line(c.terms), c),
    ),
    Measure(
        "largest line",
        "km2 beyond today's",
        "the defender prefers peace up to this line to war without end (y_max - x)",
        (*DEFENDER, "drift", "aid_effect"),
        lambda c: _beyond(ceasefire.largest_line(c.terms), c),
    ),
    Measure(
        "zone width",
        "km2",
        "lines that both prefer to war (y_max - y_min)",
        MARGINS,
        lambda c: ceasefire.zone_width(c.terms),
    ),
    Measure(
        "division",
        "km2 beyond today's",
        "line of alternating offers, the attacker first (y* - x; Rubinstein 1982)",
        (*BOTH, "attacker_patience", "defender_patience"),
        lambda c: _beyond(ceasefire.division(c.terms), c),
    ),
    Measure(
        "sanction needed",
        "USD bn/month",
        "least s_R at which the attacker accepts a freeze in place (s_R*)",
        tuple(name for name in ATTACKER if name != "sanctions_lifted"),
        lambda c: ceasefire.sanction_needed(c.terms),
    ),
    Measure(
        "sanction",
        "USD bn/month",
        "s_R: what a ceasefire lifts, with what the threat adds",
        ("sanctions_lifted",),
        lambda c: c.terms.attacker.peace_gain,
    ),
    Measure(
        "sanction missing",
        "USD bn/month",
        "max(0, s_R* - s_R)",
        ATTACKER,
        lambda c: np.maximum(0.0, ceasefire.sanction_needed(c.terms) - c.terms.attacker.peace_gain),
    ),
    Measure(
        "gap closed",
        "%",
        "part of the gap between s_R without the threat and s_R* that the threat closes",
        ATTACKER,
        lambda c: 100.0 * _move(c).share,
    ),
    Measure(
        "drift accepted",
        "km2/month",
        "up to this drift the attacker accepts a freeze in place",
        tuple(name for name in ATTACKER if name not in ("drift", "aid_effect")),
        lambda c: ceasefire.drift_accepted_by_attacker(c.terms),
    ),
    Measure(
        "least aid",
        "% of support",
        "from this change in support on the attacker accepts a freeze in place (a_low)",
        ATTACKER,
        lambda c: _window(c, 0),
    ),
    Measure(
        "largest aid",
        "% of support",
        "up to this change in support the defender accepts a freeze in place (a_high)",
        (*DEFENDER, "drift", "aid_effect"),
        lambda c: _window(c, 1),
    ),
    Measure(
        "revealed land value",
        "USD m/km2/month",
        "refusing a freeze in place shows that a km2 is worth at least this to the attacker",
        tuple(name for name in ATTACKER if name != "attacker_land_value"),
        lambda c: 1e3 * ceasefire.revealed_land_value(c.terms),
    ),
    Measure(
        "land value before",
        "USD m/km2/month",
        "the same without what the threat adds",
        tuple(name for name in ATTACKER if name != "attacker_land_value"),
        lambda c: 1e3 * _move(c).bound_before,
    ),
    Measure(
        "commitment premium",
        "km2",
        "what the attacker asks for on top when guarantees start after the ceasefire",
        ("discount", "guarantee_shift", "guarantee_phases"),
        lambda c: _guarantees(c).premium,
    ),
    Measure(
        "premium if kept",
        "km2",
        "the same where a line once agreed moves only by war, not at the table",
        ("discount", "guarantee_shift", "guarantee_phases"),
        lambda c: _guarantees(c).premium_kept,
    ),
    Measure(
        "phases needed",
        "months",
        "least time of deployment after a ceasefire at which the ceasefire holds",
        ("discount", "guarantee_shift", *MARGINS),
        lambda c: _guarantees(c).phases_needed,
    ),
    Measure(
        "ground saved",
        "km2",
        "by how much guarantees before a ceasefire move both ends of the zone back",
        ("discount", "guarantee_shift"),
        lambda c: _guarantees(c).ground_saved,
    ),
    Measure(
        "escalation hazard",
        "% per month",
        "above this hazard of a wider war guarantees before a ceasefire stop paying",
        ("discount", "defender_land_value", "guarantee_shift", "wider_war_loss", "exposure"),
        lambda c: 100.0 * _hazard(c),
    ),
    Measure(
        "value of ground",
        "USD m/km2",
        "a km2 taken today, kept for good if it is still held at the freeze",
        ("attacker_land_value", "discount", "loss_rate", "months_to_freeze"),
        lambda c: (
            1e3
            * delay.value_of_ground(
                c.terms.attacker.land_value,
                c.terms.discount,
                c.values["loss_rate"],
                c.values["months_to_freeze"],
            )
        ),
    ),
)

TESTS: tuple[Test, ...] = (
    Test(
        "drift",
        "a freeze in place next month is worth more to the attacker than one now",
        ATTACKER,
        lambda c: delay.drift_verdict(c.terms),
    ),
    Test(
        "aid-cut",
        "waiting for a cut in support is worth more than a freeze in place now",
        (*ATTACKER, "aid_cut", "cut_hazard"),
        lambda c: delay.aid_cut_verdict(c.terms, c.values["cut_hazard"], 0.0, c.offer_after),
    ),
    Test(
        "commitment",
        "guarantees that start after a ceasefire ask for more than there is room",
        ("discount", *MARGINS, "guarantee_shift", "guarantee_phases"),
        lambda c: delay.commitment_verdict(
            c.terms, c.values["guarantee_shift"], c.values["guarantee_phases"]
        ),
    ),
    Test(
        "private-costs",
        "the defender's best offer is refused by an attacker whose costs are low",
        (*MARGINS, "cost_doubt"),
        lambda c: delay.private_costs_verdict(c.terms, c.least_cost, c.most_cost),
    ),
    Test(
        "positioning",
        "ground is worth more before the freeze than it costs",
        (*(n for n in ATTACKER if n != "sanctions_lifted"), "loss_rate", "months_to_freeze"),
        lambda c: delay.positioning_verdict(
            c.terms, c.values["loss_rate"], c.values["months_to_freeze"], _price_of_ground(c)
        ),
    ),
)
