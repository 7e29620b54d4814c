"""Entries: how a field of an instrument is written, on the command line and in a situation file.

On the command line an instrument is its entries in the order of `MARKS`, each after its mark:
`SENDER:TARGETS[:imports|:exports][/SECTORS][@ENFORCEMENT[~COST]]`. Lists are separated by commas.
Countries are codes, groups, WORLD, others, or full names such as "South Korea"; sectors are codes,
full names, goods, services or all. Shares are `80%` or `0.8`, rates always have a `%`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from threatpoint.errors import PolicyError, require_label, shown, unknown
from threatpoint.policy import decimals, door, numbers
from threatpoint.policy.scope import listed

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

    Read = Callable[[str, Economy, str], Any]
    Check = Callable[[Any], object]
    Metadata = Mapping[str, "Entry"]

MARKS = ":/@~+"

UNITS = {"price": "price_unit", "volume": "volume_unit"}
"""Keys of entries in the units of a good's market -> its field with the unit."""

FIGURES = ("part", "percent", *UNITS)
"""Keys of entries that say how much, not whom or what."""


def _spelt(value: Any) -> str:
    return ",".join(listed(value, "words"))


@dataclass(frozen=True)
class Entry:
    """How one field is written.

    Attributes:
        key: what it is: the countries of a side, goods, one good, one of a list, or a figure: a
            share in [0, 1], a rate in %, a price, a volume.
        read: its value from its text, the economy and, for messages, all the words.
        mark: what stands before it on the command line; "": another field's words say it, and
            only a situation file has it as a key.
        name: what it is called there; "" is the field's own name.
        spell: the text that reads back to a value.
        check: raises `PolicyError` for a value that means nothing.
        varied: whether another reading of a threat can give it anew.
        needs: the enforcement without which it has no meaning.
        known: the words to choose from.
        nothing: the word for None, where that must be said; "": a field that is None is left out.
        points: the field and its value at which a situation file may write percentage points.
        imports, acts: whether a side buys, and whether it carries the instrument out.
    """

    key: Literal["side", "goods", "good", "choice", "part", "percent", "price", "volume"]
    read: Read
    mark: str = ""
    name: str = ""
    spell: Callable[[Any], str] = _spelt
    check: Check | None = None
    varied: bool = False
    needs: str = ""
    known: tuple[str, ...] = ()
    nothing: str = ""
    points: tuple[str, str] | None = None
    imports: bool = False
    acts: bool = False


def side(*, imports: bool = False, acts: bool = False) -> Metadata:
    """Countries on one side of the flow."""
    return {"entry": Entry("side", door.countries, ":", imports=imports, acts=acts)}


def goods(key: Literal["goods", "good"], mark: str, read: Read, varied: bool = False) -> Metadata:
    """Sectors, or goods finer than a sector such as crude."""
    return {"entry": Entry(key, read, mark, varied=varied)}


def choice(
    what: str, known: tuple[str, ...], mark: str = "", name: str = "", varied: bool = False
) -> Metadata:
    """One word out of a closed list; `what` is its name in messages."""

    def read(text: str, _: Economy, words: str) -> str:
        word = text.strip().casefold()
        if word not in known:
            raise PolicyError(unknown(what, text, known, shown(words)))
        return word

    def check(value: object) -> None:
        require_label(what, value, known, PolicyError)

    more: dict[str, Any] = {"check": check, "varied": varied, "known": known}
    return {"entry": Entry("choice", read, mark, name, **more)}


def percent(
    mark: str,
    name: str,
    check: Check | None = None,
    *,
    needs: str = "",
    points: tuple[str, str] | None = None,
) -> Metadata:
    """A rate or size in %, as a share that may be above 1."""

    def read(text: str, _: Economy, words: str) -> float:
        return decimals.percentage(text.strip().removeprefix("+"), words)

    more: dict[str, Any] = {"varied": True, "needs": needs, "points": points}
    return {"entry": Entry("percent", read, mark, name, decimals.percent_text, check, **more)}


def part(what: str, mark: str, name: str, optional: bool = False) -> Metadata:
    """A share in [0, 1], None if it is optional; `what` is its name in messages."""

    def read(text: str, _: Economy, words: str) -> float:
        return decimals.share(what, text, words, mark)

    def check(value: object) -> None:
        if value is not None or not optional:
            numbers.unit_share(what, value)

    return {"entry": Entry("part", read, mark, name, decimals.percent_text, check, varied=True)}


def price(mark: str, name: str, example: str, nothing: str = "") -> Metadata:
    """A price or cost in the unit that the field `unit` says; `example` is one for messages."""
    return _physical("price", mark, name, example, nothing)


def volume(mark: str, name: str, example: str) -> Metadata:
    """A volume in the unit that the field `unit` says; `example` is one for messages."""
    return _physical("volume", mark, name, example)


def _physical(
    key: Literal["price", "volume"], mark: str, name: str, example: str, nothing: str = ""
) -> Metadata:
    """A figure in a unit of the good's market, or None where there is a word for it."""

    def read(text: str, _: Economy, words: str) -> float | None:
        if nothing and text.strip().casefold() == nothing:
            return None
        return float(decimals.decimal(text, words, example))

    def spell(value: float | None) -> str:
        return nothing if value is None else decimals.amount_text(value)

    return {"entry": Entry(key, read, mark, name, spell, varied=True, nothing=nothing)}


IMPORTERS, EXPORTERS = side(imports=True), side()
SECTORS: Metadata = {"entry": Entry("goods", door.sectors, "/", varied=True)}
ENFORCEMENT = part("enforcement", "@", "ENFORCEMENT")
EVASION_COST = percent("~", "COST", needs="enforcement")


@cache
def entries_of(kind: type[Any]) -> Mapping[str, Entry]:
    """Field of an instrument -> how it is written, in the order of the fields."""
    found = {f.name: f.metadata["entry"] for f in fields(kind) if "entry" in f.metadata}
    return MappingProxyType(found)


@cache
def defaults_of(kind: type[Any]) -> Mapping[str, Any]:
    """Field -> its default, for the fields that can be left out; NaN stands for none."""
    found = {f.name: f.default for f in fields(kind) if f.default is not MISSING}
    return MappingProxyType({name: value for name, value in found.items() if value == value})
