"""Instruments as command-line words, and back.

```
cut-off     SENDER:TARGETS[:imports|:exports][/SECTORS][@ENFORCEMENT]   USA:CHN,IND:imports@80%
tariff      IMPORTERS:EXPORTERS:[=|+]RATE%[/SECTORS]                    USA:IND:+25%/TEX,CHEM
export ban  EXPORTERS:IMPORTERS[/SECTORS][@ENFORCEMENT]                 RUS:EU/OILGAS
```
Lists are separated by commas. A tariff `+25%` is added, `-5%` taken off, `25%` or `=25%` replaces
the present one.
Enforcement is `80%` or `0.8`. Countries are codes, groups, WORLD, others, or full names such as
"South Korea"; sectors are codes, full names, goods, services or all (default: goods).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError, unknown
from threatpoint.policy.instruments import (
    DIRECTIONS,
    CutOff,
    ExportBan,
    Instrument,
    Share,
    Tariff,
)
from threatpoint.policy.scope import OTHERS, SECTOR_WORDS, WORLD, listed

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

CUT_OFF = "SENDER:TARGETS[:imports|:exports][/SECTORS][@ENFORCEMENT], e.g. USA:CHN,IND:imports@80%"
TARIFF = "IMPORTERS:EXPORTERS:[+]RATE%[/SECTORS], e.g. USA:IND:+25%/TEX"
EXPORT_BAN = "EXPORTERS:IMPORTERS[/SECTORS][@ENFORCEMENT], e.g. RUS:EU/OILGAS"

_SHAPE = re.compile(r"(?P<head>[^/@]*)(?:/(?P<sectors>[^/@]*))?(?:@(?P<enforcement>[^/@]*))?")


def parse_cut_off(words: str, economy: Economy) -> CutOff:
    """A cut-off from its words, e.g. "USA:CHN,IND:imports/OILGAS@80%".

    Raises:
        PolicyError: not the form above, or an unknown label, with the nearest spelling.
    """
    head, sectors, enforcement = _split(words, CUT_OFF, (2, 3))
    direction = head[2].strip().casefold() if len(head) == 3 else "both"
    if direction not in DIRECTIONS:
        raise PolicyError(unknown("direction", head[2], DIRECTIONS, f"{words!r}"))
    sides = [_countries(side, economy, words) for side in head[:2]]
    return CutOff(
        sides[0],
        sides[1],
        _sectors(sectors, economy, words),
        direction,
        1.0 if enforcement is None else _enforcement(enforcement, words),
    )


def parse_tariff(words: str, economy: Economy) -> Tariff:
    """A tariff from its words, e.g. "USA:IND:+25%".

    Raises:
        PolicyError: not the form above, a rate without %, or an unknown label.
    """
    head, sectors, enforcement = _split(words, TARIFF, (3,))
    if enforcement is not None:
        raise PolicyError(f"{words!r}: a tariff has no enforcement; drop '@{enforcement}'")
    sides = [_countries(side, economy, words) for side in head[:2]]
    rate = head[2].strip()
    mode = "add" if rate.startswith(("+", "-", "\N{MINUS SIGN}")) else "set"
    share = _percent(rate.removeprefix("+").removeprefix("="), words)
    return Tariff(sides[0], sides[1], _sectors(sectors, economy, words), share, mode)


def parse_export_ban(words: str, economy: Economy) -> ExportBan:
    """An export ban from its words, e.g. "RUS:EU/OILGAS".

    Raises:
        PolicyError: not the form above, or an unknown label.
    """
    head, sectors, enforcement = _split(words, EXPORT_BAN, (2,))
    sides = [_countries(side, economy, words) for side in head]
    level = 1.0 if enforcement is None else _enforcement(enforcement, words)
    return ExportBan(sides[0], sides[1], _sectors(sectors, economy, words), level)


def to_words(instrument: Instrument) -> str:
    """The words that parse back to this instrument."""
    head = ":".join(",".join(side) for side in instrument.sides)
    sectors = listed(instrument.sectors, "sectors")
    tail = "" if sectors == ("goods",) else "/" + ",".join(sectors)
    if isinstance(instrument, Tariff):
        sign = "=" if instrument.mode == "set" else "" if instrument.rate < 0 else "+"
        return f"{head}:{sign}{_percent_text(instrument.rate)}{tail}"
    if isinstance(instrument, CutOff) and instrument.direction != "both":
        head += f":{instrument.direction}"
    complete = instrument.enforcement == 1.0
    return head + tail + ("" if complete else f"@{_percent_text(instrument.enforcement)}")


# -- pieces ----------------------------------------------------------------------------------


def _split(
    words: str, form: str, counts: tuple[int, ...]
) -> tuple[list[str], str | None, str | None]:
    """The parts between colons, the sectors and the enforcement."""
    match = _SHAPE.fullmatch(words.strip())
    head = match["head"].split(":") if match else []
    if match is None or len(head) not in counts or not all(part.strip() for part in head):
        raise PolicyError(f"cannot read {words!r}; write {form}")
    return head, match["sectors"], match["enforcement"]


def _percent_text(share: float) -> str:
    """0.8 is '80%', exactly: the shortest decimal that reads back to the same float."""
    return f"{Decimal(repr(float(share))).scaleb(2).normalize():f}%"


def _percent(text: str, words: str) -> Share:
    text = text.strip()
    number = _decimal(text.removesuffix("%"), words)
    if not text.endswith("%"):
        raise PolicyError(f"{words!r}: {text} is ambiguous; write {text}% or {100 * number:f}%")
    return Share(number.scaleb(-2))


def _enforcement(text: str, words: str) -> float:
    text = text.strip()
    number = _decimal(text.removesuffix("%"), words)
    share = number.scaleb(-2) if text.endswith("%") else number
    if not 0 <= share <= 1:
        hint = "" if text.endswith("%") else f"; write @{text}%"
        raise PolicyError(f"{words!r}: enforcement {text} is outside 0 to 1{hint}")
    return float(share)


def _decimal(text: str, words: str) -> Decimal:
    try:
        number = Decimal(text.strip().replace("\N{MINUS SIGN}", "-"))
    except InvalidOperation:
        raise PolicyError(f"{words!r}: {text!r} is not a number; write e.g. 25%") from None
    if not number.is_finite():
        raise PolicyError(f"{words!r}: {text!r} is not finite")
    return number


def _countries(text: str, economy: Economy, words: str) -> tuple[str, ...]:
    return listed([country_at_door(w, economy, repr(words)) for w in text.split(",")], "countries")


def _sectors(text: str | None, economy: Economy, words: str) -> tuple[str, ...]:
    if text is None:
        return ("goods",)
    known = {word: word for word in (*economy.sectors, *SECTOR_WORDS)}
    found: list[str] = []
    for word in (part.strip() for part in text.split(",")):
        code = known.get(word) or _folded(word, known) or _by_name(word, economy.sector_names)
        if code is None:
            raise PolicyError(unknown("sector", word, tuple(known), repr(words)))
        found.append(code)
    return listed(found, "sectors")


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
