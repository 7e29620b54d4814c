"""Coded: the words of a situation file for countries and sectors, replaced by the table's codes.

Where a file can say "MEX" it can say "Mexico", and "vehicles" where it can say the sector's code.
Names of the file's own groups stay as they are, and so does a word that nothing fits: whoever uses
it refuses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel

from threatpoint.policy.scope import OTHERS, SECTOR_WORDS, TARGET, WORLD
from threatpoint.situation.groups import country_keys
from threatpoint.situation.problems import Problem
from threatpoint.world.places import code_of
from threatpoint.world.plain import folded
from threatpoint.world.sector_names import sector_of

if TYPE_CHECKING:
    from threatpoint.situation.schema import SituationFile
    from threatpoint.world.economy import Economy

Read = Callable[[str], str]
Given = TypeVar("Given")

COUNTRIES = frozenset(("unions", "country", "partner", "by", "attacker", "defender", "flows"))
"""Fields that hold a country or a group, or lists of them, besides those of rules."""
KEYED = frozenset(("parties", "costs", "purchases", "totals"))
"""Fields whose keys are countries or groups."""
SECTORS = frozenset(("sectors", "goods", "buys"))
"""Fields that hold sectors, or flows inside them."""


def coded(file: SituationFile, economy: Economy) -> SituationFile:
    """The file with codes in place of names."""
    own = {folded(name): name for name in file.groups}
    keywords = (WORLD, OTHERS, TARGET)

    def place(word: str) -> str:
        return own.get(folded(word)) or code_of(word, economy, keywords) or word

    def sector(word: str) -> str:
        return sector_of(word, economy, (*economy.flows, *SECTOR_WORDS)) or word

    readers = dict.fromkeys(country_keys() | COUNTRIES, place) | dict.fromkeys(SECTORS, sector)
    members = {
        name: [code_of(w, economy) or w for w in words] for name, words in file.groups.items()
    }
    return _coded(file, readers, place).model_copy(update={"groups": members})


def repeated(file: SituationFile, economy: Economy) -> Iterator[Problem]:
    """Parties of the file as it was read that are one country under two names."""
    seen: dict[str, str] = {}
    for word in file.parties:
        code = code_of(word, economy) or word
        if code in seen:
            yield ("parties", word), f"{word!r} and {seen[code]!r} are the same; leave one out"
        seen[code] = word


def _coded(value: Given, readers: dict[str, Read], place: Read) -> Given:
    """A table of the file with its words read."""
    given: Any = value
    found: Any = given
    if isinstance(given, BaseModel):
        found = given.model_copy(
            update={
                name: _field(name, getattr(given, name), readers, place)
                for name in type(given).model_fields
            }
        )
    elif isinstance(given, dict):
        items = cast("dict[Any, Any]", given).items()
        found = {key: _coded(item, readers, place) for key, item in items}
    elif isinstance(given, list):
        found = [_coded(item, readers, place) for item in cast("list[Any]", given)]
    return found


def _field(name: str, value: Any, readers: dict[str, Read], place: Read) -> Any:
    """The value of one field."""
    if name in KEYED and isinstance(value, dict):
        keyed = {place(key): _coded(item, readers, place) for key, item in value.items()}
        return keyed if len(keyed) == len(value) else value
    return _words(value, readers[name]) if name in readers else _coded(value, readers, place)


def _words(value: Any, read: Read) -> Any:
    """A word, or lists of them."""
    if isinstance(value, str):
        return read(value)
    return [_words(item, read) for item in value] if isinstance(value, list) else value
