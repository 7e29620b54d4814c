"""Bars as Altair charts: from the zero line with their numbers, and with rings to compare with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from threatpoint.brief.plot import Plot, Row, by_role
from threatpoint.brief.scale import Reach, fitted
from threatpoint.brief.theme import COLOURS, GLYPH, alt


def rings(rows: Iterable[Row], width: int) -> Any:
    """Bars of the values, rings at what they are compared with (key "ring")."""
    plot = Plot.of(rows, width)
    marks, scale = plot.marks(), alt.Scale(zero=True, padding=9)
    x = alt.X("value:Q", title=None, axis=plot.axis(tickCount=5), scale=scale)
    ring = marks.mark_point(size=70, color=COLOURS["ink"], strokeWidth=1.8, opacity=1)
    ring = ring.encode(x=alt.X("ring:Q", title=None))
    return plot.drawn(marks.mark_bar(height=13).encode(x=x, color=by_role()), _zero(), ring)


def bars(rows: Iterable[Row], width: int) -> Any:
    """Bars from the zero line with a label at their end; one plot a "panel", all on one scale."""
    whole = Plot.of(rows, width, "ends")
    domain = _limits(whole.rows, max(whole.inner - 4, 80))
    panels = dict.fromkeys(row.get("panel", "") for row in whole.rows)
    parts = [_panel(whole, title, domain) for title in panels]
    return alt.vconcat(*parts, spacing=14)


def _panel(whole: Plot, title: str, domain: tuple[float, float]) -> Any:
    """The bars of a panel."""
    plot = replace(whole, rows=[row for row in whole.rows if row.get("panel", "") == title])
    x = alt.X("value:Q", title=None, axis=None, scale=alt.Scale(domain=domain, nice=False))
    text = plot.marks().encode(x=x, text="label:N")
    falls = text.mark_text(align="right", dx=-5).transform_filter("datum.value < 0")
    rises = text.mark_text(align="left", dx=5).transform_filter("datum.value >= 0")
    bars = plot.marks().mark_bar(height=13).encode(x=x, color=by_role())
    chart = plot.drawn(bars, falls, rises, _zero())
    return chart.properties(title=alt.Title(title, offset=4)) if title else chart


def _limits(rows: Sequence[Row], room: float) -> tuple[float, float]:
    """Limits that make the bars as long as the labels beyond them allow."""
    found = fitted([_reach(row["value"], row["label"]) for row in rows], 0, room)
    return found.low, found.high


def _reach(value: float, label: str) -> Reach:
    """How far a bar goes, with its label at the end."""
    beyond = len(label) * GLYPH + 8
    low, high = min(value, 0.0), max(value, 0.0)
    return Reach(low, high, beyond, 0.0) if value < 0 else Reach(low, high, 0.0, beyond)


def _zero() -> Any:
    """The zero line."""
    rule = alt.Chart(alt.Data(values=[{"at": 0}]))
    return rule.mark_rule(color=COLOURS["ink"]).encode(x="at:Q")
