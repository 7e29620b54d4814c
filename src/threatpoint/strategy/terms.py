"""Political terms of the payoffs: priors that nobody has measured, with a range, always printed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from threatpoint.errors import PolicyError, unknown

Row = dict[str, Any]

SYMBOLS = {
    "kappa": ("audience cost of sparing a defier", "USD bn per year"),
    "phi": ("political value of what is bought, beyond its money value", "USD bn per year"),
    "psi": ("political gain of a punished government (rally)", "USD bn per year"),
    "weight": ("what a dollar of the seller's lost revenue is worth to the sender", "USD per USD"),
}
EVERYBODY = "every target"


@dataclass(frozen=True)
class Prior:
    """A number nobody has measured.

    Attributes:
        value: what is used.
        low, high: its range; `value` itself where none is given.
        source: who says so.

    Raises:
        PolicyError: not finite, below 0, or a value outside its range.
    """

    value: float
    low: float = math.nan
    high: float = math.nan
    source: str = "given by the user"

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            if isinstance(getattr(self, name), float) and math.isnan(getattr(self, name)):
                object.__setattr__(self, name, self.value)
        numbers = (self.low, self.value, self.high)
        if not all(math.isfinite(number) for number in numbers):
            raise PolicyError(f"a prior of {self.value:g} is not finite; give a number, e.g. 20")
        if self.low < 0:
            raise PolicyError(f"a prior of {self.low:g} is below 0; give 0 or more")
        if not self.low <= self.value <= self.high:
            raise PolicyError(
                f"prior {self.value:g} is outside its range {self.low:g} to {self.high:g}"
            )


NOTHING = Prior(0.0, 0.0, 0.0, "left out (0)")
Given = Prior | float | Mapping[str, "Prior | float"]


@dataclass(frozen=True)
class Terms:
    """What the payoffs hold beside the change in real income (Fearon 1994 for kappa).

    ```
    u_S = dW_S + weight * (seller's revenue lost) - sum over spared defiers kappa_i
    u_i = dW_i - phi_i * 1{complies} + psi_i * 1{punished}
    ```
    Each of kappa, phi, psi is a number for every target or a mapping party -> number.

    Attributes:
        kappa: audience cost to the sender of sparing a defier, USD bn per year.
        phi: political value to the target of what it buys, USD bn per year.
        psi: political gain of the target's government when punished, USD bn per year.
        weight: B, what a USD of revenue lost by the seller is worth to the sender.

    Raises:
        PolicyError: a term that is negative or not finite.
    """

    kappa: Given = 0.0
    phi: Given = 0.0
    psi: Given = 0.0
    weight: Prior | float = 0.0
    _read: Mapping[str, dict[str, Prior]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        read: dict[str, dict[str, Prior]] = {}
        for name in SYMBOLS:
            given: Any = getattr(self, name)
            items = given if _by_party(given) else {EVERYBODY: given}
            read[name] = {party: _prior(name, value) for party, value in items.items()}
        object.__setattr__(self, "_read", read)

    def prior(self, name: str, party: str = EVERYBODY) -> Prior:
        """The prior of a term for a party."""
        given = self._read[name]
        return given.get(party, given.get(EVERYBODY, NOTHING))

    def value(self, name: str, party: str = EVERYBODY) -> float:
        """The value of a term for a party."""
        return self.prior(name, party).value

    def only(self, name: str, parties: tuple[str, ...]) -> dict[str, Prior]:
        """A term for some parties, written out."""
        return {party: self.prior(name, party) for party in parties}

    def require_parties(self, parties: tuple[str, ...]) -> None:
        """Refuse a term of somebody who is no target.

        Raises:
            PolicyError: with the nearest target's name.
        """
        problems = [
            unknown("target", party, parties, name)
            for name, given in self._read.items()
            for party in given
            if party != EVERYBODY and party not in parties
        ]
        if problems:
            raise PolicyError("\n".join(problems))

    def rows(self) -> list[Row]:
        """Every term with value, range, unit and source; zeros too."""
        return [
            {
                "term": name,
                "party": party,
                "value": prior.value,
                "low": prior.low,
                "high": prior.high,
                "unit": SYMBOLS[name][1],
                "meaning": SYMBOLS[name][0],
                "prior": True,
                "source": prior.source,
            }
            for name, given in self._read.items()
            for party, prior in given.items()
        ]


def _by_party(given: Any) -> bool:
    return isinstance(given, Mapping)


def _prior(name: str, value: Any) -> Prior:
    """A prior from a number or a prior."""
    if isinstance(value, Prior):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PolicyError(f"{name} is {value!r}; give a number in {SYMBOLS[name][1]}")
    try:
        return NOTHING if value == 0 else Prior(float(value))
    except PolicyError as error:
        raise PolicyError(f"{name}: {error}") from error
