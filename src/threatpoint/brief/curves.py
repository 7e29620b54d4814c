"""Lines over shaded bands, with marks: by month, or by a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from threatpoint.brief import svg
from threatpoint.brief.scale import APART, TICK, Scale

Row = Mapping[str, Any]
HEIGHT, TOP, EDGE, UP = 240, 10, 12, 40
"""Pixels of the plot, above it, beside it, and from one number of the upright axis to the next."""
MONTHS = (1, 2, 3, 6, 12, 24, 60)
"""From one number of an axis of days to the next."""


def curves(
    series: Sequence[Row],
    width: int,
    domain: tuple[float, float],
    *,
    title: str = "",
    level: bool = False,
    points: Sequence[Row] = (),
    uprights: Sequence[Row] = (),
) -> svg.Drawn:
    """Lines over shaded bands.

    Args:
        series: a mapping each: colour (a variable of the theme) and rows with x and value, for a
            line, or with x, low and high, for a band; dashed; label, at its end.
        width: pixels.
        domain: limits of the upright axis, at which lines and bands are cut.
        title: of the axis below; without one x is a day, "2025-03-31".
        level: a dashed line at 0.
        points: dots with x, value, and a label beside.
        uprights: upright lines with x, and a label beside.
    """
    up = Scale(*domain, -TOP - HEIGHT, -TOP)  # a pixel of a picture counts from above
    ticks, ends = up.ticks(False, UP), [one["label"] for one in series if "label" in one]
    left = svg.widest([words for _, words in ticks], TICK) + 8
    right = width - max(EDGE, svg.widest(ends, TICK) + 8)
    rows = [*points, *uprights, *(row for one in series for row in one["rows"])]
    at = [_along(row["x"]) for row in rows]
    across = Scale(min(at), max(at) if max(at) > min(at) else min(at) + 1, left, right)
    marks = list(_grid(ticks, up, left, right))
    marks += _below(across, title)
    for one in series:
        marks.append(_curve(one, across, up))
    if level:
        marks.append(svg.line((left, -up.at(0)), (right, -up.at(0)), "ink", dashed=True))
    for n, one in enumerate(uprights):
        x, y = across.at(_along(one["x"])), TOP + 17 * n
        marks.append(svg.line((x, y), (x, TOP + HEIGHT), "sender", 2))
        marks.append(_beside(x, y + 11, one["label"], width))
    for one in points:
        x, y = across.at(_along(one["x"])), -up.at(one["value"])
        marks += [svg.dot(x, y, "ink"), _beside(x, y - 9, one["label"], width, 29)]
    marks += _ends(series, across, up)
    return (width, TOP + HEIGHT + (42 if title else 24)), marks


def _along(x: Any) -> float:
    """A place on the axis below as a number: days are counted."""
    return date.fromisoformat(x).toordinal() if isinstance(x, str) else float(x)


def _grid(
    ticks: Sequence[tuple[float, str]], up: Scale, left: float, right: float
) -> Iterator[str]:
    """Level lines with their numbers on the left."""
    for value, words in ticks:
        if words:
            y = -up.at(value)
            yield svg.line((left, y), (right, y), "line")
            yield svg.text(left - 6, y + 4, words, TICK, colour="muted", anchor="end")


def _below(across: Scale, title: str) -> Iterator[str]:
    """The numbers or months below, and what they are."""
    y = TOP + HEIGHT + 17
    for value, words in across.ticks(signed=False) if title else _months(across):
        if words:
            yield svg.text(across.at(value), y, words, TICK, colour="muted", anchor="middle")
    if title:
        middle = (across.left + across.right) / 2
        yield svg.text(middle, y + 18, title, TICK, colour="muted", anchor="middle")


def _months(across: Scale) -> Iterator[tuple[float, str]]:
    """First days of months, as many as have room: 'Jan 2025'."""
    room = svg.reserve("Jan 2025", TICK)
    least = (room + APART) / across.unit / 28
    step = next((months for months in MONTHS if months >= least), MONTHS[-1])
    first, last = (date.fromordinal(round(end)) for end in (across.low, across.high))
    for n in range(12 * first.year, 12 * last.year + 12, step):
        day = date(n // 12, n % 12 + 1, 1)
        x = across.at(day.toordinal())
        if across.left + room / 2 <= x <= across.right:
            yield day.toordinal(), f"{day:%b %Y}"


def _curve(one: Row, across: Scale, up: Scale) -> str:
    """A line, or a band where the rows have ends."""
    rows, colour = one["rows"], one["colour"]

    def corners(key: str) -> list[tuple[float, float]]:
        return [
            (across.at(_along(r["x"])), -up.at(min(max(r[key], up.low), up.high))) for r in rows
        ]

    if "low" in rows[0]:
        return svg.path([*corners("low"), *reversed(corners("high"))], colour, filled=True)
    return svg.path(corners("value"), colour, 2, dashed=bool(one.get("dashed")))


def _beside(x: float, y: float, words: str, width: float, lower: float = 0) -> str:
    """A label right of a place, or left of it and lower where that has more room."""
    fits = x + 5 + svg.reserve(words, TICK) <= width - svg.EDGE
    if fits or x < width / 2:
        return svg.text(x + 5, y, words, TICK, halo=True)
    return svg.text(x - 5, y + lower, words, TICK, anchor="end", halo=True)


def _ends(series: Sequence[Row], across: Scale, up: Scale) -> Iterator[str]:
    """Labels at the ends of lines, in place of a legend; beside the plot where they need it."""
    last = -1e9
    rows = [(-up.at(one["rows"][-1]["value"]), one) for one in series if "label" in one]
    for y, one in sorted(rows, key=lambda row: row[0]):
        x = across.at(_along(one["rows"][-1]["x"]))
        fits = x + 6 + svg.reserve(one["label"], TICK) <= across.right
        last = max(y + 4, last + TICK + 2)
        yield svg.text(
            (x if fits else across.right) + 6, last, one["label"], TICK, colour=one["colour"]
        )
