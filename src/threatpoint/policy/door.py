"""Door: the codes behind what somebody typed: countries, sectors, goods."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError, unknown
from threatpoint.policy.scope import OTHERS, SECTOR_WORDS, WORLD, listed

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy


def countries(text: str, economy: Economy, words: str) -> tuple[str, ...]:
    """The countries of one side of an instrument's words."""
    return listed([country_at_door(w, economy, repr(words)) for w in text.split(",")], "countries")


def sectors(text: str | None, economy: Economy, words: str) -> tuple[str, ...]:
    """The sectors of an instrument's words; goods where none are named."""
    if text is None:
        return ("goods",)
    return goods(text, economy, words, "sector", SECTOR_WORDS)


def goods(
    text: str, economy: Economy, words: str, kind: str, more: Iterable[str]
) -> tuple[str, ...]:
    """Codes of sectors or other known words, from codes and full names in any case."""
    known = {word: word for word in (*more, *economy.sectors)}
    found: list[str] = []
    for word in (part.strip() for part in text.split(",")):
        code = known.get(word) or _folded(word, known) or _by_name(word, economy.sector_names)
        if code is None:
            raise PolicyError(unknown(kind, word, tuple(known), repr(words)))
        found.append(code)
    return listed(found, kind)


def country_at_door(word: str, economy: Economy, where: str = "") -> str:
    """The code, group or keyword behind what somebody typed.

    Tries, in this order: the exact word, any case, the table's own names, ISO names and codes.

    Raises:
        PolicyError: nothing fits; or a country that this table only has inside a group.
    """
    word = word.strip()
    known = {known: known for known in (*economy.countries, *economy.groups, WORLD, OTHERS)}
    found = known.get(word) or _folded(word, known) or _by_name(word, economy.names)
    if found:
        return found
    iso = _iso3(word)
    if iso in economy.countries:
        return iso
    if iso:
        groups = ", ".join(economy.residuals)
        inside = f"; it is part of a group of states ({groups})" if groups else ""
        place = f"{where}: " if where else ""
        raise PolicyError(f"{place}{word!r} ({iso}) is not an economy of this table{inside}")
    names = (*known, *economy.names.values())
    raise PolicyError(unknown("country", word, names, where))


def _folded(word: str, known: Mapping[str, str]) -> str | None:
    return next((code for w, code in known.items() if w.casefold() == word.casefold()), None)


def _by_name(word: str, names: Mapping[str, str]) -> str | None:
    return next((c for c, name in names.items() if name.casefold() == word.casefold()), None)


@cache
def _country_table() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """(ISO3, pattern of the ISO2 code, pattern of the names) of every present country.

    Read from country_converter's data file: its own loader needs pandas and fails on pandas 3.
    """
    spec = find_spec("country_converter")
    if spec is None or spec.origin is None:
        return ()
    path = Path(spec.origin).with_name("country_data.tsv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if not row["obsolete"]]
    fold = re.IGNORECASE
    return tuple(
        (row["ISO3"], re.compile(row["ISO2"] or "(?!)", fold), re.compile(row["regex"], fold))
        for row in rows
    )


def _iso3(word: str) -> str:
    """ISO 3166-1 alpha-3 of a country name or code, '' when none or several fit."""
    for iso, iso2, _ in _country_table():
        if word.casefold() == iso.casefold() or (len(word) == 2 and iso2.fullmatch(word)):
            return iso
    fits = [iso for iso, _, name in _country_table() if len(word) > 3 and name.search(word)]
    return fits[0] if len(fits) == 1 else ""
