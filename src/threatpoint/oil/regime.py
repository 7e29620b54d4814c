"""How the owners of oil set output: regimes of supply from the physical facts of a market.

Source of the facts: `economy.markets`. Without a regime every sector follows its supply elasticity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError, WorldError, require_label, unknown
from threatpoint.policy.scope import member_codes

if TYPE_CHECKING:
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy
    from threatpoint.world.market import Market

REGIMES = {
    "respond": "owners of idle capacity follow their supply elasticity like all others",
    "hold": "owners of idle capacity keep wells and crews as they are",
    "spare": "owners of idle capacity hold the price until that capacity is used up",
}
"""What holders of spare capacity may do. Under "hold" the quantity of value added is fixed; output
still moves a little, because inputs can replace it at the elasticity eta."""


@dataclass(frozen=True, eq=False)
class Supply:
    """Regimes of output that no solver takes any more: gives way to the market in barrels."""

    held: np.ndarray
    spare: np.ndarray
    floor: np.ndarray
    largest_share: np.ndarray
    largest_volume: np.ndarray
    words: str


def market_of(economy: Economy, good: str = "crude") -> Market:
    """The market of a good.

    Raises:
        WorldError: the economy has no physical facts about it, or they do not hang together.
    """
    if good not in economy.markets:
        known = tuple(economy.markets) or ("none",)
        raise WorldError(unknown("market in physical units", good, known))
    market = economy.markets[good]
    problems = _problems(market)
    if market.name not in economy.flows:
        problems.append(unknown("flow", market.name, tuple(economy.flows)))
    if problems:
        raise WorldError(f"market of {good}: " + "; ".join(problems))
    return market


def _problems(market: Market) -> list[str]:
    """What makes the facts useless: a floor over no price, idle capacity over no output."""
    prices = {code: price.value for code, price in market.prices.items()}
    output = {code: made.value for code, made in market.output.items()}
    return [
        f"{code} has a shut-in price and no baseline price above 0"
        for code in market.floors
        if not prices.get(code, 0.0) > 0
    ] + [
        f"{code} has idle capacity and a baseline output of {output[code]:g} {market.volume_unit}"
        for code, idle in market.spare.items()
        if idle.value > 0 and code in output and not output[code] > 0
    ]


def oil_supply(economy: Economy, regime: str = "respond", good: str = "crude") -> Supply:
    """Regimes of a market: idle capacity, the shut-in floor, and the limit on one origin.

    The limit binds a buyer's share of one foreign origin; groups of states neither have nor are one
    origin, so they are left out. A buyer above the limit at baseline keeps its baseline share.
    Under "hold" only economies that decide hold output; a group's members respond.

    Args:
        economy: gives the market.
        regime: a key of `REGIMES`.
        good: a key of `economy.markets`.

    Raises:
        WorldError: no such market. PolicyError: no such regime.
    """
    require_label("regime of OPEC", regime, REGIMES, PolicyError)
    market = market_of(economy, good)
    n, s = economy.value_added.shape
    held, spare, floor = np.zeros((n, s), dtype=bool), np.zeros((n, s)), np.zeros((n, s))
    j = economy.sector(market.sector)
    for code, idle in market.spare.items():
        at = (economy.country(code), j)
        if idle.value <= 0 or code not in market.output:
            continue
        held[at] = regime == "hold" and code not in economy.residuals
        spare[at] = idle.value / market.output[code].value if regime == "spare" else 0.0
    for code, price in market.floors.items():
        floor[economy.country(code), j] = price.value / market.prices[code].value
    shares, volumes = _largest_shares(economy, market), _largest_volumes(economy, market)
    shares[np.isfinite(volumes)] = 1.0  # one bound a flow: where volume cannot grow, that is it
    return Supply(held, spare, floor, shares, volumes, _words(market, regime))


def touches_market(economy: Economy, wedges: Wedges, good: str = "crude") -> bool:
    """Whether a policy changes a flow of the market's sector from its sellers, if there is one."""
    if good not in economy.markets:
        return False
    market = economy.markets[good]
    sellers = [economy.country(code) for code in market.exports]
    at = (slice(None), sellers, economy.sector(market.sector))
    changed = (wedges.survival[at] != 1) | (wedges.tariff[at] != economy.tariff_in_force[at])
    changed |= (wedges.export_tax[at] != 0) | (wedges.cost[at] != 0)
    limits = (*wedges.volume_limits, *wedges.price_limits)
    traded = economy.trade[at] > 0
    return bool((changed & traded).any() or any((x.cells[at] & traded).any() for x in limits))


def _largest_shares(economy: Economy, market: Market) -> np.ndarray:
    n, s = economy.value_added.shape
    share = np.ones((n, n, s))
    if market.largest_share is not None:
        single = np.array([code not in economy.residuals for code in economy.countries])
        pairs = single[:, None] & single[None, :] & ~np.eye(n, dtype=bool)
        share[pairs, economy.sector(market.sector)] = market.largest_share.value
    return share


def _largest_volumes(economy: Economy, market: Market) -> np.ndarray:
    """Flows of the sector that cannot grow: closed markets, and those without the seller's good.

    Buyers that ban the good still buy what shares its sector (gas for crude); were that flow free,
    the banned good would reach them under the other name.
    """
    n, s = economy.value_added.shape
    most = np.full((n, n, s), np.inf)
    flow, j = economy.flows[market.name], economy.sector(market.sector)
    for code in market.exports:
        i = economy.country(code)
        without = ~flow.known[:, i] | (flow.values[:, i] <= 0)
        without[i] = False
        most[without, i, j] = 1.0
        for word, volume in market.closed.items():
            members = member_codes(economy, (word,))
            buyers = [economy.country(member) for member in members if member != code]
            most[buyers, i, j] = np.minimum(most[buyers, i, j], volume.value)
    return most


def _words(market: Market, regime: str) -> str:
    floors = market.floors.items()
    words = [REGIMES[regime]]
    words += [f"{code} shuts in below {price.value:g} {price.unit}" for code, price in floors]
    words += [f"{word} buys no more than before (its ban)" for word in market.closed]
    if market.largest_share is not None:
        words.append(f"no foreign origin above {100 * market.largest_share.value:g} % of a buyer")
    return "; ".join(words)
