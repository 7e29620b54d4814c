"""Arrays with their labels, as `xarray` holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import require_extra

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

COUNTRIES, SECTORS = ("country", "importer", "exporter"), ("sector", "input")
"""Names of the axes that run over countries, and over sectors."""

Labelled = tuple[tuple[str, ...], "NDArray[np.generic]", Mapping[str, Any]]
"""(axes, values, attributes) of an array."""


def dataset(
    table: Mapping[str, Labelled],
    countries: Sequence[str],
    sectors: Sequence[str],
    attrs: Mapping[str, Any],
) -> xr.Dataset:
    """Arrays by name as an `xarray.Dataset`; labels of an axis that no array has are left out.

    Raises:
        MissingExtraError: `xarray` is not installed.
    """
    require_extra("xarray", "to_xarray", "xarray")
    import xarray as xr

    labels = dict.fromkeys(COUNTRIES, countries) | dict.fromkeys(SECTORS, sectors)
    used = {axis for axes, _, _ in table.values() for axis in axes}
    data = {
        name: xr.DataArray(values, dims=axes, attrs=about)
        for name, (axes, values, about) in table.items()
    }
    coords = {axis: list(names) for axis, names in labels.items() if axis in used}
    return xr.Dataset(data, coords=coords, attrs=attrs)
