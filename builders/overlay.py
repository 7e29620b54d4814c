"""Put Russian oil and gas into the trade table and let the other suppliers make room.

Crude and gas share the sector OILGAS: a cell is crude + gas where gas is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from builders import oil
from builders.sources import Array, Sources

Note = tuple[str, str, str, float, float]
"""Buyer, sector, what moved, before, after (USD million)."""


@dataclass(frozen=True)
class Overlay:
    """The trade table with Russian oil in place.

    Attributes:
        values: (N, N, S) trade.
        sales: every sale used.
        basis: (N, N, S) codes after the overlay.
        notes: what had to move.
    """

    values: Array
    sales: tuple[oil.Sale, ...]
    basis: np.ndarray
    notes: tuple[Note, ...]


def overlay(sources: Sources, trade: Array, basis: np.ndarray, goods: Array) -> Overlay:
    """Put the sales in; each importer's total of a sector is kept by the other foreign suppliers.

    Args:
        sources: labels and facts.
        trade: (N, N, S) before the overlay.
        basis: its basis codes.
        goods: (N, N) BACI goods totals, to which the rest of a pair's goods is scaled again.
    """
    codes, russia = list(sources.countries), sources.countries.index("RUS")
    oilgas, refpet = sources.sectors.index("OILGAS"), sources.sectors.index("REFPET")
    fact = oil.Facts(sources.rows["oil"])
    before = {c: trade[n, russia] for n, c in enumerate(codes) if n != russia}
    sales = oil.all_sales(
        fact,
        {c: row[refpet] for c, row in before.items()},
        {c: row[oilgas] for c, row in before.items()},
    )
    values, marks = trade.copy(), basis.copy()
    notes = _turkish_totals(sources, values, fact)
    for sector, products in ((oilgas, ("crude", "gas")), (refpet, ("refined",))):
        for buyer, new in _cells(sales, products, before, sector).items():
            others = oil.other_sellers(fact, buyer) if sector == oilgas else {}
            fixed = {codes.index(c): usd for c, usd in {"RUS": new, **others}.items()}
            notes += _place(sources, values, codes.index(buyer), sector, fixed)
            marks[codes.index(buyer), list(fixed), sector] = 3
            marks[codes.index(buyer), russia, sector] = _weakest(sales, buyer, products, new)
    marks[values == 0] = 0
    notes += _rest_of_goods(sources, values, goods, (oilgas, refpet))
    return Overlay(values, tuple(sales), marks, tuple(notes))


def _turkish_totals(sources: Sources, values: Array, fact: oil.Facts) -> list[Note]:
    """Türkiye's imports of products set to EPDK's total; what is freed becomes crude and gas.

    Türkiye does not publish its energy trade by product, and the ICIO has 16 bn of crude and gas
    and 24 bn of products where EPDK counts 31.4 Mt of crude and 12.5 Mt of products. The sum of the
    two sectors stays.
    """
    n = sources.countries.index("TUR")
    foreign = np.arange(len(sources.countries)) != n
    crude, products = (sources.sectors.index(c) for c in ("OILGAS", "REFPET"))
    target = fact.whole("products", "TUR", "2023", "Mt") * oil.prices(fact).products
    old = [float(values[n, foreign, k].sum()) for k in (crude, products)]
    new = [old[0] + old[1] - target, target]
    for k, was, now in zip((crude, products), old, new, strict=True):
        values[n, foreign, k] *= now / was
    return [
        ("TUR", sources.sectors[k], "imports (EPDK volumes)", was, now)
        for k, was, now in zip((crude, products), old, new, strict=True)
    ]


def _cells(
    sales: list[oil.Sale], products: tuple[str, ...], before: Mapping[str, Array], sector: int
) -> dict[str, float]:
    """New value of each buyer's cell; the rest of the world keeps at least what the table had."""
    cells: dict[str, float] = {}
    for sale in sales:
        if sale.product in products:
            cells[sale.buyer] = cells.get(sale.buyer, 0.0) + sale.usd
    if "gas" in products:
        # nobody reports gas to the rest of the world: its cell holds more than the crude
        cells["ROW"] = max(cells["ROW"], float(before["ROW"][sector]))
    return cells


def _weakest(sales: list[oil.Sale], buyer: str, products: tuple[str, ...], cell: float) -> int:
    """The weakest basis among the sales in a cell; estimated where it holds more than they do."""
    inside = [s for s in sales if s.buyer == buyer and s.product in products and s.usd > 0]
    if cell > sum(s.usd for s in inside) + 1.0:
        return 3
    return max((oil.BASES[s.basis] for s in inside), default=0)


def _place(
    sources: Sources, values: Array, n: int, sector: int, fixed: Mapping[int, float]
) -> list[Note]:
    """Set the cells of some suppliers and move the other foreign ones, so that the total stays.

    Where the others are too small, they keep a fifth and the importer's total grows.
    """
    row, buyer, code = values[n, :, sector], sources.countries[n], sources.sectors[sector]
    others = np.ones(len(row), dtype=bool)
    others[[n, *fixed]] = False
    pool, total = float(row[others].sum()), float(row.sum())
    notes: list[Note] = [
        (buyer, code, f"sales of {sources.countries[i]}", float(row[i]), new)
        for i, new in fixed.items()
        if abs(new - row[i]) > 1.0
    ]
    change = sum(new - float(row[i]) for i, new in fixed.items())
    row[list(fixed)] = list(fixed.values())
    if change <= FOREIGN_LIMIT * pool:
        row[others] *= 1 - change / pool if pool > 0 else 1.0
        return notes
    row[others] *= 1 - FOREIGN_LIMIT
    what = "importer's total (other suppliers too small)"
    return [*notes, (buyer, code, what, total, float(row.sum()))]


FOREIGN_LIMIT = 0.8
"""Other foreign suppliers give up at most this share; beyond it the importer's total grows."""


def _rest_of_goods(
    sources: Sources, values: Array, goods: Array, oil: tuple[int, ...]
) -> list[Note]:
    """Scale Russia's other goods so that a pair's goods total is BACI's again, where it can be."""
    russia, notes = sources.countries.index("RUS"), []
    rest = [k for k, c in enumerate(sources.sectors) if c != "SVC" and k not in oil]
    for n, buyer in enumerate(sources.countries):
        if n == russia or goods[n, russia] <= 0:
            continue
        oil_sum = values[n, russia, list(oil)].sum()
        target, now = goods[n, russia] - oil_sum, values[n, russia, rest].sum()
        if target > REST_LOW * now:
            values[n, russia, rest] *= target / now
            notes.append((buyer, "other goods", "scaled to BACI total", now, target))
        else:
            notes.append((buyer, "goods", "BACI total (oil alone is near or above it)",
                          goods[n, russia], oil_sum + now))  # fmt: skip
    return notes


REST_LOW = 0.2
"""Other goods are not scaled below this share of their value: the BACI total gives way instead."""
