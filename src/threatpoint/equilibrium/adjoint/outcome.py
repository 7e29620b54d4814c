"""Outcomes whose derivatives can be asked: whose number, and which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from threatpoint.equilibrium.adjoint.direct import Direct
from threatpoint.errors import PolicyError, require_label
from threatpoint.policy.scope import listed, member_codes, sector_mask

if TYPE_CHECKING:
    from threatpoint.array_types import Array, Mask
    from threatpoint.equilibrium.adjoint.levels import Levels
    from threatpoint.equilibrium.solution import Solution
    from threatpoint.policy.scope import Selector

Kind: TypeAlias = (
    Literal["real_income", "real_income_percent", "output", "price", "treasury", "sales"] | str
)
KINDS = {
    "real_income": "change in real income, money a year",
    "real_income_percent": "change in real income, %",
    "output": "output at basic prices, money a year",
    "price": "price that buyers pay, ratio to the baseline's",
    "treasury": "tariffs, rents of quotas and export taxes, money a year",
    "sales": "what producers get abroad, money a year",
}
"""Kinds of outcomes in words."""

BY_SECTOR = ("output", "price", "sales")


@dataclass(frozen=True)
class Outcome:
    """A number of an equilibrium.

    Attributes:
        kind: one of `KINDS`.
        of: whose: a code, a name, a group, or several; money is added up over them.
        sector: which goods, of `output`, `sales` (all where nothing is said) and `price` (one).

    Raises:
        PolicyError: an unknown kind; a sector where the kind has none.

    Example:
        >>> tp.Outcome("sales", "RUS", "OILGAS").words
        'what producers get abroad, money a year: RUS, OILGAS'
    """

    kind: Kind
    of: Selector
    sector: Selector = ""

    def __post_init__(self) -> None:
        require_label("outcome", self.kind, KINDS, PolicyError)
        if self.sector and self.kind not in BY_SECTOR:
            raise PolicyError(f"outcome {self.kind!r} has no sector; leave out {self.sector!r}")

    @property
    def words(self) -> str:
        """The outcome in words."""
        names = [*listed(self.of, "of"), *(listed(self.sector, "sector") if self.sector else ())]
        return f"{KINDS[self.kind]}: {', '.join(names)}"

    def countries(self, solution: Solution) -> Mask:
        """(N,) whose it is; raises `PolicyError` with the nearest name."""
        words, codes = listed(self.of, "of"), solution.calibration.countries
        if solution.economy is not None:
            words = member_codes(solution.economy, words, f"outcome {self.kind}")
        else:
            words = [require_label("country", word, codes, PolicyError) for word in words]
        return np.isin(codes, words)

    def sectors(self, solution: Solution) -> Mask:
        """(S,) of which goods."""
        codes = solution.calibration.sectors
        words = listed(self.sector, "sector") if self.sector else ("all",)
        if solution.economy is not None:
            return sector_mask(solution.economy, words, f"outcome {self.kind}")
        if words == ("all",):
            return np.ones(len(codes), dtype=bool)
        return np.isin(codes, [require_label("sector", x, codes, PolicyError) for x in words])


@dataclass(frozen=True, eq=False)
class Where:
    """An outcome's countries (N,) and sectors (S,) in one solution, bool."""

    solution: Solution
    n: Mask
    j: Mask

    @property
    def both(self) -> Array:
        """[j, n] 1 where both are meant."""
        return (self.j[:, None] & self.n).astype(np.float64)


Found = tuple[float, "Direct"]


def found(outcome: Outcome, solution: Solution, at: Levels) -> Found:
    """The outcome at a solution, and what it takes from the levels directly."""
    where = Where(solution, outcome.countries(solution), outcome.sectors(solution))
    if outcome.kind == "price" and (where.n.sum() != 1 or where.j.sum() != 1):
        raise PolicyError(f"a price is of one country and one sector, not {outcome.words}")
    return VALUES[outcome.kind](where, Direct.none(at.system))


def _real_income(at: Where, to: Direct) -> Found:
    gains, per = at.solution.welfare, at.n / at.solution.price_index
    kept = at.solution.income - at.solution.waste
    direct = replace(to, income=per, waste=-per, index=-kept * per)
    return float(gains.usd[at.n].sum()), direct


def _percent(at: Where, to: Direct) -> Found:
    money, direct = _real_income(at, to)
    scale = 100.0 / at.solution.calibration.income[at.n].sum()
    parts = {name: scale * getattr(direct, name) for name in ("income", "waste", "index")}
    return scale * money, replace(direct, **parts)


def _output(at: Where, to: Direct) -> Found:
    return float((at.solution.output.T * at.both).sum()), replace(to, output=at.both)


def _price(at: Where, to: Direct) -> Found:
    value = float(at.solution.prices[at.n, at.j].item())
    return value, replace(to, price=value * at.both)


def _treasury(at: Where, to: Direct) -> Found:
    s, one = at.solution, at.n.astype(np.float64)
    kept = s.tariff_revenue + s.export_charges - s.waste
    return float(kept[at.n].sum()), replace(to, revenue=one, charges=one, waste=-one)


def _sales(at: Where, to: Direct) -> Found:
    sold = at.solution.trade.sum(axis=0) - np.einsum("nnj->nj", at.solution.trade)
    return float((sold.T * at.both).sum()), replace(to, sales=at.both)


VALUES: dict[str, Callable[[Where, Direct], Found]] = {
    "real_income": _real_income,
    "real_income_percent": _percent,
    "output": _output,
    "price": _price,
    "treasury": _treasury,
    "sales": _sales,
}
