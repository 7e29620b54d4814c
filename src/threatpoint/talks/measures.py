"""Measures: what the talks are asked, each with its definition and the priors it depends on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.talks import ceasefire, commitment, delay
from threatpoint.talks.priors import MILLIONS
from threatpoint.talks.threat_link import gap_closed, with_sanctions

if TYPE_CHECKING:
    from threatpoint.talks.priors import Case
    from threatpoint.talks.terms import WarTerms

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


def _beyond(line: Any, case: Case) -> Any:
    return line - case.terms.line


def deployment(case: Case) -> tuple[WarTerms, Any, Any]:
    """The terms, and what guarantees take off the drift in how many months."""
    return case.terms, case.values["guarantee_shift"], case.values["guarantee_phases"]


def _ground_saved(case: Case) -> Any:
    return ceasefire.expected_advance(case.values["guarantee_shift"], case.terms.discount)


def _hazard(case: Case) -> Any:
    v, gain = case.values, _ground_saved(case) * case.terms.defender.land_value
    return commitment.hazard_that_stops(gain, v["wider_war_loss"], v["discount"], v["exposure"])


def _unthreatened(case: Case) -> WarTerms:
    """The terms without what the threat adds."""
    return with_sanctions(case.terms, -case.added)


def _window(case: Case, end: int) -> Any:
    return 100.0 * ceasefire.aid_window(case.terms, case.values["aid_effect"])[end]


MEASURES: tuple[Measure, ...] = (
    Measure(
        "least line",
        "km2 beyond today's",
        "the attacker prefers peace at this line or beyond to war without end",
        ATTACKER,
        lambda c: _beyond(ceasefire.least_line(c.terms), c),
    ),
    Measure(
        "largest line",
        "km2 beyond today's",
        "the defender prefers peace up to this line to war without end",
        (*DEFENDER, "drift", "aid_effect"),
        lambda c: _beyond(ceasefire.largest_line(c.terms), c),
    ),
    Measure(
        "zone width",
        "km2",
        "lines that both prefer to war",
        MARGINS,
        lambda c: ceasefire.zone_width(c.terms),
    ),
    Measure(
        "division",
        "km2 beyond today's",
        "line of alternating offers, the attacker first",
        (*BOTH, "attacker_patience", "defender_patience"),
        lambda c: _beyond(ceasefire.division(c.terms), c),
    ),
    Measure(
        "sanction needed",
        "USD bn/month",
        "what a ceasefire must lift for the attacker to accept a freeze in place",
        tuple(name for name in ATTACKER if name != "sanctions_lifted"),
        lambda c: ceasefire.sanction_needed(c.terms),
    ),
    Measure(
        "sanction",
        "USD bn/month",
        "what a ceasefire lifts, with what the threat adds",
        ("sanctions_lifted",),
        lambda c: c.terms.attacker.peace_gain,
    ),
    Measure(
        "sanction missing",
        "USD bn/month",
        "what is missing between the two",
        ATTACKER,
        lambda c: np.maximum(0.0, ceasefire.sanction_needed(c.terms) - c.terms.attacker.peace_gain),
    ),
    Measure(
        "gap closed",
        "%",
        "part of what is missing without the threat that the threat closes",
        ATTACKER,
        lambda c: 100.0 * gap_closed(_unthreatened(c), c.added),
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
        "from this change in support on the attacker accepts a freeze in place",
        ATTACKER,
        lambda c: _window(c, 0),
    ),
    Measure(
        "largest aid",
        "% of support",
        "up to this change in support the defender accepts a freeze in place",
        (*DEFENDER, "drift", "aid_effect"),
        lambda c: _window(c, 1),
    ),
    Measure(
        "revealed land value",
        "USD m/km2/month",
        "refusing a freeze in place shows that a km2 is worth at least this to the attacker",
        tuple(name for name in ATTACKER if name != "attacker_land_value"),
        lambda c: MILLIONS * ceasefire.revealed_land_value(c.terms),
    ),
    Measure(
        "land value before",
        "USD m/km2/month",
        "the same without what the threat adds",
        tuple(name for name in ATTACKER if name != "attacker_land_value"),
        lambda c: MILLIONS * ceasefire.revealed_land_value(_unthreatened(c)),
    ),
    Measure(
        "commitment premium",
        "km2",
        "what the attacker asks for on top when guarantees start after the ceasefire",
        ("discount", "guarantee_shift", "guarantee_phases"),
        lambda c: commitment.commitment_premium(*deployment(c)),
    ),
    Measure(
        "premium if kept",
        "km2",
        "the same where a line once agreed moves only by war, not at the table",
        ("discount", "guarantee_shift", "guarantee_phases"),
        lambda c: commitment.premium_if_kept(*deployment(c)),
    ),
    Measure(
        "phases needed",
        "months",
        "least time of deployment after a ceasefire at which the ceasefire holds",
        ("discount", "guarantee_shift", *MARGINS),
        lambda c: commitment.phases_needed(c.terms, c.values["guarantee_shift"]),
    ),
    Measure(
        "ground saved",
        "km2",
        "by how much guarantees before a ceasefire move both ends of the zone back",
        ("discount", "guarantee_shift"),
        _ground_saved,
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
            MILLIONS
            * delay.value_of_ground(
                c.terms.attacker.land_value,
                c.terms.discount,
                c.values["loss_rate"],
                c.values["months_to_freeze"],
            )
        ),
    ),
)
