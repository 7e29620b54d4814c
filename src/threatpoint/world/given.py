"""Given: the labels and side tables of an economy as Python passes them, whatever their type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from threatpoint.errors import shown


def labels_given(kind: str, given: Any) -> tuple[tuple[str, ...], list[str]]:
    """Labels as a tuple of texts, from any list or array of them; and what is wrong with them."""
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        return (), [f"{kind} labels must be a list of texts, not {shown(given)}"]
    items: list[Any] = given.tolist() if isinstance(given, np.ndarray) else list(given)
    if not items:
        return (), [f"no {kind} given"]
    wrong = [item for item in items if not isinstance(item, str)]
    if wrong:
        return (), [f"{kind} {shown(item)} is not a text label" for item in wrong[:5]]
    labels = tuple(str(item) for item in items)  # NumPy's own texts become Python's
    problems = [f"{kind} {x!r} is blank" for x in dict.fromkeys(labels) if not x.strip()]
    repeated = sorted(label for label, times in Counter(labels).items() if times > 1)
    return labels, problems + [f"{kind} {label!r} appears more than once" for label in repeated]


def side_tables(labels: Mapping[str, Any], kinds: Mapping[str, type]) -> list[str]:
    """Fields of an economy that are of no type they can have.

    Args:
        labels: the fields given, by name.
        kinds: mappings whose values are of one class, such as {"flows": Flow}.
    """
    problems: list[str] = []
    for name, value in labels.items():
        if name in ("services", "residuals"):
            problems += _texts(name, value)
        elif name == "unit" and not isinstance(value, str):
            problems.append(f"unit must be a text, not {shown(value)}")
        elif name == "year" and not (value is None or _whole(value)):
            problems.append(f"year must be a whole number, not {shown(value)}")
        elif name in kinds:
            problems += _mapping(name, value, kinds[name])
    return problems


def _mapping(name: str, value: Any, kind: type) -> list[str]:
    if not isinstance(value, Mapping):
        return [f"{name} must be a mapping, not {shown(value)}"]
    items: Mapping[Any, Any] = value
    problems = [f"{name}: the key {shown(k)} is no text" for k in items if not isinstance(k, str)]
    if kind is tuple:
        return problems + [p for key, item in items.items() for p in _texts(f"{name} {key}", item)]
    wrong = {key: item for key, item in items.items() if not isinstance(item, kind)}
    return problems + [
        f"{name} {key}: must be {kind.__name__}, not {shown(item)}" for key, item in wrong.items()
    ]


def _texts(name: str, value: Any) -> list[str]:
    plain = isinstance(value, Iterable) and not isinstance(value, str | bytes)
    if plain and all(isinstance(item, str) for item in value):
        return []
    return [f"{name} must be a list of texts, not {shown(value)}"]


def _whole(value: Any) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)
