"""Political terms of the payoffs: priors that nobody has measured, with a range, always printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from threatpoint.errors import PolicyError, QuantityError, unknown
from threatpoint.quantity import Quantity

Row = dict[str, Any]

YEARLY = "USD bn per year"
SYMBOLS = {
    "kappa": ("audience cost of sparing a defier", YEARLY),
    "phi": ("political value of what is bought, beyond its money value", YEARLY),
    "psi": ("political gain of a punished government (rally)", YEARLY),
    "weight": ("what a dollar of the seller's lost revenue is worth to the sender", "USD per USD"),
}
EVERYBODY = "every target"
GIVEN = "given by the user"
NOTHING = Quantity(0.0, 0.0, 0.0, source="left out (0)", prior=True)
Given = Quantity | float | Mapping[str, "Quantity | float"]


def amount(where: str, value: float, low: float, high: float) -> Quantity:
    """A number that nobody has measured, 0 or more, with its range; `where` begins the message.

    Raises:
        PolicyError: not finite, below 0, or a value outside its range.
    """
    try:
        return _not_negative(where, Quantity(value, low, high, source=GIVEN, prior=True))
    except QuantityError as error:
        raise PolicyError(f"{where}: {error}") from error


def _not_negative(where: str, prior: Quantity) -> Quantity:
    if prior.low < 0:
        raise PolicyError(f"{where}: a prior of {prior.low:g} is below 0; give 0 or more")
    return prior


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

    Example, after that of `solve_threat`:
        >>> game.with_terms(tp.Terms(kappa=20)).equilibria().found[0].profile
        'C'
    """

    kappa: Given = 0.0
    phi: Given = 0.0
    psi: Given = 0.0
    weight: Quantity | float = 0.0
    _read: Mapping[str, dict[str, Quantity]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        read: dict[str, dict[str, Quantity]] = {}
        for name in SYMBOLS:
            given: Any = getattr(self, name)
            items = given if _by_party(given) else {EVERYBODY: given}
            read[name] = {party: _prior(name, value) for party, value in items.items()}
        object.__setattr__(self, "_read", read)

    def prior(self, name: str, party: str = EVERYBODY) -> Quantity:
        """The prior of a term for a party."""
        given = self._read[name]
        return given.get(party, given.get(EVERYBODY, NOTHING))

    def value(self, name: str, party: str = EVERYBODY) -> float:
        """The value of a term for a party."""
        return self.prior(name, party).value

    def among(self, parties: tuple[str, ...]) -> Terms:
        """The terms of these parties alone, written out."""
        own = {n: {p: self.prior(n, p) for p in parties} for n in SYMBOLS if n != "weight"}
        return replace(self, **own)

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
            term_row(name, party, prior, SYMBOLS[name][0])
            for name, given in self._read.items()
            for party, prior in given.items()
        ]


def term_row(term: str, party: str, given: Quantity, meaning: str) -> Row:
    """One term of a party with value, range, unit and source."""
    own = {"term": term, "party": party, **given.row()}
    return {**own, "meaning": meaning, "prior": given.prior, "source": given.source}


def _by_party(given: Any) -> bool:
    return isinstance(given, Mapping)


def _prior(name: str, given: Any) -> Quantity:
    """A prior in the unit of its term, from a number or a quantity.

    Raises:
        PolicyError: neither of the two, below 0, not finite, or in another unit.
    """
    unit = SYMBOLS[name][1]
    if isinstance(given, Quantity):
        if given.unit and (wrong := given.wrong_unit(name, unit)):
            raise PolicyError(wrong)
        source = given.source or GIVEN
        return replace(_not_negative(name, given), unit=unit, source=source, prior=True)
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise PolicyError(f"{name} is {given!r}; give a number in {unit}")
    found = NOTHING if given == 0 else amount(name, *[float(given)] * 3)
    return replace(found, unit=unit)
