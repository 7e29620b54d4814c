"""Country names: the present countries by ISO code or name, as far as `country_converter` is here.

Its data file is read as it is: its own loader needs pandas and fails on pandas 3. Without the extra
"names" no country is known beside those of the table.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from threatpoint.world.plain import folded

LONGEST_NAME = 60
"""Characters; no country has a longer name, and no pattern is tried on more."""


@dataclass(frozen=True, eq=False)
class Country:
    """A present country.

    Attributes:
        iso3, name: ISO 3166-1 alpha-3 code, and the short name in English.
        columns: every column of the data file, among them the groups it is a member of.
    """

    iso3: str
    name: str
    columns: Mapping[str, str]

    def member_of(self, group: str) -> bool:
        """Whether the data file has a group of this name with the country in it."""
        return bool(self.columns.get(group))


def country_named(word: str) -> Country | None:
    """The country whose code, short or official name this is, if there is one.

    In any case, with or without diacritics.
    """
    wanted = folded(word)
    for country, iso2, _ in _table() if len(word) <= LONGEST_NAME else ():
        names = (country.iso3, country.name, country.columns["name_official"])
        if wanted in map(folded, names) or (len(word) == 2 and iso2.fullmatch(word)):
            return country
    return None


def country_meant(word: str) -> Country | None:
    """The country a word may mean, to ask back, never to guess; None when none or several fit."""
    if not 3 < len(word) <= LONGEST_NAME:
        return country_named(word)
    fits = [country for country, _, name in _table() if name.search(word)]
    return country_named(word) or (fits[0] if len(fits) == 1 else None)


@cache
def _table() -> tuple[tuple[Country, re.Pattern[str], re.Pattern[str]], ...]:
    """Every present country with the pattern of its ISO2 code and of its names."""
    spec = find_spec("country_converter")
    if spec is None or spec.origin is None:
        return ()
    path = Path(spec.origin).with_name("country_data.tsv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if not row["obsolete"]]
    fold = re.IGNORECASE
    return tuple(
        (
            Country(row["ISO3"], row["name_short"], row),
            re.compile(row["ISO2"] or "(?!)", fold),
            re.compile(row["regex"], fold),
        )
        for row in rows
    )
