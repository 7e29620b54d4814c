"""Priors on the sender's type: what its threats are drawn from, with range, source and date.

Nobody has measured any of them but the share, and even that is of other senders and other demands.
The record does not tell the scale s in dollars: its range is wide, and is part of every answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

import numpy as np

from threatpoint.array_types import Array
from threatpoint.drawn_input import CHOSEN
from threatpoint.errors import PolicyError, QuantityError, require_label, shown
from threatpoint.laws import LAWS, quantile
from threatpoint.quantity import Quantity
from threatpoint.strategy.record import ALL, BaseRate, base_rate

RECORD = "record"
"""Law of a share that is known from counts: Beta(stood firm + 1/2, backed down + 1/2)."""
JEFFREYS = 0.5
OWN = "prior of this project"


@dataclass(frozen=True)
class TypePrior:
    """One number of the sender's type.

    Attributes:
        name: by which it is changed.
        symbol: in the equations.
        meaning: in words.
        quantity: value, range, unit and source.
        law: how it is drawn, one of `laws.LAWS` or `RECORD`.
        known: year or month from which it could be known.
        least, most: what it can be at all.
        counts: the record behind the law `RECORD`.
    """

    name: str
    symbol: str
    meaning: str
    quantity: Quantity
    law: str
    known: str
    least: float
    most: float
    counts: BaseRate | None = None

    def at(self, uniform: Array) -> Array:
        """Its value in each draw, from uniform numbers inside 0 to 1."""
        if self.law == RECORD and self.counts is not None:
            firm, backed = self.counts.stood_firm, self.counts.backed_down
            beta: Any = import_module("scipy.special").betaincinv
            return beta(firm + JEFFREYS, backed + JEFFREYS, uniform)
        return quantile(self.quantity, self.law, uniform)

    def given(self, value: Quantity | float, law: str | None = None) -> TypePrior:
        """The same with another value or range.

        Raises:
            PolicyError: no number, another unit, out of what it can be, a law that does not fit.
        """
        quantity = self._quantity(value)
        ranged = quantity.low < quantity.high
        law = law or ("uniform" if self.law == RECORD else self.law)
        require_label("law", law, LAWS, PolicyError, self.name)
        found = replace(self, quantity=quantity, law=law, counts=None)
        if ranged:
            try:
                found.at(np.array([0.5]))
            except QuantityError as error:
                raise PolicyError(f"{self.name}: {error}") from error
        return found

    def _quantity(self, value: Any) -> Quantity:
        unit = self.quantity.unit
        if isinstance(value, bool) or not isinstance(value, Quantity | int | float):
            raise PolicyError(f"{self.name} is {shown(value)}; give a number in {unit}")
        if not isinstance(value, Quantity):
            value = _exactly(self.name, float(value), unit)
        if value.unit and (wrong := value.wrong_unit(self.name, unit)):
            raise PolicyError(wrong)
        for end in (value.low, value.high):
            if not self.least <= end <= self.most:
                words = f"out of range: give {self.least:g} to {self.most:g} {unit}"
                raise PolicyError(f"{self.name} of {end:g} is {words}")
        return replace(value, unit=unit)

    def row(self) -> dict[str, Any]:
        """As a row of a table."""
        own = {"prior": self.name, "symbol": self.symbol, **self.quantity.row("source", "page")}
        return own | {"law": self.law, "known": self.known, "meaning": self.meaning}


def _exactly(name: str, value: float, unit: str) -> Quantity:
    try:
        return Quantity.exactly(value, unit, source="given by the user", prior=True)
    except QuantityError as error:
        raise PolicyError(f"{name}: {error}") from error


def _own(value: float, low: float, high: float, unit: str, why: str) -> Quantity:
    page = "no page: nobody has measured it"
    return Quantity(value, low, high, unit, source=f"{OWN}: {why}", page=page, prior=True)


def _share(counts: BaseRate) -> TypePrior:
    """The share of resisted threats that are carried out; its range holds 90 % of the draws."""
    drawn = TypePrior("share", "", "", Quantity(0.5, 0, 1), RECORD, "", 0, 1, counts)
    low, high = (float(end) for end in drawn.at(np.array([0.05, 0.95])))
    return TypePrior(
        "share", "Λ(b)", "share of resisted threats that are carried out where it costs nothing",
        Quantity(counts.share, low, high, "1", f"{counts.first}-{counts.last}", counts.source,
                 f"{counts.stood_firm} of {counts.resisted} resisted threats"),
        RECORD, "2014", 0.001, 0.999, counts,
    )  # fmt: skip


_SCALE = _own(
    (5.0 * 280.0) ** 0.5, 5.0, 280.0, "USD bn",
    "the record of threats has no scale in dollars; from a sender that counts every billion to one "
    "that hardly counts any",
)  # fmt: skip
_HAZARD = _own(0.5, 0.0, 1.0, "1", "Beta(2, 2); without it the first clock that passes says all")
_YEARS = _own(
    1.0, 0.25, 2.0, "years",
    "from a quarter to two years; the tariff on India of August 2025 was to last 0.45, as was "
    "known only later",
)  # fmt: skip
_RHO = _own(0.5, 0.0, 1.0, "1", "from each target apart to one resolve for all")


def conceded(sender: str = ALL) -> TypePrior:
    """The share of threats on record to which the target gave in; as drawn as `share`."""
    counts = base_rate(sender)
    seen = replace(counts, stood_firm=counts.conceded, backed_down=counts.resisted)
    drawn = TypePrior("conceded", "", "", Quantity(0.5, 0, 1), RECORD, "", 0, 1, seen)
    low, high = (float(end) for end in drawn.at(np.array([0.05, 0.95])))
    page = f"{counts.conceded} of {counts.threats} threats"
    share = counts.conceded / counts.threats
    given = Quantity(share, low, high, "1", drawn.known, counts.source, page)
    return replace(drawn, quantity=given, known="2014", meaning="share of threats given in to")


@cache
def type_priors(sender: str = ALL) -> Mapping[str, TypePrior]:
    """The priors of a sender's type, by name.

    Args:
        sender: of the record, as `base_rate` has it.

    Raises:
        PolicyError: the record tells no such sender apart.
    """
    own = (
        _share(base_rate(sender)),
        TypePrior("s", "s", "how many dollars weigh as much as resolve; small: money decides",
                  _SCALE, "loguniform", CHOSEN, 0.01, 1e5),
        TypePrior("h", "h", "chance that a tough sender acts at a clock, one event for all targets",
                  _HAZARD, "beta22", CHOSEN, 0.0, 1.0),
        TypePrior("years", "D", "how long the punishment is expected to last", _YEARS, "triangular",
                  CHOSEN, 0.01, 50.0),
        TypePrior("rho", "rho", "correlation of the sender's resolve between targets", _RHO,
                  "uniform", CHOSEN, 0.0, 1.0),
    )  # fmt: skip
    return MappingProxyType({prior.name: prior for prior in own})
