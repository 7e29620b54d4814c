"""The pictures of the page: few kinds, sorted, labelled where the eye is, from a visible zero line.

A recipe takes rows and the width in pixels and returns a drawing of `svg` or an Altair chart;
nothing is computed here but where things stand. A row is a mapping with name (of its line; the
order of the rows is kept), role, value (not drawn if missing or not finite), low and high (the
value by default), label (the numbers of the line, as words), horizon, and narrow (the keys that
differ where there is less room, as a mapping).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from threatpoint import __version__, words
from threatpoint.brief import beliefs_layout, dots_layout, svg, theme
from threatpoint.brief.beliefs_layout import Belief
from threatpoint.brief.dots_layout import KINDS
from threatpoint.brief.plot import Row, narrowed
from threatpoint.brief.theme import NARROW, WIDE

if TYPE_CHECKING:
    from altair import TopLevelMixin

    from threatpoint.brief.prose import Said

GLYPHS = {
    "first": '<circle cx="6" cy="6" r="5.4" style="fill:var(--{})"/>',
    "middle": '<circle cx="6" cy="6" r="4" fill="none" stroke-width="1.8" '
    'style="stroke:var(--{})"/>',
    "last": '<circle cx="6" cy="6" r="2.6" style="fill:var(--{})"/>',
}
"""Kind of a dot -> its mark in a legend, in a square of 12, without its role."""
RANGE = '<rect y="4" width="12" height="4" opacity=".5" style="fill:var(--third)"/>'
"""The mark of a range."""


@dataclass(frozen=True)
class Figure:
    """A finished figure.

    Attributes:
        key: unique on the page, and the name of its files.
        title, subtitle: the finding; measure, unit and horizon.
        source: where the numbers come from.
        wide, narrow: `<svg>` elements in the variables of the theme.
        legend: marks, elements in a square of 12, and their words.
        note: a line below.
    """

    key: str
    title: str
    subtitle: str
    source: str
    wide: str
    narrow: str
    legend: Sequence[tuple[str, str]] = ()
    note: str = ""


class Caption(NamedTuple):
    """Words around a figure.

    Attributes:
        title, subtitle: the finding; measure, unit and horizon.
        source: where the numbers come from: 'computed from ...'.
        note: a line below.
    """

    title: str
    subtitle: str
    source: str
    note: str = ""

    def figure(
        self,
        key: str,
        described: str,
        wide: svg.Drawn,
        narrow: svg.Drawn,
        legend: Sequence[tuple[str, str]] = (),
    ) -> Figure:
        """The figure of two drawings, described in words with every number."""
        first, second = (
            svg.drawing(f"{key}-{kind}", picture, self.title, described)
            for kind, picture in (("wide", wide), ("narrow", narrow))
        )
        return Figure(
            f"fig-{key}",
            self.title,
            self.subtitle,
            source_line(self.source),
            first,
            second,
            legend,
            self.note,
        )


def figure(
    key: str,
    said: Said,
    source: str,
    draw: Callable[..., TopLevelMixin | svg.Drawn],
    rows: Sequence[Row],
    *style: Any,
    legend: Sequence[tuple[str, str]] = (),
    part: str = "figure",
) -> Figure:
    """Both drawings of a chart with the words of a template.

    Args:
        key: unique on the page.
        said: has PART.title, the finding; PART.subtitle, the measure; and PART.description, the
            numbers for readers who do not see them.
        source: where the numbers come from: 'computed from ...'.
        draw: a recipe, from rows, width in pixels and style to a drawing or a chart.
        rows: for the recipe.
        *style: for the recipe.
        legend: of `roles` or `shades`.
        part: of the words.
    """
    key, title, subtitle = f"fig-{key}", said[f"{part}.title"], said[f"{part}.subtitle"]
    described = f"{subtitle}. {said[f'{part}.description']}"
    wide, narrow = (
        _element(draw(rows, width, *style), f"{key}-{width}", title, described)
        for width in (WIDE, NARROW)
    )
    return Figure(key, title, subtitle, source_line(source), wide, narrow, legend)


def _element(drawn: Any, key: str, title: str, described: str) -> str:
    """A drawing or an Altair chart as an `<svg>` element."""
    if isinstance(drawn, tuple):
        return svg.drawing(key, drawn, title, described)
    return theme.inline(drawn, key, title, described)


def source_line(source: str) -> str:
    """What stands under a figure."""
    return f"Source: Threatpoint {__version__}, {source}."


def roles(rows: Iterable[Row], texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a colour means: the roles among the rows, in the order of `texts`."""
    there = {row["role"] for row in rows}
    return [(GLYPHS["first"].format(r), text) for r, text in texts.items() if r in there]


