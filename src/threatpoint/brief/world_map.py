"""The world map of gains and losses: Equal Earth, five classes, the names that matter most."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import svg
from threatpoint.brief.charts import Caption
from threatpoint.brief.method import baseline
from threatpoint.brief.prose import say

if TYPE_CHECKING:
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.reading import Reading
    from threatpoint.world.economy import Economy

CLASSES = ("loss-2", "loss-1", "about-0", "gain-1", "gain-2")
"""Colours, the largest loss first."""
NAMES = {"wide": (8, 11.0), "narrow": (3, 20.0)}
"""Most names on the map and their size: on a phone the map is little more than half as wide."""
OUTER, INNER = 4, 20
"""The limits of the classes are about the largest change over these."""
SHIFTS = (0.0, 1.2, -1.2, 2.4, -2.4)
"""Where a name goes if another stands in its place, up and down, in its size."""
Limits = tuple[float, float]


@cache
def shipped() -> Mapping[str, Any]:
    """Outlines, size, members of unions, and where they come from."""
    file = resources.files("threatpoint.brief") / "world_map.json"
    return json.loads(file.read_text(encoding="utf-8"))


def losses(reading: Reading, by_code: bool = False) -> Figure | None:
    """Real income in the main outcome; None without one, or where no economy is on the map."""
    values = {code: reading.percent(code) for code in reading.economy.countries}
    return figure(reading, values, reading.when, by_code=by_code)


def outlines() -> dict[str, str]:
    """Code on the map -> its outline, for who draws maps by code."""
    return {code: country["path"] for code, country in shipped()["countries"].items()}


def figure(
    reading: Reading,
    values: Mapping[str, float],
    when: str,
    key: str = "world",
    by_code: bool = False,
) -> Figure | None:
    """The map of a change in percent.

    Args:
        reading: names, roles and the economies of the table.
        values: code of an economy -> change of real income, %.
        when: of the change: 'in the first year'.
        key: unique on the page.
        by_code: name the countries of each class in place of their outlines.

    Returns:
        None where fewer than two economies have an outline.
    """
    known = {code: value for code, value in values.items() if math.isfinite(value)}
    owners = {c: own for c, own in coloured(reading.economy).items() if own in known}
    if len(set(owners.values())) < 2:
        return None
    found, named = limits(known.values()), {code: reading.name(code) for code in known}
    least = f"{words.number(found[0], decimals=_decimals(found[0]))}{words.SPACE}%"
    notes = _notes(reading.economy, owners, known)
    worst = reading.place(min(known, key=lambda code: known[code]))
    said = say("charts.world", known, named, worst, found[0], least, when, notes)
    caption = Caption(
        said["title"],
        said["subtitle"],
        f"computed from {baseline(reading)}; outlines: Natural Earth",
        said.get("note", ""),
    )
    land = list(_land(owners, known, found, by_code))
    wide, narrow = (
        (
            (float(shipped()["size"][0]), shipped()["size"][1]),
            [*land, *_names(reading, known, kind)],
        )
        for kind in NAMES
    )
    classes = sorted({class_of(known[own], found) for own in owners.values()})
    legend = [(_glyph(CLASSES[k]), _range(k, found)) for k in classes]
    return caption.figure(key, f"{said['subtitle']}. {said['description']}", wide, narrow, legend)


def coloured(economy: Economy) -> dict[str, str]:
    """Country on the map -> the economy whose value it has.

    An economy of the table, a union that is one, the rest of a union, the rest of the world.
    """
    codes, countries = set(economy.countries), shipped()["countries"]
    found = {code: code for code in countries if code in codes}
    rest = list(economy.residuals)
    for union, members in shipped()["unions"].items():
        inside = [code for code in rest if code in economy.groups.get(union, ())]
        own = [union] if union in codes else inside[:1]
        rest = [code for code in rest if code not in own]
        found = {code: own[0] for code in members if own and code in countries} | found
    return {code: rest[0] for code in countries if len(rest) == 1} | found


def _notes(
    economy: Economy, owners: Mapping[str, str], known: Mapping[str, float]
) -> dict[str, Any]:
    """What the map cannot show as it is."""
    drawn = set(owners.values())
    return {
        "shared": [code for code in economy.residuals if code in drawn],
        "missing": [code for code in known if code not in drawn],
        "blank": len(owners) < len(shipped()["countries"]),
    }


# -- classes -----------------------------------------------------------------------------------


def limits(values: Sequence[float] | Any) -> Limits:
    """Round limits of the classes, the inner and the outer, from the largest change."""
    most = max(map(abs, values), default=0.0) or 1.0
    return _round(most / INNER), _round(most / OUTER)


def _round(value: float) -> float:
    """The nearest of 1, 2 and 5 times a power of ten, by ratio."""
    power = 10.0 ** math.floor(math.log10(value))
    return min((n * power for n in (1, 2, 5, 10)), key=lambda n: abs(math.log(n / value)))


def class_of(value: float, found: Limits) -> int:
    """Place in `CLASSES`."""
    inner, outer = found
    size = 2 if abs(value) >= outer else 1 if abs(value) >= inner else 0
    return 2 + (size if value > 0 else -size)


def _range(k: int, found: Limits) -> str:
    """The limits of a class in words."""
    inner, outer = (words.number(value, decimals=_decimals(value)) for value in found)
    return (
        f"{words.MINUS}{outer} or worse",
        f"{words.MINUS}{outer} to {words.MINUS}{inner}",
        f"{words.MINUS}{inner} to +{inner}",
        f"+{inner} to +{outer}",
        f"+{outer} or more",
    )[k]


def legend_words(found: Limits) -> list[str]:
    """The classes in words, the largest loss first."""
    return [_range(k, found) for k in range(len(CLASSES))]


def _decimals(value: float) -> int:
    return max(0, -math.floor(math.log10(value) + 1e-9))


def _glyph(colour: str) -> str:
    return f'<rect y="1" width="12" height="10" style="fill:var(--{colour})"/>'


# -- marks -------------------------------------------------------------------------------------


def _land(
    owners: Mapping[str, str], known: Mapping[str, float], found: Limits, by_code: bool
) -> Iterator[str]:
    """The outlines of each class in one path; countries without a value in that of a panel."""
    classes: dict[str, list[str]] = {}
    for code in shipped()["countries"]:
        own = owners.get(code)
        colour = CLASSES[class_of(known[own], found)] if own else "panel"
        classes.setdefault(colour, []).append(code)
    for colour, codes in classes.items():
        style = f"fill:var(--{colour});stroke:var(--paper)"
        path = "".join(shipped()["countries"][code]["path"] for code in codes)
        shape = f'data-of="{" ".join(codes)}"' if by_code else f'd="{path}"'
        yield f'<path {shape} stroke-width="0.5" style="{style}"/>'


def _names(reading: Reading, known: Mapping[str, float], kind: str) -> Iterator[str]:
    """Senders, targets, then the largest changes, as many as there is room for."""
    most, size = NAMES[kind]
    roles = ("sender", "target", "third")
    codes = [code for code in known if code in shipped()["countries"]]
    codes.sort(key=lambda code: (roles.index(reading.role(code)), -abs(known[code])))
    taken: list[tuple[float, float, float, float]] = []
    for code in codes:
        text = f"{reading.name(code)} {words.number(known[code], True)}"
        place = _free(shipped()["countries"][code]["at"], text, size, taken)
        if place and len(taken) < most:
            left, top, right, _ = place
            taken.append(place)
            middle = (left + right) / 2
            yield svg.text(middle, top + 0.8 * size, text, size, anchor="middle", halo=True)


def _free(
    at: tuple[float, float], text: str, size: float, taken: Sequence[tuple[float, ...]]
) -> tuple[float, float, float, float] | None:
    """Room for a name near its place, in the frame and apart from the others."""
    (width, height), half = shipped()["size"], svg.reserve(text, size) / 2 + svg.EDGE
    x = min(max(at[0], half), width - half)
    for shift in SHIFTS:
        y = at[1] + shift * size
        box = (x - half, y - 0.5 * size, x + half, y + 0.6 * size)
        apart = all(b[0] > box[2] or b[2] < box[0] or b[1] > box[3] or b[3] < box[1] for b in taken)
        if apart and box[1] >= 0 and box[3] <= height:
            return box
    return None
