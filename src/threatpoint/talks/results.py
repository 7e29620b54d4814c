"""Results of the talks as tables, and the files of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.files import as_json, require_writable, tidy, write_whole
from threatpoint.quantity import Ranged
from threatpoint.tables import Column, Row, Table, columns
from threatpoint.talks.priors import BY_NAME, Priors
from threatpoint.talks.wider import SPANS

if TYPE_CHECKING:
    from pathlib import Path

    from threatpoint.quantity import Quantity
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


def numbers(result: TalksResult) -> Table:
    """Everything else the talks say."""
    return Table(
        "talks-numbers",
        "What else the draws say of the talks, given that a freeze was refused",
        columns("talks", "definition", "-measure", "value", "span", "unit", span=_span),
        number_rows(result),
        lead=8,
        fold="All other answers",
        deciding=("value", "unit"),
        note="Ranges hold 90 of 100 draws; a number without one follows from all draws together.",
    )


def _span(row: Row) -> str:
    """A number without a range shows none."""
    low, high = row["low"], row["high"]
    return words.DASH if low == high or low != low else words.rounded_span(low, high)


def number_rows(result: TalksResult) -> list[Row]:
    """One row per answer: value, range, unit, definition."""
    return [
        {"measure": name, **found.row(), "definition": meant}
        for name, meant, found in _numbers(result)
    ]


def _numbers(result: TalksResult) -> Iterator[tuple[str, str, Ranged]]:
    """Name, what it is, and the number."""
    yield "cost", "what a month of war costs the attacker, with its dead", result.cost
    yield "price", "what a km2 costs the attacker", result.price
    yield "sanction needed", "what a ceasefire must lift for a freeze", result.needed
    yield "per billion", "a billion a month lifted raises what is accepted by", result.per_billion
    for level, drift in result.watch_drift.items():
        yield (f"drift at {level:g}", f"gain a month, mean of twelve, at which a freeze has "
               f"{_chance(level)}", _point(drift, "km2/month"))  # fmt: skip
    for level, loss in result.watch_loss.items():
        yield (f"loss at {level:g}", f"loss a month at which a freeze has {_chance(level)}",
               _point(loss, "USD bn/month"))  # fmt: skip
    waiting = result.waiting
    yield "ground", "refused because ground is worth the month", waiting.ground.ranged()
    yield "aid", "refused only because support may be cut", waiting.aid.ranged()
    for months, chance in result.ground.items():
        meant = f"a km2 is worth its price {months} months before a freeze"
        yield f"worth at {months}", meant, chance.ranged()
    for months in SPANS:
        meant = f"base rate of a wider war within {months} months"
        yield f"wider war in {months}", meant, result.wider.within(months)
        meant = f"that times its loss, {months} months"
        yield f"expected loss in {months}", meant, result.wider.expected_loss(months)
    yield "force", "what a force must be worth to pay for that", result.wider.worth


def _chance(level: float) -> str:
    return f"a chance of {words.plain(words.chance(level))}"


def _point(value: float, unit: str) -> Ranged:
    return Ranged(value, value, value, unit)


def priors(given: Mapping[str, Quantity], known: Mapping[str, str]) -> Table:
    """What goes in, priors marked."""
    return Table(
        "talks-priors",
        "What goes into the talks; sources in the file",
        columns(
            "talks-priors", "meaning", "-name", "value", "span", "unit", "law", "known",
            "period", "prior", "-source", "-page",
            prior=lambda row: "prior" if row["prior"] else "source",
        ),
        prior_rows(given, known),
        lead=1,
        fold="All inputs",
    )  # fmt: skip


def prior_rows(given: Mapping[str, Quantity], known: Mapping[str, str]) -> list[Row]:
    """One row per input: value, range, unit, law, date, whether it is a prior, source and page."""
    return [
        {
            "name": name,
            **quantity.row("prior", "period", "source", "page"),
            "law": BY_NAME[name].law,
            "known": known[name],
            "meaning": BY_NAME[name].meaning,
        }
        for name, quantity in Priors.of(given).items()
    ]


def summary_row(result: TalksResult) -> Row:
    """How many draws, how many they are worth, and what is conditioned on."""
    return {
        "draws": result.draws,
        "effective_draws": result.effective,
        "given": "a freeze was refused on the date",
        "ranges": "5 to 95 % of the draws",
    }


def write(
    result: TalksResult, given: Mapping[str, Quantity], known: Mapping[str, str], path: Path
) -> Path:
    """Write all tables: a `.csv` is tidy (table, item, measure, value), a `.json` holds all.

    Raises:
        ThreatpointError: the file cannot be written.
    """
    require_writable(path)
    tables = {
        "freeze": freeze_rows(result),
        "number": number_rows(result),
        "prior": prior_rows(given, known),
    }
    summary = summary_row(result)
    if path.suffix == ".csv":
        whole = {"summary": [{"name": "talks", **summary}], **tables}
        items = {name: [_item(row) for row in rows] for name, rows in whole.items()}
        text = tidy(items, ("item",))
    else:
        text = as_json(tables | {"summary": summary})
    write_whole(path, text)
    return path


def _item(row: Row) -> Row:
    """A row named by its first column; a chance by its lever and what happens to support."""
    (_, item), *rest = row.items()
    cells = dict(rest)
    if "support_percent" in cells:
        item = f"{item}, support {cells.pop('support_percent'):+g} %"
    return {"item": item, **cells}
