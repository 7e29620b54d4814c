"""Amounts: figures of a situation file as the numbers that rules and instruments take."""

from __future__ import annotations

from threatpoint.errors import unknown
from threatpoint.policy import percent
from threatpoint.situation.figure import Figure
from threatpoint.situation.lines import Path
from threatpoint.situation.problems import Problems
from threatpoint.units import MONEY_UNITS


def money_of(figure: Figure | None, path: Path, problems: Problems) -> float:
    """An amount of money, in its own unit; 0 when there is none."""
    if figure and figure.unit not in MONEY_UNITS:
        problems.append(((*path, "unit"), unknown("money unit", figure.unit, MONEY_UNITS)))
    elif figure and figure.value < 0:
        problems.append((path, f"{path[-1]} {figure.value} {figure.unit} is below 0"))
        return 0.0
    return figure.number if figure else 0.0


def share_of(figure: Figure | None, path: Path, problems: Problems) -> float:
    """A figure in % as a share; 0 when there is none."""
    if figure and figure.unit != "%":
        problems.append(((*path, "unit"), f"unit {figure.unit!r} is not a share; write '%'"))
        return 0.0
    return figure.share if figure else 0.0


def part_of(figure: Figure | None, path: Path, problems: Problems) -> float:
    """A figure from 0 to 100 % as a share; 0 when there is none."""
    if figure and figure.unit == "%" and not 0 <= figure.value <= 100:
        problems.append((path, f"{path[-1]} {figure.value} % is outside 0 to 100 %"))
        return 0.0
    return share_of(figure, path, problems)


def rate_of(
    figure: Figure, path: Path, points: tuple[str, str], added: bool, problems: Problems
) -> float:
    """A rate in % or, when it is added (as the key and value `points` say), in points."""
    if figure.unit != "percentage points":
        return percent_of(figure, path, problems)
    if not added:
        text = f"'percentage points' are added: write {points[0]} = \"{points[1]}\", or unit '%'"
        problems.append(((*path, "unit"), text))
    return percent(figure.number)


def percent_of(figure: Figure, path: Path, problems: Problems) -> float:
    """A figure in %, as a share that may be above 1."""
    share_of(figure, path, problems)
    return percent(figure.number)


def price_of(figure: Figure, path: Path, problems: Problems) -> float:
    """A price; its unit is checked against the market's when the rule meets the table."""
    if not figure.unit.startswith("USD/"):
        text = f"unit {figure.unit!r} is not a price; write e.g. 'USD/bbl'"
        problems.append(((*path, "unit"), text))
    return figure.number


def volume_of(figure: Figure, path: Path, problems: Problems) -> float:
    """A volume a day; its unit is checked against the market's when the rule meets the table."""
    if not figure.unit.endswith("/d"):
        text = f"unit {figure.unit!r} is not a volume a day; write e.g. 'mb/d'"
        problems.append(((*path, "unit"), text))
    return figure.number
