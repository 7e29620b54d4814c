"""Priors: every number the talks need, with unit, bounds and meaning; values come from the file.

One registry. The schema of a situation file, the checks and the tables of the docs read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import TalksError, shown, unknown
from threatpoint.quantity import Quantity
from threatpoint.talks.ceasefire import drift_with_support
from threatpoint.talks.terms import Side, WarTerms, require

if TYPE_CHECKING:
    from threatpoint.array_types import Array

MONTHS = 12.0
MILLIONS = 1e3
"""USD million in a USD bn."""


@dataclass(frozen=True)
class Prior:
    """One number the talks need.

    Attributes:
        name: key in the file.
        symbol: in the equations.
        unit: the one it must have.
        meaning: in words.
        bounds: arguments of `require`.
    """

    name: str
    symbol: str
    unit: str
    meaning: str
    bounds: Mapping[str, float]

    def problem(self, given: Any) -> str:
        """Wrong type, wrong unit, or an end of the range out of bounds; "" if nothing is wrong."""
        if not isinstance(given, Quantity):
            return f"{self.name} must be a Quantity, not {shown(given)}"
        if wrong := given.wrong_unit(self.name, self.unit):
            return wrong
        try:
            require(self.name, (given.value, given.low, given.high), self.unit, **self.bounds)
        except TalksError as error:
            return str(error)
        return ""

    def read(self, given: Quantity | float) -> Quantity:
        """A quantity within bounds; a plain number has no range.

        Raises:
            TalksError: not finite, out of bounds, or a quantity in another unit.
        """
        if not isinstance(given, Quantity):
            require(self.name, (given,), self.unit, **self.bounds)
            return Quantity.exactly(given, self.unit)
        if problem := self.problem(given):
            raise TalksError(problem)
        return given


POSITIVE: Mapping[str, float] = {"above": 0.0}
NOT_NEGATIVE: Mapping[str, float] = {"least": 0.0}
RATIO: Mapping[str, float] = {"above": 0.0, "below": 1.0}
HAZARD: Mapping[str, float] = {"least": 0.0, "most": 1.0}
PERCENT: Mapping[str, float] = {"least": 0.0, "most": 100.0}
LAND_UNIT = "USD m/km2/month"

_DEFINED = (
    Prior("line", "x", "km2", "area the attacker holds", NOT_NEGATIVE),
    Prior("drift", "mu0", "km2/month", "gain of the attacker at unchanged support", {}),
    Prior("discount", "delta", "per month", "what next month is worth today", RATIO),
    Prior("attacker_land_value", "omega_R", LAND_UNIT, "worth of a km2 to the attacker", POSITIVE),
    Prior("defender_land_value", "omega_U", LAND_UNIT, "worth of a km2 to the defender", POSITIVE),
    Prior(
        "attacker_expenditure", "-", "USD bn/year", "attacker's military expenditure", NOT_NEGATIVE
    ),
    Prior("attacker_war_share", "-", "%", "part of it that ends with the war", PERCENT),
    Prior(
        "defender_expenditure", "-", "USD bn/year", "defender's military expenditure", NOT_NEGATIVE
    ),
    Prior("defender_war_share", "-", "%", "part of it that ends with the war", PERCENT),
    Prior(
        "sanctions_lifted",
        "s_R",
        "USD bn/month",
        "what sanctions in force cost the attacker that a ceasefire lifts",
        {},
    ),
    Prior("guarantees", "g", "USD bn/month", "worth of guarantees to the defender", {}),
    Prior("attacker_patience", "delta_R", "per month", "attacker's discount at the table", RATIO),
    Prior("defender_patience", "delta_U", "per month", "defender's discount at the table", RATIO),
    Prior(
        "aid_effect", "kappa", "km2/month", "drift that the whole of support holds back", POSITIVE
    ),
    Prior("aid_cut", "-", "%", "part of support that may be cut", PERCENT),
    Prior("cut_hazard", "h", "per month", "hazard of that cut", HAZARD),
    Prior("cost_doubt", "-", "%", "doubt of the defender about the attacker's war cost", PERCENT),
    Prior("guarantee_shift", "Delta", "km2/month", "drift that guarantees take away", NOT_NEGATIVE),
    Prior("guarantee_phases", "m", "months", "time their deployment takes", {"least": 1.0}),
    Prior("wider_war_loss", "L", "USD bn", "loss of those who deploy in a wider war", POSITIVE),
    Prior("exposure", "n", "months", "months of war they stand in", NOT_NEGATIVE),
    Prior("loss_rate", "rho", "per month", "hazard that a km2 taken is lost again", HAZARD),
    Prior("months_to_freeze", "n", "months", "expected time to a ceasefire", NOT_NEGATIVE),
)
BY_NAME: Mapping[str, Prior] = MappingProxyType({p.name: p for p in _DEFINED})
NAMES: tuple[str, ...] = tuple(BY_NAME)
ADDED, AID_CHANGE = "threat_sanctions", "aid_change"
MOST_ADDED = 1e6
"""USD bn a month, far above what the world earns: a sum beyond it is a slip of the pen."""
MOST_AID = 10.0
"""Times the support of the baseline by which it may grow."""
RUN = "input of this run"
INPUTS: Mapping[str, Prior] = MappingProxyType(
    {
        ADDED: Prior(ADDED, "s_R", "USD bn/month", RUN, {"least": -MOST_ADDED, "most": MOST_ADDED}),
        AID_CHANGE: Prior(AID_CHANGE, "a", "of support", RUN, {"least": -1.0, "most": MOST_AID}),
    }
)
"""What a run adds to the priors: sanctions of the threat, and a change in support."""


class Priors(Mapping[str, Quantity]):
    """All priors by name, frozen: complete and within bounds once this exists.

    Raises:
        TalksError: every problem at once: unknown or missing names, units, bounds.
    """

    def __init__(self, given: Mapping[str, Quantity]) -> None:
        if not isinstance(given, Mapping):
            raise TalksError(f"priors must be a mapping of names to quantities, not {shown(given)}")
        problems = [unknown("prior", name, NAMES) for name in given if name not in NAMES]
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


@dataclass(frozen=True, eq=False)
class Case:
    """One set of values, or arrays of them, ready for the equations.

    Attributes:
        terms: at the drift that the change in support leaves.
        values: the priors by name, in the units of the registry.
        least_cost: lower end of what the defender believes of c_R, USD bn per month.
        most_cost: upper end.
        offer_after: z1, km2 by which a cut in aid moves both ends of the zone.
        added: what the threat adds to s_R, USD bn per month; in `terms` already.
    """

    terms: WarTerms
    values: Mapping[str, Array]
    least_cost: Array
    most_cost: Array
    offer_after: Array
    added: Array


def case(values: Mapping[str, Any]) -> Case:
    """The terms of the talks from the priors.

    Args:
        values: every name of the registry, in its unit and within its bounds; numbers or arrays
            that broadcast. The names of `INPUTS` are 0 where they are missing.
    """
    v = {name: np.asarray(values[name], dtype=float) for name in NAMES}
    added, aid_change = (np.asarray(values.get(name, 0.0), dtype=float) for name in INPUTS)
    attacker = Side(
        v["attacker_land_value"] / MILLIONS,
        _monthly(v["attacker_expenditure"], v["attacker_war_share"]),
        v["sanctions_lifted"] + added,
        v["attacker_patience"],
    )
    defender = Side(
        v["defender_land_value"] / MILLIONS,
        _monthly(v["defender_expenditure"], v["defender_war_share"]),
        v["guarantees"],
        v["defender_patience"],
    )
    drift = drift_with_support(v["drift"], v["aid_effect"], aid_change)
    cost, doubt = np.asarray(attacker.war_cost), v["cost_doubt"] / 100.0
    lost = v["aid_effect"] * v["aid_cut"] / 100.0
    return Case(
        terms=WarTerms(v["line"], drift, v["discount"], attacker, defender),
        values=v,
        least_cost=cost * (1.0 - doubt),
        most_cost=cost * (1.0 + doubt),
        offer_after=np.asarray(v["discount"] / (1.0 - v["discount"]) * lost),
        added=added,
    )


def _monthly(per_year: Array, percent: Array) -> Array:
    """Part of a yearly sum, per month."""
    return np.asarray(per_year * percent / 100.0 / MONTHS)
