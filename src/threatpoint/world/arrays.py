"""The arrays of a table: their axes, and what can be wrong with what Python passes for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from threatpoint.array_types import Array

AXES = {
    "trade": ("importer", "exporter", "sector"),
    "tariff": ("importer", "exporter", "sector"),
    "inputs": ("country", "input", "sector"),
    "value_added": ("country", "sector"),
    "final": ("country", "sector"),
}
"""What each axis of an array runs over: countries, or sectors ("input", "sector")."""


def checked_arrays(
    given: Mapping[str, ArrayLike], countries: Sequence[str], sectors: Sequence[str]
) -> tuple[dict[str, Array], list[str]]:
    """Private, read-only copies of all arrays, and one sentence for each problem with them."""
    arrays: dict[str, Array] = {}
    problems: list[str] = []
    for name, values in given.items():
        array = arrays[name] = _numbers(name, values, problems)
        array.setflags(write=False)
        labels = (sectors if axis in ("input", "sector") else countries for axis in AXES[name])
        problems += _problems(name, array, tuple(labels))
    return arrays, problems


def _numbers(name: str, values: ArrayLike, problems: list[str]) -> Array:
    """A private copy as float64; anything that is no array of numbers becomes a problem."""
    try:
        kind = np.asarray(values).dtype
        if kind.kind not in "biuf":
            raise TypeError(f"it holds {kind.name}")
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        problems.append(f"{name} is not an array of numbers ({error})")
        return np.zeros(0)


def _problems(name: str, array: Array, labels: tuple[Sequence[str], ...]) -> list[str]:
    """Wrong shape, non-finite or negative cells (with their labels), tariffs at home."""
    shape = tuple(map(len, labels))
    if array.shape != shape:
        axes = ", ".join(AXES[name])
        return [f"{name} has shape {array.shape}, expected {shape} (axes {axes})"]
    problems: list[str] = []
    for what, bad in (("not finite", ~np.isfinite(array)), ("negative", array < 0)):
        if bad.any():
            cell = tuple(int(p) for p in np.argwhere(bad)[0])
            place = ", ".join(axis[p] for axis, p in zip(labels, cell, strict=True))
            problems.append(
                f"{name} is {what} in {int(bad.sum())} cell(s), first at "
                f"[{place}] = {array[cell]:g}"
            )
    if name == "tariff" and np.einsum("nnj->nj", array).any():
        problems.append("tariff is not 0 on domestic sales (the diagonal importer = exporter)")
    return problems
