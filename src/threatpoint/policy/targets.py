"""Targets: who does what a rule punishes, found from the data.

`when` tests an action ("keeps buying crude from RUS"), never an equilibrium flow, so rule and
equilibrium are never circular.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError, refuse, unknown
from threatpoint.policy import as_figures
from threatpoint.policy.goods import bought, held
from threatpoint.policy.instruments.stop_buying import StopBuying
from threatpoint.policy.numbers import number, unit_share
from threatpoint.policy.scope import Selector, listed, member_codes
from threatpoint.units import money
from threatpoint.world.flow import BASIS
from threatpoint.world.places import code_of

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Codes, Mask
    from threatpoint.quantity import Quantity
    from threatpoint.world.economy import Economy


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
        figures: pairs of a buyer's code and what it buys a year, in money, where the table lacks
            the seller or the goods; then `seller` and `goods` are any words.

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
    figures: tuple[tuple[str, Quantity], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "goods", listed(self.goods, "goods"))
        object.__setattr__(self, "seller", listed(self.seller, "seller"))
        if number("min_value", self.min_value, "5000") < 0:
            raise PolicyError(f"min_value {self.min_value:g} is below 0")
        unit_share("min_share", self.min_share)

    def describe(self) -> str:
        """The action in words."""
        return f"buys {', '.join(self.goods)} from {', '.join(self.seller)}"

    @property
    def sellers(self) -> tuple[str, ...]:
        """The words for the seller."""
        return tuple(self.seller)

    @property
    def title(self) -> str:
        """The action's name for messages."""
        return f"action {self.describe()!r}"

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
        sectors: codes of the sectors that hold the goods; none where the table lacks the goods.
        as_figures: given by whoever poses the question, not taken from the table.
    """

    value: Array
    imports: Array
    total: float
    known: Mask
    basis: Codes
    sellers: Mask
    sectors: tuple[str, ...]
    as_figures: bool = False

    def basis_words(self, n: int) -> str:
        """How the purchases of the economy at a position came about."""
        if self.value[n] <= 0:
            return "none"
        if self.as_figures:
            return as_figures.BASIS
        return "not recorded" if self.basis[n] < 0 else BASIS[int(self.basis[n])]


def purchases(economy: Economy, action: Action, inside: Mask | None = None) -> Purchases:
    """Purchases of the goods of an action by every economy.

    Args:
        economy: gives trade and flows.
        action: what is bought from whom.
        inside: bool (N,) members of a customs union; imports from them are then left out, as
            the union's domestic trade.

    Raises:
        PolicyError: unknown goods or seller; goods counted twice; a flow that nobody reports;
            figures of a trade that the table knows.
    """
    if action.figures:
        return _as_figures(economy, action, inside)
    sellers = np.isin(economy.countries, member_codes(economy, action.sellers, action.title))
    holds = held(economy, action.goods, action.title)
    sectors = tuple(holds)
    goods = [good for parts in holds.values() for good in parts]
    trade, reported, basis = bought(economy, goods)
    partners = ~np.eye(len(sellers), dtype=bool)
    if inside is not None:
        partners &= ~inside
    if not (reported & partners)[:, sellers].any():
        raise PolicyError(
            f"{action.title}: nobody reports these flows for this seller; "
            f"name sectors instead: {', '.join(economy.sectors)}"
        )
    imports = _imports(economy, sectors, partners)
    cells = np.where(sellers[:, None] & sellers, 0.0, trade)[:, sellers]
    value = cells.sum(axis=1)
    known = np.asarray(reported[:, sellers].all(axis=1), dtype=np.bool_)
    codes = np.where(cells > 0, basis[:, sellers], 0)
    weakest = np.where((codes < 0).any(axis=1), -1, codes.max(axis=1))
    return Purchases(value, imports, float(value.sum()), known, weakest, sellers, sectors)


def _imports(economy: Economy, sectors: Iterable[str], partners: Mask) -> Array:
    """All that each economy buys from partners, (N, N) bool, in some sectors."""
    positions = [economy.sector(code) for code in sectors]
    return (economy.trade[:, :, positions].sum(axis=2) * partners).sum(axis=1)


def _as_figures(economy: Economy, action: Action, inside: Mask | None) -> Purchases:
    """Purchases that the action gives itself; who has no figure is not known to buy."""
    value, known = as_figures.amounts(economy, action.figures, action.title)
    words = (tuple(action.goods), action.sellers)
    sectors = as_figures.sectors_of(economy, *words, action.min_share, action.title)
    partners = ~np.eye(len(value), dtype=bool)
    if inside is not None:
        partners &= ~inside
    sellers = np.isin(economy.countries, as_figures.seller_codes(economy, action.sellers))
    imports, basis = _imports(economy, sectors, partners), np.full(len(value), -1, np.int8)
    return Purchases(
        value, imports, float(value.sum()), known, basis, sellers, sectors, as_figures=True
    )


def stopping(economy: Economy, action: Action, who: Iterable[str]) -> tuple[StopBuying, ...]:
    """What it means for some economies to stop the action; nothing where they buy nothing.

    Args:
        economy: gives trade and flows.
        action: what they stop.
        who: country codes or groups.

    Raises:
        PolicyError: unknown labels.
    """
    member_codes(economy, action.sellers, action.title)
    held(economy, action.goods, action.title)
    codes = member_codes(economy, who, "who stops")
    stops = [StopBuying(codes, action.sellers, action.goods)] if codes else []
    return tuple(stop for stop in stops if stop.bites(economy))


def unions_of(economy: Economy, unions: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Members of each customs union, by its group name.

    Raises:
        PolicyError: not a group of this economy, or a country in two unions.
    """
    codes = {word: code_of(word, economy) or word for word in unions}
    problems = [
        unknown("customs union", word, tuple(economy.groups))
        for word, code in codes.items()
        if code not in economy.groups
    ]
    found = {code: economy.groups[code] for code in codes.values() if code in economy.groups}
    home: dict[str, str] = {}
    problems += [
        f"{code} is in two customs unions, {home[code]} and {name}"
        for name, members in found.items()
        for code in members
        if home.setdefault(code, name) != name
    ]
    refuse(problems)
    return found
