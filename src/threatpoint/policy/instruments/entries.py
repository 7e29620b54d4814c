"""Entries: how a field of an instrument is written, on the command line and in a situation file.

On the command line an instrument is its entries in the order of `MARKS`, each after its mark:
`SENDER:TARGETS[:imports|:exports][/SECTORS][@ENFORCEMENT[~COST]]`. Lists are separated by commas.
Countries are codes, groups, WORLD, others, or full names such as "South Korea"; sectors are codes,
full names, goods, services or all. Shares are `80%` or `0.8`, rates always have a `%`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from threatpoint.errors import PolicyError, shown, unknown
from threatpoint.policy.decimals import amount, amount_text, percent_text, percentage, share
from threatpoint.policy.door import countries, goods, sectors
from threatpoint.policy.scope import listed

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

MARKS = ":/@~+"


@dataclass(frozen=True)
class Entry:
    """How one field is written.

    Attributes:
        mark: what stands before it on the command line; "": another field's words say it, and
            only a situation file has it as a key.
        name: what it is called there; "" is the field's own name.
        varied: whether another reading of a threat can give it anew.
        needs: the field without which it has no meaning.
        key: what a situation file holds: words, a text, one of a list, or a kind of figure.
    """

    mark: str = ""
    name: str = ""
    varied: bool = False
    needs: str = ""
    key: ClassVar[Literal["words", "text", "choice", "part", "percent", "price"]]

    def read(self, text: str, words: str, economy: Economy) -> Any:
        """The value behind a text, part of all the words; raises `PolicyError` if there is none."""
        raise NotImplementedError

    def spell(self, value: Any) -> str:
        """The text that reads back to the value."""
        return ",".join(listed(value, "words"))

    @property
    def metadata(self) -> Mapping[str, Entry]:
        """For `dataclasses.field`."""
        return {"entry": self}


@dataclass(frozen=True)
class Side(Entry):
    """Countries on one side of the flow.

    Attributes:
        imports: whether this side buys.
        acts: whether this side carries the instrument out.
    """

    mark: str = ":"
    imports: bool = False
    acts: bool = False
    key: ClassVar[Any] = "words"

    def read(self, text: str, words: str, economy: Economy) -> Any:
        """Codes, groups and keywords."""
        return countries(text, economy, words)


@dataclass(frozen=True)
class Sectors(Entry):
    """Sectors, all goods where none are named."""

    mark: str = "/"
    varied: bool = True
    key: ClassVar[Any] = "words"

    def read(self, text: str, words: str, economy: Economy) -> Any:
        """Codes of sectors, or their keywords."""
        return sectors(text, economy, words)


@dataclass(frozen=True)
class Goods(Entry):
    """Sectors, or goods finer than a sector such as crude."""

    mark: str = ":"
    key: ClassVar[Any] = "words"

    def read(self, text: str, words: str, economy: Economy) -> Any:
        """Codes of sectors and names of flows."""
        return goods(text, economy, words, "goods", economy.flows)


@dataclass(frozen=True)
class Choice(Entry):
    """One word out of a closed list; `what` is its name in messages."""

    known: tuple[str, ...] = ()
    what: str = ""
    key: ClassVar[Any] = "choice"

    def read(self, text: str, words: str, economy: Economy) -> Any:
        """The word, in any case."""
        word = text.strip().casefold()
        if word not in self.known:
            raise PolicyError(unknown(self.what, text, self.known, shown(words)))
        return word


@dataclass(frozen=True)
class Percent(Entry):
    """A rate or size in %, as a share that may be above 1.

    Attributes:
        points: the field and its value at which a situation file may write percentage points.
    """

    varied: bool = True
    points: tuple[str, str] | None = None
    key: ClassVar[Any] = "percent"

    def read(self, text: str, words: str, economy: Economy) -> Any:
        """A number with %."""
        return percentage(text.strip().removeprefix("+"), words)

    def spell(self, value: Any) -> str:
        """The number with %."""
        return percent_text(value)


@dataclass(frozen=True)
class Part(Entry):
    """A share in [0, 1]; `what` is its name in messages."""

    varied: bool = True
    what: str = ""
    key: ClassVar[Any] = "part"

    def read(self, text: str, words: str, economy: Economy) -> Any:
        """A share or a number with %."""
        return share(self.what, text, words)

    def spell(self, value: Any) -> str:
        """The number with %."""
        return percent_text(value)


@dataclass(frozen=True)
class Price(Entry):
    """A price or cost in the unit that the field `unit` says; `example` is one for messages."""

    varied: bool = True
    example: str = ""
    key: ClassVar[Any] = "price"

    def read(self, text: str, words: str, economy: Economy) -> Any:
        """A plain number."""
        return amount(text, words, self.example)

    def spell(self, value: Any) -> str:
        """The number."""
        return amount_text(value)


IMPORTERS, EXPORTERS = Side(imports=True).metadata, Side().metadata
SECTORS = Sectors().metadata
ENFORCEMENT = Part("@", what="enforcement").metadata
EVASION_COST = Percent("~", "COST", needs="enforcement").metadata


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