def kinds(texts: Iterable[str], roles: Iterable[str] = ("third",) * 3) -> list[tuple[str, str]]:
    """What the mark of a dot means: the first, the second, the third text."""
    marks = zip(KINDS, roles, texts, strict=False)
    return [(GLYPHS[kind].format(role), text) for kind, role, text in marks]


def shades(horizons: Iterable[str]) -> list[tuple[str, str]]:
    """The marks of horizons."""
    return kinds(map(words.horizon, horizons))


def by_horizon(rows: Iterable[Row], horizons: Sequence[str], key: str) -> list[dict[str, Any]]:
    """Rows with a number `{horizon}_{key}` each -> one row a horizon."""
    return [
        {name: row[name] for name in ("name", "role", "label")}
        | {"narrow": {"label": words.number(row[f"{horizons[0]}_{key}"], True)}}
        | {"horizon": horizon, "value": row.get(f"{horizon}_{key}", math.nan)}
        for row in rows
        for horizon in horizons
    ]


# -- recipes -----------------------------------------------------------------------------------


def dots(rows: Iterable[Row], width: int, head: str = "", signed: bool = True) -> svg.Drawn:
    """Dots, one a horizon, the first one largest; beside them the number of the first.

    Args:
        rows: one or more a line; low and high belong to the first.
        width: pixels; the picture is the same on all.
        head: over the numbers; by default the first horizon where there are several.
        signed: the numbers of the axis have a plus.
    """
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["name"], []).append(narrowed(row, NARROW))
    many = [row["horizon"] for row in next(iter(found.values())) if "horizon" in row]
    heads = head or (words.horizon(many[0]) if len(many) > 1 else "")
    return dots_layout.dots([_line(*own) for own in found.values()], [heads], signed)


def _line(first: Row, *later: Row) -> dots_layout.Line:
    """The dots of a name, at most three."""
    role, value = first["role"], first.get("value", math.nan)
    values = [row.get("value", math.nan) for row in (first, *later)]
    found = [(kind, role, v) for kind, v in zip(KINDS, values, strict=False)]
    known = (role, first.get("low", value), first.get("high", value))
    return dots_layout.Line(first["name"], found, [known], [first["label"]], role == "sender")


COMPARED = ("sender", "target")
"""Roles of the two numbers of `compared`."""


def compared(rows: Iterable[Row], width: int, names: Sequence[str]) -> svg.Drawn:
    """Two dots a line, the sender's and a target's, with both numbers at the right.

    Args:
        rows: name, values and labels, two of each.
        width: pixels; the picture is the same on all.
        names: over the numbers.
    """
    lines = [
        dots_layout.Line(
            row["name"],
            [("first", role, v) for role, v in zip(COMPARED, row["values"], strict=True)],
            numbers=row["labels"],
        )
        for row in rows
    ]
    return dots_layout.dots(lines, names)


def beliefs(rows: Iterable[Row], width: int) -> svg.Drawn:
    """Beliefs from 0 to 1, in %, with a panel for "never"; a line a row, the first one filled.

    Args:
        rows: one or more a target, in the same order for each: name, role, value, low, high.
        width: pixels; the picture is the same on all.
    """
    found: dict[str, list[Belief]] = {}
    for row in rows:
        ends = row.get("low", math.nan), row.get("high", math.nan)
        found.setdefault(row["name"], []).append(Belief(row["role"], row["value"], *ends))
    return beliefs_layout.beliefs(list(found.items()))
