"""Acts: what is done to the market of one good as a whole, beyond the flows of the table.

| act | what it does |
|---|---|
| `CapAct` | what is served (shipped, insured) sells at most at a price, besides the cap in force |
| `CapInForceAct` | the cap in force is moved, or lifted |
| `ShipsAct` | a share of the sellers' own fleet is listed and drops out |
| `ProducersAct` | firms with a share of the sellers' exports are sanctioned |
| `QuotaAct` | purchases are at most so much of the baseline's |
| `OutputAct` | producers cut output |
| `SpareAct` | producers release idle capacity |

Volumes and prices are in the units of the market (`economy.markets`), such as mb/d and USD/bbl.
Sellers, buyers and producers are codes of the economy. The market of the good is solved with them;
an equilibrium of trade alone knows nothing of barrels.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

Codes = tuple[str, ...]


@dataclass(frozen=True)
class CapAct:
    """A price cap besides the one in force; the lower of the two binds.

    Attributes:
        good: key of `economy.markets`.
        sellers, buyers: whose sales to whom.
        price: highest price of the served share, free on board.
        served: share of the volume that uses the services, in [0, 1]; None is the market's.
        evasion_cost: what avoiding the services costs a unit; None is the market's.
    """

    good: str
    sellers: Codes
    buyers: Codes
    price: float
    served: float | None = None
    evasion_cost: float | None = None


@dataclass(frozen=True)
class CapInForceAct:
    """The price cap in force is moved to a price; None lifts it."""

    good: str
    sellers: Codes
    price: float | None


@dataclass(frozen=True)
class ShipsAct:
    """A share in (0, 1] of the sellers' own fleet is listed and drops out."""

    good: str
    sellers: Codes
    share: float


@dataclass(frozen=True)
class ProducersAct:
    """Firms with a share in (0, 1] of the sellers' exports are sanctioned."""

    good: str
    sellers: Codes
    share: float


@dataclass(frozen=True)
class QuotaAct:
    """Each buyer's purchases from the sellers are at most so much of the baseline's.

    Attributes:
        good: key of `economy.markets`.
        sellers, buyers: whose sales to whom.
        volume: most volume, as a ratio to the baseline's, above 0.
        holder: who earns the scarcity.
    """

    good: str
    sellers: Codes
    buyers: Codes
    volume: float
    holder: Literal["buyer", "seller"] = "buyer"


@dataclass(frozen=True)
class OutputAct:
    """The producers together cut output by a volume above 0, each in proportion to its output."""

    good: str
    producers: Codes
    volume: float


@dataclass(frozen=True)
class SpareAct:
    """Each producer releases a share in (0, 1] of its idle capacity at once."""

    good: str
    producers: Codes
    share: float


Act: TypeAlias = CapAct | CapInForceAct | ShipsAct | ProducersAct | QuotaAct | OutputAct | SpareAct

CHANGES = {
    CapAct: "set different price caps",
    CapInForceAct: "move the price cap in force to different prices",
    ShipsAct: "list different shares of the fleet",
    ProducersAct: "sanction producers of different shares",
    QuotaAct: "set different quotas",
    OutputAct: "both cut output",
    SpareAct: "release different shares of idle capacity",
}
"""What two acts of one kind do that cannot both hold, where their figures differ."""

PAIRS: dict[frozenset[type[object]], str] = {
    frozenset((CapAct, QuotaAct)): "bind both price and volume, which leaves open who earns the "
    "rent,",
    frozenset((OutputAct, SpareAct)): "cut output and release idle capacity",
}
"""Two kinds of acts that cannot both hold on the same economies, and what they do."""


def on_flows(act: Act) -> bool:
    """Whether it does nothing once the flows that it is about are cut off."""
    return not isinstance(act, OutputAct | SpareAct)


def clash(one: Act, other: Act) -> str:
    """Why two acts cannot both hold, '' if they can."""
    if one.good != other.good or not _meet(one, other):
        return ""
    if type(one) is not type(other):
        return PAIRS.get(frozenset((type(one), type(other))), "")
    alike = _figures(one) == _figures(other) and not isinstance(one, OutputAct)
    return "" if alike else CHANGES[type(one)]


def _meet(one: Act, other: Act) -> bool:
    """Whether they share an economy on every side that both have."""
    sides = [_sides(act) for act in (one, other)]
    both = sides[0].keys() & sides[1].keys()
    return bool(both) and all({*sides[0][name]} & {*sides[1][name]} for name in both)


def _sides(act: Act) -> dict[str, Codes]:
    """Its economies, by what they are to it."""
    return {name: value for name, value in vars(act).items() if isinstance(value, tuple)}


def _figures(act: Act) -> tuple[object, ...]:
    """What it does, whoever it is about."""
    sides = _sides(act)
    return tuple(getattr(act, f.name) for f in fields(act) if f.name not in sides)
