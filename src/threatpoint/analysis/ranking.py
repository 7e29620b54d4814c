"""Ranking: the rank of a trading partner, by every release given and by the baseline table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from threatpoint.analysis.claim_words import exact_value, not_comparable, show, sources_of
from threatpoint.policy.scope import sector_mask
from threatpoint.units import money_words

if TYPE_CHECKING:
    from threatpoint.situation.figure import Figure
    from threatpoint.situation.schema import RankingTable
    from threatpoint.world.economy import Economy


@dataclass(frozen=True)
class Ranked:
    """How a ranking stands.

    Attributes:
        verdict: one of `claims.VERDICTS`.
        ranks: the ranks found, in words.
        explanation: the totals behind them, and the releases that cannot rank.
        source: where the totals come from.
    """

    verdict: Literal["holds", "does not hold", "sources disagree", "cannot be checked"]
    ranks: str
    explanation: str
    source: str


def ranked(claim: RankingTable, figures: Mapping[str, Figure], economy: Economy | None) -> Ranked:
    """The rank of a partner, by every release given and by the table."""
    answers: list[tuple[bool, str]] = []
    left_out: list[str] = []
    for source in claim.sources:
        totals = {code: figures[name] for code, name in source.totals.items()}
        obstacle = not_comparable(list(totals.values()))
        if claim.partner not in totals:
            obstacle = f"It has no total of {claim.partner}."
        if obstacle:
            left_out.append(f"{source.label} ranks nobody: {obstacle}")
        else:
            answers.append(_ranked_by_figures(claim, totals, source.label))
    if economy is not None:
        answers.append(_ranked_by_table(claim, economy))
    named = [figures[name] for source in claim.sources for name in source.totals.values()]
    source = sources_of(named) if named else f"baseline table {economy.year if economy else ''}"
    text = " ".join(words for _, words in answers)
    ranks = "; ".join(words.split(":")[0] for _, words in answers)
    text = text or "No figures of a rival and no table are given."
    return Ranked(_verdict([yes for yes, _ in answers]), ranks, " ".join([text, *left_out]), source)


def _verdict(
    answers: list[bool],
) -> Literal["holds", "does not hold", "sources disagree", "cannot be checked"]:
    """What several answers come to."""
    if not answers:
        return "cannot be checked"
    if all(answers):
        return "holds"
    return "sources disagree" if any(answers) else "does not hold"


def _ranked_by_figures(
    claim: RankingTable, totals: Mapping[str, Figure], label: str
) -> tuple[bool, str]:
    """The rank among the printed totals of one release."""
    unit = totals[claim.partner].unit
    order = sorted(totals, key=lambda code: -exact_value(totals[code], unit))
    rank = order.index(claim.partner) + 1
    listing = ", ".join(f"{code} {show(totals[code])}" for code in order)
    return rank == claim.rank, f"{label} ranks {claim.partner} {rank}: {listing}."


def _ranked_by_table(claim: RankingTable, economy: Economy) -> tuple[bool, str]:
    """The rank by exports plus imports in the table; groups of many states are left out."""
    sectors = sector_mask(economy, claim.sectors, "ranking")
    here = economy.country(claim.country)
    totals = economy.trade[here][:, sectors].sum(axis=1)
    totals = totals + economy.trade[:, here][:, sectors].sum(axis=1)
    order = [
        economy.countries[k]
        for k in np.argsort(-totals, kind="stable")
        if k != here and economy.countries[k] not in economy.residuals
    ]
    rank = order.index(claim.partner) + 1
    top = list(dict.fromkeys([*order[:3], claim.partner]))
    listing = ", ".join(
        f"{code} {money_words(float(totals[economy.country(code)]), economy.unit)}" for code in top
    )
    label = f"The baseline table of {economy.year} ranks {claim.partner} {rank}"
    what = (
        f"exports plus imports of {', '.join(claim.sectors)}, a calendar year, members of a union"
    )
    return rank == claim.rank, f"{label}: {listing} ({what} one by one)."
