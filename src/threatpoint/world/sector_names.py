"""Sector names: the code behind a word for a sector, and what to say when the table has none.

A sector is meant by its code, its name, a part of its name ("refined petroleum"), or words of it
that no other sector's name has ("vehicles"). What stands behind "other" is no name of its own:
"manufacturing" is not "Other manufacturing". Nor is a flow inside a sector, such as crude,
the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from threatpoint.errors import nearest, shown
from threatpoint.world.places import meant
from threatpoint.world.plain import folded

FILLERS = frozenset(("and", "of", "the", "other", "for", "from"))
"""Words of a name that name nothing."""
OTHER = "other"
EVERYDAY = {
    "steel": "metals", "iron": "metals", "aluminium": "metals", "copper": "metals",
    "cars": "vehicles", "trucks": "vehicles", "autos": "vehicles",
    "chips": "electronics", "semiconductors": "electronics", "computers": "electronics",
    "clothes": "clothing", "medicines": "pharmaceuticals", "machines": "machinery",
}  # fmt: skip
"""What people write -> the word of a name to look for."""


class Sectors(Protocol):
    """What has sectors with names: an economy."""

    @property
    def sectors(self) -> tuple[str, ...]: ...
    @property
    def sector_names(self) -> Mapping[str, str]: ...
    @property
    def flows(self) -> Mapping[str, Any]: ...


class Name(NamedTuple):
    """A name taken apart: its parts as they stand, all its words, and those behind "other"."""

    parts: frozenset[str]
    words: frozenset[str]
    rest: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Name:
        """Of 'Vehicles and other transport equipment'."""
        parts = [folded(part) for part in _parts(text)]
        rest = [part for part in parts if part.split(" ")[0] == OTHER]
        return cls(frozenset(map(_one, parts)), _words(parts), _words(rest))


def sector_of(word: str, table: Sectors, more: Iterable[str] = ()) -> str | None:
    """The code behind a word for a sector, or one of `more`; None when none or several fit.

    Tries, in this order: the exact code, a code in any case, the full name, a part of one name,
    words that one name has.
    """
    word = word.strip()
    found = meant(word, (*more, *table.sectors), table.sector_names.items())
    if found:
        return found
    fits, apart = _fits(word, table)
    return fits[0] if len(fits) == 1 and not apart else None


def names_of(code: str, table: Sectors) -> list[str]:
    """Parts and single words of a sector's name that mean it and nothing else, without its name."""
    name = table.sector_names.get(code, "")
    parts = _parts(name)
    single = [word for part in parts for word in part.split() if word not in FILLERS]
    tried = dict.fromkeys(folded(word) for word in (*parts, *single))
    return [word for word in tried if word != folded(name) and sector_of(word, table) == code]


def unknown_sector(
    table: Sectors, word: object, known: tuple[str, ...], where: str = "", kind: str = "sector"
) -> str:
    """Message for a word that is no sector: those it may mean, else the nearest spelling."""
    fits, apart = _fits(word, table) if isinstance(word, str) else ([], False)
    place = f"{where}: " if where else ""
    if not fits:
        near = _near(word, table, known)
        choices = ", ".join(_named(table, code) for code in known)
        return f"{place}unknown {kind} {shown(word)}{near}; known: {choices}"
    named = [_named(table, code) for code in fits]
    what = "is only a part of" if apart or len(fits) == 1 else "may be"
    return f"{place}{shown(word)} {what} {' or '.join(named)}; write the code"


def _near(word: object, table: Sectors, known: tuple[str, ...]) -> str:
    """' (did you mean X?)': by an everyday word, else by spelling; codes only of like length."""
    text = word.strip() if isinstance(word, str) else ""
    code = sector_of(EVERYDAY.get(folded(text), ""), table)
    if code in known:
        return f" (did you mean {_named(table, code)}?)"
    names = tuple(table.sector_names.values())
    alike = [code for code in known if abs(len(code) - len(text)) <= 1]
    return nearest(word, (*alike, *(part for name in names for part in _parts(name)), *names))


def _fits(word: str, table: Sectors) -> tuple[list[str], bool]:
    """Codes whose names have the word, and whether it is less than such a sector."""
    inside = folded(word) in map(folded, table.flows)
    names = {code: Name.of(table.sector_names.get(code, "")) for code in table.sectors}
    whole = [code for code, name in names.items() if _one(folded(word)) in name.parts]
    if len(whole) == 1:
        return whole, inside
    wanted = _words([folded(word)])
    fits = [code for code, name in names.items() if wanted and wanted <= name.words]
    return fits, inside or any(wanted & names[code].rest for code in fits)


def _named(table: Sectors, code: str) -> str:
    """'METMIN (Metals and mineral products)'."""
    name = table.sector_names.get(code)
    return f"{code} ({name})" if name else code


def _parts(name: str) -> list[str]:
    """'Metals', 'mineral products'."""
    return [part.strip() for part in re.split(r"[,;/]|\band\b", name)]


def _words(parts: Iterable[str]) -> frozenset[str]:
    return frozenset(_one(word) for part in parts for word in part.split() if word not in FILLERS)


def _one(text: str) -> str:
    """Without the s of a plural."""
    return text[:-1] if len(text) > 3 and text.endswith("s") and not text.endswith("ss") else text
