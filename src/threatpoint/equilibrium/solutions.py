"""Many solutions under their labels, each with its status."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.equilibrium.solution import Solution
from threatpoint.errors import WorldError, unknown
from threatpoint.views import Tabled
from threatpoint.world.labelled import dataset

if TYPE_CHECKING:
    import xarray as xr

TABLES = ("real_income", "real_income_money", "tariff_revenue", "price_index", "output")
"""Results that are put side by side, as a solution names them."""


@dataclass(frozen=True, eq=False)
class Solutions(
    Mapping[Hashable, Solution], Tabled, view="threatpoint.equilibrium.many_views:SOLUTIONS"
):
    """Label -> solution, in the order asked; one without an equilibrium is a member like others.

    Its numbers are NaN and `status.message` says why.

    Example, after that of `solve_many`:
        >>> many[0.5].status.converged, dict(many.failures)
        (True, {})
    """

    members: Mapping[Hashable, Solution]

    def __getitem__(self, label: Hashable) -> Solution:
        """The solution of a member.

        Raises:
            WorldError: no such label, with the nearest spelling.
        """
        try:
            return self.members[label]
        except (KeyError, TypeError):
            known = [str(each) for each in self.members]
            raise WorldError(unknown("member", label, known)) from None

    def __contains__(self, label: object) -> bool:
        return label in self.members

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.members)

    def __len__(self) -> int:
        return len(self.members)

    def _ipython_key_completions_(self) -> list[Hashable]:
        return list(self.members)

    @property
    def failures(self) -> Mapping[Hashable, str]:
        """Label -> why there is no equilibrium, of those that have none."""
        return {
            label: found.status.message
            for label, found in self.members.items()
            if not found.status.converged
        }

    def to_xarray(self) -> xr.Dataset:
        """The main results and statuses along `member`, as an `xarray.Dataset`."""
        found = list(self.members.values())
        base = found[0].calibration
        each = [solution.to_xarray() for solution in found]
        table = {
            name: (
                ("member", *map(str, each[0][name].dims)),
                np.stack([one[name].values for one in each]),
                each[0][name].attrs,
            )
            for name in TABLES
        }
        status = {
            "converged": [x.status.converged for x in found],
            "code": [x.status.code for x in found],
            "message": [x.status.message for x in found],
            "evaluations": [x.status.evaluations for x in found],
            "residual": [x.status.residual for x in found],
        }
        table |= {name: (("member",), np.array(values), {}) for name, values in status.items()}
        attrs = {name: each[0].attrs[name] for name in ("deficits",)}
        labelled = dataset(table, base.countries, base.sectors, attrs)
        labelled["member"] = [str(label) for label in self.members]
        return labelled
