"""Aim: whom an instrument of a rule hits, and who carries it out.

An instrument says "target" on one side, and then hits whoever is punished; or it names somebody. A
target that is named so is hit when it is punished; anybody else is hit whenever the threat is
carried out on somebody. Words that mean nothing in an economy raise a `PolicyError` everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy.scope import TARGET, country_mask, side_masks

if TYPE_CHECKING:
    from threatpoint.policy.instruments import Instrument
    from threatpoint.world.economy import Economy


def says_target(item: Instrument) -> bool:
    """Whether "target" stands on one of its sides."""
    return any(TARGET in side for side in item.sides)


def side_codes(item: Instrument, economy: Economy) -> dict[str, tuple[str, ...]]:
    """Name of each side without "target" -> the codes it stands for."""
    if says_target(item):
        nobody = np.zeros(len(economy.countries), dtype=np.bool_)
        masks = [
            country_mask(economy, [w for w in side if w != TARGET], nobody, item.describe())
            for side in item.sides
        ]
    else:
        masks = list(side_masks(economy, item.sides, item.describe()))
    return {
        name: tuple(c for c, yes in zip(economy.countries, mask, strict=True) if yes)
        for name, words, mask in zip(item.side_names, item.sides, masks, strict=True)
        if TARGET not in words
    }


def carriers(items: Iterable[Instrument], economy: Economy) -> tuple[str, ...]:
    """Codes of those who carry out some instruments, in order; "target" is nobody.

    A price cap, a cost of trading and a sanctions list are carried out by no side of the flow.
    """
    found = [side_codes(item, economy).get(item.actor, ()) for item in items if item.actor]
    return tuple(dict.fromkeys(code for codes in found for code in codes))


def biting(items: Iterable[Instrument | None], economy: Economy) -> tuple[Instrument, ...]:
    """Those that hit at least one flow."""
    return tuple(item for item in items if item is not None and item.bites(economy))


def hit_by_name(item: Instrument, economy: Economy, senders: Collection[str]) -> tuple[str, ...]:
    """Codes that a punishment hits by name; nobody where it says "target", or hits nobody."""
    if says_target(item) or _hits_nobody(item):
        return ()
    return side_codes(item, economy)[_other_side(item, economy, senders)]


def aimed(
    item: Instrument,
    economy: Economy,
    hit: Collection[str],
    members: Collection[str],
    senders: Collection[str],
) -> Instrument | None:
    """A punishment against those who are punished; None when it leaves them alone.

    Args:
        item: an instrument of `then`.
        economy: gives the codes behind its words.
        hit: codes of the targets that are punished.
        members: codes of all targets, punished or not.
        senders: codes of the senders.

    Raises:
        PolicyError: unknown words, or an instrument that does not say which side it hits.
    """
    if not hit:
        return None
    if says_target(item):
        return item.aimed(tuple(hit))
    if _hits_nobody(item):
        return item
    side = _other_side(item, economy, senders)
    codes = side_codes(item, economy)[side]
    return _narrowed(item, side, codes, {c for c in codes if c in hit or c not in members})


def answered(
    item: Instrument, economy: Economy, who: Collection[str], senders: Collection[str]
) -> Instrument | None:
    """A retaliation of those who hit back; None when it is nobody's of them."""
    if not who:
        return None
    if says_target(item):
        return item.aimed(tuple(who))
    side = item.actor or _other_side(item, economy, senders)
    codes = side_codes(item, economy)[side]
    return _narrowed(item, side, codes, who)


def spares(item: Instrument, economy: Economy, spared: Collection[str]) -> Instrument | None:
    """The instrument without some economies that it names; None when nobody is left."""
    if says_target(item):
        return item
    left: Instrument | None = item
    for side, codes in side_codes(item, economy).items():
        left = left and _narrowed(left, side, codes, {*codes} - {*spared})
    return left


def sent_by(
    item: Instrument, economy: Economy, old: Collection[str], new: tuple[str, ...]
) -> Instrument:
    """The instrument with the side that acts replaced; `old` are the senders' codes now.

    Who cuts its own output is replaced only where it is a sender.
    """
    for side, codes in side_codes(item, economy).items():
        if (side == item.actor and not _hits_nobody(item)) or set(codes) & set(old):
            return _with_side(item, side, new)
    return item


def _narrowed(
    item: Instrument, side: str, codes: tuple[str, ...], keep: Collection[str]
) -> Instrument | None:
    """The instrument with one side cut down; its own words stay where nothing changes."""
    kept = tuple(code for code in codes if code in keep)
    if not kept:
        return None
    return item if kept == codes else _with_side(item, side, kept)


def _with_side(item: Instrument, side: str, codes: tuple[str, ...]) -> Instrument:
    return replace(item, **cast("dict[str, Any]", {side: codes}))


def _hits_nobody(item: Instrument) -> bool:
    """Whether those who carry it out are its only side, as where output is cut."""
    return item.side_names == (item.actor,)


def _other_side(item: Instrument, economy: Economy, senders: Collection[str]) -> str:
    """The side that is hit: the only one, or the one across from who acts, or from the sender."""
    if len(item.side_names) == 1:
        return item.side_names[0]
    if item.actor:
        return next(name for name in item.side_names if name != item.actor)
    codes = side_codes(item, economy)
    free = [name for name in item.side_names if not set(codes[name]) & set(senders)]
    if len(free) != 1:
        raise PolicyError(
            f"[{item.describe()}] does not say whom it hits: write 'target' on one side, or the "
            "sender on the other"
        )
    return free[0]
