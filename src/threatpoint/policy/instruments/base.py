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
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy.instruments import words as grammar
from threatpoint.policy.instruments.entries import Entry, entries_of
from threatpoint.policy.numbers import require_escape
from threatpoint.policy.scope import OTHERS, TARGET, listed, sector_mask, side_masks

if TYPE_CHECKING:
    from threatpoint.policy.instruments.effect import Effect
    from threatpoint.policy.scope import Mask
    from threatpoint.policy.wedges import Wedges
    from threatpoint.world.economy import Economy

INSTRUMENTS: dict[str, type[Instrument]] = {}
"""Word of each instrument -> its class."""


@dataclass(frozen=True)
class Instrument(ABC):
    """Base of all instruments; two sides, goods, and the cells they stand for."""

    word: ClassVar[str]
    """Its name in situation files and on the command line, e.g. "export-ban"."""
    title: ClassVar[str]
    """Its name in messages, e.g. "export ban"; the word without hyphens where none is given."""
    example: ClassVar[str]
    """An example of its words."""
    only_tariff: ClassVar[bool] = False
    """Whether trade goes on and pays a tariff, so that no more is enforced than a payment."""

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        if "word" not in vars(cls):
            return
        if cls.word in INSTRUMENTS:
            raise PolicyError(f"two instruments are called {cls.word!r}; rename one of them")
        INSTRUMENTS[cls.word] = cls
        cls.title = vars(cls).get("title", cls.word.replace("-", " "))

    def __post_init__(self) -> None:
        """Selectors become tuples of words, and every value is checked by itself."""
        for name, entry in self.entries.items():
            value = getattr(self, name)
            if entry.key in ("side", "goods", "good"):
                object.__setattr__(self, name, listed(value, name))
            if entry.check:
                entry.check(value)
            if entry.needs:
                require_escape(getattr(self, entry.needs), value)

    @abstractmethod
    def describe(self) -> str:
        """The instrument in words, as used in messages."""

    @abstractmethod
    def effect(self, economy: Economy) -> Effect:
        """What it does to each flow; raises `PolicyError` when it cannot be applied."""

    # -- its words -----------------------------------------------------------------------------

    @classmethod
    def usage(cls) -> str:
        """How it is written on the command line, with an example."""
        return grammar.usage(cls)

    @classmethod
    def parse(cls, words: str, economy: Economy) -> Self:
        """The instrument from its words.

        Raises:
            PolicyError: not the form of `usage`, or an unknown label, with the nearest spelling.
        """
        return cls(**cls.read(grammar.split(cls, words), words, economy))

    @classmethod
    def read(cls, texts: Mapping[str, str], words: str, economy: Economy) -> dict[str, Any]:
        """Field -> value, from the text of each field; `words` are those of the whole."""
        entries = entries_of(cls)
        return {name: entries[name].read(text, economy, words) for name, text in texts.items()}

    def texts(self) -> dict[str, str]:
        """Field -> its text on the command line, where it has a value."""
        entries = grammar.written(type(self)).items()
        given = ((name, entry, getattr(self, name)) for name, entry in entries)
        return {name: entry.spell(value) for name, entry, value in given if value is not None}

    def to_words(self) -> str:
        """The words that `parse` reads back to this instrument."""
        return grammar.spelt(self)

    # -- its sides and goods -------------------------------------------------------------------

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Field -> how it is written."""
        return entries_of(type(self))

    @property
    def side_names(self) -> tuple[str, ...]:
        """Names of the fields of the two sides, in the order of the words."""
        return tuple(name for name, entry in self.entries.items() if entry.key == "side")

    @property
    def goods_name(self) -> str:
        """Name of the field that says which goods."""
        goods = (name for name, entry in self.entries.items() if entry.key in ("goods", "good"))
        return next(goods)

    @property
    def actor(self) -> str:
        """Name of the side that carries it out; "" where neither does."""
        return next((name for name, entry in self.entries.items() if entry.acts), "")

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words for the two sides."""
        first, second = (listed(getattr(self, name), name) for name in self.side_names)
        return first, second

    @property
    def goods_words(self) -> tuple[str, ...]:
        """The words for the goods."""
        return listed(getattr(self, self.goods_name), self.goods_name)

    # -- its cells -----------------------------------------------------------------------------

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
        from threatpoint.policy.policy import Policy  # policy is built on instruments

        return Policy(self).wedges(economy)

    # -- changed -------------------------------------------------------------------------------

    def aimed(self, hit: tuple[str, ...]) -> Self:
        """The instrument with these countries in place of "target"."""
        sides = {
            name: tuple(code for word in side for code in (hit if word == TARGET else (word,)))
            for name, side in zip(self.side_names, self.sides, strict=True)
        }
        return replace(self, **cast("dict[str, Any]", sides))

    def at(self, enforcement: float) -> Self:
        """The instrument at another enforcement; itself where it has none."""
        changes: dict[str, Any] = {"enforcement": enforcement}
        return replace(self, **changes) if "enforcement" in self.entries else self

    def _nobody_else(self, first: Mask, second: Mask) -> str:
        """What to write instead of "others" when the other side is already everybody."""
        for here, mask in zip(self.sides, (first, second), strict=True):
            if not mask.any() and any(word.casefold() == OTHERS for word in here):
                return (
                    "; 'others' is everybody but the other side, here nobody: write WORLD on both "
                    "sides (WORLD:WORLD) for all trade between countries"
                )
        return ""
