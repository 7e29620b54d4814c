"""State: what the address of the app says, every part of it checked, all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from threatpoint.errors import PolicyError, shown, unknown
from threatpoint.oil.inputs import OPEC
from threatpoint.policy.standing import day_of
from threatpoint.words import HORIZONS
from threatpoint.world.plain import number

FIRST_YEAR, IDLE = "short", "hold"
MOST_RATE, MOST_WORDS = 1000, 80
"""Points of a tariff; words of a list."""


@dataclass(frozen=True)
class State:
    """What is asked of the app. What is left out is as the situation states it.

    Attributes:
        situation: its name.
        threat: a kind ("tariff", "cut-off", "export-ban") or the name of one of its own threats.
        targets: who is hit; empty as stated.
        rate: of the tariff, percentage points.
        sectors: what is hit; empty as stated.
        enforcement: share of the flows that is stopped or pays, %.
        retaliation: tariff that each target lays on the sender in return, points; 0 for none.
        horizon: how long after.
        date: day whose tariffs are in force, as 2025-03-31; "" is that of the situation.
        opec: what owners of idle oil capacity do.
    """

    situation: str
    threat: str = ""
    targets: tuple[str, ...] = ()
    rate: Decimal | None = None
    sectors: tuple[str, ...] = ()
    enforcement: Decimal | None = None
    retaliation: Decimal | None = None
    horizon: str = FIRST_YEAR
    date: str = ""
    opec: str = IDLE

    @property
    def changed(self) -> bool:
        """Whether the threat is another than the situation states."""
        parts = (self.rate, self.enforcement, self.retaliation)
        return bool(self.targets or self.sectors) or any(part is not None for part in parts)

    @property
    def address(self) -> str:
        """The query that asks for the same; what is as stated is left out."""
        defaults = {field.name: field.default for field in fields(self)}
        given = {k: v for k, v in vars(self).items() if v != defaults[k]}
        return urlencode({k: _written(v) for k, v in given.items()}, safe=",")


def _written(value: Any) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


KEYS = tuple(field.name for field in fields(State))


def read(pairs: Sequence[tuple[str, str]], known: Collection[str], first: str) -> State:
    """The state of an address.

    Args:
        pairs: key and value, in order; a list may come as several pairs of one key. An empty value
            is as if it were left out.
        known: names of the situations.
        first: the situation where none is named.

    Raises:
        PolicyError: with every problem, in one line.
    """
    problems: list[str] = []
    given: dict[str, Any] = {"situation": first}
    several = {"targets", "sectors"}
    for key in dict.fromkeys(key for key, _ in pairs):
        values = [value for name, value in pairs if name == key and value.strip()]
        if key not in KEYS:
            problems.append(unknown("key", key, KEYS))
        elif len(values) > 1 and key not in several:
            problems.append(f"{key} is given {len(values)} times; give it once")
        elif values:
            given[key] = _taken(key, ",".join(values), known, problems)
    if problems:
        raise PolicyError("; ".join(problems))
    return State(**given)


def _taken(key: str, text: str, known: Collection[str], problems: list[str]) -> Any:
    """A value of the address; None where it is refused."""
    try:
        return READ[key](key, text, known)
    except PolicyError as error:
        problems.append(str(error))
        return None


def _label(choices: Iterable[str]) -> Callable[[str, str, Any], str]:
    def reading(key: str, text: str, _: Any) -> str:
        return _among(key, text, tuple(choices))

    return reading


def _among(key: str, text: str, choices: Collection[str]) -> str:
    if text not in choices:
        raise PolicyError(unknown(key, text, tuple(choices)))
    return text


def _words(key: str, text: str, _: Any) -> tuple[str, ...]:
    found = tuple(word.strip() for word in text.split(",") if word.strip())
    if len(found) > MOST_WORDS:
        raise PolicyError(f"{key} has {len(found)} words; at most {MOST_WORDS} are read")
    return found


def _amount(least: int, most: int, unit: str) -> Callable[[str, str, Any], Decimal]:
    def reading(key: str, text: str, _: Any) -> Decimal:
        try:
            value = number(text)
        except ValueError as error:
            raise PolicyError(f"{key} {shown(text)} {error}") from None
        if not least <= value <= most:
            raise PolicyError(f"{key} {shown(text)} is not from {least} to {most:,} {unit}")
        return value.normalize() if value % 1 else Decimal(int(value))

    return reading


def _day(key: str, text: str, _: Any) -> str:
    return day_of(text).isoformat()


READ: dict[str, Callable[[str, str, Any], Any]] = {
    "situation": _among,
    "threat": lambda _key, text, _known: text,
    "targets": _words,
    "rate": _amount(0, MOST_RATE, "points"),
    "sectors": _words,
    "enforcement": _amount(0, 100, "%"),
    "retaliation": _amount(0, MOST_RATE, "points"),
    "horizon": _label(HORIZONS),
    "date": _day,
    "opec": _label(OPEC),
}
"""Key -> how its text is read."""
