"""The catalogue: every entry by its name, and the two lists."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from threatpoint.catalogue.cases import Case, read_cases
from threatpoint.catalogue.listing import Listing
from threatpoint.catalogue.situations import Entry
from threatpoint.errors import ThreatpointError, require_label
from threatpoint.situation import built_in

if TYPE_CHECKING:
    from threatpoint.policy import Policy
    from threatpoint.situation import Situation


class Catalog:
    """What comes with the software to look at, change and solve.

    `situations()` are those of the library, `cases()` published studies that are solved on the
    shipped table. `catalog["NAME"]` is one of them, `load` what it says: a `Situation`, or the
    `Policy` of a case. Both can be solved as they are.

    Raises:
        ThreatpointError: a name that it does not have, with the nearest spelling.

    Example:
        >>> tp.catalog["kiel-2024"].load().describe()
        'USA, CAN, GBR, JPN and EU cut off all trade with CHN and RUS'
        >>> situation = tp.catalog.load("brazil-2025-07-09")
        >>> world = tp.load_world()
        >>> found = tp.solve(world, situation.policy, horizon="short")
        >>> round(float(found.welfare.percent[world.country("BRA")]), 2)
        -0.27
    """

    def situations(self) -> Listing[Entry]:
        """The situations of the library, by name."""
        return self._situations

    def cases(self) -> Listing[Case]:
        """Published studies that are solved on the shipped table, by name."""
        return self._cases

    def load(self, name: str) -> Situation | Policy:
        """What an entry says, ready to be solved; raises as `catalog[name]`."""
        return self[name].load()

    def __getitem__(self, name: str) -> Entry | Case:
        known = self._ipython_key_completions_()
        require_label("entry of the catalogue", name, known, ThreatpointError)
        return self._situations[name] if name in self._situations.names else self._cases[name]

    def __contains__(self, name: object) -> bool:
        return name in self._ipython_key_completions_()

    def __len__(self) -> int:
        return len(self._situations) + len(self._cases)

    def __repr__(self) -> str:
        return (
            f"Catalog: {len(self._situations)} situations, {len(self._cases)} published cases\n"
            'list them by .situations() and .cases(); one is catalog["NAME"], .load() what it says'
        )

    def _ipython_key_completions_(self) -> list[str]:
        return [*self._situations.names, *self._cases.names]

    @cached_property
    def _situations(self) -> Listing[Entry]:
        return Listing("situations of the library", tuple(Entry(name) for name in built_in()))

    @cached_property
    def _cases(self) -> Listing[Case]:
        return Listing("published cases", read_cases())
