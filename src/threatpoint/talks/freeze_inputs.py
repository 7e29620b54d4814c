"""Inputs of the talks that are drawn: the priors of the file, each with its law and its date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from threatpoint.drawn_input import Input
from threatpoint.talks.attacker import PREFIX
from threatpoint.talks.priors import BY_NAME, Priors

if TYPE_CHECKING:
    from threatpoint.quantity import Quantity

GROUPS: Mapping[str, str] = {
    "drift": "gain of ground expected on the date",
    "ground_ratio": "worth of a month's ground",
    "ground_doubt": "doubt about the worth of a month's ground",
    "attacker_expenditure": "what the war costs the attacker",
    "attacker_war_share": "what the war costs the attacker",
    "deaths": "what its dead cost the attacker",
    "life_value": "what its dead cost the attacker",
    "sanctions_lifted": "what a ceasefire lifts",
    "part_lifted": "what a ceasefire lifts",
    "aid_elasticity": "how support moves the front",
    "aid_cut": "whether support is cut",
    "cut_hazard": "whether support is cut",
    "loss_rate": "ground that is lost again",
    "months_to_freeze": "time to a ceasefire",
    "wider_war_loss": "a wider war",
    "wider_war_rate": "a wider war",
}
"""Prior that is drawn -> the group that its share of a spread is told by."""


def inputs(priors: Mapping[str, Quantity], known: Mapping[str, str]) -> tuple[Input, ...]:
    """One input a prior that is drawn, keys with the prefix of the room; they are independent.

    Args:
        priors: every name of `priors.NAMES`.
        known: name -> month from which it could be known.

    Raises:
        TalksError: a prior that is missing, unknown, out of bounds or without such a law.
    """
    given = Priors.of(priors)
    return tuple(
        Input.of(
            f"{PREFIX}{name}", prior.meaning, given[name], prior.law, known.get(name, ""),
            GROUPS[name],
        )
        for name, prior in BY_NAME.items()
        if prior.law
    )  # fmt: skip
