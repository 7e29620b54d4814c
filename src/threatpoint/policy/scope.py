"""Scope: which countries and sectors the words of an instrument stand for.

| word | stands for |
|---|---|
| a code or a name, e.g. "MEX", "Mexico" | that country or sector |
| a group or its name, e.g. "EU" | its members (`economy.groups`) |
| "WORLD" | every economy of the table |
| "others" | every economy but those on the other side of the instrument |
| "goods", "services", "all" | sectors that are not services, that are, both |
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np

from threatpoint.errors import PolicyError, refuse, shown
from threatpoint.world.own_groups import OTHERS, SECTOR_WORDS, TARGET, WORLD
from threatpoint.world.places import code_of, unknown_place
from threatpoint.world.sector_names import sector_of, unknown_sector

if TYPE_CHECKING:
    from threatpoint.array_types import Mask
    from threatpoint.world.economy import Economy

Selector: TypeAlias = str | Iterable[str]
"""One word or several: codes, group names, or the keywords above.

In a rule's instruments "target" stands for whoever keeps doing what the rule punishes.
"""


def listed(selector: Selector, what: str) -> tuple[str, ...]:
    """The words of a selector, in order and without repeats.

    Raises:
        PolicyError: no word, or something that is not text.
    """
    try:
        given = (selector,) if isinstance(selector, str) else tuple(selector)
    except TypeError:
        given = (selector,)
    given = cast("tuple[object, ...]", given)
    bad = [word for word in given if not isinstance(word, str) or not word.strip()]
    if bad or not given:
        problem = f"{shown(bad[0])} is not a code" if bad else "nothing is given"
        raise PolicyError(f"{what}: {problem}; give one code, 'USA', or several, ('CHN', 'IND')")
    return tuple(dict.fromkeys(str(word).strip() for word in given))


def country_words(economy: Economy) -> tuple[str, ...]:
    """Every word a country selector understands in this economy."""
    return (*economy.countries, *economy.groups, WORLD, OTHERS)


def member_codes(economy: Economy, words: Iterable[str], where: str = "") -> tuple[str, ...]:
    """Country codes behind codes, names and groups, in order; no keywords.

    Raises:
        PolicyError: one line per word that is neither a country nor a group of this economy.
    """
    found = {word: _codes(economy, word) for word in words}
    known = (*economy.countries, *economy.groups)
    refuse(
        unknown_place(economy, word, known, where, "country or group")
        for word, codes in found.items()
        if codes is None
    )
    return tuple(dict.fromkeys(code for codes in found.values() for code in codes or ()))


def _codes(economy: Economy, word: str) -> tuple[str, ...] | None:
    """The country, or the members of the group, that a word is; None for any other word."""
    code = code_of(word, economy) or word
    return (code,) if code in economy.countries else economy.groups.get(code)


def country_mask(economy: Economy, words: Iterable[str], other: Mask | None, where: str) -> Mask:
    """Countries that a selector stands for, bool (N,).

    Args:
        economy: gives codes and groups.
        words: the words of the selector.
        other: the other side of the instrument, for "others"; None when that side says "others".
        where: the instrument and the side, for the message.

    Raises:
        PolicyError: unknown words, each with the nearest spelling; "others" on both sides.
    """
    mask = np.zeros(len(economy.countries), dtype=np.bool_)
    problems: list[str] = []
    for word in words:
        if (codes := _codes(economy, word)) is not None:
            mask |= np.isin(economy.countries, codes)
        elif (code := code_of(word, economy, (WORLD, OTHERS))) == WORLD:
            mask[:] = True
        elif code == OTHERS:
            if other is None:
                problems.append(f"{where}: 'others' stands on both sides; name one of them")
            else:
                mask |= ~other
        elif word == TARGET:
            problems.append(f"{where}: 'target' has a meaning only inside a rule; name a country")
        else:
            known = country_words(economy)
            problems.append(unknown_place(economy, word, known, where, "country or group"))
    refuse(problems)
    return mask


def side_masks(
    economy: Economy, sides: tuple[tuple[str, ...], ...], where: str
) -> tuple[Mask, ...]:
    """The sides of an instrument, bool (N,) each; reports the problems of both at once."""
    open_ended = [any(word.casefold() == OTHERS for word in side) for side in sides]
    if len(sides) == 1 and open_ended[0]:
        raise PolicyError(f"{where}: 'others' has no meaning, there is no other side; name them")
    found: dict[int, Mask] = {}
    problems: list[str] = []
    for here in sorted(range(len(sides)), key=lambda side: open_ended[side]):
        try:
            found[here] = country_mask(economy, sides[here], found.get(1 - here), where)
        except PolicyError as error:
            problems.append(str(error))
            if not open_ended[here]:  # keep going, so that the other side is read too
                found[here] = np.zeros(len(economy.countries), dtype=np.bool_)
    problems += _on_both_sides(economy, sides, found, where)
    refuse(problems)
    return tuple(found[here] for here in sorted(found))


def _on_both_sides(
    economy: Economy, sides: tuple[tuple[str, ...], ...], found: dict[int, Mask], where: str
) -> list[str]:
    """Who is on both sides through a group of the user's own: it may not be meant.

    One group on both sides is trade among its members.
    """
    own = {code_of(word, economy) for side in sides for word in side} & {*economy.own_groups}
    if not own or len(found) < 2:
        return []
    first, second = found[0], found[1]
    if np.all(first == second) or np.all(first) or np.all(second):
        return []
    both = ", ".join(np.array(economy.countries)[first & second])
    return [f"{where}: {both} on both sides; name groups apart, or one on both"] if both else []


def sector_mask(economy: Economy, words: Iterable[str], where: str) -> Mask:
    """Sectors that a selector stands for, bool (S,).

    Raises:
        PolicyError: unknown words, each with the nearest spelling; "services" where there are none.
    """
    services = np.isin(economy.sectors, economy.services)
    keywords = {"goods": ~services, "services": services, "all": np.ones_like(services)}
    mask = np.zeros(len(economy.sectors), dtype=np.bool_)
    problems: list[str] = []
    for word in words:
        code = sector_of(word, economy, SECTOR_WORDS)
        if code in economy.sectors:
            mask[economy.sectors.index(code)] = True
        elif code in keywords:
            chosen = keywords[code]
            mask |= chosen
            if not chosen.any():
                problems.append(f"{where}: this table has no {word}")
        else:
            known = (*economy.sectors, *SECTOR_WORDS)
            problems.append(unknown_sector(economy, word, known, where))
    refuse(problems)
    return mask
