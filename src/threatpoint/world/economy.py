"""The baseline: a balanced, labelled table of the world economy.

`Economy` holds levels (money per year); shares such as `pi`, `gamma` and `alpha` are derived from
them by `threatpoint.equilibrium.calibration`. Indices as in the theory: `n` importer (market),
`i` exporter, `j` and `k` sectors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.errors import WorldError, unknown
from threatpoint.views import Tabled
from threatpoint.world.arrays import AXES, checked_arrays
from threatpoint.world.checks import basis_problems, flow_problems, label_problems
from threatpoint.world.elasticities import Elasticities
from threatpoint.world.flow import BASIS, Flow
from threatpoint.world.given import labels_given, side_tables
from threatpoint.world.labelled import dataset
from threatpoint.world.market import Market
from threatpoint.world.own_groups import groups_given
from threatpoint.world.places import code_of, unknown_place
from threatpoint.world.sector_names import sector_of, unknown_sector
from threatpoint.world.standing import Standing

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import ArrayLike

    from threatpoint.array_types import Array, Codes

LABELS = ("countries", "sectors")


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
class Economy(Tabled, view="threatpoint.world.views:ECONOMY"):
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
        own_groups: names of those that `with_groups` gave: words for several economies that are no
            customs union.
        residuals: country codes that stand for many states (rest of world, rest of EU); they trade
            but never decide.
        unit: the money unit, e.g. "USD million".
        year: the year of the table.
        flows: bilateral flows finer than the sectors, by name.
        elasticities: values by horizon ("long", "short"), by name.
        basis: by array name, codes into `BASIS` of the array's shape; may be empty.
        markets: physical facts about single goods, by name of the flow ("crude").
        metadata: producer, licence, source of each part, fingerprint; free of numbers.
        standing: the tariffs in force on a day, which every action is compared with; None: those
            of the table.

    Example:
        >>> world = tp.Economy.from_arrays(
        ...     ["A", "B"], ["ALL"], trade=[[[8], [2]], [[2], [8]]], inputs=[[[0]], [[0]]],
        ...     value_added=[[10], [10]], final=[[10], [10]],
        ... )
        >>> world.imports.tolist()
        [2.0, 2.0]
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    trade: Array
    tariff: Array
    inputs: Array
    value_added: Array
    final: Array
    services: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    sector_names: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    residuals: tuple[str, ...] = ()
    own_groups: tuple[str, ...] = ()
    unit: str = "money"
    year: int | None = None
    flows: Mapping[str, Flow] = field(default_factory=dict)
    elasticities: Mapping[str, Elasticities] = field(default_factory=dict)
    basis: Mapping[str, Codes] = field(default_factory=dict)
    markets: Mapping[str, Market] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    standing: Standing | None = None

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
        """Build an economy from plain arrays, in the shapes and units given under `Economy`.

        Checks labels, shapes, finiteness and signs, and reports every problem found at once. It
        does not check the accounting identities: see `threatpoint.world.identities`. No tariff
        means no tariffs; `labels` are the other fields of `Economy` (services, names, unit, ...).

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
        frozen, problems = checked_arrays(arrays, countries, sectors)
        allowed = tuple(f.name for f in fields(cls) if f.name not in {*arrays, *LABELS})
        problems += [unknown("field", key, allowed) for key in labels if key not in allowed]
        problems += label_problems(countries, sectors, labels)
        if not problems:
            shapes = {name: array.shape for name, array in frozen.items()}
            problems += flow_problems(labels.get("flows", {}), frozen["trade"], countries, sectors)
            problems += basis_problems(labels.get("basis", {}), shapes, len(BASIS))
            problems += _standing_problems(labels.get("standing"), shapes["tariff"])
        if problems:
            raise WorldError(CANNOT + "\n  - ".join(problems))
        return cls(countries, sectors, **frozen, **_frozen(labels))

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle through plain dictionaries; read-only mappings cannot be pickled."""
        state = {f.name: getattr(self, f.name) for f in fields(self)}
        plain = {k: dict(v) if isinstance(v, MappingProxyType) else v for k, v in state.items()}
        return partial(Economy.from_arrays, **plain), ()

    # -- labels ------------------------------------------------------------------------------

    def country(self, code: str, where: str = "") -> int:
        """Position of a country, by code or name; raises `WorldError` naming the nearest code."""
        if not isinstance(code, str):
            raise WorldError(unknown_place(self, code, self.countries, where))
        found = code if code in self.countries else code_of(code, self)
        if found not in self.countries:
            raise WorldError(unknown_place(self, code, self.countries, where))
        return self.countries.index(found)

    def sector(self, code: str, where: str = "") -> int:
        """Position of a sector, by code or name; raises `WorldError` naming the nearest code."""
        found = sector_of(code, self) if isinstance(code, str) else None
        if found not in self.sectors:
            raise WorldError(unknown_sector(self, code, self.sectors, where))
        return self.sectors.index(found)

    def with_groups(self, groups: Mapping[str, Iterable[str]]) -> Economy:
        """The same world with names for several economies, to use wherever a country can stand.

        Such a group trades as before: its name is a word for its members, in instruments and in
        tables of results ("groups"). Groups may overlap; an instrument whose sides do is refused.

        Args:
            groups: name -> members: codes, names, or groups of the table.

        Raises:
            WorldError: a sentence a problem: a name that means something already, nobody, somebody
                twice, unknown members.

        Example:
            >>> world = tp.load_world().with_groups({"BRICS": ["BRA", "Russia", "IND", "CHN"]})
            >>> world.groups["BRICS"]
            ('BRA', 'RUS', 'IND', 'CHN')
        """
        found = groups_given(self, groups)
        every = MappingProxyType({**self.groups, **found})
        return replace(self, groups=every, own_groups=(*self.own_groups, *found))

    @property
    def goods(self) -> tuple[str, ...]:
        """Sector codes that are not services."""
        return tuple(code for code in self.sectors if code not in self.services)

    @cached_property
    def bare(self) -> Economy:
        """The table alone, without the tariffs of a day."""
        return self if self.standing is None else replace(self, standing=None)

    @property
    def tariff_in_force(self) -> Array:
        """(N n, N i, S j) the tariffs that a policy sets anew or adds to."""
        return self.tariff if self.standing is None else self.standing.tariff

    # -- derived levels ----------------------------------------------------------------------

    @cached_property
    def output(self) -> Array:
        """Gross output Y[i, j] at basic prices: sales to all markets."""
        return _fixed(self.trade.sum(axis=0))

    @cached_property
    def absorption(self) -> Array:
        """Spending X[n, j] at user prices: purchases from all suppliers, tariffs included."""
        return _fixed((self.trade * (1.0 + self.tariff)).sum(axis=1))

    @cached_property
    def tariff_revenue(self) -> Array:
        """Tariff revenue R[n]."""
        return _fixed((self.trade * self.tariff).sum(axis=(1, 2)))

    @cached_property
    def exports(self) -> Array:
        """Exports E[n] at basic prices, domestic sales left out."""
        return _fixed(self.output.sum(axis=1) - np.einsum("nnj->n", self.trade))

    @cached_property
    def imports(self) -> Array:
        """Imports M[n] at basic prices (before tariff), domestic sales left out."""
        return _fixed(self.trade.sum(axis=(1, 2)) - np.einsum("nnj->n", self.trade))

    @property
    def deficit(self) -> Array:
        """Trade deficit D[n] = imports - exports; sums to 0 over the world."""
        return self.imports - self.exports

    @property
    def gdp(self) -> Array:
        """GDP[n] at market prices: value added plus tariff revenue."""
        return self.value_added.sum(axis=1) + self.tariff_revenue

    @property
    def final_expenditure(self) -> Array:
        """Final expenditure I[n] = value added + tariff revenue + deficit."""
        return self.final.sum(axis=1)

    def to_xarray(self) -> xr.Dataset:
        """The table as an `xarray.Dataset` with dims importer, exporter, sector, input, country."""
        unit = dict.fromkeys(AXES, self.unit) | {"tariff": "share"}
        table = {
            name: (axes, getattr(self, name), {"unit": unit[name]}) for name, axes in AXES.items()
        }
        table |= {
            f"{name}_basis": (AXES[name], codes, {"codes": BASIS})
            for name, codes in self.basis.items()
        }
        attrs = {"unit": self.unit, "year": self.year, **self.metadata}
        return dataset(table, self.countries, self.sectors, attrs)


def _standing_problems(standing: Any, shape: tuple[int, ...]) -> list[str]:
    """What is wrong with the tariffs of a day."""
    if standing is None:
        return []
    if not isinstance(standing, Standing):
        return [f"standing is a {type(standing).__name__}, not a Standing: see threatpoint.on_day"]
    found = np.shape(standing.tariff)
    return [] if found == shape else [f"standing tariffs have shape {found}, expected {shape}"]


def _fixed(array: Array) -> Array:
    """The array, read-only: it is kept and shared."""
    array.setflags(write=False)
    return array


def _frozen(labels: dict[str, Any]) -> dict[str, Any]:
    """Side tables as tuples and read-only mappings."""
    lists = {
        name: tuple(labels[name])
        for name in {"services", "residuals", "own_groups"} & labels.keys()
    }
    maps = {name: dict(labels[name]) for name in KINDS.keys() & labels.keys()}
    if "groups" in maps:
        maps["groups"] = {name: tuple(codes) for name, codes in maps["groups"].items()}
    return labels | lists | {name: MappingProxyType(table) for name, table in maps.items()}
