"""Instrument: what all instruments share.

An instrument is a frozen value. It names countries and sectors in words (see `policy.scope`) and
becomes cells of the trade array [importer n, exporter i, sector j] only when it meets an economy.
Domestic flows are never touched.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy.scope import OTHERS, TARGET, listed, sector_mask, side_masks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from threatpoint.policy.scope import Mask
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class Instrument(ABC):
    """Base of all instruments; two sides, goods, and the cells they stand for."""

    side_names: ClassVar[tuple[str, str]]
    """Names of the fields of the two sides, in the order of the words."""
    goods_name: ClassVar[str] = "sectors"
    """Name of the field that says which goods."""
    importer_first: ClassVar[bool]
    """Whether the first side is the importer."""
    actor: ClassVar[str] = ""
    """Name of the side that carries it out; "" where neither does."""

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words for the two sides."""
        first, second = (listed(getattr(self, name), name) for name in self.side_names)
        return first, second

    @property
    def goods_words(self) -> tuple[str, ...]:
        """The words for the goods."""
        return listed(getattr(self, self.goods_name), self.goods_name)

    @abstractmethod
    def describe(self) -> str:
        """The instrument in words, as used in messages."""

    def cells(self, economy: Economy) -> Mask:
        """Cells it applies to, bool (N n, N i, S j); raises `PolicyError` when it hits nothing."""
        where = self.describe()
        problems: list[str] = []
        first = second = np.zeros(0, dtype=np.bool_)
        sectors = np.zeros(0, dtype=np.bool_)
        try:
            first, second = side_masks(economy, self.sides, where)
        except PolicyError as error:
            problems.append(str(error))
        try:
            sectors = self.sector_mask(economy, where)
        except PolicyError as error:
            problems.append(str(error))
        if problems:
            raise PolicyError("\n".join(problems))
        abroad = self.pairs(first[:, None], second[None, :]) & ~np.eye(len(first), dtype=bool)
        if not abroad.any():
            raise PolicyError(
                f"{where}: hits nothing, only domestic flows, which are never touched"
                + self._nobody_else(first, second)
            )
        return self.live(economy, abroad[:, :, None] & sectors)

    def pairs(self, first: Mask, second: Mask) -> Mask:
        """(N n, N i) from a column (N, 1) of the first side and a row (1, N) of the second."""
        both = first & second
        return both if self.importer_first else both.T

    def sector_mask(self, economy: Economy, where: str = "") -> Mask:
        """Sectors that hold the goods, bool (S,); raises `PolicyError` for unknown words."""
        return sector_mask(economy, self.goods_words, where)

    def live(self, economy: Economy, cells: Mask) -> Mask:
        """The cells, if at least one has a flow; raises `PolicyError` otherwise."""
        if not (economy.trade[cells] > 0).any():
            raise PolicyError(
                f"{self.describe()}: hits nothing, every flow it names is 0 in the baseline table; "
                "check direction and sectors"
            )
        return cells

    def bites(self, economy: Economy) -> bool:
        """Whether it hits at least one positive flow."""
        try:
            self.cells(economy)
        except PolicyError:
            return False
        return True

    def aimed(self, hit: tuple[str, ...]) -> Self:
        """The instrument with these countries in place of "target"."""
        sides = {
            name: tuple(code for word in side for code in (hit if word == TARGET else (word,)))
            for name, side in zip(self.side_names, self.sides, strict=True)
        }
        return replace(self, **cast("dict[str, Any]", sides))

    def wedges(self, economy: Economy) -> Wedges:
        """The wedges of this instrument alone; raises `PolicyError` as `Policy.wedges`."""
        from threatpoint.policy.policy import Policy  # policy is built on instruments

        return Policy(self).wedges(economy)

    def _nobody_else(self, first: Mask, second: Mask) -> str:
        """What to write instead of "others" when the other side is already everybody."""
        for here, mask in zip(self.sides, (first, second), strict=True):
            if not mask.any() and any(word.casefold() == OTHERS for word in here):
                return (
                    "; 'others' is everybody but the other side, here nobody: write WORLD on both "
                    "sides (WORLD:WORLD) for all trade between countries"
                )
        return ""

    def _normalise(self) -> None:
        """Selectors become tuples of words."""
        for name in (*self.side_names, self.goods_name):
            object.__setattr__(self, name, listed(getattr(self, name), name))


@dataclass(frozen=True)
class Cut(Instrument):
    """Base of instruments that leave only a share of a flow at unchanged prices."""

    @abstractmethod
    def removed(self, economy: Economy) -> NDArray[np.float64]:
        """(N n, N i, S j) share of each cell that it takes away at unchanged prices."""
