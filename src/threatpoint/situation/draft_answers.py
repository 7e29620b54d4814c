"""Answers to the questions of a new situation, each read and checked by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from threatpoint.errors import PolicyError, shown
from threatpoint.policy import door
from threatpoint.policy.instruments import INSTRUMENTS, Instrument
from threatpoint.policy.instruments.entries import entries_of
from threatpoint.policy.instruments.tariff import Tariff
from threatpoint.policy.scope import TARGET
from threatpoint.policy.standing import day_of
from threatpoint.situation.draft_kinds import codes_of, instrument_of, kind_of
from threatpoint.world.plain import number

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

    Words = Mapping[str, str]
    Read = Callable[[str, Words, Economy], Any]


def _rate(_: str, words: Words, economy: Economy) -> Instrument:
    """The punishment, all of it enforced: how much of it is, is another answer."""
    return instrument_of({k: w for k, w in words.items() if k != "enforcement"}, economy)


def _enforced(_: str, words: Words, economy: Economy) -> Instrument:
    return instrument_of(words, economy)


def _sectors(text: str, words: Words, economy: Economy) -> tuple[str, ...]:
    """Sectors, or for a stop of buying goods."""
    kind = INSTRUMENTS[kind_of(words["instrument"], words, economy)]
    entry = next(entry for entry in entries_of(kind).values() if entry.key == "goods")
    found: tuple[str, ...] = entry.read(text, economy, text)
    return found


def _goods(text: str, _: Words, economy: Economy) -> tuple[str, ...]:
    return door.goods(text, economy, text)


def _money(text: str, *_: Any) -> Decimal:
    """An amount in USD bn."""
    try:
        found = number(text)
    except ValueError as error:
        raise PolicyError(f"{shown(text)} {error}: give USD bn, e.g. 5") from None
    if found <= 0:
        raise PolicyError(f"{shown(text)}: give more than 0 USD bn, or leave it out")
    return found


def _cost(text: str, *_: Any) -> tuple[Decimal, ...]:
    """A cost, or value, low and high."""
    parts = text.split(":")
    if len(parts) not in (1, 3):
        raise PolicyError(f"{shown(text)}: give USD bn as VALUE or VALUE:LOW:HIGH, e.g. 1:0.5:2")
    found = tuple(_money(part) for part in parts)
    if len(found) == 3 and not found[1] <= found[0] <= found[2]:
        raise PolicyError(f"{shown(text)}: the value is outside its range")
    return found


def _day(text: str, *_: Any) -> date:
    return day_of(text)


def _clock(text: str, words: Words, economy: Economy) -> date:
    clock = day_of(text)
    if clock < day_of(words["date"]):
        raise PolicyError(f"{clock} is before the threat is made, {words['date']}")
    return clock


def _back(text: str, words: Words, economy: Economy) -> tuple[Instrument, ...]:
    """The tariff that a target adds on the sender's goods."""
    rate = Tariff.read({"rate": f"+{text.removeprefix('+')}"}, text, economy)
    return (Tariff(TARGET, codes_of(words.get("sender", "ROW"), words, economy), **rate),)


READ: dict[str, Read] = {
    "sender": codes_of,
    "targets": codes_of,
    "instrument": kind_of,
    "sectors": _sectors,
    "rate": _rate,
    "enforcement": _enforced,
    "buys": _goods,
    "seller": codes_of,
    "min_value": _money,
    "cost": _cost,
    "demand": lambda text, *_: text,
    "date": _day,
    "clock": _clock,
    "retaliation": _back,
}
"""Question -> what reads its answer; raises `PolicyError`."""
