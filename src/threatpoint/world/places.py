"""Places: the code behind a word for a country, and what to say when the table has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from threatpoint.errors import shown, unknown
from threatpoint.words import Named
from threatpoint.world.country_names import Country, country_meant, country_named
from threatpoint.world.other_names import OTHER_NAMES
from threatpoint.world.plain import folded

Spellings = Iterable[tuple[str, str]]
"""Pairs of code and name."""


def code_of(word: str, table: Named, more: Iterable[str] = ()) -> str | None:
    """The code or group behind a word for a country, or one of `more`; None when nothing fits."""
    known = (*table.countries, *table.groups, *more)
    return code_among(word, known, table.names, table.residuals)


def code_among(
    word: str, codes: Iterable[str], names: Mapping[str, str], own: Iterable[str] = ()
) -> str | None:
    """The one of some codes that a word for a country is; None when nothing fits.

    Tries, in this order: the exact code, a code in any case, the names given, other names
    (`OTHER_NAMES`), ISO names and codes; names in any case, with or without diacritics. A name that
    several codes have is nobody's. `own` are codes that a table made itself, for groups of states:
    as ISO codes they would be countries (REU is Réunion).
    """
    word, known = word.strip(), tuple(codes)
    found = meant(word, known, names.items()) or meant(word, known, _others(known))
    if found:
        return found
    country = country_named(word)
    return country.iso3 if country and country.iso3 in {*known} - {*own} else None


def name_of(code: str, table: Named) -> str:
    """The name of a country, or of a group that has one; else its code."""
    if code in table.names:
        return table.names[code]
    return OTHER_NAMES.get(code, (code,))[0] if code in table.groups else code


def unknown_place(
    table: Named, word: object, known: tuple[str, ...], where: str = "", kind: str = "country"
) -> str:
    """Message for a word that is none of the known codes.

    Says the code of a country that was named in full, asks for one that may be meant, and says of a
    country without a row of its own where it is counted; else the nearest spelling.
    """
    place = f"{where}: " if where else ""
    text = word.strip() if isinstance(word, str) else ""
    country = country_meant(text)
    iso = country.iso3 if country and country.iso3 not in table.residuals else None
    exact = code_of(text, table)
    code = exact or iso
    if code in known and exact:
        return f"{place}{shown(word)}: write its code, {code!r}"
    if code and code in known:
        return (
            f"{place}unknown {kind} {shown(word)} (did you mean {name_of(code, table)!r}, {code}?)"
        )
    if country is None:
        return unknown(kind, word, known, where, table.names.values())
    known_as = ", ".join(x for x in (country.name, country.iso3) if x.casefold() != text.casefold())
    return (
        f"{place}{shown(word)} is a country ({known_as}), but this table has no row of its own for "
        f"it{_counted_in(table, country)}; leave it out"
    )


def _counted_in(table: Named, country: Country) -> str:
    """Which group of states of the table holds a country, as far as its groups tell."""
    unions = [codes for name, codes in table.groups.items() if country.member_of(name)]
    inside = {code for codes in unions or table.groups.values() for code in codes}
    fits = [code for code in table.residuals if (code in inside) == bool(unions)]
    named = [f"{code} ({table.names.get(code, code)})" for code in fits or table.residuals]
    return f"; it is counted in {' or '.join(named)}" if named else ""


def meant(word: str, codes: Iterable[str], names: Spellings) -> str | None:
    """The code that a word is, as typed or in any case, or the only one that has it for a name."""
    known, wanted = tuple(codes), word.casefold()
    if word in known:
        return word
    cased = next((code for code in known if code.casefold() == wanted), None)
    return cased or _only(word, ((code, code) for code in known)) or _only(word, names)


def _only(word: str, names: Spellings) -> str | None:
    """The code that has a word for its name, if it is one."""
    wanted = folded(word)
    found = {code for code, name in names if wanted and folded(name) == wanted}
    return found.pop() if len(found) == 1 else None


def _others(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Code and other name of those that have one."""
    return [(code, name) for code in codes for name in OTHER_NAMES.get(code, ())]
