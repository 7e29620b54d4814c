"""Figures: chart, finding as title, measure as subtitle, source line, words for screen readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threatpoint import __version__, words
from threatpoint.brief import charts, shown, svg, titles
from threatpoint.brief.provenance import baseline

if TYPE_CHECKING:
    from collections.abc import Callable

    from altair import TopLevelMixin

    from threatpoint.brief.reading import Reading

GLYPHS = {
    "sender": '<path d="M6 0 12 6 6 12 0 6Z" style="fill:var(--sender)"/>',
    "target": '<circle cx="6" cy="6" r="5" style="fill:var(--target)"/>',
    "third": '<path d="M1 1h10v10h-10Z" style="fill:var(--third)"/>',
}


@dataclass(frozen=True)
class LegendItem:
    """Colour and shape of a role."""

    glyph: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A finished figure; `wide` and `narrow` are SVG elements."""

    key: str
    title: str
    subtitle: str
    source: str
    wide: str
    narrow: str
    legend: Sequence[LegendItem] = ()


def losses_figure(reading: Reading) -> Figure:
    """Loss of real income by country."""
    rows = shown.losses_shown(reading)
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
    return _figure(
        reading,
        "fig-losses",
        titles.losses_chart(reading),
        f"Change in real income per year, %, {reading.when}{ranges}{some}",
        charts.losses,
        _read_out(rows, "name", "real_income_percent"),
        _legend(rows),
    )


def sectors_figure(reading: Reading) -> Figure:
    """Output by sector."""
    groups = shown.sectors_shown(reading)
    read = "; ".join(
        f"{reading.name(code)}: {_read_out(rows, 'sector_name', 'output_quantity_percent')}"
        for code, rows in groups
    )
    first, more = words.count(shown.BY_MONEY), words.count(shown.BY_PERCENT)
    return _figure(
        reading,
        "fig-sectors",
        titles.sectors_chart(reading),
        f"Change in output per year, % of quantity and money at baseline prices, "
        f"{reading.when}; {_panels(reading, len(groups))} the {first} sectors that change most in "
        f"money and the next {more} in percent, of those with at least "
        f"{shown.LEAST:g}{words.SPACE}% of its goods output",
        charts.sectors,
        read,
    )


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
    rows = shown.diversion_shown(reading)
    _, unit = words.money_scale(reading.economy.unit, [row["change"] for row in rows])
    sender = reading.place(reading.analysis.situation.sender)
    return _figure(
        reading,
        "fig-diversion",
        titles.diversion_chart(reading),
        f"Change in goods imports of {sender} by exporter, {unit} per year and %, "
        f"{reading.when}; what is bought instead is valued at its new prices",
        charts.diversion,
        _read_out(rows, "name", "change_percent"),
        _legend(rows),
    )


def source_line(reading: Reading) -> str:
    """What stands under every chart."""
    return f"Source: Threatpoint {__version__}, computed from {baseline(reading)}."


def _figure(
    reading: Reading,
    key: str,
    title: str,
    subtitle: str,
    draw: Callable[[Reading, int], TopLevelMixin],
    description: str,
    legend: Sequence[LegendItem] = (),
) -> Figure:
    wide, narrow = (
        svg.inline(draw(reading, width), f"{key}-{width}", title, f"{subtitle}. {description}")
        for width in (charts.WIDE, charts.NARROW)
    )
    return Figure(key, title, subtitle, source_line(reading), wide, narrow, legend)


def _legend(rows: Sequence[Mapping[str, Any]]) -> list[LegendItem]:
    from threatpoint.brief.reading import ROLE_WORDS

    return [
        LegendItem(GLYPHS[role], ROLE_WORDS[role])
        for role in charts.ROLES
        if any(row["role"] == role for row in rows)
    ]


def _read_out(rows: Sequence[Mapping[str, Any]], name: str, value: str) -> str:
    return ", ".join(f"{row[name]} {words.percent(row[value], True)}" for row in rows) + "."


def _variants(reading: Reading) -> str:
    solved = sum(1 for variant in reading.analysis.variants if variant.solution is not None)
    return words.count(solved, "other assumption")
