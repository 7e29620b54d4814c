"""An empty store: its arrays with their labels, what it says of itself, how chunks are laid."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint import words
from threatpoint.analysis.ensemble.asked import BLOCK
from threatpoint.analysis.ensemble.inputs import from_registry
from threatpoint.analysis.ensemble.schema import CHECK, DONE, NAME, VARIABLES, VERSION, units

if TYPE_CHECKING:
    from threatpoint.analysis.ensemble.asked import Asked

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


def template(asked: Asked) -> tuple[dict[str, Part], dict[str, Any]]:
    """The arrays of a store before its first draw, and what it says of itself."""
    labels = _labels(asked)
    sizes = {"draw": asked.draws, "block": asked.blocks}
    sizes |= {axis: len(labels[axis][1]) for axis in ("country", "sector", "input", "party")}
    parts = {name: _label(axis, values) for name, (axis, values) in labels.items()}
    beside = _beside(labels)
    for v in VARIABLES:
        about = {"unit": units(v, asked.economy), "long_name": v.meaning}
        parts[v.name] = _part(("draw", *v.axes), sizes, v.kind, about | beside(v.axes))
    about = {"long_name": "0 until the block is complete, then a check of its numbers"}
    parts[DONE] = _part(("block",), sizes, CHECK, about)
    return parts, _about(asked)


def _part(axes: tuple[str, ...], sizes: dict[str, int], kind: str, about: dict[str, str]) -> Part:
    """A chunk is one block along `draw`; completeness has one block a chunk."""
    lengths = {"draw": BLOCK, "block": 1}
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


def _labels(asked: Asked) -> Labels:
    """Coordinates, and what belongs to their labels."""
    economy, inputs = asked.economy, asked.inputs
    names = [words.place(code, economy) for code in asked.parties]
    return {
        "draw": ("draw", np.arange(asked.draws)),
        "country": ("country", _texts(economy.countries)),
        "country_name": ("country", _texts(words.place(c, economy) for c in economy.countries)),
        "sector": ("sector", _texts(economy.sectors)),
        "sector_name": ("sector", _texts(economy.sector_names.get(c, c) for c in economy.sectors)),
        "party": ("party", _texts(asked.parties)),
        "party_name": ("party", _texts(names)),
        "party_role": ("party", _texts(asked.roles[code] for code in asked.parties)),
        "party_members": ("party", _texts(" ".join(m) for m in asked.parties.values())),
        "input": ("input", _texts(item.key for item in inputs)),
        "input_unit": ("input", _texts(item.unit for item in inputs)),
        "input_meaning": ("input", _texts(item.meaning for item in inputs)),
        "input_distribution": ("input", _texts(item.spread for item in inputs)),
        "input_source": ("input", _texts(item.source for item in inputs)),
    }


def _texts(items: Iterable[str]) -> np.ndarray:
    """Texts of a fixed width: any reader of zarr can read them."""
    return np.array(list(items), dtype=np.str_)


def _about(asked: Asked) -> dict[str, Any]:
    """What the store says of itself."""
    economy, values = asked.economy, asked.economy.elasticities[asked.horizon]
    drawn = "the registry of parameters" if from_registry(economy, asked.horizon) else "a prior"
    return {
        "schema": NAME,
        "schema_version": VERSION,
        **asked.identity,
        "horizon_words": words.HORIZONS.get(asked.horizon, ""),
        "unit": economy.unit,
        "year": str(economy.year or ""),
        "baseline_tariffs": str(economy.metadata.get("tariffs", "")),
        "standing_tariffs": economy.standing.words if economy.standing else "",
        "elasticities_source": values.source,
        "distributions_from": drawn,
        "sampling": "scrambled Sobol points; draw k depends on the seed and on k alone",
        "block": BLOCK,
    }
