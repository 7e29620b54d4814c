"""Tables of instruments in a situation file, made of the entries of each kind of instrument."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import Field, create_model

from threatpoint.policy.instruments import Instrument
from threatpoint.policy.instruments.entries import Entry, defaults_of, entries_of
from threatpoint.policy.scope import listed
from threatpoint.situation.figure import Figure, Model, Text, Words
from threatpoint.situation.instrument_words import about, varied

Kind = type[Instrument]


class InstrumentTable(Model):
    """An instrument; `instrument` says which, and so which other keys there are."""

    instrument: str = Field(description="what is done: one of the instruments")


def any_table(kinds: Iterable[Kind]) -> Any:
    """The table of any of these instruments."""
    tables: Any = reduce(or_, (table_of(kind) for kind in kinds))
    return Annotated[tables, Field(discriminator="instrument")]


def scenario_keys(kinds: Iterable[Kind]) -> dict[str, Any]:
    """The keys of these instruments that another reading of a threat can give anew."""
    return {
        name: (_type(entry) | None, Field(None, description=varied(name)))
        for kind in kinds
        for name, entry in entries_of(kind).items()
        if entry.varied
    }


@cache
def table_of(kind: Kind) -> type[InstrumentTable]:
    """The table of one instrument."""
    word = InstrumentTable.model_fields["instrument"].description
    keys: dict[str, Any] = {"instrument": (Literal[kind.word], Field(description=word))}
    keys |= {name: _key(kind, name, entry) for name, entry in entries_of(kind).items()}
    return create_model(
        f"{kind.__name__}Table", __base__=InstrumentTable, __doc__=kind.__doc__, **keys
    )


def _key(kind: Kind, name: str, entry: Entry) -> tuple[Any, Any]:
    """Type, and default with its meaning, of a key."""
    said = about(kind, name)
    if name not in defaults_of(kind) or not entry.mark:
        return _type(entry), Field(description=said)
    default = defaults_of(kind)[name]
    if entry.key == "goods":
        made = Field(default_factory=lambda: [*listed(default, name)], description=said)
        return _type(entry), made
    if entry.key == "choice":
        return _type(entry), Field(default, description=said)
    return _type(entry) | None, Field(None, description=said)


def _type(entry: Entry) -> Any:
    """What a key holds."""
    types: dict[str, Any] = {"side": Words, "goods": Words, "good": Text}
    if entry.nothing:
        return Figure | Literal[entry.nothing]
    return Literal[entry.known] if entry.known else types.get(entry.key, Figure)
