"""The gap and the three tests, ready, willing and able, as rows; support by month."""

from __future__ import annotations

import math
from collections.abc import Iterator

from threatpoint import words
from threatpoint.spread import Spread
from threatpoint.support.data import TYPES, load_support
from threatpoint.support.drawn import YEAR, SupportDrawn
from threatpoint.support.programme import LONGEST
from threatpoint.support.support import SupportResult
from threatpoint.tables import Row, Table, columns


def three_tests(result: SupportResult, drawn: SupportDrawn | None = None) -> Table:
    """The gap, and the three tests: ready, willing and able."""
    return Table(
        "support",
        "Ready, willing and able",
        columns("support", "what", "-measure", "value", "span", "meaning", "-unit"),
        [*_gap_rows(result), *_willing_rows(result, drawn), *_ready_rows(result)],
        note=words.capital(f"{result.missing}.") if result.missing else "",
    )


def _gap_rows(result: SupportResult) -> Iterator[Row]:
    gap, year = result.shared, "EUR bn a year"
    yield _row("gap", gap.whole, gap.ends, year, "what is to be replaced")
    yield _row(
        "gap without the loan",
        float(gap.pair[0]),
        None,
        year,
        "without the loan repaid from Russian assets",
    )
    for kind, value in zip(TYPES, gap.lost, strict=True):
        yield _row(f"lost: {kind}", float(value), None, year, "the leaver's aid in the baseline")
    yield _row("given", float(gap.given.sum()), None, year, "Europe in the baseline")
    low, high = (100.0 * gap.of_gdp(end) for end in gap.ends)
    yield _row(
        "gap, of GDP",
        100.0 * gap.of_gdp(gap.whole),
        (low, high),
        "% of GDP",
        "of the European donors",
    )
    low, high = (100.0 * share for share in result.budget_share)
    yield _row("able: money", 100.0 * gap.whole / load_support().defence_budgets, (low, high), "%",
               "gap over European defence budgets")  # fmt: skip


def _willing_rows(result: SupportResult, drawn: SupportDrawn | None) -> Iterator[Row]:
    if drawn is None:
        return
    said = "what had been announced by the date"
    yield _drawn("willing", drawn.replaced(), "%", f"of the gap, 12 months; {said}", 100.0)
    yield _drawn(
        "willing, without the loan",
        drawn.replaced(YEAR, False),
        "%",
        "the same, the loan on neither side",
        100.0,
    )
    yield _drawn("willing: capitals", drawn.of_capitals(), "EUR bn", "added in 12 months")
    yield _drawn("willing: EU institutions", drawn.of_common(), "EUR bn", "added in 12 months")
    yield _drawn("all support after 12 months", drawn.change_after(YEAR), "%",
                 "change at the front if the leaver leaves on the date", 100.0)  # fmt: skip


def _ready_rows(result: SupportResult) -> Iterator[Row]:
    for who, (low, high) in result.waits.items():
        yield _row(
            f"ready: {who}",
            0.5 * (low + high),
            (float(low), float(high)),
            "months",
            "from commitment to allocation, year to the date",
        )
    for period, share in result.stocks.items():
        yield _row(f"ready: from stocks, {period}", 100.0 * share, None, "%",
                   "of the arms whose source is known, all donors")  # fmt: skip


def _drawn(measure: str, spread: Spread, unit: str, meaning: str, scale: float = 1.0) -> Row:
    low, value, high = (scale * end for end in (spread.low, spread.median, spread.high))
    return _row(measure, value, (low, high), unit, meaning)


def _row(
    measure: str, value: float, ends: tuple[float, float] | None, unit: str, meaning: str
) -> Row:
    low, high = ends or (math.nan, math.nan)
    found = {"what": words.capital(measure), "measure": measure, "value": value, "low": low}
    return found | {"high": high, "unit": unit, "meaning": meaning}


def path_rows(drawn: SupportDrawn | None) -> list[Row]:
    """Change of all support by month if the leaver leaves, share of the baseline."""
    if drawn is None:
        return []
    found = [drawn.change_after(month) for month in range(1, LONGEST + 1)]
    return [
        {"month": t, "low": x.low, "aid_change": x.median, "high": x.high}
        for t, x in enumerate(found, 1)
    ]
