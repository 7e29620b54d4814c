"""What is drawn: the senders, every target, whom a title names, and who is hit hardest.

Charts, titles and tables ask here, so that a title never names what its chart leaves out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from threatpoint import words
from threatpoint.analysis.tables import MANY

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading

Row = Mapping[str, Any]
OneRow = TypeVar("OneRow", bound=Mapping[str, Any])

THIRDS_SHOWN, PARTNERS_SHOWN = 6, 8
BY_MONEY, BY_PERCENT = 2, 3
LEAST = 0.5
"""Sectors below so many percent of a country's goods output are not picked by percent."""


def losses_shown(reading: Reading) -> list[Row]:
    """Senders, targets, and the third countries that lose and gain most; largest loss first."""
    rows: list[Row] = [*reading.of_role("sender"), *reading.of_role("target")]
    thirds = [r for r in reading.of_role("third") if not words.negligible(r["real_income_percent"])]
    rows += ends(thirds, "real_income_percent", THIRDS_SHOWN)
    return sorted(rows, key=lambda row: row["real_income_percent"])


def ends(rows: Sequence[OneRow], key: str, most: int) -> list[OneRow]:
    """The largest falls and the largest rises of rows sorted by `key`, at most so many of each."""
    falls = [row for row in rows if row[key] < 0][:most]
    return falls + [row for row in rows if row[key] > 0][-most:]


def hardest(rows: Iterable[Row], key: str = "real_income_percent") -> Row | None:
    """The row that loses most in percent; None without a loss."""
    known = [row for row in rows if row[key] < 0]
    return min(known, key=lambda row: row[key], default=None)


def watched(reading: Reading, apart: bool = False) -> list[str]:
    """Economies shown side by side, senders first, at most MANY.

    The biggest senders and targets, and of each the one hit hardest, however small.

    Args:
        reading: the analysis.
        apart: the members of groups that are hit as one, in place of these.
    """
    size = dict(zip(reading.economy.countries, map(float, reading.economy.gdp), strict=True))
    members, hit = (
        sorted(codes, key=lambda code: -sum(size.get(c, 0.0) for c in reading.members(code)))
        for codes in (reading.senders, reading.targets if apart else reading.hit)
    )
    rows = [*reading.countries, *(reading.inside if apart else ())]
    known = [row for row in rows if row["country"] in (*members, *hit)]
    worst = [hardest(r for r in known if r["role"] == role) for role in ("sender", "target")]
    kept = {*members[:1], *hit[:1], *(row["country"] for row in worst if row is not None)}
    for code in (*members[:2], *hit):
        if len(kept) < MANY:
            kept.add(code)
    return [code for code in (*members, *hit) if code in kept]


# -- sectors ---------------------------------------------------------------------------------


def sectors_shown(reading: Reading) -> list[tuple[str, list[Row]]]:
    """Countries watched, and those of the largest changes: their sectors that change most."""
    extremes = sector_extremes(reading)
    codes = dict.fromkeys([*watched(reading, apart=True), *(row["country"] for row in extremes)])
    shown = []
    for code in codes:
        own = [row for row in extremes if row["country"] == code]
        rows = [*own, *(row for row in _largest(reading, code) if row not in own)]
        rows = rows[: BY_MONEY + BY_PERCENT]
        if rows:
            shown.append((code, sorted(rows, key=_change)))
    return shown


def sector_extremes(reading: Reading) -> list[Row]:
    """The largest fall and the largest rise of output in senders and targets, where visible."""
    codes = dict.fromkeys(row["country"] for row in reading.sectors)
    rows = [row for row in reading.sectors if sizeable(reading, row)]
    rows += [row for code in codes for row in _largest(reading, code)]
    rows.sort(key=_change)
    return [
        *(row for row in rows[:1] if _change(row) <= -words.SMALLEST),
        *(row for row in rows[-1:] if _change(row) >= words.SMALLEST),
    ]


def _largest(reading: Reading, code: str) -> list[Row]:
    """BY_MONEY sectors of a country by money, then BY_PERCENT more by percent, not tiny ones."""
    rows = [row for row in reading.sectors if row["country"] == code and row["output_baseline"]]
    rows.sort(key=lambda row: -abs(row["output_at_baseline_prices"]))
    found, rest = rows[:BY_MONEY], rows[BY_MONEY:]
    rest = [row for row in rest if sizeable(reading, row)]
    rest.sort(key=lambda row: -abs(_change(row)))
    return found + rest[:BY_PERCENT]


def sizeable(reading: Reading, row: Row) -> bool:
    """A goods sector with at least LEAST % of its country's goods output."""
    economy = reading.economy
    if row["sector"] in economy.services or not math.isfinite(row["output_quantity_percent"]):
        return False
    n = economy.country(row["country"])
    goods = float(sum(economy.output[n, economy.sector(code)] for code in economy.goods))
    return 100 * row["output_baseline"] >= LEAST * goods


def _change(row: Row) -> float:
    return row["output_quantity_percent"]


def sender_goods(reading: Reading) -> dict[str, Row | None]:
    """Of the senders' goods the largest change in percent, and the largest in money against it."""
    rows = [r for r in reading.sectors if r["role"] == "sender" and sizeable(reading, r)]
    rows = [row for row in rows if not words.negligible(_change(row))]
    first = max(rows, key=lambda row: abs(_change(row)), default=None)
    against = [row for row in rows if first and _change(row) * _change(first) < 0]
    money = "output_at_baseline_prices"
    return {
        "first": first,
        "against": max(against, key=lambda row: abs(row[money]), default=None),
    }


# -- diversion -------------------------------------------------------------------------------


def diversion_shown(reading: Reading) -> list[Row]:
    """Every target, and the exporters whose sales to the sender fall or rise most."""
    rows = list(reading.sender_imports)
    kept = [row for row in rows if row["role"] == "target" and row["change"]]
    kept += [row for row in ends(rows, "change", PARTNERS_SHOWN) if row not in kept]
    best = best_supplier(reading)
    kept += [best] if best is not None and best not in kept else []
    return sorted(kept, key=lambda row: row["change"])


def replaced(reading: Reading) -> dict[str, Any]:
    """Imports lost with the targets, what others gain (None without others), and who most."""
    others = [row["change"] for row in reading.sender_imports if row["role"] != "target"]
    hit = [row["change"] for row in reading.sender_imports if row["role"] == "target"]
    gained = sum(others) if others else None
    return {"lost": -sum(hit), "gained": gained, "best": best_supplier(reading)}


def best_supplier(reading: Reading) -> Row | None:
    """Who replaces most of what the targets no longer sell; a group only if nobody else is left."""
    others = [row for row in reading.sender_imports if row["role"] != "target"]
    single = [row for row in others if row["exporter"] not in reading.economy.residuals]
    return next(reversed(single or others), None)
