"""Tariffs of the table: the rates filed with the ICIO, with the repairs that data and law ask for.

US rates stand at what was collected from each partner in 2024. Two sets: `collected` (the baseline)
and `statutory`, with the published averages of the rates in force between the United States and
China, which imply about twice the revenue that was collected on Chinese goods.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builders import data
from builders.sources import Array, Sources
from builders.standing import NAMED

UNIONS = {
    union["name"]: (
        (*(data.EU if union.get("group") == "EU" else ()), *union.get("members", ())),
        tuple(union.get("without", ())),
    )
    for union in data.toml("tariffs")["union"]
}
"""Name -> members among the economies of the table, and the sectors left out."""

ARTEFACT = 0.6
"""Food tariffs above this come from a few prohibitive lines (alcohol, tobacco, pork), averaged
as if they were traded: 0.91 for the United States, 1.0 for Saudi Arabia. Partners with preferences
on a part of those lines stand lower (0.16) for the same reason, so the importer's whole column is
repaired."""


@dataclass(frozen=True)
class Tariffs:
    """Tariffs as shares, (N, N, S), with basis codes and one line per repair.

    `filed` are the repaired rates before those of the US were moved.
    """

    filed: Array
    collected: Array
    statutory: Array
    basis: NDArray[np.int8]
    notes: tuple[str, ...]


def build(sources: Sources, trade: Array, services: Iterable[str]) -> Tariffs:
    """Repair the filed rates, level those of the US, and raise the two pairs of the trade war."""
    base, basis, notes = _repaired(sources, services)
    goods = np.array([code not in set(services) for code in sources.sectors])
    filed = base.copy()
    notes += _to_effective(sources, trade, goods, base, basis)
    collected, statutory = base.copy(), base.copy()
    usa, chn = sources.countries.index("USA"), sources.countries.index("CHN")
    rates = trade_war_rates(sources)
    for n, i, name in ((usa, chn, "USA on CHN"), (chn, usa, "CHN on USA")):
        bilateral = trade[n, i, goods]
        world = trade[:, i, goods].sum(axis=0) - trade[i, i, goods]
        for target, rate, weights in (
            (collected, rates[name, "collected"], bilateral),
            (statutory, rates[name, "statutory"], world),
        ):
            added = rate - float(base[n, i, goods] @ weights / weights.sum())
            target[n, i, goods] = np.maximum(base[n, i, goods] + added, 0.0)
        basis[n, i, goods] = 3
        notes.append(
            f"{name}: uniform points added to the filed rates so that goods average "
            f"{rates[name, 'collected']:.3f} at bilateral weights (collected), "
            f"{rates[name, 'statutory']:.3f} at world weights (statutory)"
        )
    return Tariffs(filed, collected, statutory, basis, tuple(notes))


def effective(sources: Sources) -> dict[str, tuple[tuple[str, ...], float]]:
    """Partner in the source -> its economies of the table, and the US duties of 2024 over imports.

    The rest of the world has the mean of the partners that the table does not name, at imports of
    2024. Economies that the source does not name are left out: they keep the filed rates.
    """
    rows = {row["country"]: row for row in sources.rows["us_tariffs"]}
    rate = {name: float(row["effective_rate_2024_percent"]) / 100 for name, row in rows.items()}
    paid = {name: float(row["imports_2024_usd"]) for name, row in rows.items()}
    members: dict[str, tuple[str, ...]] = {}
    for code, name in NAMED.items():
        members[name] = (*members.get(name, ()), code)
    rest = [name for name in rows if name not in members]
    mean = sum(rate[name] * paid[name] for name in rest) / sum(paid[name] for name in rest)
    return {name: (codes, rate[name]) for name, codes in members.items()} | {
        "ROW": (("ROW",), mean)
    }


def _to_effective(
    sources: Sources, trade: Array, goods: Array, tariff: Array, basis: NDArray[np.int8]
) -> list[str]:
    """Move each partner's goods to what the US collected in 2024; the pattern over sectors stays.

    China is left to the trade war's pairs. Where no pattern is filed, all goods get the same rate.
    """
    usa, told = sources.countries.index("USA"), []
    for name, (codes, rate) in effective(sources).items():
        if codes == ("CHN",):
            continue
        at = [sources.countries.index(code) for code in codes]
        cells = np.ix_([usa], at, np.flatnonzero(goods).tolist())
        paid = float((trade[cells] * tariff[cells]).sum() / trade[cells].sum())
        tariff[cells] = tariff[cells] * rate / paid if paid > 0 else rate
        basis[cells] = np.where(tariff[cells] > 0, 2 if paid > 0 else 3, 0)
        told.append("the rest of the world" if name == "ROW" else name.title())
    return [f"USA: goods moved to the duties of 2024 over imports: {', '.join(told)}"]


def trade_war_rates(sources: Sources) -> dict[tuple[str, str], float]:
    """Average tariffs between the United States and China, as shares.

    For Chinese goods both the collected and the statutory rate are published. For US goods only
    the statutory one is: the collected rate is estimated with the same ratio of collected to
    statutory (both averages use world weights and both countries grant exclusions). Range: from
    the filed most-favoured-nation average up to the statutory rate.
    """
    fact = {(r["importer"], r["exporter"], r["date"]): r for r in sources.rows["tariff_facts"]}
    statutory_us = float(fact["USA", "CHN", "2025-01-20"]["value"]) / 100
    collected_us = effective(sources)[NAMED["CHN"]][1]
    statutory_cn = float(fact["CHN", "USA", "2025-01-20"]["value"]) / 100
    return {
        ("USA on CHN", "statutory"): statutory_us,
        ("USA on CHN", "collected"): collected_us,
        ("CHN on USA", "statutory"): statutory_cn,
        ("CHN on USA", "collected"): statutory_cn * collected_us / statutory_us,
    }


def _repaired(
    sources: Sources, services: Iterable[str]
) -> tuple[Array, NDArray[np.int8], list[str]]:
    """Filed rates without tariffs at home, on services, inside unions, and without artefacts."""
    tariff = sources.tariff.copy()
    basis = np.where(tariff > 0, 1, 0).astype(np.int8)
    notes: list[str] = []
    food, farm = sources.sectors.index("FOOD"), sources.sectors.index("AGR")
    hit = np.asarray((tariff[:, :, food] > ARTEFACT).any(axis=1))
    odd = hit[:, None] & (tariff[:, :, food] > tariff[:, :, farm])
    notes += [
        f"{sources.countries[n]}: food tariffs of up to {tariff[n, :, food].max():.2f} on "
        f"{int(odd[n].sum())} partners replaced by its farm tariff on the same partner"
        for n in np.flatnonzero(hit)
    ]
    basis[:, :, food][odd] = 3
    tariff[:, :, food] = np.where(odd, tariff[:, :, farm], tariff[:, :, food])
    for name, (members, excepted) in UNIONS.items():
        at = [sources.countries.index(c) for c in members]
        sectors = [k for k, code in enumerate(sources.sectors) if code not in excepted]
        cells = np.ix_(at, at, sectors)
        if tariff[cells].any():
            notes.append(f"{name}: rates of up to {tariff[cells].max():.3f} set to 0")
        tariff[cells] = 0.0
    for code in services:
        tariff[:, :, sources.sectors.index(code)] = 0.0
    notes.append("services: 0")
    for n in range(len(sources.countries)):
        tariff[n, n, :] = 0.0
    basis[tariff == 0] = 0
    return tariff, basis, notes
