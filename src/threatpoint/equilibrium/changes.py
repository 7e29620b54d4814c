"""Changes of trade by importer, exporter and sector, before and after, for who asks by name.

Takes a `Solution`, whose own module reads from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from threatpoint.equilibrium.measures import percent_change
from threatpoint.errors import PolicyError, require_label
from threatpoint.policy.scope import WORLD, country_mask, listed, sector_mask
from threatpoint.tables import Table, columns
from threatpoint.words import count, listing, place, when
from threatpoint.world.places import code_of

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.policy.scope import Selector
    from threatpoint.world.economy import Economy

AXES = ("importer", "exporter", "sector")
"""What flows can be told apart by, in the order of the trade array."""
KEYS = ("trade_baseline", "trade", "change", "change_percent")


def trade_changes(
    solution: Any,
    importer: Selector | None = None,
    exporter: Selector | None = None,
    sector: Selector | None = None,
    by: Iterable[str] = ("importer", "exporter"),
) -> Table:
    """Flows between countries before and after, the largest change first; see `Solution`."""
    economy, kept = solution.table, _kept(by)
    inside = _chosen(economy, importer, exporter, sector)
    sums = tuple(n for n, axis in enumerate(AXES) if axis not in kept)
    before, after = (
        np.where(inside, trade, 0.0).sum(axis=sums) for trade in (economy.trade, solution.trade)
    )
    rows = _rows(economy, kept, before, after)
    named = (key for axis in kept for key in (axis, f"{axis}_name"))
    goods = "goods and services" if sector is None else listing([*listed(sector, "sector")])
    ends = "".join(
        f" {word} {listing([place(code_of(w, economy) or w, economy) for w in listed(side, word)])}"
        for word, side in (("to", importer), ("from", exporter))
        if side is not None
    )
    return Table(
        "trade-changes",
        f"Change of trade{ends}, {when(solution.calibration.elasticities.horizon)}, {goods}",
        columns("trade-changes", *named, *KEYS),
        rows,
        economy.unit,
        "A year, at basic prices, before tariffs; what a country sells itself is left out.",
    )


def _kept(by: Iterable[str]) -> tuple[str, ...]:
    """What the rows tell apart, in the order of the axes.

    Raises:
        PolicyError: nothing, or something that flows have not.
    """
    given = listed(cast("Selector", by), "by")
    for axis in given:
        require_label("axis", axis, AXES, PolicyError, "by")
    return tuple(axis for axis in AXES if axis in given)


def _chosen(
    economy: Economy, importer: Selector | None, exporter: Selector | None, sector: Selector | None
) -> Mask:
    """(N n, N i, S) the flows between countries that are asked for."""
    to, of = (
        country_mask(economy, listed(WORLD if side is None else side, name), None, name)
        for name, side in (("importer", importer), ("exporter", exporter))
    )
    goods = sector_mask(economy, listed("all" if sector is None else sector, "sector"), "sector")
    abroad = to[:, None] & of[None, :] & ~np.eye(len(to), dtype=bool)
    if not abroad.any():
        raise PolicyError(
            "trade changes: importer and exporter are the same country, and what it sells itself "
            f"is left out; {count(int(to.sum()), 'importer')} was asked for"
        )
    return abroad[:, :, None] & goods


def _rows(
    economy: Economy, kept: tuple[str, ...], before: Array, after: Array
) -> list[dict[str, Any]]:
    """A row a flow that there is, before or after."""
    names = [list(_named(economy, axis).items()) for axis in kept]
    change, percent = after - before, percent_change(after, before)
    live = np.argwhere((before != 0) | (after != 0))
    ordered = live[np.argsort(-np.abs(change[tuple(live.T)]), kind="stable")]
    levels = dict(zip(KEYS, (before, after, change, percent), strict=True))
    return [
        {
            key: text
            for axis, known, n in zip(kept, names, place, strict=True)
            for key, text in zip((axis, f"{axis}_name"), known[int(n)], strict=True)
        }
        | {key: float(values[tuple(place)]) for key, values in levels.items()}
        for place in ordered
    ]


def _named(economy: Economy, axis: str) -> Mapping[str, str]:
    """Code -> name along an axis."""
    if axis == "sector":
        return {code: economy.sector_names.get(code, code) for code in economy.sectors}
    return {code: economy.names.get(code, code) for code in economy.countries}
