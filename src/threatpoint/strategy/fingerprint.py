"""Fingerprint: one short word for everything that decides a world, so that it is solved once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np


def fingerprint(*things: Any) -> str:
    """A hash of values: arrays, dataclasses, mappings, sequences, text and numbers.

    Two equal sets of things have one fingerprint in every process.
    """
    digest = hashlib.sha256()
    for thing in things:
        _feed(digest, thing)
    return digest.hexdigest()[:32]


def _feed(digest: Any, thing: Any) -> None:
    if isinstance(thing, np.ndarray):
        array: Any = np.ascontiguousarray(thing)  # pyright: ignore[reportUnknownArgumentType]
        digest.update(f"array {array.shape} {array.dtype.str}".encode())
        digest.update(array.tobytes())
    elif is_dataclass(thing) and not isinstance(thing, type):
        digest.update(type(thing).__name__.encode())
        for field in fields(thing):
            digest.update(field.name.encode())
            _feed(digest, getattr(thing, field.name))
    elif isinstance(thing, Mapping):
        items: Any = thing
        for key in sorted(items, key=str):
            _feed(digest, str(key))
            _feed(digest, items[key])
    elif isinstance(thing, tuple | list):
        sequence: Any = thing
        digest.update(f"list {len(sequence)}".encode())
        for item in sequence:
            _feed(digest, item)
    else:
        digest.update(f"{type(thing).__name__} {thing!r};".encode())
