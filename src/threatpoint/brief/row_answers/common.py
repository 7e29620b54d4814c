"""Numbers and names that the answers share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.words import SPACE

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading

Answer = Mapping[str, str]
"""answer, range, assumptions, source; mark only where it differs from the file's."""
AREA = words.signs("km2")


def usd(value: float, per: str = "") -> str:
    """USD bn without sign: 'USD 3.9 bn a month'."""
    return f"USD{SPACE}{words.number(abs(value))}{SPACE}bn{f' {per}' if per else ''}"


def area(value: float) -> str:
    """An exact area: '112 415 km²'."""
    return f"{words.number(value)}{SPACE}{AREA}"


def percent_of(share: float) -> str:
    """A share in percent: 0.065 -> '6.5 %'."""
    return words.percent(100 * share)


def sides(reading: Reading) -> tuple[str, str]:
    """Attacker and defender inside a sentence."""
    given: Any = reading.analysis.situation.talks
    return reading.place(given.attacker), reading.place(given.defender)
