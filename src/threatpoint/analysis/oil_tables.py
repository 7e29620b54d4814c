"""Tables of the oil scenarios: prices by pair of elasticities, gains of owners, real income."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint.oil import tables
from threatpoint.oil.inputs import OPEC
from threatpoint.tables import Column, Table, columns
from threatpoint.world.places import name_of

if TYPE_CHECKING:
    from threatpoint.analysis.oil_answers import OilAnswer
    from threatpoint.equilibrium import Solution
    from threatpoint.oil.full import Full

MOST = 6
"""Economies in the table of incomes as shown; the file has all."""


def prices(answers: Sequence[OilAnswer]) -> Table:
    """Change of the world price under each pair of elasticities, and what carries its spread."""
    found = [(answer, answer.full) for answer in answers if answer.full is not None]
    names = list(dict.fromkeys(name for _, full in found for name in full.drawn.pairs))
    return Table(
        "oil-pairs",
        "World price under each pair of elasticities, change in %",
        (
            *columns("oil", "scenario", "horizon"),
            *(Column(name, tables.pair_words(name), "signed number") for name in names),
            *columns("oil", "oil_price_range", "carried_by"),
        ),
        [_price_row(answer, full, names) for answer, full in found],
    )


def _price_row(answer: OilAnswer, full: Full, names: Sequence[str]) -> dict[str, Any]:
    price = answer.price
    pairs = {
        name: full.drawn.pairs[name].world_price_percent if name in full.drawn.pairs else math.nan
        for name in names
    }
    return _of(answer) | pairs | {
        "oil_price_range_low": price.low, "oil_price_range_high": price.high,
        "carried_by": tables.carried(full.drawn, "world_price_percent"),
    }  # fmt: skip


def owners(answers: Sequence[OilAnswer]) -> Table:
    """What each owner of idle capacity gains, whatever all of them do; each policy once."""
    rows = [row for answer in _once(answers) for row in _owner_rows(answer)]
    return Table(
        "oil-owners",
        "What owners of idle capacity gain if all of them do the same, USD bn a month",
        columns("oil-owners", "owner", "scenario", "horizon", *OPEC),
        rows,
        deciding=("hold", "half", "all"),
    )


def _owner_rows(answer: OilAnswer) -> Iterator[dict[str, Any]]:
    full = answer.full
    if full is None:
        return
    gains = {opec: market.gains() for opec, market in full.regimes.items()}
    for code in full.outcome.owners:
        yield {"owner": full.outcome.name(code)} | _of(answer) | {o: gains[o][code] for o in OPEC}


def _once(answers: Sequence[OilAnswer]) -> Iterator[OilAnswer]:
    """Without scenarios that differ in what owners of idle capacity do alone."""
    seen: list[tuple[Any, str]] = []
    for answer in answers:
        about = answer.scenario.policy.items, answer.horizon
        if about not in seen:
            seen.append(about)
            yield answer


def incomes(answers: Sequence[OilAnswer], most: int = MOST) -> Table:
    """Change in real income of the economies that the scenarios move most in money."""
    solved = [(answer, answer.solution) for answer in answers if answer.solution is not None]
    ranked = _most_moved(solved)
    residuals = {code for answer in answers for code in answer.economy.residuals}
    shown = [code for code in ranked if code not in residuals][:most]
    names = {code: name_of(code, answer.economy) for answer in answers for code in ranked}
    order = dict.fromkeys((*shown, *ranked))
    return Table(
        "oil-incomes",
        "Change in real income, %",
        (
            *columns("oil", "scenario", "horizon"),
            *(Column(k, names[k], "signed number", CHANGE, shown=k in shown) for k in order),
        ),
        [_of(answer) | _percents(answer, solution) for answer, solution in solved],
        deciding=tuple(shown),
    )


CHANGE = "change in real income, %"


def _percents(answer: OilAnswer, solution: Solution) -> dict[str, float]:
    """Code -> change in real income, %: the median where it was drawn."""
    solved = dict(zip(answer.economy.countries, solution.welfare.percent.tolist(), strict=True))
    if answer.figures is None:
        return solved
    drawn = {code: answer.figures.under(answer.scenario.name, code) for code in solved}
    return {code: solved[code] if math.isnan(x) else x for code, x in drawn.items()}


def _most_moved(solved: Sequence[tuple[OilAnswer, Solution]]) -> list[str]:
    """Codes of the economies by their largest change in money, the largest first."""
    moved: dict[str, float] = {}
    for answer, solution in solved:
        for code, usd in zip(answer.economy.countries, solution.welfare.usd.tolist(), strict=True):
            moved[code] = max(moved.get(code, 0.0), abs(usd))
    return sorted(moved, key=lambda code: -moved[code])


def _of(answer: OilAnswer) -> dict[str, str]:
    return {"scenario": answer.scenario.label, "horizon": answer.horizon}
