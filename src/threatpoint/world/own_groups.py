"""Own groups: names that a user gives to several economies, checked against the table's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from threatpoint.errors import WorldError, shown
from threatpoint.words import Named, listing
from threatpoint.world.places import code_of, unknown_place

WORLD, OTHERS = "WORLD", "others"
TARGET = "target"
SECTOR_WORDS = ("goods", "services", "all")
RESERVED = (WORLD, OTHERS, TARGET, *SECTOR_WORDS)
"""Words of an instrument that no group can have for a name."""

Groups = Mapping[str, tuple[str, ...]]


def groups_given(table: Named, given: Mapping[str, Iterable[str]]) -> Groups:
    """Name -> codes of the members, in the order given; members are codes, names or groups.

    Raises:
        WorldError: a sentence a problem: a name that means something already or is no text, nobody,
            somebody twice, or an unknown member with the nearest name.
    """
    if not isinstance(given, Mapping):
        raise WorldError(f"groups is {shown(given)}; give names with members, {{'G2': ['USA']}}")
    problems = [problem for name in given for problem in _name_problems(table, name)]
    found = dict[str, tuple[str, ...]]()
    for name, members in given.items():
        codes, wrong = _members(table, name, members)
        found[name], problems = codes, problems + wrong
    if problems:
        raise WorldError("the groups cannot be used:\n  - " + "\n  - ".join(problems))
    return found


def _name_problems(table: Named, name: object) -> Iterator[str]:
    """What is wrong with the name of a group."""
    if not isinstance(name, str) or not name.strip():
        yield f"{shown(name)} is no name of a group; give text, 'BRICS'"
        return
    known = code_of(name, table, RESERVED)
    if known is not None:
        meant = "" if known == name else f" ({known})"
        yield f"group {name!r}: means something already{meant}; take another name"


def _members(table: Named, name: str, given: Any) -> tuple[tuple[str, ...], list[str]]:
    """Codes behind the words for members, and what is wrong with them."""
    where = f"group {name!r}"
    if isinstance(given, str) or not isinstance(given, Iterable):
        return (), [f"{where}: {shown(given)} is no list of members; give ['USA', 'CHN']"]
    words = list(given)
    if not words:
        return (), [f"{where} has no members"]
    codes: list[str] = []
    problems: list[str] = []
    for word in words:
        code = code_of(word, table) if isinstance(word, str) else None
        if code is None:
            known = (*table.countries, *table.groups)
            problems.append(unknown_place(table, word, known, where, "country or group"))
        else:
            codes += table.groups.get(code, (code,)) if code not in table.countries else (code,)
    twice = sorted({code for code in codes if codes.count(code) > 1})
    problems += [f"{where}: {listing(twice)} stands in it twice"] if twice else []
    return tuple(codes), problems
