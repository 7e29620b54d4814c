"""Markets of goods, by the words of an instrument: the good, and who takes part in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError, shown, unknown
from threatpoint.policy.goods import part_of_cells
from threatpoint.world.places import code_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from threatpoint.array_types import Mask
    from threatpoint.world.economy import Economy
    from threatpoint.world.market import Market

FACTS = {"exports": "exports", "output": "output", "spare": "idle capacity"}
"""Fields of `Market` that say who takes part, and what they are in words."""


def market_in(economy: Economy, good: str, where: str) -> Market:
    """The market of a good; raises `PolicyError` where the economy has none, or not its flow."""
    if good not in economy.markets:
        raise PolicyError(_unknown_market(economy, good, where))
    market = economy.markets[good]
    if market.name not in economy.flows:
        raise PolicyError(unknown("flow", market.name, tuple(economy.flows), where))
    return market


def market_word(text: str, economy: Economy, words: str) -> str:
    """The good with a market that a text names, in any case; raises `PolicyError` for another."""
    known = {name.casefold(): name for name in economy.markets}
    good = known.get(text.strip().casefold())
    if good is None:
        raise PolicyError(_unknown_market(economy, text.strip(), shown(words)))
    return good


def _unknown_market(economy: Economy, good: str, where: str) -> str:
    """Message for a good without a market in physical units."""
    if economy.markets:
        return unknown("market", good, tuple(economy.markets), where)
    return f"{where}: the table has no markets in physical units"


def codes_in(economy: Economy, mask: Mask) -> tuple[str, ...]:
    """Codes of the economies of a mask (N,)."""
    return tuple(code for code, yes in zip(economy.countries, mask, strict=True) if yes)


def taking_part(
    economy: Economy,
    market: Market,
    words: Iterable[str],
    codes: Iterable[str],
    fact: str,
    where: str,
) -> tuple[str, ...]:
    """Those of whom the market has a figure above 0, such as exports.

    Args:
        economy: gives the codes behind the words.
        market: of the good.
        words: of the side; who is named by itself must take part.
        codes: of the side.
        fact: a key of `FACTS`.
        where: the instrument, for messages.

    Raises:
        PolicyError: nobody does, or somebody named does not.
    """
    known = getattr(market, fact)
    have = [code for code in known if known[code].value > 0]
    found = tuple(code for code in codes if code in have)
    what = f"the market of {market.name} knows of no such {FACTS[fact]}"
    _require_all(economy, words, found, f"{what}; known: {', '.join(have) or 'none'}", where)
    return found


def _require_all(
    economy: Economy, words: Iterable[str], found: Collection[str], what: str, where: str
) -> None:
    """Somebody must be found, and everybody who is named by itself; raises `PolicyError`."""
    named = {code_of(word, economy) for word in words} & {*economy.countries}
    silent = sorted(code for code in named - {*found} if code)
    if silent or not found:
        whose = f" of {', '.join(silent)}" if silent else ""
        raise PolicyError(f"{where}: hits nothing{whose}, {what}")


def known_flows(
    economy: Economy, market: Market, cells: Mask, sellers: Iterable[str], where: str
) -> Mask:
    """Cells with a known flow of the good, (N n, N i, S j).

    Raises:
        PolicyError: there is none, or a seller named has none that anybody reports.
    """
    found = cells & (part_of_cells(economy, market.name, where) > 0)
    what = f"the table knows of no such flow of {market.name}"
    selling = np.asarray(found.any(axis=(0, 2)), dtype=np.bool_)
    _require_all(economy, sellers, codes_in(economy, selling), what, where)
    return found
