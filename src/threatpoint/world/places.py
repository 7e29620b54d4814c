"""Places: the code behind a word for a country, and what to say when the table has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from threatpoint.errors import shown, unknown
from threatpoint.words import Named
from threatpoint.world.country_names import Country, country_meant, country_named


def code_of(word: str, table: Named, more: Iterable[str] = ()) -> str | None:
    """The code or group behind a word, or one of `more`; None when nothing fits.

    Tries, in this order: the exact word, any case, the table's own names, ISO names and codes.
    """
    word = word.strip()
    found = meant(word, (*table.countries, *table.groups, *more), table.names)
    if found:
        return found
    country = country_named(word)
    return country.iso3 if country and country.iso3 in table.countries else None


def unknown_place(
    table: Named, word: object, known: tuple[str, ...], where: str = "", kind: str = "country"
) -> str:
    """Message for a word that is none of the known codes.

    Says the code of a country that was named in full, and of a country without a row of its own in
    the table where it is counted; else the nearest spelling.
    """
    place = f"{where}: " if where else ""
    text = word.strip() if isinstance(word, str) else ""
    country = country_meant(text)
    code = code_of(text, table) or (country.iso3 if country else None)
    if code in known:
        return f"{place}{shown(word)}: write its code, {code!r}"
    if country is None:
        return unknown(kind, word, known, where, table.names.values())
    known_as = ", ".join(x for x in (country.name, country.iso3) if x.casefold() != text.casefold())
    return (
        f"{place}{shown(word)} is a country ({known_as}), but this table has no row of its own for "
        f"it{_counted_in(table, country)}"
    )


def _counted_in(table: Named, country: Country) -> str:
    """Which group of states of the table holds a country, as far as its groups tell."""
    unions = [codes for name, codes in table.groups.items() if country.member_of(name)]
    inside = {code for codes in unions or table.groups.values() for code in codes}
    fits = [code for code in table.residuals if (code in inside) == bool(unions)]
    named = [f"{code} ({table.names.get(code, code)})" for code in fits or table.residuals]
    return f"; it is counted in {' or '.join(named)}" if named else ""


def meant(word: str, codes: Iterable[str], names: Mapping[str, str]) -> str | None:
    """The code that a word is, as typed or in any case, or that has it for its full name."""
    known = tuple(codes)
    wanted = word.casefold()
    spelled = (*((code, code) for code in known), *names.items())
    folded = next((code for code, name in spelled if name.casefold() == wanted), None)
    return word if word in known else folded
