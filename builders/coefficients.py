"""Prior structure of production and final use: WIOD 2011, with mining split by the US table.

The prior only gives proportions. The balancing step moves it to the totals of 2023.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from builders import data
from builders.sources import Array, Sources

CODES = data.toml("concordances")


@dataclass(frozen=True)
class Structure:
    """Prior proportions of one country, in the sectors of the table.

    Attributes:
        inputs: (S, S) use of k per unit of output of j.
        value_added: (S,) share of output.
        final: (S,) share of absorption that goes to final use.
        output: (S,) output in 2011, USD million (0 for a borrowed structure).
        donors: WIOD economies it was taken from.
    """

    inputs: Array
    value_added: Array
    final: Array
    output: Array
    donors: tuple[str, ...]


def structures(sources: Sources) -> dict[str, Structure]:
    """Prior structure of every country of the table."""
    own = {str(code): _of_wiod(sources, k) for k, code in enumerate(sources.wiod["countries"])}
    result = {}
    for country in sources.countries:
        donors = tuple(CODES["donors"].get(country, (country,)))
        result[country] = _mean([own[code] for code in donors], donors, country == "REU")
    return result


def _mean(parts: list[Structure], donors: tuple[str, ...], by_size: bool) -> Structure:
    """Mean of several structures; by size for a sum of economies, plain for a borrowed one."""
    size = np.array([part.output if by_size else np.ones_like(part.output) for part in parts])
    weight = size / np.maximum(size.sum(axis=0), 1e-300)
    return Structure(
        np.einsum("pj,pkj->kj", weight, [part.inputs for part in parts]),
        np.einsum("pj,pj->j", weight, [part.value_added for part in parts]),
        np.einsum("pk,pk->k", weight, [part.final for part in parts]),
        size.sum(axis=0) if by_size or len(parts) == 1 else np.zeros_like(parts[0].output),
        donors,
    )


def _of_wiod(sources: Sources, country: int) -> Structure:
    """One WIOD economy in the sectors of the table."""
    wiod = sources.wiod
    industries = [str(code) for code in wiod["industries"]]
    use = np.asarray(wiod["tech"][country], dtype=np.float64)
    output = np.asarray(wiod["output"][country], dtype=np.float64)
    value_added = np.asarray(wiod["va_plus_taxes_margins"][country], dtype=np.float64)
    final = np.asarray(wiod["final"][country], dtype=np.float64).sum(axis=1)
    split = bea_mining_split(sources, industries)
    groups = _groups(sources, industries)
    user = np.stack([groups[code].sum(axis=0) for code in sources.sectors], axis=1)
    rows = []
    for code in sources.sectors:
        weights = split[code] if code in split else groups[code].sum(axis=0)
        used = split[code] * use[industries.index("c2")] if code in split else weights @ use
        rows.append(used @ user)
    total = output @ user
    safe = np.where(total > 0, total, 1.0)
    absorbed = np.stack(
        [groups[c].sum(axis=0) @ (use.sum(axis=1) + final) for c in sources.sectors]
    )
    to_final = np.stack([groups[c].sum(axis=0) @ final for c in sources.sectors])
    share = np.clip(to_final, 0.0, None) / np.where(absorbed > 0, absorbed, 1.0)
    return Structure(
        np.clip(np.stack(rows) / safe, 0.0, None),
        np.clip(value_added @ user / safe, 0.0, None),
        np.clip(_mining_final(sources, share), 0.0, 1.0),
        total,
        (),
    )


def _groups(sources: Sources, industries: list[str]) -> Mapping[str, Array]:
    """For each sector of the table, one-hot rows of the WIOD industries it holds."""
    result = {}
    for code in sources.sectors:
        parts = CODES["wiod"].get(code, CODES["wiod"]["MINING"])
        result[code] = np.array([[float(i == part) for i in industries] for part in parts])
    return result


def bea_mining_split(sources: Sources, industries: list[str]) -> dict[str, Array]:
    """Share of each mining sector in the mining inputs of each WIOD industry (US, BEA).

    Row 212 holds coal and ores together: both carry its share whole, because only the pattern
    over users matters here; the level of each row is set in the balancing.
    """
    users, mining = CODES["bea_columns"], CODES["bea_rows"]
    named = {code for codes in users.values() for code in codes}
    rest = tuple(c for c in sources.bea_columns if c not in named and c not in ("Used", "Other"))
    result = {code: np.zeros(len(industries)) for code in mining}
    for position, industry in enumerate(industries):
        columns = [sources.bea_columns.index(c) for c in users.get(industry, rest)]
        use = np.clip(sources.bea_use[:, columns], 0.0, None).sum(axis=1)
        by_row = {row: use[sources.bea_rows.index(row)] for row in ("211", "212")}
        total = sum(by_row.values())
        for code, rows in mining.items():
            result[code][position] = by_row[rows[0]] / total if total > 0 else 0.5
    return result


def _mining_final(sources: Sources, share: Array) -> Array:
    """Final use of mining products: crude and gas are hardly bought by final users.

    WIOD's mining row mixes them with stone, salt and stock changes.
    """
    result = share.copy()
    result[sources.sectors.index("OILGAS")] = np.minimum(
        share[sources.sectors.index("OILGAS")], CRUDE_FINAL_SHARE
    )
    return result


CRUDE_FINAL_SHARE = 0.02
"""Prior: final users take at most 2 % of crude oil and natural gas directly (stock changes and
bottled gas); households get gas through the utilities, which are services here. Named, not
measured: the result is printed in the builder's report."""
