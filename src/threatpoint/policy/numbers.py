"""Numbers: the checks on what an instrument is given, and how rates are put into words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from numbers import Real

from threatpoint.errors import PolicyError, shown
from threatpoint.words import listing

LARGEST_PLAIN_RATE = 10.0
"""Above it a rate given as a plain number is refused: 25 could mean 25 % or 2500 %."""


class Share(float):
    """A share that was written in percent, so that even 2500 % is meant."""

    __slots__ = ()


def percent(value: float) -> Share:
    """`percent(25)` is the share 0.25; use it for rates above 1000 %."""
    return Share(value / 100.0)


def number(what: str, value: object, example: str = "0.25 for 25 %") -> float:
    """A finite number, a `Share` kept as one; raises `PolicyError` otherwise."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise PolicyError(f"{what} is {shown(value)}; give a number, e.g. {example}")
    plain = _plain(value)
    if not math.isfinite(plain):
        raise PolicyError(f"{what} is missing or not finite ({plain}); give e.g. {example}")
    return value if isinstance(value, Share) else plain


def _plain(value: Real) -> float:
    """The number as a float; a whole number too large for one is infinite."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def plain_rate(name: str, what: str, value: object) -> float:
    """A rate as a share; `name` is the instrument, `what` its rate, for messages.

    Raises:
        PolicyError: not a number, or above 10 and not written as `percent(...)`.
    """
    rate = number(what, value)
    if rate > LARGEST_PLAIN_RATE and not isinstance(rate, Share):
        raise PolicyError(
            f"{name} {rate:g} reads as {100 * rate:g} %: write {rate / 100:g} for {rate:g} %, "
            f"or percent({100 * rate:g}) if it is meant"
        )
    return rate


def rate_above(least: float, name: str, what: str, problem: str, value: object) -> None:
    """A rate as for `plain_rate` that is above `least`; raises `PolicyError` with the problem."""
    rate = plain_rate(name, what, value)
    if rate <= least:
        raise PolicyError(f"{name} {100 * rate:g} % {problem}")


def cost_rate(what: str, value: object) -> float:
    """A cost as a share of the seller's price, not below 0; raises `PolicyError` otherwise."""
    cost = plain_rate(what, what, value)
    if cost < 0:
        raise PolicyError(
            f"{what} {100 * cost:g} % is below 0: a cost takes, it never gives"
            + ("; write an iceberg cost for cheaper trade" if what == "trade cost" else "")
        )
    return cost


def price_above_0(what: str, value: object, unit: str) -> None:
    """A price in a unit such as USD/bbl; raises `PolicyError` unless it is above 0."""
    price = number(f"the {what}", value, "60")
    if price <= 0:
        raise PolicyError(f"{what} {price:g} {unit} must be above 0")


def unit_share(what: str, value: object) -> float:
    """A share in [0, 1]; raises `PolicyError` otherwise."""
    share = number(what, value)
    if not 0.0 <= share <= 1.0:
        hint = f"; write {share / 100:g} for {share:g} %" if 1 < share <= 100 else ""
        raise PolicyError(f"{what} {share:g} is outside 0 to 1{hint}")
    return share


def require_escape(enforcement: object, evasion_cost: object) -> None:
    """The cost of escaping some enforcement; raises `PolicyError` where nothing escapes."""
    cost = cost_rate("evasion cost", evasion_cost)
    if cost > 0 and enforcement == 1.0:
        raise PolicyError(
            f"evasion cost {100 * cost:g} % has no meaning at 100 % enforcement: nothing gets "
            "through; give an enforcement below 1"
        )


# -- words -----------------------------------------------------------------------------------


def join(words: Iterable[str]) -> str:
    """The words of a selector: 'CHN, IND and TUR'."""
    return listing(list(words))


def verb(side: Sequence[str], one: str, several: str) -> str:
    """What one does, or several: 'bans', 'ban'."""
    return one if len(side) == 1 else several


def enforced(enforcement: float, evasion_cost: float = 0.0) -> str:
    """' with 80 % enforcement; what gets through costs 10 % more', '' if it is complete."""
    if enforcement == 1.0:
        return ""
    cost = f"; what gets through costs {100 * evasion_cost:g} % more" if evasion_cost else ""
    return f" with {100 * enforcement:g} % enforcement{cost}"
