"""The chance of a freeze by lever and by change of support, as rows and as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.tables import Column, Row, Table, columns

if TYPE_CHECKING:
    from threatpoint.talks.talks import TalksResult

PERCENT = words.chance(0.0).removeprefix("0")
"""As it stands behind a chance."""
FEW, PRIOR = "few draws", "prior alone"
"""Marks: fewer effective draws than a conditioned figure needs; support's effect is a prior."""


def by_support(result: TalksResult) -> Table:
    """A lever a row, a change of support a column: chances with their ranges."""
    cells: dict[str, Row] = {
        lever: {"lever": lever} | result.loss(lever).row() for lever in result.losses
    }
    for row in freeze_rows(result):
        key = _key(row["support_percent"])
        ends = {f"{key}{end}": row[of] for end, of in ENDS.items()}
        cells[row["lever"]] = {**cells[row["lever"]], **ends}
    for lever, chance in result.within_a_year.items():
        found = chance.ranged()
        ends = {f"{YEAR}{end}": getattr(found, of) for end, of in VALUES.items()}
        cells[lever] = {**cells[lever], **ends}
    changes = [100.0 * x for x in result.supports]
    return Table(
        "talks-by-support",
        "Chance of a freeze by what is done and by what happens to support, with its range, %",
        (
            *columns("talks", "lever", "-value", "-low", "-high"),
            *_columns(changes),
            *(_ranged(YEAR, IN_A_YEAR) if result.within_a_year else ()),
        ),
        [*cells.values()],
        note=_note(result),
        deciding=tuple(_key(x) for x in sorted(changes, key=abs)),
    )


ENDS: Mapping[str, str] = {"": "chance", "_low": "low", "_high": "high"}
VALUES: Mapping[str, str] = {"": "value", "_low": "low", "_high": "high"}
"""Ending of a column -> what of a row, and of a number, stands in it."""
YEAR, IN_A_YEAR = "within_a_year", "within a year"


def _columns(changes: list[float]) -> Iterator[Column]:
    for change in changes:
        yield from _ranged(_key(change), _support(change))


def _ranged(key: str, heading: str) -> Iterator[Column]:
    """A chance with its range: one column to look at, three in the file."""
    meaning = f"chance of a freeze, {heading}, %"
    yield Column(key, words.capital(heading), "short", meaning, write=partial(_cell, key))
    for end, share in (("_low", 5), ("_high", 95)):
        below = f"{meaning}: {share} % of the draws lie below"
        yield Column(f"{key}{end}", "", "number", below, shown=False)


def _cell(key: str, row: Row) -> str:
    value, low, high = (row[f"{key}{end}"] / 100.0 for end in ENDS)
    one, span = words.chance(value), words.chance_span(low, high)
    return one if span == one else f"{one} ({span.removesuffix(PERCENT)})"


def _support(change: float) -> str:
    return f"support {words.percent(change, True)}" if change else "support as it is"


def _key(change: float) -> str:
    return f"freeze_{change:+g}"


def _note(result: TalksResult) -> str:
    few = [*dict.fromkeys(cell.lever for cell in result.cells if cell.few)]
    text = "Ranges hold 90 of 100 draws. What support does to the front is a prior alone"
    more = f"; fewer than 200 effective draws: {words.listing(few)}" if few else ""
    year = " Within a year: with support as it is and the front as it may go."
    error = max((100.0 * cell.chance.error for cell in result.cells), default=0.0)
    sampled = f" Sampling error: {words.number(error)} points at most."
    return f"{text}{more}.{year if result.drifts.size else ''}{sampled}"


def freeze_rows(result: TalksResult) -> list[Row]:
    """One row per lever and change of support: chance in % with range, draws, driver, marks."""
    found: list[Row] = []
    for cell in result.cells:
        chance = cell.chance.ranged(cell.driver)
        found.append(
            {
                "lever": cell.lever,
                "support_percent": 100.0 * cell.support,
                "chance": chance.value,
                "low": chance.low,
                "high": chance.high,
                "driver": chance.driver,
                "effective": cell.chance.effective,
                "error": 100.0 * cell.chance.error,
                "rests_on": PRIOR if cell.prior else "",
                "few": FEW if cell.few else "",
            }
        )
    return found


def freezes(result: TalksResult) -> Table:
    """The same, a cell a row; for the files."""
    keys = ("lever", "support_percent", "chance", "span", "driver", "effective", "error",
            "rests_on", "few")  # fmt: skip
    return Table(
        "talks", "Chance of a freeze, %", columns("talks", *keys), freeze_rows(result), fold=""
    )
