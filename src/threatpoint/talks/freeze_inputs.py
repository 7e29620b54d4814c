"""Inputs of the talks that are drawn: the priors of the file, each with its law and its date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from threatpoint.drawn_input import Input
from threatpoint.talks.attacker import PREFIX
from threatpoint.talks.priors import BY_NAME, Priors

if TYPE_CHECKING:
    from threatpoint.quantity import Quantity


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
        Input.of(f"{PREFIX}{name}", prior.meaning, given[name], prior.law, known.get(name, ""))
        for name, prior in BY_NAME.items()
        if prior.law
    )
