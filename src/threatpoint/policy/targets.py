"""Targets: who does what a rule punishes, found from the data.

`when` tests an action ("keeps buying crude from RUS"), never an equilibrium flow, so rule and
equilibrium are never circular.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import PolicyError, WorldError, unknown
from threatpoint.policy.goods import bought, held
from threatpoint.policy.instruments.stop_buying import StopBuying
from threatpoint.policy.numbers import number
from threatpoint.policy.scope import Selector, listed, member_codes
from threatpoint.units import money
from threatpoint.world.flow import BASIS

if TYPE_CHECKING:
    from threatpoint.policy.scope import Mask
    from threatpoint.world.economy import Economy

    Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Action:
    """Buys `goods` from `seller`, at least so much.

    Attributes:
        goods: sector codes, or names of `economy.flows` such as "crude".
        seller: country code or group.
        min_value: least purchase per year, in `unit`.
        min_share: least share of the buyer's imports of the sectors that hold these goods, in
            [0, 1]. Crude is part of "oil and gas": the share is then of all oil and gas imports.
        unit: money unit of `min_value`; "" is the unit of the economy.

    Raises:
        PolicyError: a threshold below 0, a share above 1.

    Example:
        >>> tp.Action("crude", "RUS", min_value=5, unit="USD bn").describe()
        'buys crude from RUS'
    """

    goods: Selector
    seller: Selector
    min_value: float = 0.0
    min_share: float = 0.0
    unit: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "goods", listed(self.goods, "goods"))
        object.__setattr__(self, "seller", listed(self.seller, "seller"))
        if number("min_value", self.min_value, "5000") < 0:
            raise PolicyError(f"min_value {self.min_value:g} is below 0")
        number("min_share", self.min_share, "0.1 for 10 %")
        if not 0 <= self.min_share <= 1:
            hint = f"; write {self.min_share / 100:g} for {self.min_share:g} %"
            hint = hint if self.min_share > 1 else ""
            raise PolicyError(f"min_share {self.min_share:g} is outside 0 to 1{hint}")

    def describe(self) -> str:
        """The action in words."""
        return f"buys {', '.join(listed(self.goods, '-'))} from {', '.join(self.sellers)}"

    @property
    def sellers(self) -> tuple[str, ...]:
        """The words for the seller."""
        return listed(self.seller, "seller")

    def floor(self, economy: Economy) -> float:
        """The least purchase in the economy's unit."""
        return money(self.min_value, self.unit, economy.unit)


@dataclass(frozen=True)
class Purchases:
    """What each economy buys of the goods of an action. Arrays are (N,), money in economy units.

    Attributes:
        value: purchases from the seller.
        imports: all imports of the sectors that hold these goods; no domestic sales.
        total: the seller's exports of these goods (those that are known).
        known: False where part of the purchases is reported by nobody.
        basis: weakest code of `BASIS` among the parts bought; -1 where the table does not say.
        sellers: bool, the seller's members.
        sectors: codes of the sectors that hold the goods.
    """

    value: Array
    imports: Array
    total: float
    known: Mask
    basis: np.ndarray[Any, np.dtype[np.int64]]
    sellers: Mask
    sectors: tuple[str, ...]

    def basis_words(self, positions: Mask) -> str:
        """How the purchases of some economies came about."""
        codes = self.basis[positions & (self.value > 0)]
        if not codes.size:
            return "none"
        return "not recorded" if (codes < 0).any() else BASIS[int(codes.max())]


def purchases(economy: Economy, action: Action, inside: Mask | None = None) -> Purchases:
    """Purchases of the goods of an action by every economy.

    Args:
        economy: gives trade and flows.
        action: what is bought from whom.
        inside: bool (N,) members of a customs union; imports from them are then left out, as
            the union's domestic trade.

    Raises:
        PolicyError: unknown goods or seller; goods counted twice; a flow that nobody reports.
    """
    codes = member_codes(economy, action.sellers, f"action {action.describe()!r}")
    sellers = np.isin(economy.countries, codes)
    found = bought(economy, action.goods, f"action {action.describe()!r}")
    known, basis, sectors = found.known, found.basis, found.sectors
    cells = np.where(sellers[:, None] & sellers[None, :], 0.0, found.value)
    positive = cells[:, sellers] > 0
    partners = ~np.eye(len(economy.countries), dtype=bool)
    if inside is not None:
        partners &= ~inside[None, :]
    positions = [economy.sector(code) for code in sectors]
    imports = (economy.trade[:, :, positions].sum(axis=2) * partners).sum(axis=1)
    value = cells[:, sellers].sum(axis=1)
    codes_of = np.where(positive, basis[:, sellers], 0)
    weakest = np.where((codes_of < 0).any(axis=1), -1, codes_of.max(axis=1))
    abroad = known & partners
    if not abroad[:, sellers].any():
        raise PolicyError(
            f"action {action.describe()!r}: nobody reports these flows for this seller; "
            f"name sectors instead: {', '.join(economy.sectors)}"
        )
    reported = np.asarray(known[:, sellers].all(axis=1), dtype=np.bool_)
    return Purchases(value, imports, float(value.sum()), reported, weakest, sellers, sectors)


def stopping(economy: Economy, action: Action, who: Iterable[str]) -> tuple[StopBuying, ...]:
    """What it means for some economies to stop the action; nothing where they buy nothing.

    Args:
        economy: gives trade and flows.
        action: what they stop.
        who: country codes or groups.

    Raises:
        PolicyError: unknown labels.
    """
    where = f"action {action.describe()!r}"
    member_codes(economy, action.sellers, where)
    held(economy, action.goods, where)
    codes = member_codes(economy, who, "who stops")
    stop = StopBuying(codes, action.sellers, action.goods) if codes else None
    return (stop,) if stop is not None and stop.bites(economy) else ()


def unions_of(economy: Economy, unions: Selector) -> dict[str, tuple[str, ...]]:
    """Members of each customs union, by its group name.

    Raises:
        PolicyError: not a group of this economy, or a country in two unions.
    """
    names = tuple(unions) if not isinstance(unions, str) else (unions,)
    problems = [
        unknown("customs union", name, tuple(economy.groups))
        for name in names
        if name not in economy.groups
    ]
    found = {name: economy.groups[name] for name in names if name in economy.groups}
    home: dict[str, str] = {}
    for name, members in found.items():
        for code in members:
            try:
                economy.country(code, f"group {name}")
            except WorldError as error:
                problems.append(str(error))
            if home.setdefault(code, name) != name:
                problems.append(f"{code} is in two customs unions, {home[code]} and {name}")
    if problems:
        raise PolicyError("\n".join(problems))
    return found
