"""Plain: a value of any kind in a few words, and what lines are made of fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

LONGEST = 84
"""Letters of a value in a line."""
MOST = 3
"""Members of a collection that are named."""
NAMED = ("title", "name", "key", "code")
"""Fields by which an object without a view is called; without any it may describe itself."""


def cut(text: str, most: int = LONGEST) -> str:
    """One line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def short(value: object) -> str:
    """A value in a few words; nothing large is ever written out."""
    if value is None or isinstance(value, bool | int):
        return str(value)
    if isinstance(value, float | np.floating):
        return f"{float(value):.6g}"
    if isinstance(value, str):
        return cut(value)
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, Mapping):
        return cut(_several(len(value), [short(key) for key in _first(value)]))
    if isinstance(value, tuple | list | set | frozenset):
        return cut(_several(len(value), [short(item) for item in _first(value)]))
    return cut(_object(value))


def _array(value: np.ndarray[Any, Any]) -> str:
    if value.ndim == 0:
        return short(value.item())
    if value.size <= MOST and value.dtype.kind in "fiub":
        return ", ".join(short(item) for item in value.ravel().tolist())
    size = " x ".join(map(str, value.shape))
    if value.dtype.kind not in "fiu" or not np.isfinite(value).any():
        return f"{size} values"
    low, high = np.nanmin(value[np.isfinite(value)]), np.nanmax(value[np.isfinite(value)])
    return f"{size} numbers, {low:.4g} to {high:.4g}"


def _first(values: Any) -> list[object]:
    """The first members, of a set in order."""
    ordered = sorted(values, key=str) if isinstance(values, set | frozenset) else values
    return [item for item, _ in zip(ordered, range(MOST), strict=False)]


def _several(count: int, names: list[str]) -> str:
    """'32: ARG, AUS, AUT, …'; all of a few."""
    if count <= len(names):
        return ", ".join(names) or "none"
    return f"{count}: {', '.join(cut(name, LONGEST // MOST) for name in names)}, …"


def _object(value: object) -> str:
    """What an object is called, with its class; a plain value as Python writes it."""
    if not type(value).__module__.startswith("threatpoint"):
        return str(value)
    own = getattr(value, "__dict__", {})
    said = next((own[word] for word in NAMED if isinstance(own.get(word), str)), "")
    if not said and hasattr(value, "describe"):
        said = value.describe()  # type: ignore[attr-defined]
    return f"{type(value).__name__} ({said})" if said else type(value).__name__


def of_fields(value: object) -> dict[str, str]:
    """Field -> its value in a few words, of a dataclass or any object with attributes.

    What is empty or private is left out.
    """
    return {name: short(found) for name, found in _fields(value) if not _empty(found)}


def _fields(value: object) -> Iterator[tuple[str, object]]:
    names = [f.name for f in fields(value)] if is_dataclass(value) else list(vars(value))
    yield from ((name, getattr(value, name)) for name in names if not name.startswith("_"))


def _empty(value: object) -> bool:
    return value is None or (hasattr(value, "__len__") and len(value) == 0)  # type: ignore[arg-type]
