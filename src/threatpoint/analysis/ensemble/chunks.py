"""Chunks of a store, one block of draws each, as format 2 of zarr lays them: C order, zlib.

zarr itself takes ten times as long for arrays this small; the tests read with it what is written
here. What holds nothing but what stands where nothing is written has no file, as with zarr.

Source: the specification of zarr's storage, version 2.
"""

from __future__ import annotations

import os
import secrets
import zlib
from pathlib import Path

import numpy as np

LEVEL = 1
"""Of the compression."""
PART = ".partial"
"""Ending of a chunk that is not whole yet, as zarr has it."""


def empty(kind: str) -> float | None:
    """What stands where nothing is written; None: what the type has, 0 or no text."""
    return np.nan if np.dtype(kind).kind == "f" else None


def write_chunk(array: Path, block: int, values: np.ndarray, kind: str) -> None:
    """Write the draws of a block in an array's folder, whole or not at all."""
    kept = np.ascontiguousarray(values.astype(kind))
    place, content = _place(array, block, kept.ndim), kept.tobytes()
    if content == _nothing(kept.shape, kind).tobytes():
        place.unlink(missing_ok=True)
        return
    part = place.with_name(f"{place.name}.{secrets.token_hex(4)}{PART}")
    part.write_bytes(zlib.compress(content, LEVEL))
    os.replace(part, place)


def read_chunk(array: Path, block: int, shape: tuple[int, ...], kind: str) -> np.ndarray:
    """(shape) values of a block.

    Raises:
        Exception: it is damaged.
    """
    place = _place(array, block, len(shape))
    if not place.exists():
        return _nothing(shape, kind)
    return np.frombuffer(zlib.decompress(place.read_bytes()), dtype=kind).reshape(shape)


def _place(array: Path, block: int, axes: int) -> Path:
    """All other axes lie whole in a chunk."""
    return array / ".".join([str(block), *("0",) * (axes - 1)])


def _nothing(shape: tuple[int, ...], kind: str) -> np.ndarray:
    value = empty(kind)
    return np.zeros(shape, kind) if value is None else np.full(shape, value, kind)
