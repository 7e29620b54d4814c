"""An empty store as a dataset: its labels, what it says of itself, how its chunks are laid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint import words
from threatpoint.analysis.ensemble.asked import BLOCK
from threatpoint.analysis.ensemble.inputs import from_registry
from threatpoint.analysis.ensemble.schema import DONE, NAME, VARIABLES, VERSION, Variable, units

if TYPE_CHECKING:
    import xarray as xr

    from threatpoint.analysis.ensemble.asked import Asked


def template(asked: Asked) -> tuple[xr.Dataset, dict[str, Any]]:
    """The dataset before its first draw, and the encoding it is written with."""
    import xarray as xr

    labels = _labels(asked)
    sizes = {"draw": asked.draws, "block": asked.blocks}
    sizes |= {axis: len(labels[axis][1]) for axis in ("country", "sector", "input", "party")}
    arrays = {v.name: _empty(v, sizes, units(v, asked.economy)) for v in VARIABLES}
    about = {"long_name": "0 until the block is complete, then a check of its numbers"}
    arrays[DONE] = (("block",), np.zeros(asked.blocks, dtype="<i8"), about)
    dataset = xr.Dataset(arrays, coords=labels, attrs=_about(asked))
    return dataset, {str(name): _laid(name, array) for name, array in dataset.variables.items()}


def _empty(variable: Variable, sizes: dict[str, int], unit: str) -> tuple[Any, ...]:
    """An array that takes no memory: only its description is written."""
    import dask.array

    axes = ("draw", *variable.axes)
    shape = tuple(sizes[axis] for axis in axes)
    chunks = (min(BLOCK, shape[0]), *shape[1:])
    values = dask.array.full(shape, variable.empty, dtype=variable.kind, chunks=chunks)
    return axes, values, {"unit": unit, "long_name": variable.meaning}


def _labels(asked: Asked) -> dict[str, Any]:
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
        "elasticities_source": values.source,
        "distributions_from": drawn,
        "sampling": "scrambled Sobol points; draw k depends on the seed and on k alone",
        "block": BLOCK,
    }


def _laid(name: Any, array: Any) -> dict[str, Any]:
    """A chunk of one block along `draw`; labels in one chunk, completeness one block a chunk."""
    import numcodecs

    lengths = {"draw": BLOCK, "block": 1} if name != "draw" else {}
    chunks = [min(lengths.get(axis, n), n) for axis, n in array.sizes.items()]
    return {"chunks": tuple(chunks), "compressors": numcodecs.Zlib(1)}
