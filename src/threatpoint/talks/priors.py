"""Priors: every number the talks need, with unit, bounds, law and meaning; values are the file's.

One registry. The schema of a situation file, the checks, the draws and the docs read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from threatpoint.errors import QuantityError, TalksError, shown, unknown
from threatpoint.laws import quantile
from threatpoint.quantity import Quantity
from threatpoint.talks.terms import require


@dataclass(frozen=True)
class Prior:
    """One number the talks need.

    Attributes:
        name: key in the file.
        symbol: in the equations.
        unit: the one it must have.
        meaning: in words.
        law: what is drawn from its range, one of `laws.LAWS`; "" where it is shown and not drawn.
        bounds: arguments of `require`.
    """

    name: str
    symbol: str
    unit: str
    meaning: str
    law: str
    bounds: Mapping[str, float]

    def problem(self, given: Any) -> str:
        """Wrong type, unit or law, or an end of the range out of bounds; "" if nothing is wrong."""
        if not isinstance(given, Quantity):
            return f"{self.name} must be a Quantity, not {shown(given)}"
        if wrong := given.wrong_unit(self.name, self.unit):
            return wrong
        try:
            require(self.name, (given.value, given.low, given.high), self.unit, **self.bounds)
            quantile(given, self.law or "triangular", np.array([0.5]))
        except TalksError as error:
            return str(error)
        except QuantityError as error:
            return f"{self.name}: {error}"
        return ""


POSITIVE: Mapping[str, float] = {"above": 0.0}
NOT_NEGATIVE: Mapping[str, float] = {"least": 0.0}
HAZARD: Mapping[str, float] = {"least": 0.0, "most": 1.0}
PERCENT: Mapping[str, float] = {"least": 0.0, "most": 100.0}
CUT: Mapping[str, float] = {"least": 0.0, "below": 100.0}

_DEFINED = (
    Prior("line", "x", "km2", "area the attacker holds", "", NOT_NEGATIVE),
    Prior(
        "drift", "mu", "km2/month", "gain of the attacker expected on the date", "lognormal",
        POSITIVE,
    ),
    Prior(
        "ground_ratio", "r", "1",
        "worth to the attacker of a month's ground over the cost of the month: the median",
        "loguniform", POSITIVE,
    ),
    Prior("ground_doubt", "sigma", "1", "log-sd of that ratio", "uniform", POSITIVE),
    Prior(
        "attacker_expenditure", "-", "USD bn/year", "attacker's military expenditure",
        "triangular", NOT_NEGATIVE,
    ),
    Prior(
        "attacker_war_share", "-", "%", "part of it that ends with the war", "triangular",
        {"above": 0.0, "most": 100.0},
    ),
    Prior("deaths", "-", "deaths/month", "attacker's dead", "lognormal", POSITIVE),
    Prior("life_value", "-", "USD m", "what a death costs the attacker", "lognormal", POSITIVE),
    Prior(
        "sanctions_lifted", "s_R", "USD bn/month",
        "what sanctions in force cost the attacker that a ceasefire lifts", "triangular",
        NOT_NEGATIVE,
    ),
    Prior(
        "part_lifted", "-", "%", "part of what a lever costs the attacker that a ceasefire lifts",
        "triangular", PERCENT,
    ),
    Prior(
        "aid_elasticity", "eta", "1", "% less drift for 1 % more support", "lognormal", POSITIVE
    ),
    Prior("aid_cut", "-", "%", "part of support that may be cut", "triangular", CUT),
    Prior("cut_hazard", "h", "per month", "hazard of that cut", "triangular", HAZARD),
    Prior(
        "loss_rate", "rho", "per month", "hazard that a km2 taken is lost again", "triangular",
        HAZARD,
    ),
    Prior(
        "months_to_freeze", "n", "months", "expected time to a ceasefire", "lognormal", POSITIVE
    ),
    Prior(
        "wider_war_loss", "L", "USD bn", "loss of those who deploy in a wider war", "lognormal",
        POSITIVE,
    ),
    Prior(
        "wider_war_rate", "e", "% a month", "base rate of a wider war", "lognormal",
        {"above": 0.0, "most": 100.0},
    ),
)  # fmt: skip
BY_NAME: Mapping[str, Prior] = MappingProxyType({p.name: p for p in _DEFINED})
NAMES: tuple[str, ...] = tuple(BY_NAME)
RETIRED: Mapping[str, str] = MappingProxyType(
    {
        "aid_effect": "aid_elasticity",
        "attacker_land_value": "ground_ratio",
        "discount": "ground_ratio",
        "cost_doubt": "ground_doubt",
        "exposure": "wider_war_rate",
        "defender_area": "",
        "defender_land_value": "",
        "defender_expenditure": "",
        "defender_war_share": "",
        "guarantees": "",
        "attacker_patience": "",
        "defender_patience": "",
        "guarantee_shift": "",
        "guarantee_phases": "",
    }
)
"""Names of earlier files -> what stands in their place; "" for nothing."""


def retired(names: Iterable[str]) -> str:
    """What is wrong with names of earlier files; "" if none is one."""
    instead = {name: RETIRED[name] for name in names if name in RETIRED}
    return "; ".join(
        f"{name!r} is no longer used: {f'give {new!r}' if new else 'leave it out'}"
        for name, new in instead.items()
    )


class Priors(Mapping[str, Quantity]):
    """All priors by name, frozen: complete and within bounds once this exists.

    Raises:
        TalksError: every problem at once: unknown or missing names, units, bounds.
    """

    def __init__(self, given: Mapping[str, Quantity]) -> None:
        if not isinstance(given, Mapping):
            raise TalksError(f"priors must be a mapping of names to quantities, not {shown(given)}")
        problems = [unknown("prior", name, NAMES) for name in given if name not in NAMES]
        if old := retired(given):
            raise TalksError(old)
        missing = [name for name in NAMES if name not in given]
        if missing:
            problems.append(f"missing priors: {', '.join(missing)}")
        found = [BY_NAME[name].problem(given[name]) for name in NAMES if name in given]
        if problems := [*problems, *filter(None, found)]:
            raise TalksError("; ".join(problems))
        self._given = {name: given[name] for name in NAMES}

    @classmethod
    def of(cls, given: Mapping[str, Quantity]) -> Priors:
        """The priors, checked unless they are already."""
        return given if isinstance(given, cls) else cls(given)

    def __getitem__(self, name: str) -> Quantity:
        return self._given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)
