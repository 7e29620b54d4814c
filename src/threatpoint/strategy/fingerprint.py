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
    plain: Any = thing
    if isinstance(thing, np.ndarray):
        digest.update(f"array {plain.shape} {plain.dtype.str}".encode())
        digest.update(np.ascontiguousarray(plain).tobytes())
    elif is_dataclass(thing):
        digest.update(str(plain.__class__.__name__).encode())
        for field in fields(plain):
            digest.update(field.name.encode())
            _feed(digest, getattr(plain, field.name))
    elif isinstance(thing, Mapping):
        for key in sorted(plain, key=str):
            _feed(digest, str(key))
            _feed(digest, plain[key])
    elif isinstance(thing, tuple | list):
        digest.update(f"list {len(plain)}".encode())
        for item in plain:
            _feed(digest, item)
    else:
        digest.update(f"{plain.__class__.__name__} {plain!r};".encode())
