"""The baseline: a balanced, labelled table of the world economy.

`Economy` holds levels (money per year); shares such as `pi`, `gamma` and `alpha` are derived from
them by `threatpoint.equilibrium.calibration`. Indices as in the theory: `n` importer (market),
`i` exporter, `j` and `k` sectors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import WorldError, require_extra, unknown
from threatpoint.world.checks import basis_problems, flow_problems, label_problems
from threatpoint.world.elasticities import Elasticities
from threatpoint.world.given import labels_given, side_tables
from threatpoint.world.market import Market
from threatpoint.world.places import unknown_place

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import ArrayLike, NDArray

BASIS = ("none", "observed", "scaled", "estimated")
"""How a cell came about: no value (also a ban), taken as published, published and rescaled (moved
to another year, a volume times a price, an average over months), or estimated."""

SHAPES = {
    "trade": "nij",
    "tariff": "nij",
    "inputs": "nkj",
    "value_added": "nj",
    "final": "nj",
}

AXES = ("countries", "sectors")


@dataclass(frozen=True)
class Flow:
    """A bilateral flow known in more detail than the sectors, such as crude oil inside oil and gas.

    Attributes:
        name: what flows, e.g. "crude".
        sector: the sector of the economy that contains it.
        values: money per year, shape (N importer, N exporter); part of `trade[:, :, sector]`.
        known: bool, same shape; False where nobody reports the flow (then the value is 0).
        basis: codes into `BASIS`, same shape.
        source: producer, year and how it was derived, in one sentence.
    """

    name: str
    sector: str
    values: NDArray[np.float64]
    known: NDArray[np.bool_]
    basis: NDArray[np.int8]
    source: str


KINDS: dict[str, type] = {
    "names": str,
    "sector_names": str,
    "groups": tuple,
    "flows": Flow,
    "elasticities": Elasticities,
    "basis": np.ndarray,
    "markets": Market,
    "metadata": object,
}
"""Fields that are mappings, with the class of their values; a tuple is any list of codes."""
CANNOT = "the table cannot be used:\n  - "


@dataclass(frozen=True, eq=False)
class Economy:
    """A world economy at baseline, frozen and labelled.

    Build it with `Economy.from_arrays`. All money arrays share one unit; arrays are read-only.

    Attributes:
        countries: N codes (ISO 3166-1 alpha-3, or group codes such as "ROW").
        sectors: S codes.
        trade: (N n, N i, S j) sales of exporter i's good j to market n at basic prices, before
            tariff; the diagonal n = i holds domestic sales.
        tariff: (N n, N i, S j) ad-valorem tariff, as a share (0.25 is 25 %); diagonal 0.
        inputs: (N n, S k, S j) use of good k by sector j of country n, at user prices
            (tariffs included).
        value_added: (N n, S j).
        final: (N n, S j) final use at user prices.
        services: the sector codes that count as services; all others are goods.
        names: full name of each country, by code.
        sector_names: full name of each sector, by code.
        groups: named sets of countries, e.g. {"EU": (...)}.
        residuals: country codes that stand for many states (rest of world, rest of EU); they trade
            but never decide.
        unit: the money unit, e.g. "USD million".
        year: the year of the table.
        flows: bilateral flows finer than the sectors, by name.
        elasticities: values by horizon ("long", "short"), by name.
        basis: by array name, codes into `BASIS` of the array's shape; may be empty.
        markets: physical facts about single goods, by name of the flow ("crude").
        metadata: producer, licence, source of each part, fingerprint; free of numbers.
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    trade: NDArray[np.float64]
    tariff: NDArray[np.float64]
    inputs: NDArray[np.float64]
    value_added: NDArray[np.float64]
    final: NDArray[np.float64]
    services: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    sector_names: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    residuals: tuple[str, ...] = ()
    unit: str = "money"
    year: int | None = None
    flows: Mapping[str, Flow] = field(default_factory=dict)
    elasticities: Mapping[str, Elasticities] = field(default_factory=dict)
    basis: Mapping[str, NDArray[np.int8]] = field(default_factory=dict)
    markets: Mapping[str, Market] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_arrays(
        cls,
        countries: Sequence[str],
        sectors: Sequence[str],
        trade: ArrayLike,
        inputs: ArrayLike,
        value_added: ArrayLike,
        final: ArrayLike,
        tariff: ArrayLike | None = None,
        **labels: Any,
    ) -> Economy:
        """Build an economy from plain arrays, in the shapes given under `Economy`.

        Checks labels, shapes, finiteness and signs, and reports every problem found at once. It
        does not check the accounting identities: see `threatpoint.world.identities`.

        Args:
            countries: N unique codes.
            sectors: S unique codes.
            trade: (N, N, S) sales [importer, exporter, sector] at basic prices.
            inputs: (N, S, S) input use [country, input, using sector] at user prices.
            value_added: (N, S).
            final: (N, S) at user prices.
            tariff: (N, N, S) ad-valorem shares; None means no tariffs.
            **labels: any other field of `Economy` (services, names, unit, year, ...).

        Raises:
            WorldError: with one sentence per problem.
        """
        countries, wrong = labels_given("country", countries)
        sectors, more = labels_given("sector", sectors)
        wrong += more + side_tables(labels, KINDS)
        if wrong:
            raise WorldError(CANNOT + "\n  - ".join(wrong))
        n, s = len(countries), len(sectors)
        arrays = {
            "trade": trade,
            "tariff": np.zeros((n, n, s)) if tariff is None else tariff,
            "inputs": inputs,
            "value_added": value_added,
            "final": final,
        }
        sizes = {"n": n, "i": n, "j": s, "k": s}
        problems: list[str] = []
        frozen: dict[str, NDArray[np.float64]] = {}
        for name, values in arrays.items():
            array = _numbers(name, values, problems)
            shape = tuple(sizes[axis] for axis in SHAPES[name])
            problems += _array_problems(name, array, shape, countries, sectors)
            array.setflags(write=False)
            frozen[name] = array
        allowed = tuple(f.name for f in fields(cls) if f.name not in {*arrays, *AXES})
        problems += [unknown("field", key, allowed) for key in labels if key not in allowed]
        problems += label_problems(countries, sectors, labels)
        if not problems:
            shapes = {name: array.shape for name, array in frozen.items()}
            problems += flow_problems(labels.get("flows", {}), frozen["trade"], countries, sectors)
            problems += basis_problems(labels.get("basis", {}), shapes, len(BASIS))
        if problems:
            raise WorldError(CANNOT + "\n  - ".join(problems))
        for key in KINDS.keys() & labels.keys():
            labels[key] = MappingProxyType(dict(labels[key]))
        if "groups" in labels:
            groups = {name: tuple(codes) for name, codes in labels["groups"].items()}
            labels["groups"] = MappingProxyType(groups)
        for key in {"services", "residuals"} & labels.keys():
            labels[key] = tuple(labels[key])
        return cls(countries, sectors, **frozen, **labels)

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle through plain dictionaries; read-only mappings cannot be pickled."""
        state = {f.name: getattr(self, f.name) for f in fields(self)}
        plain = {k: dict(v) if isinstance(v, MappingProxyType) else v for k, v in state.items()}
        return _restored, (plain,)

    # -- labels ------------------------------------------------------------------------------

    def country(self, code: str, where: str = "") -> int:
        """Position of a country code; raises `WorldError` naming the nearest code."""
        if not isinstance(code, str) or code not in self.countries:
            raise WorldError(unknown_place(self, code, self.countries, where))
        return self.countries.index(code)

    def sector(self, code: str, where: str = "") -> int:
        """Position of a sector code; raises `WorldError` naming the nearest code."""
        if not isinstance(code, str) or code not in self.sectors:
            raise WorldError(unknown("sector", code, self.sectors, where))
        return self.sectors.index(code)

    @property
    def goods(self) -> tuple[str, ...]:
        """Sector codes that are not services."""
        return tuple(code for code in self.sectors if code not in self.services)

    # -- derived levels ----------------------------------------------------------------------

    @cached_property
    def output(self) -> NDArray[np.float64]:
        """Gross output Y[i, j] at basic prices: sales to all markets."""
        return _fixed(self.trade.sum(axis=0))

    @cached_property
    def absorption(self) -> NDArray[np.float64]:
        """Spending X[n, j] at user prices: purchases from all suppliers, tariffs included."""
        return _fixed((self.trade * (1.0 + self.tariff)).sum(axis=1))

    @cached_property
    def tariff_revenue(self) -> NDArray[np.float64]:
        """Tariff revenue R[n]."""
        return _fixed((self.trade * self.tariff).sum(axis=(1, 2)))

    @cached_property
    def exports(self) -> NDArray[np.float64]:
        """Exports E[n] at basic prices, domestic sales left out."""
        return _fixed(self.output.sum(axis=1) - np.einsum("nnj->n", self.trade))

    @cached_property
    def imports(self) -> NDArray[np.float64]:
        """Imports M[n] at basic prices (before tariff), domestic sales left out."""
        return _fixed(self.trade.sum(axis=(1, 2)) - np.einsum("nnj->n", self.trade))

    @property
    def deficit(self) -> NDArray[np.float64]:
        """Trade deficit D[n] = imports - exports; sums to 0 over the world."""
        return self.imports - self.exports

    @property
    def gdp(self) -> NDArray[np.float64]:
        """GDP[n] at market prices: value added plus tariff revenue."""
        return self.value_added.sum(axis=1) + self.tariff_revenue

    @property
    def final_expenditure(self) -> NDArray[np.float64]:
        """Final expenditure I[n] = value added + tariff revenue + deficit."""
        return self.final.sum(axis=1)

    def to_xarray(self) -> xr.Dataset:
        """The table as an `xarray.Dataset` with dims importer, exporter, sector, input, country."""
        require_extra("xarray", "to_xarray", "xarray")
        import xarray as xr

        dims = {
            "trade": ("importer", "exporter", "sector"),
            "tariff": ("importer", "exporter", "sector"),
            "inputs": ("country", "input", "sector"),
            "value_added": ("country", "sector"),
            "final": ("country", "sector"),
        }
        coords = {
            "country": list(self.countries),
            "importer": list(self.countries),
            "exporter": list(self.countries),
            "sector": list(self.sectors),
            "input": list(self.sectors),
        }
        unit = {name: "share" if name == "tariff" else self.unit for name in dims}
        data = {
            name: xr.DataArray(getattr(self, name), dims=axes, attrs={"unit": unit[name]})
            for name, axes in dims.items()
        }
        for name, codes in self.basis.items():
            data[f"{name}_basis"] = xr.DataArray(codes, dims=dims[name], attrs={"codes": BASIS})
        attrs = {"unit": self.unit, "year": self.year, **dict(self.metadata)}
        return xr.Dataset(data, coords=coords, attrs=attrs)


def _numbers(name: str, values: ArrayLike, problems: list[str]) -> NDArray[np.float64]:
    """A private copy as float64; anything that is no array of numbers becomes a problem."""
    try:
        kind = np.asarray(values).dtype
        if kind.kind not in "biuf":
            raise TypeError(f"it holds {kind.name}")
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        problems.append(f"{name} is not an array of numbers ({error})")
        return np.zeros(0)


def _fixed(array: NDArray[np.float64]) -> NDArray[np.float64]:
    """The array, read-only: it is kept and shared."""
    array.setflags(write=False)
    return array


def _restored(state: dict[str, Any]) -> Economy:
    """An economy from its fields, frozen again."""
    return Economy.from_arrays(**state)


def _array_problems(
    name: str,
    array: NDArray[np.float64],
    shape: tuple[int, ...],
    countries: Sequence[str],
    sectors: Sequence[str],
) -> list[str]:
    """Wrong shape, non-finite or negative cells (with their labels), tariffs at home."""
    if array.shape != shape:
        axes = ", ".join(SHAPES[name])
        return [f"{name} has shape {array.shape}, expected {shape} (axes {axes})"]
    problems: list[str] = []
    for what, bad in (("not finite", ~np.isfinite(array)), ("negative", array < 0)):
        if bad.any():
            cell = tuple(int(p) for p in np.argwhere(bad)[0])
            labels = [
                (countries if axis in "ni" else sectors)[p]
                for axis, p in zip(SHAPES[name], cell, strict=True)
            ]
            problems.append(
                f"{name} is {what} in {int(bad.sum())} cell(s), first at "
                f"[{', '.join(map(str, labels))}] = {array[cell]:g}"
            )
    if name == "tariff" and np.einsum("nnj->nj", array).any():
        problems.append("tariff is not 0 on domestic sales (the diagonal importer = exporter)")
    return problems
