"""Moving: the chart of losses at another rate, enforcement and targets, drawn by the page itself.

A script of the page reads the numbers off the sweep that was solved; every word and mark it shows
is made here. Without script the page has none of this.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from threatpoint import words
from threatpoint.brief import svg
from threatpoint.brief.charts import shades
from threatpoint.brief.dots_layout import Line, dots, scale_of
from threatpoint.brief.prose import Said, say

if TYPE_CHECKING:
    from threatpoint.analysis.sweeps.moves import Moves
    from threatpoint.analysis.sweeps.sweep import Sweep
    from threatpoint.brief.first_facts import Facts, Row

BLANK = 0.123
"""A rate that stands in words for the one that is moved."""
MOST_DOTS = 3


class Slider(NamedTuple):
    """A number that is moved: its ends and where it stands at first, in percent, as typed.

    A browser would round what it stands at to its own steps, so those are "any" where they do not
    meet it from the low end; the script moves it in whole percent.
    """

    low: str
    high: str
    value: str
    step: str
    words: str

    @classmethod
    def of(cls, ends: tuple[float, float], value: float, said: str) -> Slider | None:
        """From shares; None for a value that does not move. `said` has a gap for the number."""
        if math.isnan(value):
            return None
        low, high, at = (f"{100 * share:.10g}" for share in (*ends, value))
        whole = all(float(text).is_integer() for text in (low, at))
        return cls(low, high, at, "1" if whole else "any", said)


class Choice(NamedTuple):
    """Something to choose: its words, and whether it is chosen at first."""

    words: str
    chosen: bool


@dataclass(frozen=True)
class Moving:
    """What moves the chart of losses.

    Attributes:
        said: the words of its controls.
        rate, enforcement: None where they do not move.
        targets: each hit or spared; empty where that does not move, or is chosen from `hits`.
        hits: targets that are hit together.
        horizons: whose numbers are printed; fewer than two are no choice.
        drawing: the picture, as the threat was made.
        legend: as that of a figure.
        data: what the script reads, as JSON.
        script: that of the page.
    """

    said: Said
    rate: Slider | None
    enforcement: Slider | None
    targets: Sequence[Choice]
    hits: Sequence[Choice]
    horizons: Sequence[Choice]
    drawing: str
    legend: Sequence[tuple[str, str]]
    data: str
    script: str


def moving(facts: Facts, rows: Sequence[Row]) -> Moving | None:
    """What moves the chart of some rows; None where nothing can."""
    sweep = facts.reading.analysis.sweep if rows else None
    if sweep is None or not {row.code for row in rows} <= {*sweep.codes}:
        return None
    moves, horizons = sweep.moves, sweep.grid.horizons[:MOST_DOTS]
    each, every = _choices(facts, sweep)
    heads = [words.horizon(name) for name in horizons]
    script = resources.files("threatpoint.brief").joinpath("templates/moving.js")
    at, where = np.array([sweep.codes.index(row.code) for row in rows]), _lines(sweep, rows)
    numbers = sweep.percent[: len(horizons)][..., at]
    said = say("moving.controls", facts, sweep, bool(each or every))
    return Moving(
        said=said,
        rate=Slider.of(moves.rates, moves.rate, said["rate.unit"]),
        enforcement=Slider.of((0.0, 1.0), moves.enforcement, said["enforcement.unit"]),
        targets=each,
        hits=every,
        horizons=[Choice(head, not k) for k, head in enumerate(heads)],
        drawing=_drawing(said["title"], where, heads, numbers),
        legend=shades(horizons),
        data=_json(_data(facts, sweep, rows, heads, numbers) | _scale(where, heads, numbers)),
        script=script.read_text(encoding="utf-8"),
    )


def _choices(facts: Facts, sweep: Sweep) -> tuple[list[Choice], list[Choice]]:
    """Targets one by one, where every combination was solved, else the combinations."""
    parties, hits = sweep.moves.parties, sweep.grid.hits
    if len(hits) == 1:
        return [], []
    if len(hits) == 2 ** len(parties) - 1:
        return [Choice(facts.reading.name(party), True) for party in parties], []
    return [], [Choice(_on(facts, hit), not k) for k, hit in enumerate(hits)]


def _on(facts: Facts, hit: Sequence[str]) -> str:
    """Targets inside a sentence."""
    return say("moving.on", facts, hit)["on"]


# -- the picture -------------------------------------------------------------------------------


def _lines(sweep: Sweep, rows: Sequence[Row]) -> list[Line]:
    """As the threat was made."""
    moves, grid = sweep.moves, sweep.grid
    found = [
        sweep.at(name, grid.hits[0], moves.rate, moves.enforcement)
        for name in grid.horizons[:MOST_DOTS]
    ]
    return [
        Line.of(row.name, row.role, values, words.number(values[0], True))
        for row in rows
        for values in [[one[row.code] for one in found]]
    ]


def _over(numbers: Any) -> list[float]:
    """What the axis has room for: all that can be shown."""
    return [float(numbers.min()), float(numbers.max())]


def _drawing(title: str, lines: Sequence[Line], heads: Sequence[str], numbers: Any) -> str:
    """The picture whose dots, numbers and words the script moves."""
    picture = dots(lines, [max(heads, key=len)], over=_over(numbers))
    described = "; ".join(f"{line.name} {line.numbers[0]} {heads[0]}" for line in lines)
    return svg.drawing("moved", picture, title, f"{described}.")


def _scale(lines: Sequence[Line], heads: Sequence[str], numbers: Any) -> dict[str, Any]:
    """Pixels of 0 and of one percent."""
    scale = scale_of(lines, [max(heads, key=len)], over=_over(numbers))
    return {"zero": scale.at(0.0), "unit": scale.unit}


# -- what the script reads ---------------------------------------------------------------------


def _data(
    facts: Facts, sweep: Sweep, rows: Sequence[Row], heads: Sequence[str], numbers: Any
) -> dict[str, Any]:
    """Numbers of the sweep, and every word that is said of them."""
    grid, moves = sweep.grid, sweep.moves
    moved = {"us": grid.us, "enforced": grid.enforced}
    packed = base64.b64encode(numbers.astype("<f4").tobytes()).decode("ascii")
    places = {party: k for k, party in enumerate(moves.parties)}
    return {
        "shape": numbers.shape,
        "values": packed,
        **{name: [] if np.isnan(at).any() else at.tolist() for name, at in moved.items()},
        "exponent": grid.exponent,
        "stated": {"rate": _or_none(moves.rate), "enforcement": _or_none(moves.enforcement)},
        "hits": [" ".join(str(places[party]) for party in hit) for hit in grid.hits],
        "on": [_on(facts, hit) for hit in grid.hits],
        "heads": heads,
        "rows": [say("moving.row", row.place) | _row(row) for row in rows],
        "short": _short(moves),
        "words": say("moving.script"),
        "rounding": rounding(sweep.error),
    }


def _row(row: Row) -> dict[str, Any]:
    return {"name": row.name, "own": row.role == "sender"}


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else value


def _short(moves: Moves) -> str:
    """What is done, with a gap for the rate: '{}-point tariff'."""
    if math.isnan(moves.rate):
        return words.capital(moves.rule.short)
    rate = math.copysign(BLANK, moves.rate)
    items = list(moves.rule.templates)
    for k in moves.moving:
        items[k] = replace(items[k], rate=rate)  # type: ignore[call-arg]
    short = replace(moves.rule, then=tuple(items)).short
    return words.capital(short.replace(f"{100 * BLANK:g}", "{}"))


def rounding(error: float) -> dict[str, Any]:
    """How a number is rounded, see `words.number`; one within the error is 0.00."""
    return {
        "digits": words.DIGITS,
        "noise": max(words.NOISE, float(words.rounded_up(error))),
        "nothing": words.ROUNDING,
        "smallest": words.SMALLEST,
        "minus": words.MINUS,
    }


def _json(data: Any) -> str:
    """JSON that can stand in a page, whatever the words are."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
