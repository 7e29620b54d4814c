"""Tables of leverage, each declared once: flows, those solved anew, pairs, friends and enemies."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.analysis.leverage.pair_rows import MILLION
from threatpoint.tables import Column, Table, columns
from threatpoint.units import MONEY_UNITS, SCALES
from threatpoint.world.places import name_of

if TYPE_CHECKING:
    from threatpoint.analysis.leverage.slopes import Slopes
    from threatpoint.world.economy import Economy

Row = Mapping[str, Any]
LEAD = 10
"""Rows before the fold, and flows that are solved anew."""
BARRELS, LIKE_ANY = "solved in barrels", "here not in barrels"
SMALL = (
    *("loss", "own_cost", "also_name"),
    *("loss_first", "loss_exact", "own_cost_first", "own_cost_exact"),
)
"""Money of a small cut: in millions, where the whole table would have billions."""
SOLVED = (
    *("loss_first", "loss_exact", "loss_whole_first", "loss_whole_exact"),
    *("-own_cost_first", "-own_cost_exact", "own_cost_whole_first", "own_cost_whole_exact"),
)
WHOLLY = tuple(key if "whole" in key else f"-{key.removeprefix('-')}" for key in SOLVED)
"""The same where the cut is a whole flow, so that both cuts are one."""
REFINED = "REFPET"
"""The sector of refined oil products, where a table has it."""
FIRST_YEAR = ("short", "abrupt")


def flows(found: Slopes, rows: Sequence[Row], cut: float) -> Table:
    """What each flow does where it is cut a little; `rows` of `flows.rows`."""
    economy = found.economy
    of = "of" if _several(rows, "of") else "-of"
    made = columns(
        "leverage", "flow", of, "-over", "-importer", "-exporter", "-sector", "trade", "loss",
        "loss_per_million", "-loss_percent", "own_cost", "-own_percent", "ratio", "also_name",
        "-also", "-also_loss", "-barrels", of=_named(economy, "of"), ratio=_ratio,
    )  # fmt: skip
    return Table(
        "leverage",
        f"What {percent(cut)} less of each flow costs a year, {words.when(found.horizon)}"
        f"{_sides(economy, rows)}",
        _in_millions(made, economy.unit),
        [_said(economy, row) for row in rows],
        economy.unit,
        f"{words.FIRST_ORDER} An own cost below 0 is a gain.",
        lead=LEAD,
        fold="All flows",
        deciding=("loss", "own_cost"),
    )


def caution(horizon: str, rows: Sequence[Row]) -> str:
    """What to know of refined products in the first year; "" where none are among the rows."""
    if horizon.partition("-")[0] in FIRST_YEAR and any(x["sector"] == REFINED for x in rows):
        return words.REFINED_CAUTION
    return ""


def percent(cut: float) -> str:
    """A share that was typed, with the digits it has: '1 %'."""
    return words.printed(f"{100 * cut:g}", "%")


def _several(rows: Sequence[Row], key: str) -> bool:
    return len({row[key] for row in rows}) > 1


def _sides(economy: Economy, rows: Sequence[Row]) -> str:
    """Who cuts, where that is the same in all rows, and who is hurt: one, or the other side."""
    if not rows:
        return ""
    of = "" if _several(rows, "of") else f", cut by {places(economy, rows[0]['of'])}"
    over = "the other side" if _several(rows, "over") else places(economy, rows[0]["over"])
    return f"{of}, loss of {over}"


def places(economy: Economy, label: str) -> str:
    """Codes joined by "+" as names inside a sentence."""
    return words.listing([words.place(code, economy) for code in label.split("+")])


def names(economy: Economy, label: str) -> str:
    """The same in a cell."""
    return ", ".join(name_of(code, economy) for code in label.split("+"))


def flow_words(economy: Economy, row: Row) -> str:
    """'Coal, Russia to India'."""
    sector = economy.sector_names.get(row["sector"], row["sector"])
    ends = " to ".join(names(economy, row[end]) for end in ("exporter", "importer"))
    return f"{sector}, {ends}"


def _said(economy: Economy, row: Row) -> Row:
    """A row with its words and what follows."""
    return {
        **row,
        "flow": flow_words(economy, row) + f" ({LIKE_ANY})" * row["barrels"],
        "loss_per_million": MILLION * row["loss_percent"],
        "also_name": names(economy, row["also"]) if row["also"] else "nobody",
    }


def _named(economy: Economy, key: str) -> Callable[[Row], str]:
    return lambda row: names(economy, row[key])


def _ratio(row: Row) -> str:
    """Dollars lost there for one lost here, or that the cut costs nothing here."""
    if math.isinf(row["ratio"]):
        return "gains itself" if row["own_cost"] < 0 else "costs nothing"
    return words.number(row["ratio"])


def _in_millions(made: Sequence[Column], unit: str) -> tuple[Column, ...]:
    """Columns of a small cut in millions of their currency; an unknown unit is left as it is."""
    currency, _, scale = unit.partition(" ")
    label = f"{currency} million" if unit in MONEY_UNITS else unit
    times = SCALES[scale] if unit in MONEY_UNITS else 1.0

    def small(column: Column) -> Column:
        key = column.key

        def write(row: Row) -> str:
            return words.number(row[key] * times)

        def also(row: Row) -> str:
            lost = f" {words.number(row['also_loss'] * times)}" if row["also"] else ""
            return f"{row[key]}{lost}"

        heading = f"{column.heading}, {label}"
        if key == "also_name":
            return replace(column, heading=heading, write=also, filed=False, own=True)
        return replace(column, heading=heading, kind="number", write=write, own=True)

    return tuple(small(column) if column.key in SMALL else column for column in made)


def exact(found: Slopes, rows: Sequence[Row], cut: float) -> Table:
    """Flows solved anew beside the first order; `rows` of `exact.rows`."""
    economy = found.economy
    kept = [{**row, **_marked(economy, row)} for row in rows]
    noted = "note" if any(row["note"] for row in kept) else "-note"
    of = "of" if _several(rows, "of") else "-of"
    solved = WHOLLY if cut == 1 else SOLVED
    made = columns(
        "leverage-solved", "flow", of, "-over", *solved, noted, "-importer", "-exporter", "-sector",
        "-trade", "-barrels", "-failure", of=_named(economy, "of"),
    )  # fmt: skip
    return Table(
        "leverage-solved",
        f"{_most(kept)}, solved anew: {_cuts(cut)}, {words.when(found.horizon)}"
        f"{_sides(economy, rows)}",
        _in_millions(made, economy.unit),
        kept,
        economy.unit,
        "Solved: the whole equilibrium again, crude in barrels. Where the two differ much, the "
        "first order does not carry that far.",
        deciding=("loss_whole_first", "loss_whole_exact"),
    )


def _cuts(cut: float) -> str:
    return "cut off altogether" if cut == 1 else f"{percent(cut)} less, and cut off altogether"


def _most(rows: Sequence[Row]) -> str:
    """So many flows that hurt most, and those of crude after `LEAD`; see `exact.largest`."""
    more = len(rows[LEAD:]) if all(row["barrels"] for row in rows[LEAD:]) else 0
    count = len(rows) - more
    if count == 1:
        return "The flow that hurts most"
    also = f" and {words.count(more)} more of crude" if more else ""
    return f"The {words.count(count)} flows that hurt most{also}"


def _marked(economy: Economy, row: Row) -> Row:
    """The flow in words, marked where only the solved numbers know its market; why it has none."""
    flow = flow_words(economy, row) + f" ({BARRELS})" * row["barrels"]
    return {"flow": flow, "note": f"No result: {row['failure']}" if row["failure"] else ""}


def power(found: Slopes, rows: Sequence[Row]) -> Table:
    """Pairs with their power; `rows` of `pair_rows.rows`."""
    economy = found.economy
    return Table(
        "power",
        "Power by pair: what 1 % less of all trade between the two costs each, "
        f"{words.when(found.horizon)}",
        columns(
            "power", "of", "over", "trade", "power", "loss_per_million", "-loss_percent",
            "own_per_million", "-own_percent", "-friend", of=_named(economy, "of"),
            over=_named(economy, "over"), power=_power,
        ),
        rows,
        economy.unit,
        f"{words.FIRST_ORDER} {words.POWER}",
        lead=LEAD,
        fold="All pairs",
        deciding=("over", "power"),
    )  # fmt: skip


def _power(row: Row) -> str:
    """The number, or that the one loses nothing."""
    return "no cost" if math.isinf(row["power"]) else words.number(row["power"])


def friends(found: Slopes, rows: Sequence[Row]) -> Table:
    """Pairs as friends and enemies; `rows` of `pair_rows.rows`."""
    economy = found.economy
    return Table(
        "friends",
        "Friends and enemies: change in real income where productivity of another rises by 1 %, "
        f"{words.when(found.horizon)}",
        columns(
            "friends", "of", "over", "friend", of=_named(economy, "of"),
            over=_named(economy, "over"),
        ),
        rows,
        note=f"{words.FIRST_ORDER} {words.FRIEND}",
        lead=LEAD,
        fold="All pairs",
    )  # fmt: skip
