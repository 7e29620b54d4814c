"""The first figures: finding as title, measure as subtitle, numbers for screen readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import charts, shown, titles
from threatpoint.brief.charts import Figure, figure
from threatpoint.brief.method import baseline

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading

Row = Mapping[str, Any]


def losses_figure(reading: Reading) -> Figure:
    """Loss of real income by country."""
    from threatpoint.brief.reading import ROLE_WORDS

    rows = shown.losses_shown(reading)
    drawn = losses_rows(reading, rows)
    left_out = len(reading.countries) - len(rows)
    ranges = (
        f"; dot: as stated, bar: lowest to highest of it and {_variants(reading)}"
        if reading.has_ranges
        else ""
    )
    some = (
        f"; {words.count(left_out, 'economy', 'economies')} with smaller changes in the table"
        if left_out
        else ""
    )
    return figure(
        "fig-losses",
        titles.losses_chart(reading),
        f"Change in real income per year, %, {reading.when}{ranges}{some}",
        f"computed from {baseline(reading)}",
        lambda width: charts.dots(drawn, width, " %", shapes=True, beside=True),
        _read_out(rows, "name", "real_income_percent"),
        charts.roles(rows, ROLE_WORDS),
    )


def losses_rows(reading: Reading, rows: Sequence[Row]) -> list[Row]:
    """The change by country with its range, which narrow charts leave out of the numbers."""
    found: list[Row] = []
    for row in rows:
        value, label = row["real_income_percent"], words.percent(row["real_income_percent"], True)
        dot = {"name": row["name"], "role": row["role"], "value": value, "label": label}
        if reading.has_ranges:
            low, high = row["range_low"], row["range_high"]
            dot |= {"low": low, "high": high, "narrow": {"label": label}}
            dot["label"] = f"{label}  ({words.span(low, high)})"
        found.append(dot)
    return found


def sectors_figure(reading: Reading) -> Figure:
    """Output by sector."""
    groups = shown.sectors_shown(reading)
    drawn = sector_rows(reading, groups)
    read = "; ".join(
        f"{reading.name(code)}: {_read_out(rows, 'sector_name', 'output_quantity_percent')}"
        for code, rows in groups
    )
    first, more = words.count(shown.BY_MONEY), words.count(shown.BY_PERCENT)
    return figure(
        "fig-sectors",
        titles.sectors_chart(reading),
        f"Change in output per year, % of quantity and money at baseline prices, "
        f"{reading.when}; {_panels(reading, len(groups))} the {first} sectors that change most in "
        f"money and the next {more} in percent, of those with at least "
        f"{shown.LEAST:g}{words.SPACE}% of its goods output",
        f"computed from {baseline(reading)}",
        lambda width: charts.bars(drawn, width),
        read,
    )


def sector_rows(reading: Reading, groups: Sequence[tuple[str, Sequence[Row]]]) -> list[Row]:
    """The change by country and sector, % and money; narrow charts put the money by the name."""
    amounts = [row["output_at_baseline_prices"] for _, rows in groups for row in rows]
    unit = words.money_scale(reading.economy.unit, amounts)
    found: list[Row] = []
    for code, rows in groups:
        for row in rows:
            amount = words.money_as(row["output_at_baseline_prices"], *unit)
            value, name = row["output_quantity_percent"], row["sector_name"]
            label = words.percent(value, True)
            bar = {"panel": reading.name(code), "role": reading.role(code), "value": value}
            bar |= {"name": name, "label": f"{label}  ({amount})"}
            found.append(bar | {"narrow": {"name": f"{name}: {amount}", "label": label}})
    return found


def _panels(reading: Reading, drawn: int) -> str:
    """Which economies have a panel."""
    every = len(reading.senders) + len(reading.targets)
    if drawn >= every:
        return "per economy"
    return (
        f"{words.count(drawn)} of {every} senders and targets, the largest and those hit hardest; "
        "each with"
    )


def diversion_figure(reading: Reading) -> Figure:
    """The sender's imports by exporter."""
    from threatpoint.brief.reading import ROLE_WORDS

    rows = shown.diversion_shown(reading)
    scale, unit = words.money_scale(reading.economy.unit, [row["change"] for row in rows])
    drawn = diversion_rows(rows, scale)
    sender = reading.place(reading.analysis.situation.sender)
    return figure(
        "fig-diversion",
        titles.diversion_chart(reading),
        f"Change in goods imports of {sender} by exporter, {unit} per year and %, "
        f"{reading.when}; what is bought instead is valued at its new prices",
        f"computed from {baseline(reading)}",
        lambda width: charts.bars(drawn, width),
        _read_out(rows, "name", "change_percent"),
        charts.roles(rows, ROLE_WORDS),
    )


def diversion_rows(rows: Sequence[Row], scale: float) -> list[Row]:
    """The change by exporter, money divided by `scale`."""
    return [
        {"name": row["name"], "role": row["role"], "value": row["change"] / scale}
        | {
            "label": f"{words.number(row['change'] / scale, True)}"
            f"  ({words.percent(row['change_percent'], True)})"
        }
        for row in rows
    ]


def _read_out(rows: Sequence[Mapping[str, Any]], name: str, value: str) -> str:
    return ", ".join(f"{row[name]} {words.percent(row[value], True)}" for row in rows) + "."


def _variants(reading: Reading) -> str:
    solved = sum(1 for variant in reading.analysis.variants if variant.solution is not None)
    return words.count(solved, "other assumption")
