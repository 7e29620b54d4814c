"""Messages: the problems of a situation file as sentences with line, key and what to write."""

from __future__ import annotations

import datetime
import difflib
import re
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from threatpoint.errors import shown, unknown
from threatpoint.policy.instruments import INSTRUMENTS
from threatpoint.situation.build import Problem
from threatpoint.situation.lines import Path, line_of, tables_of
from threatpoint.situation.schema import file_model
from threatpoint.situation.text import printable

CLAIMS = ("sum", "difference", "joint", "reference", "ranking")
WANTED = {
    "is_instance_of": "a number",
    "decimal_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "string_type": "text",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}
"""What pydantic's kinds of type errors ask for."""
RENAMED = {"guarantees": "force"}
"""Values of keys that were renamed."""
OPTIONAL_LISTS = ("named", "added", "exempted", "unions", "sectors", "retaliation", "clocks")
DATE = "a date, written 2025-03-31 without quotes"


def sentences(problems: list[Problem], lines: dict[Path, int]) -> list[str]:
    """'line 12, threats.oil.when: ...', in file order, without repeats."""
    tables = tables_of(lines)
    located = {
        (line_of(lines, path, tables) or 0, _dotted(path), text): None for path, text in problems
    }
    return [
        ", ".join(filter(None, (f"line {line}" if line else "", where))) + f": {text}"
        for line, where, text in sorted(located, key=lambda item: item[0])
    ]


def _dotted(path: Path) -> str:
    """threats.oil.then[0].rate"""
    words = "".join(
        f"[{part}]" if isinstance(part, int) else f".{printable(part)}" for part in path
    )
    return words.removeprefix(".")


def problem(error: Any) -> Problem:
    """One problem found by pydantic, in plain words."""
    kind, context = error["type"], error.get("ctx", {})
    path = _without_tags(error["loc"])
    given = error.get("input")
    if kind == "extra_forbidden":
        return path, unknown("key", str(path[-1]), _known_keys(error["loc"]))
    if kind == "missing":
        return path, f"key {str(path[-1])!r} is missing"
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", context["expected"])
        if not choices:  # true or false
            return path, f"must be {context['expected'].lower()}, not {_shown(given)}"
        if RENAMED.get(str(given)) in choices:
            return path, f"{_shown(given)} is now {RENAMED[str(given)]!r}"
        return path, unknown("value", _plain(given), choices)
    if kind == "union_tag_invalid":
        choices = re.findall(r"'([^']*)'", context["expected_tags"])
        key = context["discriminator"].strip("'")
        return (*path, key), unknown(key, _plain(context["tag"]), choices)
    if kind == "union_tag_not_found":
        return _without_tag(path, context["discriminator"].strip("'"), error)
    if kind == "value_error":
        return path, str(context["error"])
    if kind == "too_short" and context["min_length"] > 1:
        return path, f"needs {context['min_length']} entries, not {context['actual_length']}"
    if kind == "too_short":
        optional = ", or leave the key out" if path[-1] in OPTIONAL_LISTS else ""
        return path, f"the list is empty: give at least one entry{optional}"
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = f"{context['ge']} or more" if "ge" in context else f"{context['le']} or less"
        return path, f"must be {limit}, not {_shown(given)}"
    if kind == "list_type" and isinstance(given, str):
        return path, f'must be a list, not {_shown(given)}: write ["{_plain(given)}"]'
    hint = DATE if kind.startswith("date") else WANTED.get(kind)
    return path, f"must be {hint}, not {_shown(given)}" if hint else _other(error)


def _without_tag(path: Path, tag: str, error: Any) -> Problem:
    """A table that does not say its kind, or says it under a misspelt key."""
    known = _known_keys((*error["loc"], tag))
    given = error["input"] if isinstance(error["input"], dict) else {}
    close = difflib.get_close_matches(tag, [key for key in given if key not in known], n=1)
    if close:
        return (*path, close[0]), unknown("key", close[0], (tag,))
    return path, f"key {tag!r} is missing: it says which keys belong here"


def _other(error: Any) -> str:
    """Pydantic's own words, with what was given."""
    return f"{error['msg']}, not {_shown(error.get('input'))}"


def _plain(value: Any) -> str:
    """A word as it is, anything else as shown."""
    return value if isinstance(value, str) and len(value) <= 60 else _shown(value)


def _shown(value: Any) -> str:
    """What the file gives, short; digits as printed."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, datetime.date | Decimal) else shown(value)


def _without_tags(location: Path) -> Path:
    """A key path as the file has it: pydantic adds the kind of a list's entry after its index."""
    tags = (*INSTRUMENTS, *CLAIMS)
    return tuple(
        part
        for position, part in enumerate(location)
        if not (part in tags and position and isinstance(location[position - 1], int))
    )


def _known_keys(location: Path) -> tuple[str, ...]:
    """The keys a table of the file can have."""
    models: list[Any] = [file_model()]
    for part in location[: len(location) - 1]:
        models = [inner for model in models for inner in _step(model, part)]
    keys = [
        field.alias or name
        for model in models
        for member in _members(model)
        if isinstance(member, type) and issubclass(member, BaseModel)
        for name, field in member.model_fields.items()
    ]
    return tuple(dict.fromkeys(keys))


def _members(model: Any) -> Iterator[Any]:
    """The types that an annotation allows."""
    origin = typing.get_origin(model)
    inside = typing.get_args(model)
    if origin is typing.Annotated or origin in (typing.Union, types.UnionType):
        for part in inside[:1] if origin is typing.Annotated else inside:
            yield from _members(part)
    else:
        yield model


def _step(model: Any, part: str | int) -> Iterator[Any]:
    """The annotations one step further down a path."""
    origin, arguments = typing.get_origin(model), typing.get_args(model)
    if origin in (typing.Union, types.UnionType):
        tagged = [a for a in arguments if _has_tag(a, part)]
        yield from tagged or [found for a in arguments for found in _step(a, part)]
    elif origin is typing.Annotated:
        yield from _step(arguments[0], part)
    elif origin is list:
        yield arguments[0]
    elif origin is dict:
        yield arguments[1]
    elif isinstance(model, type) and issubclass(model, BaseModel):
        for name, field in model.model_fields.items():
            if part in (name, field.alias):
                yield field.annotation


def _has_tag(model: Any, tag: str | int) -> bool:
    """Whether a member of a union is the one with this tag."""
    fields = getattr(model, "model_fields", {})
    return any(tag in typing.get_args(field.annotation) for field in fields.values())
