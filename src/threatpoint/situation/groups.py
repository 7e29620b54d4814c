"""Groups: names that a file gives to several economies, replaced by their members where they stand.

`[groups] G7 = ["USA", "JPN"]` can then be written wherever a country can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from threatpoint.errors import PolicyError
from threatpoint.policy.instruments import INSTRUMENTS
from threatpoint.policy.instruments.entries import entries_of
from threatpoint.policy.scope import SECTOR_WORDS, TARGET, country_words, member_codes
from threatpoint.situation.problems import Problem
from threatpoint.world.places import code_of

if TYPE_CHECKING:
    from threatpoint.situation.schema import SituationFile
    from threatpoint.world.economy import Economy

COUNTRY_KEYS = frozenset(("sender", "seller", "named", "added", "exempted", "hit"))
"""Fields of the schema that hold countries, besides the sides of instruments."""


def country_keys() -> frozenset[str]:
    """Fields of the schema that hold countries."""
    entries = [item for kind in INSTRUMENTS.values() for item in entries_of(kind).items()]
    return COUNTRY_KEYS | {name for name, entry in entries if entry.key == "side"}


def group_problems(file: SituationFile, economy: Economy) -> Iterator[Problem]:
    """Groups with a name that means something else, unknown members, or that nothing uses."""
    taken = {word.casefold() for word in (*country_words(economy), *SECTOR_WORDS, TARGET)}
    used = {word for _, _, words in _lists(file, country_keys()) for word in words} | set(
        file.parties
    )
    for name, members in file.groups.items():
        if name.casefold() in taken or code_of(name, economy):
            yield ("groups", name), f"{name!r} means something already; take another name"
        try:
            member_codes(economy, members)
        except PolicyError as error:
            yield from ((("groups", name), line) for line in str(error).split("\n"))
        if name not in used:
            yield ("groups", name), f"{name!r} is used nowhere; use it or leave it out"
    for table, key, words in _lists(file, {"unions"}):
        for word in words:
            if word in file.groups:
                text = f"{word!r} is a group of this file; a customs union is one of the table"
                yield (*table, key), text


def expanded(file: SituationFile) -> SituationFile:
    """The file with the members in place of its groups."""
    return _expanded(file, file.groups, country_keys()) if file.groups else file


def members_of(words: list[str], groups: Mapping[str, list[str]]) -> list[str]:
    """Words with the members in place of groups, each once."""
    return list(dict.fromkeys(code for word in words for code in groups.get(word, [word])))


def _expanded(value: Any, groups: Mapping[str, list[str]], keys: Set[str]) -> Any:
    if isinstance(value, BaseModel):
        changes = {
            name: members_of(given, groups)
            if name in keys and isinstance(given, list)
            else _expanded(given, groups, keys)
            for name in type(value).model_fields
            for given in (getattr(value, name),)
        }
        return value.model_copy(update=changes)
    if isinstance(value, dict):
        return {key: _expanded(item, groups, keys) for key, item in value.items()}
    return [_expanded(item, groups, keys) for item in value] if isinstance(value, list) else value


def _lists(
    value: Any, keys: Set[str], path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str, list[str]]]:
    """Table path, key and words of every list under one of the keys."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            given, key = getattr(value, name), field.alias or name
            if name in keys and isinstance(given, list):
                yield path, key, given
            else:
                yield from _lists(given, keys, (*path, key))
    elif isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from _lists(item, keys, (*path, key))
