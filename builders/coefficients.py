"""Prior structure of production and final use: WIOD 2011, China from the OECD table of 2018.

Mining is split by the US table.

The prior only gives proportions. The balancing step moves it to the totals of 2023.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        output: (S,) output in the year of the source, USD million (0 for a borrowed structure).
        donors: economies it was taken from.
    """

    inputs: Array
    value_added: Array
    final: Array
    output: Array
    donors: tuple[str, ...]


def structures(sources: Sources) -> dict[str, Structure]:
    """Prior structure of every country of the table."""
    own = {str(code): _of_wiod(sources, k) for k, code in enumerate(sources.wiod["countries"])}
    own |= {code: _of_oecd(sources, code) for code in CODES["oecd"]["countries"]}
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


@dataclass(frozen=True)
class _National:
    """A national table of K industries, and how they make up the S sectors of ours.

    Attributes:
        use: (K, K) use of industry k's product by industry u, money.
        output, value_added, final: (K,).
        rows: (S, K, K) share of each cell of `use` that is of a sector.
        users: (K, S) 1 where an industry is part of a sector (mining, of several).
    """

    use: Array
    output: Array
    value_added: Array
    final: Array
    rows: Array
    users: Array


def _of_wiod(sources: Sources, country: int) -> Structure:
    """One WIOD economy in the sectors of the table."""
    wiod = {key: sources.wiod[key][country] for key in ("tech", "output", "final")}
    added = sources.wiod["va_plus_taxes_margins"][country]
    use, output, final = (np.asarray(wiod[key], dtype=np.float64) for key in wiod)
    industries = [str(code) for code in sources.wiod["industries"]]
    groups = {code: CODES["wiod"].get(code, CODES["wiod"]["MINING"]) for code in sources.sectors}
    split = bea_split(sources, industries, CODES["bea_columns"])
    rows, users = _concordance(groups, industries, split)
    return _structure(sources, _National(use, output, added, final.sum(axis=1), rows, users))


def _of_oecd(sources: Sources, country: str) -> Structure:
    """One economy of the OECD tables in the sectors of the table.

    Energy mining, one industry there, is split by user into coal, and oil and gas.
    """
    codes = CODES["oecd"]
    table = {row["Code"]: row for row in sources.rows["oecd"] if row["country"] == country}
    industries = [code for code in table if code.isdigit()]
    use = np.array([[float(table[k][u]) for u in industries] for k in industries])
    final = np.array([sum(float(table[k][c]) for c in codes["final"]) for k in industries])
    output = np.array([float(table["OUTPUT"][u]) for u in industries])
    split = bea_split(sources, industries, CODES["oecd_bea_columns"])
    split = {code: split[code] for code in codes["split"]}
    rows, users = _concordance(CODES["oecd_sectors"], industries, split)
    added = output - use.sum(axis=0)
    return _structure(sources, _National(use, output, added, final, rows, users))


def _concordance(
    groups: Mapping[str, Sequence[str]], industries: Sequence[str], split: Mapping[str, Array]
) -> tuple[Array, Array]:
    """`rows` and `users` of a national table; `split` holds the share by user of shared rows."""
    users = np.array([[float(i in parts) for parts in groups.values()] for i in industries])
    shares = np.stack([split.get(code, np.ones(len(industries))) for code in groups])
    return users.T[:, :, None] * shares[:, None, :], users


def _structure(sources: Sources, table: _National) -> Structure:
    """Proportions of a national table in the sectors of ours."""
    total = table.output @ table.users
    safe = np.where(total > 0, total, 1.0)
    used = np.einsum("sku,ku->su", table.rows, table.use) @ table.users
    absorbed = (table.use.sum(axis=1) + table.final) @ table.users
    share = np.clip(table.final @ table.users, 0.0, None) / np.where(absorbed > 0, absorbed, 1.0)
    return Structure(
        np.clip(used / safe, 0.0, None),
        np.clip(table.value_added @ table.users / safe, 0.0, None),
        np.clip(_mining_final(sources, share), 0.0, 1.0),
        total,
        (),
    )


def bea_split(
    sources: Sources, industries: Sequence[str], users: Mapping[str, Sequence[str]]
) -> dict[str, Array]:
    """Share of each mining sector in the mining inputs of each industry (US, BEA).

    Row 212 holds coal and ores together: both carry its share whole, because only the pattern
    over users matters here; the level of each row is set in the balancing.

    Args:
        sources: holds the US use table.
        industries: K codes of a national table.
        users: industry -> columns of the US table; all others are read from the columns left.
    """
    mining = CODES["bea_rows"]
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
