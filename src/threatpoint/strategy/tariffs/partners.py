"""Partners: whose goods share a rate where rates differ by partner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy.scope import OTHERS, WORLD, country_mask
from threatpoint.world.places import code_of

if TYPE_CHECKING:
    from threatpoint.array_types import Mask
    from threatpoint.world.economy import Economy


def partners_of(
    economy: Economy, importers: Sequence[str], named: Sequence[str]
) -> dict[str, Mask]:
    """Word -> its countries; of "WORLD" or "others" each economy but the importers.

    Raises:
        PolicyError: unknown words; one of them is an importer.
    """
    own = np.isin(economy.countries, importers)
    found: dict[str, Mask] = {}
    for word in named:
        mask = country_mask(economy, (word,), own, "tariffs, exporters")
        if word.casefold() in (WORLD.casefold(), OTHERS):
            found |= _everybody(economy, mask & ~own)
        elif (mask & own).any():
            both = ", ".join(np.array(economy.countries)[mask & own])
            text = f"tariffs: {both} is on both sides"
            raise PolicyError(f"{text}; name others, or 'WORLD' for all but the importer")
        else:
            found[code_of(word, economy) or word] = mask
    _require_apart(economy, found)
    return found


def _everybody(economy: Economy, wanted: Mask) -> dict[str, Mask]:
    """Groups that are wanted whole, the first of those that overlap, and all other economies."""
    whole: dict[str, Mask] = {}
    rest = wanted.copy()
    for word, codes in economy.groups.items():
        if word in economy.own_groups:  # each of its members sets and bears its own
            continue
        mask = np.isin(economy.countries, codes)
        if not (mask & ~rest).any():
            whole[word], rest = mask, rest & ~mask
    left = map(int, np.flatnonzero(rest))
    return {economy.countries[n]: only(rest, n) for n in left} | whole


def _require_apart(economy: Economy, partners: dict[str, Mask]) -> None:
    """No economy in two partners: its flows would have two rates."""
    twice = np.sum([*partners.values()], axis=0) > 1
    if twice.any():
        both = ", ".join(np.array(economy.countries)[twice])
        raise PolicyError(f"tariffs, exporters: {both} is named twice, alone and in a group")


def only(mask: Mask, k: int) -> Mask:
    """One place of a mask."""
    return mask & (np.arange(len(mask)) == k)
