"""Numbers and sources that the answers share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.words import SPACE

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.talks.talks import Ranged

Answer = Mapping[str, str]
"""answer, range, assumptions, source; mark only where it differs from the file's."""

UNITS = {
    "km2": f"km{chr(178)}",
    "km2/month": f"km{chr(178)} a month",
    "USD bn/month": "USD bn a month",
    "USD m/km2": f"USD m a km{chr(178)}",
    "per month": "a month",
}
AREA = UNITS["km2"]
HELD = {(True, True): "always", (False, True): "for some values", (False, False): "never"}


def two(value: float) -> str:
    """Two significant digits: 24 326 -> '24 000'; NaN and infinity as a dash."""
    if not math.isfinite(value) or not value:
        return words.number(value)
    digits = 1 - math.floor(math.log10(abs(value)))
    return words.number(round(value, digits)) if digits <= 0 else words.number(value)


def span(low: float, high: float, unit: str = "") -> str:
    """A wide range: '2 200 to 1 100 000 km²'; one number where both ends read the same."""
    ends = dict.fromkeys((two(low), two(high)))
    return f"{' to '.join(ends)}{SPACE}{unit}".strip()


def unit_words(unit: str) -> str:
    """A unit of the talks as the page writes it."""
    return UNITS.get(unit, unit)


def usd(value: float, per: str = "") -> str:
    """USD bn without sign: 'USD 3.9 bn a month'."""
    return f"USD{SPACE}{words.number(abs(value))}{SPACE}bn{f' {per}' if per else ''}"


def area(value: float) -> str:
    """An exact area: '112 415 km²'."""
    return f"{words.number(value)}{SPACE}{AREA}"


def ranged_span(number: Ranged) -> str:
    """The range of a number of the talks, with its unit."""
    return span(number.low, number.high, unit_words(number.unit))


def drivers(numbers: Iterable[Ranged]) -> str:
    """The priors that move some numbers most, in words."""
    names = dict.fromkeys(n.driver.replace("_", " ") for n in numbers if n.driver)
    return words.listing([f"\u201c{name}\u201d" for name in names])


def talks_source(reading: Reading, *names: str) -> str:
    """Sources of the figures of [talks] that are measured, and how many are priors."""
    given = reading.analysis.situation.talks
    if given is None:
        return ""
    figures = [f for n, f in given.priors.items() if not names or n in names]
    measured = dict.fromkeys(f.source.partition(";")[0] for f in figures if not f.prior)
    priors = sum(f.prior for f in figures)
    own = f"{words.count(priors, 'prior')} of the situation file" if priors else ""
    return "; ".join([*measured, *([own] if own else [])])


def percent_of(share: float) -> str:
    """A share in percent: 0.065 -> '6.5 %'."""
    return words.percent(100 * share)


def measure(value: float, unit: str) -> str:
    """A number of the talks with its unit: 'USD 9.7 bn a month', '150 km² a month'."""
    written = unit_words(unit)
    if written.startswith("USD "):
        return f"USD{SPACE}{two(value)}{SPACE}{written[4:]}"
    return f"{two(value)}{SPACE}{written}"


def of_row(reading: Reading, key: str) -> str:
    """' of row 8': the row that a key answers, if the situation has one."""
    rows = reading.analysis.situation.rows
    number = next((r.number for r in rows if getattr(r, "answer", None) == key), None)
    return "" if number is None else f" of row {number}"


def threat_words(reading: Reading) -> str:
    """'the threat of row 8', where a row is about it."""
    return f"the threat{of_row(reading, 'threat')}"


def sides(reading: Reading) -> tuple[str, str]:
    """Attacker and defender inside a sentence."""
    given: Any = reading.analysis.situation.talks
    return reading.place(given.attacker), reading.place(given.defender)
