"""The pictures of the page: few kinds, sorted, labelled where the eye is, from a visible zero line.

Nothing is computed here but where things stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from threatpoint import __version__, words
from threatpoint.brief import svg
from threatpoint.brief.dots_layout import KINDS

if TYPE_CHECKING:
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
    wide: svg.Drawn,
    narrow: svg.Drawn | None = None,
    *,
    legend: Sequence[tuple[str, str]] = (),
    part: str = "figure",
) -> Figure:
    """A chart with the words of a template.

    Args:
        key: unique on the page.
        said: has PART.title, the finding; PART.subtitle, the measure; and PART.description, the
            numbers for readers who do not see them.
        source: where the numbers come from: 'computed from ...'.
        wide: the picture.
        narrow: another one for a phone, where it differs.
        legend: of `roles`, `kinds` or `shades`.
        part: of the words.
    """
    caption = Caption(said[f"{part}.title"], said[f"{part}.subtitle"], source)
    described = f"{caption.subtitle}. {said[f'{part}.description']}"
    return caption.figure(key, described, wide, narrow or wide, legend)


def source_line(source: str) -> str:
    """What stands under a figure."""
    return f"Source: Threatpoint {__version__}, {source}."


def roles(rows: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> list[tuple[str, str]]:
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
