"""Keys: every table that a situation file can have, and what each of its keys holds and means.

One list, taken from the classes that read a file: the comments in a new file, the summary of a
check and the reference in the docs are made from it.
"""

from __future__ import annotations

import datetime
import types
import typing
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from threatpoint.policy.instruments import INSTRUMENTS
from threatpoint.policy.instruments.entries import entries_of
from threatpoint.situation.figure import Figure
from threatpoint.situation.instrument_words import holds
from threatpoint.situation.schema import file_model
from threatpoint.words import listing

PLAIN = {str: "text", datetime.date: "date", int: "whole number", bool: "true or false"}
LEFT_OUT = "; left out: "
"""What stands in a meaning before what a key is when it is left out."""


class Key(NamedTuple):
    """One key.

    Attributes:
        name: as written in the file.
        holds: what stands there, in words.
        needed: whether it must be there.
        meaning: with what it is when left out.
    """

    name: str
    holds: str
    needed: bool
    meaning: str

    @property
    def left_out(self) -> str:
        """What it is when left out, in words; "" where nothing is said."""
        return self.meaning.partition(LEFT_OUT)[2]


class Table(NamedTuple):
    """One table: its header in the file, what it is, and its keys."""

    header: str
    meaning: str
    keys: tuple[Key, ...]


def keys_of(model: type[BaseModel]) -> tuple[Key, ...]:
    """The keys of a table, in the order of the file."""
    words = _entries(model)
    return tuple(
        Key(
            field.alias or name,
            words.get(name) or _holds(field.annotation),
            field.is_required(),
            field.description or "",
        )
        for name, field in model.model_fields.items()
    )


def meaning_of(model: type[BaseModel]) -> str:
    """What a table is: the first paragraph of its docstring, less the header that it may name."""
    text = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    return text.partition("]: ")[2] or text if text.startswith("[") else text


def tables() -> Iterator[Table]:
    """Every table of a file but those of the instruments, each once, in the order of the file."""
    yield from _tables(file_model(), "")


def instruments() -> Iterator[Table]:
    """The table of each instrument, its header the word for it."""
    for model in _models(file_model().model_fields["oil"].annotation, "instruments"):
        word = typing.get_args(model.model_fields["instrument"].annotation)[0]
        yield Table(word, meaning_of(model), keys_of(model))


def _tables(model: type[BaseModel], path: str, many: bool = False) -> Iterator[Table]:
    """The table of a model, then those under its keys."""
    header = f"[[{path}]]" if many else f"[{path}]" if path else ""
    yield Table(header, meaning_of(model), keys_of(model))
    for name, field in model.model_fields.items():
        inner, form = _inside(field.annotation)
        if not inner or issubclass(inner[0], Figure) or "instrument" in inner[0].model_fields:
            continue
        below = f"{path}.{field.alias or name}".lstrip(".") + (".NAME" if form == "dict" else "")
        for each in inner:
            yield from _tables(each, below, form == "list")


def _models(annotation: Any, key: str) -> list[type[BaseModel]]:
    """The classes of the tables under a key of the tables of an annotation."""
    (model,), _ = _inside(annotation)
    return _inside(model.model_fields[key].annotation)[0]


def _inside(annotation: Any) -> tuple[list[type[BaseModel]], str]:
    """The classes of tables that an annotation allows, and whether as "dict", "list" or alone."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _inside(inner[0])
    if origin in (typing.Union, types.UnionType):
        found = [_inside(each) for each in inner]
        forms = [form for models, form in found if models and form]
        return [model for models, _ in found for model in models], "".join(forms[:1])
    if origin in (list, dict):
        return _inside(inner[-1])[0], origin.__name__
    table = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return ([annotation] if table else []), ""


def _holds(annotation: Any) -> str:
    """What stands under a key, in words."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _holds(inner[0])
    if origin is typing.Literal:
        return listing([f'"{word}"' for word in inner]).replace(" and ", " or ")
    if origin in (typing.Union, types.UnionType):
        kinds = [_holds(each) for each in inner if each is not type(None)]
        return kinds[0] if len(set(kinds)) == 1 else "table"
    if origin is dict:
        return f"NAME = {_holds(inner[1])}"
    if origin is list:
        return f"list of {_holds(inner[0])}".replace("list of text", "list of words")
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "figure" if issubclass(annotation, Figure) else "table"
    return PLAIN.get(annotation, "number")


def _entries(model: type[BaseModel]) -> dict[str, str]:
    """What the keys of an instrument's table hold; nothing for another table."""
    field = model.model_fields.get("instrument")
    words = typing.get_args(field.annotation) if field else ()
    kind = INSTRUMENTS.get(words[0]) if words else None
    return {name: holds(entry) for name, entry in entries_of(kind).items()} if kind else {}
