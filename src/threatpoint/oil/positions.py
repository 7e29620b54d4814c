"""Which economies of a table stand for each code of the crude base."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from threatpoint.errors import WorldError
from threatpoint.world.crude_base import COALITION, REST, UNION

if TYPE_CHECKING:
    from threatpoint.world.barrels import CrudeBase
    from threatpoint.world.economy import Economy


def position(base: CrudeBase, economy: Economy, side: str = "buyer") -> dict[str, tuple[str, ...]]:
    """Code of the base -> the economies that it is, or is counted in, in the economy's order.

    A code stands for itself; without a row in the table it is counted in the residual of the
    European Union or in the rest of the world. The rest ("RST") is every economy that is no other
    code's own row, the seller's left out: one residual may so stand for several codes.

    Args:
        base: its codes and the countries behind its groups.
        economy: a table.
        side: "buyer" or "producer".

    Raises:
        WorldError: unknown side, or a code that the economy has no place for.
    """
    if side not in ("buyer", "producer"):
        raise WorldError(f"the crude base has buyers and producers, no {side!r}")
    codes = base.buyers if side == "buyer" else base.producers
    found = {code: _places(base, economy, _behind(base, code)) for code in codes if code != REST}
    own = {place for places in found.values() for place in places} - set(economy.residuals)
    rest = [code for code in economy.countries if code not in own and code != base.seller]
    return found | ({REST: tuple(rest)} if REST in codes else {})


def _behind(base: CrudeBase, code: str) -> tuple[str, ...]:
    """The countries that a code is."""
    return base.members[COALITION] if code == COALITION else (code,)


def _places(base: CrudeBase, economy: Economy, codes: Iterable[str]) -> tuple[str, ...]:
    """Where countries are counted, each place once."""
    found = {_place(base, economy, code) for code in codes}
    return tuple(code for code in economy.countries if code in found)


def _place(base: CrudeBase, economy: Economy, code: str) -> str:
    """Its own row; else the union's, as one or as its residual; else the rest of the world."""
    if code in economy.countries:
        return code
    inside = economy.groups.get(UNION, ())
    if code in base.members[UNION]:
        if UNION in economy.countries:
            return UNION
        if left := [place for place in economy.residuals if place in inside]:
            return left[0]
    if outside := [place for place in economy.residuals if place not in inside]:
        return outside[0]
    raise WorldError(
        f"this table has no row for {code} of the crude base, and no rest of the world that could "
        "hold it"
    )
