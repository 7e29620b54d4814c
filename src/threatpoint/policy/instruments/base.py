"""Instrument: what all instruments share.

An instrument is a frozen value. It names countries and sectors in words (see `policy.scope`) and
becomes cells of the trade array [importer n, exporter i, sector j] only when it meets an economy.
Domestic flows are never touched.

A subclass declares its fields, each with the entry that says how it is written
(`policy.instruments.entries`), says in `effect` what it does, and is registered under its `word`.
Table and keys of the situation file, option of the command line and words follow from that.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

import numpy as np

from threatpoint.errors import PolicyError, refuse
from threatpoint.policy.instruments.words import Written
from threatpoint.policy.scope import OTHERS, TARGET, sector_mask, side_masks
from threatpoint.policy.together import wedges_together

if TYPE_CHECKING:
    from threatpoint.array_types import Mask
    from threatpoint.policy.instruments.effect import Effect
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy

INSTRUMENTS: dict[str, type[Instrument]] = {}
"""Word of each instrument -> its class, by `Instrument.order`."""


@dataclass(frozen=True)
class Instrument(Written, ABC):
    """Base of all instruments; their sides, goods, and the cells they stand for.

    One with a single side stands for the trade of those with everybody else.
    """

    word: ClassVar[str]
    """Its name in situation files and on the command line, e.g. "export-ban"."""
    title: ClassVar[str]
    """Its name in messages, e.g. "export ban"; the word without hyphens where none is given."""
    order: ClassVar[int] = 100
    """Its place among the instruments, wherever they are listed; one without stands last."""
    only_tariff: ClassVar[bool] = False
    """Whether trade goes on and pays a tariff, so that no more is enforced than a payment."""

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        if "word" not in vars(cls):
            return
        known = INSTRUMENTS.get(cls.word, cls)  # one defined anew, as in a notebook, is no other
        if (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise PolicyError(f"two instruments are called {cls.word!r}; rename one of them")
        INSTRUMENTS[cls.word] = cls
        for word in sorted(INSTRUMENTS, key=lambda word: INSTRUMENTS[word].order):
            INSTRUMENTS[word] = INSTRUMENTS.pop(word)
        cls.title = vars(cls).get("title", cls.word.replace("-", " "))

    @abstractmethod
    def describe(self) -> str:
        """The instrument in words, as used in messages."""

    @property
    def short(self) -> str:
        """Its name with its size: 'cut-off', '10 % export tax'."""
        rate = getattr(self, "rate", None)
        return self.title if rate is None else f"{100 * rate:g} % {self.title}"

    @abstractmethod
    def effect(self, economy: Economy) -> Effect:
        """What it does to each flow; raises `PolicyError` when it cannot be applied."""

    # -- its cells -----------------------------------------------------------------------------

    def cells(self, economy: Economy) -> Mask:
        """Cells it applies to, bool (N n, N i, S j); raises `PolicyError` when it hits nothing."""
        where = self.describe()
        problems: list[str] = []
        masks: list[Any] = []
        for step in (partial(side_masks, economy, self.sides), partial(self.sector_mask, economy)):
            try:
                masks.append(step(where))
            except PolicyError as error:
                problems.append(str(error))
        refuse(problems)
        sides, sectors = masks
        first, second = (*sides, np.ones_like(sides[0]))[:2]
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
        return both if self.entries[self.side_names[0]].imports else both.T

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

    def wedges(self, economy: Economy) -> Wedges:
        """The wedges of this instrument alone; raises `PolicyError` as `Policy.wedges`."""
        return wedges_together((self,), economy)

    # -- changed -------------------------------------------------------------------------------

    def aimed(self, hit: tuple[str, ...]) -> Self:
        """The instrument with these countries in place of "target"."""
        sides = {
            name: tuple(code for word in side for code in (hit if word == TARGET else (word,)))
            for name, side in zip(self.side_names, self.sides, strict=True)
        }
        return replace(self, **cast("dict[str, Any]", sides))

    def at(self, enforcement: float) -> Self:
        """The instrument at another enforcement; itself where it has none.

        Where nothing escapes, escaping costs nothing.
        """
        changes: dict[str, Any] = {"enforcement": enforcement}
        if enforcement == 1.0 and "evasion_cost" in self.entries:
            changes["evasion_cost"] = 0.0
        return replace(self, **changes) if "enforcement" in self.entries else self

    def _nobody_else(self, first: Mask, second: Mask) -> str:
        """What to write instead of "others" when the other side is already everybody."""
        for here, mask in zip(self.sides, (first, second), strict=False):
            if not mask.any() and any(word.casefold() == OTHERS for word in here):
                return (
                    "; 'others' is everybody but the other side, here nobody: write WORLD on both "
                    "sides (WORLD:WORLD) for all trade between countries"
                )
        return ""
