"""Instruments in words for a situation file: what a key means, and what it is when left out.

The meaning is the first part of the line in the docstring of the instrument, up to the semicolon;
what follows there is how Python writes it.
"""

from __future__ import annotations

import re
from functools import cache
from inspect import cleandoc
from typing import Any

from threatpoint.policy.instruments import Instrument
from threatpoint.policy.instruments.entries import Entry, defaults_of, entries_of

KIND = {
    "side": "list of countries",
    "goods": "list of sectors",
    "good": "a good",
    "part": "figure in %",
    "percent": "figure in %",
    "price": "figure in the market's unit, such as USD/bbl",
    "volume": "figure in the market's unit, such as mb/d",
}
"""Key of an entry -> what a file holds there."""
POINTS = "figure in %, or in percentage points where it is added"


def holds(entry: Entry) -> str:
    """What a file holds under a key, in words; "" for one word out of a list."""
    found = POINTS if entry.points else KIND.get(entry.key, "")
    return f'{found}; or "{entry.nothing}"' if entry.nothing else found


def about(kind: type[Instrument], name: str) -> str:
    """What a key of an instrument means, with what it is when left out."""
    meaning = _lines(kind).get(name, "")
    return "; left out: ".join(filter(None, (meaning, left_out(kind, name))))


def varied(name: str) -> str:
    """What a key means in another reading of a threat."""
    return f"`{name}` of the instruments that have it, instead; left out: as the threat"


def left_out(kind: type[Instrument], name: str) -> str:
    """What a key is when left out, in words; "" where it must be given."""
    entry = entries_of(kind)[name]
    given = name not in defaults_of(kind) or not entry.mark
    return "" if given else _plain(entry, defaults_of(kind)[name])


def _plain(entry: Entry, value: Any) -> str:
    """A default in words."""
    if value is None:
        return "the market's own figure"
    if entry.key in ("goods", "choice"):
        return f'"{value}"'
    return {"part": "all of it", "percent": "nothing"}.get(entry.key, "")


@cache
def _lines(kind: type[Instrument]) -> dict[str, str]:
    """Field -> its meaning, from the part "Attributes" of the docstring."""
    whole = cleandoc(kind.__doc__ or "")
    part = re.search(r"^Attributes:\n(.*?)(?:\n\S|\Z)", whole, re.S | re.M)
    found = re.findall(r"^    (\w+): (.*?)(?=^    \w+: |\Z)", part[1] if part else "", re.S | re.M)
    return {name: re.split(r";|\.(?:\s|$)", " ".join(text.split()))[0] for name, text in found}
