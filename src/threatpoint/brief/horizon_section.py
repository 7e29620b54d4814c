"""Who loses what at each horizon: dots by country, and the table behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts
from threatpoint.brief.method import baseline
from threatpoint.brief.reading import ROLE_WORDS
from threatpoint.brief.section import Section
from threatpoint.brief.shown import ends
from threatpoint.tables import Column, Table

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Outcome
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.reading import Reading

Row = dict[str, Any]
THIRDS = 3
"""Third countries in the chart that lose most, and as many that gain most."""


def horizon_section(reading: Reading, by_horizon: Mapping[str, Outcome]) -> Section | None:
    """The change in real income at every horizon; None with fewer than two that are solved.

    Args:
        reading: names and roles.
        by_horizon: horizon -> the main threat carried out, solved at it.
    """
    solved = [h for h in words.ordered(by_horizon) if by_horizon[h].solution is not None]
    if len(solved) < 2:
        return None
    rows = horizon_rows(reading, by_horizon, solved)
    shown = _shown(rows, solved)
    title = _title(reading, rows, solved)
    return Section(
        "horizons",
        title,
        _lead(by_horizon, solved),
        figures=(_figure(reading, shown, solved),),
        tables=(_table(reading, rows, solved),),
    )


def horizon_rows(
    reading: Reading, by_horizon: Mapping[str, Outcome], horizons: Sequence[str]
) -> list[Row]:
    """One row an economy: % of real income and money by horizon; sender first, then targets."""
    order = {"sender": 0, "target": 1, "third": 2}
    rows = [
        {"country": code, "name": reading.name(code), "role": reading.role(code)}
        | {f"{h}_percent": by_horizon[h].percent(code) for h in horizons}
        | {f"{h}_money": by_horizon[h].money(code) for h in horizons}
        | _answered(by_horizon, horizons, code)
        for code in reading.economy.countries
    ]
    return sorted(rows, key=lambda row: (order[row["role"]], row[f"{horizons[0]}_percent"]))


def _answered(by_horizon: Mapping[str, Outcome], horizons: Sequence[str], code: str) -> Row:
    """The same with the stated retaliation, where one is stated."""
    found = {h: by_horizon[h].answered for h in horizons}
    stated = {h: outcome for h, outcome in found.items() if outcome is not None}
    return {f"{h}_answered_percent": o.percent(code) for h, o in stated.items()} | {
        f"{h}_answered_money": o.money(code) for h, o in stated.items()
    }


def _shown(rows: Sequence[Row], horizons: Sequence[str]) -> list[Row]:
    """Senders, targets, and the third countries that lose and gain most, at any horizon."""
    keys = [f"{h}_percent" for h in horizons]
    thirds = [row for row in rows if row["role"] == "third"]
    kept = [row for row in rows if row["role"] != "third"]
    for n, key in enumerate(keys):
        some = [row for row in thirds if not words.negligible(row[key])]
        some.sort(key=lambda row: row[key])  # later horizons add no more than their extremes
        kept += [row for row in ends(some, key, 1 if n else THIRDS) if row not in kept]
    return sorted(kept, key=lambda row: row[keys[0]])


def _title(reading: Reading, rows: Sequence[Row], horizons: Sequence[str]) -> str:
    """The sender and the target that loses most, at the first and the last horizon."""
    first, last = horizons[0], horizons[-1]
    hit = min(
        (row for row in rows if row["role"] == "target"),
        key=lambda row: row[f"{first}_percent"],
        default=None,
    )
    mine = next((row for row in rows if row["role"] == "sender"), None)
    parts = [
        f"{reading.place(row['country'])} {_moves(row, first)} {words.when(first)} and "
        f"{_again(row, first, last)} {words.when(last)}"
        if n == 0
        else f"{reading.place(row['country'])} {_moves(row, first)} and {_again(row, first, last)}"
        for n, row in enumerate(row for row in (mine, hit) if row)
    ]
    return words.capital("; ".join(parts)) or "What is lost at each horizon"


def _moves(row: Row, horizon: str) -> str:
    """'loses 1.2 %'."""
    value = row[f"{horizon}_percent"]
    if words.negligible(value):
        return "does not change"
    return f"{'loses' if value < 0 else 'gains'} {words.magnitude(value)}"


def _again(row: Row, first: str, last: str) -> str:
    """The second change; the verb is left out where it is the same."""
    one, two = (_moves(row, horizon).split(" ", 1) for horizon in (first, last))
    return " ".join(two[1:] if one[0] == two[0] else two)


def _lead(by_horizon: Mapping[str, Outcome], solved: Sequence[str]) -> list[str]:
    """What a horizon is, and those without an equilibrium."""
    lead = [
        "A horizon is how much time buyers and sellers have had to change partners. The equations "
        "are the same at each; the trade elasticities differ, smaller when there is less time."
    ]
    lead += [
        words.sentence(f"{words.when(name)} there is no equilibrium: {outcome.failure}")
        for name, outcome in by_horizon.items()
        if name not in solved
    ]
    return lead


def _figure(reading: Reading, rows: Sequence[Row], horizons: Sequence[str]) -> Figure:
    lost = min(rows, key=lambda row: row[f"{horizons[0]}_percent"])
    labelled = [row | {"label": _label(row, horizons)} for row in rows]
    drawn = charts.by_horizon(labelled, horizons, "percent")
    each = "; ".join(f"{row['name']} {row['label']}" for row in labelled)
    return charts.figure(
        "fig-horizons",
        words.capital(
            f"{reading.place(lost['country'])} {_moves(lost, horizons[0])} "
            f"{words.when(horizons[0])} and {_again(lost, horizons[0], horizons[-1])} "
            f"{words.when(horizons[-1])}"
        ),
        f"Change in real income per year, %, by horizon; {words.numbers_are(horizons)}",
        f"computed from {baseline(reading)}",
        lambda width: charts.dots(drawn, width, " %"),
        each,
        charts.shades({name: words.horizon(name) for name in horizons}),
    )


def _label(row: Row, horizons: Sequence[str]) -> str:
    """'−1.2 · −0.80 · −0.54 %'."""
    texts = [words.number(row[f"{h}_percent"], True) for h in horizons]
    return f"{' · '.join(texts)}{words.SPACE}%"


def _table(reading: Reading, rows: Sequence[Row], horizons: Sequence[str]) -> Table:
    """All economies, % by horizon; money in the file."""
    percent = [
        Column(f"{h}_percent", words.capital(words.horizon(h)), "signed percent") for h in horizons
    ]
    money = [Column(f"{h}_money", h, "money", shown=False) for h in horizons]
    back = [h for h in horizons if rows and f"{h}_answered_percent" in rows[0]]
    percent += [
        Column(f"{h}_answered_percent", f"{words.horizon(h)}, with retaliation", "signed percent")
        for h in back
    ]
    money += [Column(f"{h}_answered_money", h, "money", shown=False) for h in back]
    full = tuple(row | {"role_words": ROLE_WORDS[row["role"]]} for row in rows)
    columns = (
        Column("name", "Economy"),
        Column("country", "Code", shown=False),
        Column("role_words", "Role", shown=False),
        *percent,
        *money,
    )
    hit = sum(1 for row in rows if row["role"] != "third")
    return Table(
        "horizons",
        "Change in real income per year by economy and horizon, %; sender first, then targets",
        columns,
        full,
        reading.economy.unit,
        "The file has the money too, at prices of the baseline.",
        lead=max(hit + THIRDS, 12) if len(rows) > 12 else 0,
        fold="All other economies",
    )
