"""An empty store: its arrays with their labels, what it says of itself, how chunks are laid."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint import words
from threatpoint.analysis.ensemble.inputs import from_registry
from threatpoint.analysis.ensemble.schema import CHECK, DONE, units

if TYPE_CHECKING:
    from threatpoint.analysis.ensemble.sampled import Sampled

    Labels = dict[str, tuple[str, np.ndarray]]


@dataclass(frozen=True, eq=False)
class Part:
    """One array of an empty store.

    Attributes:
        axes: name and length of each.
        kind: NumPy type.
        chunks: lengths of a chunk.
        about: what it says of itself.
        values: of labels; None where draws are to come.
    """

    axes: dict[str, int]
    kind: str
    chunks: tuple[int, ...]
    about: dict[str, str]
    values: np.ndarray | None = None


def template(asked: Sampled) -> tuple[dict[str, Part], dict[str, Any]]:
    """The arrays of a store before its first draw, and what it says of itself."""
    labels = {name: (axis, _texts(items)) for name, (axis, items) in asked.labels.items()}
    labels["draw"] = ("draw", np.arange(asked.draws))
    sizes = {"draw": asked.draws, "block": asked.blocks}
    sizes |= {axis: len(labels[axis][1]) for axis, _ in labels.values()}
    parts = {name: _label(axis, values) for name, (axis, values) in labels.items()}
    beside = _beside(labels)
    for v in asked.schema.variables:
        about = {"unit": units(v, asked.economy), "long_name": v.meaning}
        parts[v.name] = _part(("draw", *v.axes), sizes, asked.block, v.kind, about | beside(v.axes))
    about = {"long_name": "0 until the block is complete, then a check of its numbers"}
    parts[DONE] = _part(("block",), sizes, asked.block, CHECK, about)
    return parts, _about(asked)


def _part(
    axes: tuple[str, ...], sizes: dict[str, int], block: int, kind: str, about: dict[str, str]
) -> Part:
    """A chunk is one block along `draw`; completeness has one block a chunk."""
    lengths = {"draw": block, "block": 1}
    chunks = tuple(min(lengths.get(axis, sizes[axis]), sizes[axis]) for axis in axes)
    return Part({axis: sizes[axis] for axis in axes}, kind, chunks, about)


def _label(axis: str, values: np.ndarray) -> Part:
    """Labels, in one chunk."""
    return Part({axis: len(values)}, values.dtype.str, values.shape, {}, values)


def _beside(labels: Labels) -> Callable[[tuple[str, ...]], dict[str, str]]:
    """What readers find the names of the labels by, as xarray has it: arrays along the axes."""

    def found(axes: tuple[str, ...]) -> dict[str, str]:
        names = sorted(name for name, (axis, _) in labels.items() if axis in axes and name != axis)
        return {"coordinates": " ".join(names)} if names else {}

    return found


def _texts(items: Iterable[str]) -> np.ndarray:
    """Texts of a fixed width: any reader of zarr can read them."""
    return np.array(list(items), dtype=np.str_)


def _about(asked: Sampled) -> dict[str, Any]:
    """What the store says of itself."""
    economy, values = asked.economy, asked.economy.elasticities[asked.horizon]
    drawn = "the registry of parameters" if from_registry(economy, asked.horizon) else "a prior"
    return {
        "schema": asked.schema.name,
        "schema_version": asked.schema.version,
        **asked.identity,
        "horizon_words": words.HORIZONS.get(asked.horizon, ""),
        "unit": economy.unit,
        "year": str(economy.year or ""),
        "baseline_tariffs": str(economy.metadata.get("tariffs", "")),
        "standing_tariffs": economy.standing.words if economy.standing else "",
        "elasticities_source": values.source,
        "distributions_from": drawn,
        "sampling": asked.sampling,
        "block": asked.block,
    }
