"""Schema of [talks] in a situation file: the two sides and one figure per prior of the talks."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, create_model, model_validator

from threatpoint.errors import shown
from threatpoint.situation.figure import Figure, Model, Text, one_of
from threatpoint.talks.priors import BY_NAME, NAMES, retired

TALKS_UNITS = tuple(dict.fromkeys(p.unit for p in BY_NAME.values()))
"""Units of the priors of the talks; a figure there may have no other."""


_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


def _month(value: Any) -> Any:
    """A month as YYYY-MM."""
    if not isinstance(value, str) or not re.match(_MONTH, value):
        raise ValueError(f"must be a month as YYYY-MM, not {shown(value)}")
    return value


Month = Annotated[
    str, BeforeValidator(_month), WithJsonSchema({"type": "string", "pattern": _MONTH})
]


class TalksFigure(Figure):
    """A figure in one of the units of the talks."""

    unit: Annotated[str, one_of(TALKS_UNITS), WithJsonSchema({"enum": [*TALKS_UNITS]})]
    known: Month = Field(
        description="the month from which it could be known, as 2025-03; of a prior, when it was "
        "chosen"
    )


class TalksSides(Model):
    """[talks]: who takes ground and who holds it; both are parties of the situation."""

    attacker: Text = Field(description="who takes ground, a party of the situation")
    defender: Text = Field(description="who holds it, a party of the situation")

    @model_validator(mode="before")
    @classmethod
    def _now(cls, given: Any) -> Any:
        """Keys of earlier files are told what stands in their place, before anything else."""
        if isinstance(given, dict) and (old := retired(given)):
            raise ValueError(old)
        return given


_FIGURES: dict[str, Any] = {
    name: (TalksFigure, Field(description=BY_NAME[name].meaning)) for name in NAMES
}
_Talks = create_model("_Talks", __base__=TalksSides, **_FIGURES)


class TalksTable(_Talks):
    """[talks]: the two sides, and a figure for each prior of the talks."""
