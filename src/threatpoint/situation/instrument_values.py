"""Instruments as a situation file writes them: the keys of their tables, figures with a source."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from threatpoint.policy.instruments import Instrument
from threatpoint.policy.instruments.entries import UNITS, Entry, defaults_of
from threatpoint.situation.figure import POINTS


def values(item: Instrument, period: str, source: str) -> dict[str, Any]:
    """Key -> value of an instrument's table; what is as when left out is left out.

    Args:
        item: the instrument.
        period: of its figures.
        source: of its figures.
    """
    found: dict[str, Any] = {"instrument": item.word}
    usual = defaults_of(type(item))
    for name, entry in item.entries.items():
        given = getattr(item, name)
        if entry.mark and name in usual and given in (usual[name], (usual[name],)):
            continue
        found[name] = _value(item, entry, given, {"period": period, "source": source})
    return found


def _value(item: Instrument, entry: Entry, given: Any, about: dict[str, str]) -> Any:
    """What a file holds for one field."""
    if entry.key in ("side", "goods"):
        return list(given)
    if entry.key == "good":
        return given[0]
    if entry.key == "choice":
        return given
    if given is None:
        return entry.nothing
    number = Decimal(entry.spell(given).removesuffix("%"))
    return {"value": number, "unit": _unit(item, entry), **about}


def _unit(item: Instrument, entry: Entry) -> str:
    """The unit of a figure."""
    if entry.key in UNITS:
        return str(getattr(item, "unit"))  # noqa: B009  only those with a market have it
    added = entry.points and getattr(item, entry.points[0]) == entry.points[1]
    return POINTS if added else "%"
