"""Schema of [talks] in a situation file: the two sides and one figure per prior of the talks."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import WithJsonSchema, create_model

from threatpoint.situation.figure import Figure, Model, Text, one_of
from threatpoint.talks.priors import BY_NAME, NAMES

TALKS_UNITS = tuple(dict.fromkeys(p.unit for p in BY_NAME.values()))
"""Units of the priors of the talks; a figure there may have no other."""


class TalksFigure(Figure):
    """A figure in one of the units of the talks."""

    unit: Annotated[str, one_of(TALKS_UNITS), WithJsonSchema({"enum": [*TALKS_UNITS]})]


class TalksSides(Model):
    """[talks]: who takes ground and who holds it; both are parties of the situation.

    `defender_area` is the defender's whole territory: no line lies beyond it.
    """

    attacker: Text
    defender: Text
    defender_area: TalksFigure | None = None


_FIGURES: dict[str, Any] = dict.fromkeys(NAMES, (TalksFigure, ...))
_Talks = create_model("_Talks", __base__=TalksSides, **_FIGURES)


class TalksTable(_Talks):
    """[talks]: the sides, and each name of the registry in `threatpoint.talks.priors`."""
