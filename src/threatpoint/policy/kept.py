"""What has been found of a rule, or of a part of it, in an economy: a game asks for it often."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar
from weakref import WeakKeyDictionary

from threatpoint.world.economy import Economy

MOST = 64
"""Findings of one kind kept for one economy."""

T = TypeVar("T")

Kept = WeakKeyDictionary[Economy, dict[Hashable, T]]
"""Findings of one kind, as long as their economy lives."""


def kept(store: Kept[T], economy: Economy, key: Hashable, find: Callable[[], T]) -> T:
    """What is known under a key, which must be all that it depends on; else it is found."""
    known = store.setdefault(economy, {})
    if key in known:
        return known[key]
    found = find()
    if len(known) >= MOST:
        known.clear()
    known[key] = found
    return found
