"""As figures: purchases that no table holds, as whoever poses the question gives them.

The seller has no row of its own in the table, or the goods no column. The figures say who buys and
how much; what it would do to trade to stop is in no table, so nothing is computed from them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError, nearest, refuse
from threatpoint.policy.goods import held
from threatpoint.units import money
from threatpoint.world.country_names import country_named
from threatpoint.world.places import code_of, unknown_place
from threatpoint.world.sector_names import sector_of

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.quantity import Quantity
    from threatpoint.world.economy import Economy

BASIS = "as given"
"""How such a purchase came about."""
CLOSE = 0.8
"""Likeness from which a word is a name misspelt, as difflib counts it."""


def amounts(
    economy: Economy, figures: Iterable[tuple[str, Quantity]], where: str
) -> tuple[Array, Mask]:
    """Purchases (N,) in the economy's money unit, and bool (N,) of whom there is a figure.

    Raises:
        PolicyError: not an economy of the table; 0 or below; no money unit of the table.
    """
    given, known = dict(figures), economy.countries
    refuse(_no_row(economy, code, where) for code in given if code not in known)
    refuse(
        f"{where}: {code} buys {found.value:g} {found.unit}; a figure is above 0"
        for code, found in given.items()
        if found.value <= 0
    )
    paid = {code: money(found.value, found.unit, economy.unit) for code, found in given.items()}
    value = np.array([paid.get(code, 0.0) for code in known])
    return value, np.isin(known, tuple(given))


def _no_row(economy: Economy, code: str, where: str) -> str:
    """Message for a buyer that is no row of the table."""
    if code in economy.groups:
        members = ", ".join(economy.groups[code])
        return f"{where}: {code} is a group; give the purchases of its members ({members})"
    return unknown_place(economy, code, economy.countries, where)


def seller_codes(economy: Economy, sellers: Iterable[str]) -> tuple[str, ...]:
    """Codes of the sellers that the table has; others are known by their words alone."""
    found = [code_of(word, economy) for word in sellers]
    members = [economy.groups.get(code, (code,)) for code in found if code]
    return tuple(dict.fromkeys(code for codes in members for code in codes))


def sectors_of(
    economy: Economy, goods: tuple[str, ...], sellers: tuple[str, ...], share: float, where: str
) -> tuple[str, ...]:
    """Codes of the sectors that hold the goods; none where the table lacks one of the goods.

    Args:
        economy: the table.
        goods: in words.
        sellers: in words.
        share: least share of imports that is asked for.
        where: begins the message.

    Raises:
        PolicyError: the table has goods and a seller, so that it knows this trade itself; a
            seller's name misspelt; or a least share of imports that the table does not know.
    """
    refuse(_misspelt(economy, sellers), where)
    if not all(sector_of(word, economy, economy.flows) for word in goods):
        if share > 0:
            raise PolicyError(
                f"{where}: a least share of imports needs goods of the table, and it does not have "
                f"all of {', '.join(goods)}; give `min_value` instead"
            )
        return ()
    if inside := seller_codes(economy, sellers):
        raise PolicyError(
            f"{where}: the table knows what {', '.join(inside)} sells of these goods; leave "
            "`purchases` out, or name a seller or goods that the table does not have"
        )
    return tuple(held(economy, goods, where))


def _misspelt(economy: Economy, sellers: Iterable[str]) -> Iterator[str]:
    """Sellers that are no country, but next to the name of one in the table."""
    names = tuple(economy.names.values())
    known = [name.casefold() for name in names]
    for word in sellers:
        close = difflib.get_close_matches(word.casefold(), known, n=1, cutoff=CLOSE)
        if close and not (code_of(word, economy) or country_named(word)):
            yield f"{word!r} is no country{nearest(word, names)}"
