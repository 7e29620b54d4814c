"""Door: the codes behind what somebody typed: countries, sectors, goods."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from threatpoint.errors import PolicyError, shown
from threatpoint.policy.scope import OTHERS, SECTOR_WORDS, WORLD, country_words, listed
from threatpoint.world.places import code_of, unknown_place
from threatpoint.world.sector_names import sector_of, unknown_sector

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy


def countries(text: str, economy: Economy, words: str) -> tuple[str, ...]:
    """The countries of one side of an instrument's words, see `places.code_of`."""
    found: list[str] = []
    for word in text.split(","):
        code = code_of(word, economy, (WORLD, OTHERS))
        if code is None:
            known = country_words(economy)
            raise PolicyError(unknown_place(economy, word.strip(), known, shown(words)))
        found.append(code)
    return listed(found, "countries")


def sectors(text: str, economy: Economy, words: str) -> tuple[str, ...]:
    """The sectors of an instrument's words."""
    return _codes(text, economy, words, "sector", SECTOR_WORDS)


def sectors_or_market(text: str, economy: Economy, words: str) -> tuple[str, ...]:
    """The sectors of an instrument's words, or goods with a market such as crude."""
    return _codes(text, economy, words, "sector", (*SECTOR_WORDS, *economy.markets))


def goods(text: str, economy: Economy, words: str) -> tuple[str, ...]:
    """The goods of an instrument's words: sectors, or flows inside them such as crude."""
    return _codes(text, economy, words, "goods", economy.flows)


def _codes(
    text: str, economy: Economy, words: str, kind: str, more: Iterable[str]
) -> tuple[str, ...]:
    """Codes of sectors or other known words, from codes and names in any case."""
    known = (*more, *economy.sectors)
    found: list[str] = []
    for word in (part.strip() for part in text.split(",")):
        code = sector_of(word, economy, more)
        if code is None:
            raise PolicyError(unknown_sector(economy, word, known, shown(words), kind))
        found.append(code)
    return listed(found, kind)
