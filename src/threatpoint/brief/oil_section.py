"""The oil market: what each scenario does to the price, the seller's revenue, and who absorbs it.

Rows come from the oil model; nothing is computed here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint.brief import dots, drawing, words
from threatpoint.brief.section import Section
from threatpoint.brief.table import Column, Table
from threatpoint.errors import ThreatpointError

if TYPE_CHECKING:
    from threatpoint.brief.figures import Figure

Row = Mapping[str, Any]
NUMBERS = (
    "world_price_percent",
    "world_price_usd_bbl",
    "volume_mb_d",
    "price_usd_bbl",
    "discount_usd_bbl",
    "revenue_usd_bn_month",
)
TEXTS = ("scenario", "horizon", "absorbed_by")
BASELINE = "As in the baseline"
TERMS = (
    "The world price is that of the marker crude, USD a barrel (bbl). The discount is how much "
    "less than the marker the seller gets, both free on board. Volume is what the seller exports, "
    "million barrels a day (mb/d); revenue is volume times its price, USD bn a month. Crude and "
    "gas share one sector and inputs in oil can replace wells, so the price rises are low ends."
)


def oil_section(
    rows: Sequence[Row], seller: str = "the seller", source: str = "the oil model"
) -> Section | None:
    """Table and chart of the oil scenarios; None without rows.

    Args:
        rows: one per scenario and horizon, with TEXTS and NUMBERS as keys; a number that does not
            exist is NaN.
        seller: as it stands inside a sentence.
        source: what the numbers are computed from.

    Raises:
        ThreatpointError: a row without one of the keys.
    """
    if not rows:
        return None
    _require(rows)
    return Section(
        "oil",
        _title(rows, seller),
        (TERMS,),
        figures=(_figure(rows, seller, source),),
        tables=(_table(rows, seller),),
    )


def _require(rows: Sequence[Row]) -> None:
    for n, row in enumerate(rows):
        missing = [key for key in (*TEXTS, *NUMBERS) if key not in row]
        if missing:
            raise ThreatpointError(f"oil: row {n} has no {', '.join(missing)}")


def _title(rows: Sequence[Row], seller: str) -> str:
    """The scenario that costs the seller most but not all, and the largest rise of the price."""
    known = [row for row in rows if math.isfinite(row["revenue_usd_bn_month"])]
    if not known:
        return "No oil scenario has an equilibrium"
    some = [row for row in known if row["revenue_usd_bn_month"] > 0] or known
    worst = min(some, key=lambda row: row["revenue_usd_bn_month"])
    dear = max(known, key=lambda row: row["world_price_percent"])
    before = now(worst)
    falls = f"falls from {_bn(before)} to" if math.isfinite(before) else "is"
    return words.capital(
        f"revenue of {seller} from crude {falls} {_bn(worst['revenue_usd_bn_month'])} a month with "
        f"“{worst['scenario']}” ({drawing.run_plain(worst['horizon'])}); the world price "
        f"{_price(dear['world_price_percent'])}"
    )


def _price(value: float) -> str:
    """The largest change of the price in words."""
    if value < words.SMALLEST:
        return "does not rise"
    return f"rises by {words.magnitude(value)} at most"


def now(row: Row) -> float:
    """Revenue of the baseline, USD bn a month; NaN where the row does not say the change."""
    return row["revenue_usd_bn_month"] - row.get("revenue_change_usd_bn_month", math.nan)


def _bn(value: float) -> str:
    return words.money(value, "USD bn")


def _figure(rows: Sequence[Row], seller: str, source: str) -> Figure:
    horizons = drawing.ordered(dict.fromkeys(row["horizon"] for row in rows))
    shown = _by_scenario(rows, horizons)
    each = "; ".join(f"{row['name']} {row['label']}" for row in shown)
    values = [r["revenue_usd_bn_month"] for r in rows if math.isfinite(r["revenue_usd_bn_month"])]
    low, high = (words.number(f(values, default=math.nan)) for f in (min, max))
    return drawing.finished(
        "fig-oil",
        words.capital(f"{seller} earns USD {low} to {high}{words.SPACE}bn a month from its oil"),
        f"Revenue of {seller} from crude exports by scenario, USD bn a month; numbers: "
        f"{', '.join(horizons)}",
        drawing.computed_from(source),
        lambda width: dots.draw(shown, horizons, "revenue", "", width),
        each,
        drawing.shades(horizons),
    )


def _by_scenario(rows: Sequence[Row], horizons: Sequence[str]) -> list[dict[str, Any]]:
    """One row a scenario with the revenue at every horizon."""
    found: dict[str, dict[str, Any]] = {}
    before = {row["horizon"]: now(row) for row in rows if math.isfinite(now(row))}
    if before:
        found[BASELINE] = {"name": BASELINE, "role": "third"}
        found[BASELINE] |= {f"{h}_revenue": value for h, value in before.items()}
    for row in rows:
        mine = found.setdefault(row["scenario"], {"name": row["scenario"], "role": "third"})
        mine[f"{row['horizon']}_revenue"] = row["revenue_usd_bn_month"]
    for mine in found.values():
        values = (mine.get(f"{h}_revenue", math.nan) for h in horizons)
        mine["label"] = " · ".join(words.number(value) for value in values)
    return list(found.values())


def _table(rows: Sequence[Row], seller: str) -> Table:
    columns = (
        Column("scenario", "Scenario"),
        Column("horizon", "Horizon", "short"),
        Column("world_price_percent", "World price", "signed percent"),
        Column("world_price_usd_bbl", "World price, USD/bbl", "number"),
        Column("volume_mb_d", "Volume, mb/d", "number"),
        Column("price_usd_bbl", "Its price, USD/bbl", "number"),
        Column("discount_usd_bbl", "Discount, USD/bbl", "number"),
        Column("revenue_usd_bn_month", "Revenue, USD bn a month", "number"),
        Column("absorbed_by", "Who absorbed it"),
        Column("revenue_change_usd_bn_month", "Change", "number", shown=False),
    )
    caption = f"The oil market by scenario and horizon; volume, price and revenue of {seller}"
    note = "Who absorbed it: whose output rises, mb/d, by 0.05 or more."
    shown = tuple(row | {"absorbed_by": _short(row["absorbed_by"])} for row in map(dict, rows))
    return Table("oil", caption, columns, shown, note=note, lead=9, fold="All other scenarios")


def _short(text: str) -> str:
    """'Brazil +0.08 mb/d, Canada ...' with the unit in the note."""
    return text.replace(" mb/d", "") or words.DASH
