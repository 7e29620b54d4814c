"""Policy: a set of instruments that together give one set of wedges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy.instruments import CutOff, ExportBan, Instrument, Tariff
from threatpoint.policy.wedges import Wedges

if TYPE_CHECKING:
    from threatpoint.policy.scope import Mask
    from threatpoint.world.economy import Economy

Hit = tuple[Instrument, "Mask"]


@dataclass(frozen=True)
class Policy:
    """Instruments applied at the same time; the order does not matter.

    Attributes:
        instruments: one or several; none at all is the baseline.
        name: how results call it.

    Raises:
        PolicyError: something in `instruments` is not an instrument.
    """

    instruments: Instrument | Iterable[Instrument] = ()
    name: str = ""

    def __post_init__(self) -> None:
        given: Any = self.instruments
        single = isinstance(given, Tariff | CutOff | ExportBan)
        items = cast("tuple[object, ...]", (given,) if single else tuple(given))
        bad = [item for item in items if not isinstance(item, Tariff | CutOff | ExportBan)]
        if bad:
            raise PolicyError(f"{bad[0]!r} is not an instrument: use Tariff, CutOff or ExportBan")
        object.__setattr__(self, "instruments", items)

    @property
    def items(self) -> tuple[Instrument, ...]:
        """The instruments, in the order given."""
        return cast("tuple[Instrument, ...]", self.instruments)

    def wedges(self, economy: Economy) -> Wedges:
        """Tariffs and survival after the policy, cell by cell.

        Raises:
            PolicyError: every problem at once: unknown labels, instruments that hit nothing,
                contradictions between instruments.
        """
        hits: list[Hit] = []
        problems: list[str] = []
        for instrument in self.items:
            try:
                hits.append((instrument, instrument.cells(economy)))
            except PolicyError as error:
                problems += str(error).split("\n")
        problems += contradictions(hits, economy)
        after = tariffs_after(hits, economy)
        problems += without_price(after, economy)
        if problems:
            head = f"policy {self.name!r}" if self.name else "the policy"
            raise PolicyError(f"{head} cannot be applied:\n  - " + "\n  - ".join(problems))
        causes = tuple((instrument.describe(), cells) for instrument, cells in hits)
        return Wedges(after, survival_after(hits, economy), causes)

    def describe(self) -> str:
        """The policy in words."""
        return "; ".join(item.describe() for item in self.items) or "no policy"


def tariffs_after(hits: Iterable[Hit], economy: Economy) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Tariff after the policy, (N, N, S): first every "set", then every "add"."""
    tariffs = [(item, cells) for item, cells in hits if isinstance(item, Tariff)]
    after = economy.tariff.copy()
    for tariff, cells in tariffs:
        if tariff.mode == "set":
            after[cells] = tariff.rate
    for tariff, cells in tariffs:
        if tariff.mode == "add":
            after[cells] += tariff.rate
    return after


def survival_after(hits: Iterable[Hit], economy: Economy) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Surviving share of each flow at unchanged prices, (N, N, S): 1 - enforcement where cut."""
    survival = np.ones_like(economy.trade)
    for item, cells in hits:
        if not isinstance(item, Tariff):
            survival[cells] = 1.0 - item.enforcement
    return survival


def without_price(after: np.ndarray[Any, np.dtype[np.float64]], economy: Economy) -> list[str]:
    """Tariffs that add up to -100 % or less, which leaves no price; one sentence."""
    low = np.argwhere(after <= -1.0)
    if not len(low):
        return []
    n, i, j = (int(p) for p in low[0])
    return [
        f"the tariffs add up to {100 * after[n, i, j]:g} % on {economy.sectors[j]} of "
        f"{economy.countries[n]} from {economy.countries[i]}; keep them above -100 %"
    ]


def contradictions(hits: Iterable[Hit], economy: Economy) -> list[str]:
    """Pairs of instruments that cannot both hold on a same cell, one sentence each."""
    problems: list[str] = []
    for (one, cells), (other, others) in combinations(hits, 2):
        both = cells & others
        why = _clash(one, other)
        if why and both.any():
            n, i, j = (int(p) for p in np.argwhere(both)[0])
            example = (
                f"{economy.countries[n]} buying {economy.sectors[j]} from {economy.countries[i]}"
            )
            problems.append(
                f"contradiction: [{one.describe()}] and [{other.describe()}] {why} on "
                f"{int(both.sum())} flow(s), e.g. {example}; drop one of them there"
            )
    return problems


def _clash(one: Instrument, other: Instrument) -> str:
    """Why two instruments cannot share a cell, '' if they can."""
    if isinstance(one, Tariff) and isinstance(other, Tariff):
        differ = one.mode == other.mode == "set" and one.rate != other.rate
        return "set different tariffs" if differ else ""
    if isinstance(one, Tariff) or isinstance(other, Tariff):
        cut = other if isinstance(one, Tariff) else one
        complete = not isinstance(cut, Tariff) and cut.enforcement == 1.0
        return "put a tariff on a flow that is completely cut off" if complete else ""
    return "cut off with different enforcement" if one.enforcement != other.enforcement else ""
