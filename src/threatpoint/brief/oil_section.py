"""The oil market: what each scenario does to the price, the seller's revenue, and who absorbs it.

Rows come from the oil model; nothing is computed here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts
from threatpoint.brief.section import Section
from threatpoint.errors import ThreatpointError
from threatpoint.oil.balance import ROUNDING
from threatpoint.tables import Column, Table

if TYPE_CHECKING:
    from threatpoint.brief.charts import Figure

Row = Mapping[str, Any]
NUMBERS = (
    "world_price_percent",
    "world_price_usd_bbl",
    "volume_mb_d",
    "price_usd_bbl",
    "discount_usd_bbl",
    "revenue_usd_bn_month",
    "missing_mb_d",
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
    rows: Sequence[Row],
    seller: str = "the seller",
    source: str = "the oil model",
    horizon: str = "long",
) -> Section | None:
    """Table and chart of the oil scenarios; None without rows.

    Args:
        rows: one per scenario and horizon, with TEXTS and NUMBERS as keys; a number that does not
            exist is NaN.
        seller: as it stands inside a sentence.
        source: what the numbers are computed from.
        horizon: of the heading and the title of the chart; the last of the rows where it has none.

    Raises:
        ThreatpointError: a row without one of the keys.
    """
    if not rows:
        return None
    _require(rows)
    return Section(
        "oil",
        words.capital(finding(rows, seller, horizon)),
        list(filter(None, (TERMS, " ".join(withheld(rows, seller))))),
        figures=(_figure(rows, seller, source, horizon),),
        tables=(_table(rows, seller),),
    )


def _require(rows: Sequence[Row]) -> None:
    for n, row in enumerate(rows):
        missing = [key for key in (*TEXTS, *NUMBERS) if key not in row]
        if missing:
            raise ThreatpointError(f"oil: row {n} has no {', '.join(missing)}")


def _known(rows: Sequence[Row], horizon: str) -> list[Row]:
    """The rows with an equilibrium at the horizon asked for, or at the last that has one."""
    known = [row for row in rows if math.isfinite(row["revenue_usd_bn_month"])]
    there = words.ordered(dict.fromkeys(row["horizon"] for row in known))
    chosen = horizon if horizon in there or not there else there[-1]
    return [row for row in known if row["horizon"] == chosen]


def finding(rows: Sequence[Row], seller: str, horizon: str) -> str:
    """The scenario that costs the seller most but not all: its revenue, and the price with it."""
    known = _known(rows, horizon)
    if not known:
        return "no oil scenario has an equilibrium"
    some = [row for row in known if row["revenue_usd_bn_month"] > 0] or known
    worst = min(some, key=lambda row: row["revenue_usd_bn_month"])
    before = now(worst)
    falls = f"falls from {_bn(before)} to" if math.isfinite(before) else "is"
    return (
        f"with “{worst['scenario']}” revenue of {seller} from crude {falls} "
        f"{_bn(worst['revenue_usd_bn_month'])} a month {words.when(worst['horizon'])}, and the "
        f"world price {_price(worst['world_price_percent'])}"
    )


def _price(value: float) -> str:
    """The change of the price in words."""
    if words.negligible(value):
        return f"changes by {words.UNDER}"
    return f"{'rises' if value > 0 else 'falls'} by {words.magnitude(value)}"


def withheld(rows: Sequence[Row], seller: str) -> list[str]:
    """What is not shown because barrels do not add up, and why; nothing where all do."""
    gaps = [abs(row["missing_mb_d"]) for row in rows if not _adds_up(row)]
    if not gaps:
        return []
    low, high = (words.number(f(gaps)) for f in (min, max))
    size = low if low == high else f"{low} to {high}"
    return [
        f"Crude by buyer, and who replaced it, is withheld until the oil market is rebuilt: {size} "
        "mb/d do not add up between what is pumped and what is used, by scenario and horizon.",
        "Crude that finds a new buyer is booked at that buyer's old share of crude in crude and "
        f"gas; volume and revenue of {seller} carry the same error.",
    ]


def _adds_up(row: Row) -> bool:
    """Nothing is missing, or there is no equilibrium to count."""
    return not abs(row["missing_mb_d"]) > ROUNDING


def now(row: Row) -> float:
    """Revenue of the baseline, USD bn a month; NaN where the row does not say the change."""
    return row["revenue_usd_bn_month"] - row.get("revenue_change_usd_bn_month", math.nan)


def _bn(value: float) -> str:
    return words.money(value, "USD bn")


def _figure(rows: Sequence[Row], seller: str, source: str, horizon: str) -> Figure:
    horizons = words.ordered(dict.fromkeys(row["horizon"] for row in rows))
    shown = _by_scenario(rows, horizons)
    drawn = charts.by_horizon(shown, horizons, "revenue")
    each = "; ".join(f"{row['name']} {row['label']}" for row in shown)
    return charts.figure(
        "fig-oil",
        words.capital(_spread(rows, seller, horizon)),
        f"Revenue of {seller} from crude exports by scenario, USD bn a month; "
        f"{words.numbers_are(horizons)}",
        f"computed from {source}",
        lambda width: charts.dots(drawn, width),
        each,
        charts.shades({name: words.horizon(name) for name in horizons}),
    )


def _spread(rows: Sequence[Row], seller: str, horizon: str) -> str:
    """Where the seller earns least and most, at one horizon."""
    known = _known(rows, horizon)
    if not known:
        return f"what {seller} earns from its crude has no answer"
    least, most = (f(known, key=lambda row: row["revenue_usd_bn_month"]) for f in (min, max))
    ends = [
        f"{_bn(row['revenue_usd_bn_month'])} a month with “{row['scenario']}”"
        for row in (least, most)
    ]
    text = f"{words.when(least['horizon'])} {seller} earns "
    return text + (ends[0] if least is most else f"from {ends[0]} to {ends[1]}")


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
    adds_up = all(map(_adds_up, rows))
    columns = (
        Column("scenario", "Scenario"),
        Column("horizon", "Horizon", "horizon"),
        Column("world_price_percent", "World price", "signed percent"),
        Column("world_price_usd_bbl", "World price, USD/bbl", "number"),
        Column("volume_mb_d", "Volume, mb/d", "number"),
        Column("price_usd_bbl", "Its price, USD/bbl", "number"),
        Column("discount_usd_bbl", "Discount, USD/bbl", "number"),
        Column("revenue_usd_bn_month", "Revenue, USD bn a month", "number"),
        Column("absorbed_by", "Who absorbed it", shown=any(map(_adds_up, rows))),
        Column("missing_mb_d", "Does not add up, mb/d", "number", shown=not adds_up),
        Column("revenue_change_usd_bn_month", "Change", "number", shown=False),
    )
    caption = f"The oil market by scenario and horizon; volume, price and revenue of {seller}"
    note = (
        "Who absorbed it: whose output rises, mb/d, by 0.05 or more."
        if adds_up
        else "Does not add up: change of what all producers pump less change of what is used."
    )
    shown = tuple(row | {"absorbed_by": _short(row["absorbed_by"])} for row in map(dict, rows))
    return Table("oil", caption, columns, shown, note=note, lead=9, fold="All other scenarios")


def _short(text: str) -> str:
    """'Brazil +0.08 mb/d, Canada ...' without its unit, which the note has."""
    return text if "withheld" in text else text.replace(" mb/d", "") or words.DASH
