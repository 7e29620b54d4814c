"""Load the source files, check them, and put every array in the order [importer, exporter, sector].

Nothing is computed here beyond that order and the join of labels.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builders.data import read, source_root
from threatpoint.errors import WorldError

Array = NDArray[np.float64]

FILES = {
    "icio": "world/icio2022_32x32x15.npz",
    "detail": "world/icio2022_81x81x28.npz",
    "aggregation": "world/aggregation_32x15.json",
    "baci": "world/baci2023_goods_32x32.npz",
    "gdp": "world/gdp_current_usd_2021_2023.csv",
    "wiod": "world/wiod2011_41x35_io.npz",
    "oecd": "world/oecd_iot2018_chn_jpn.csv",
    "bea": "world/bea_use_domestic.csv",
    "tariff_facts": "world/tariff_facts.csv",
    "us_tariffs": "tariffs/us_added_by_country.csv",
    "oil": "oil/oil_and_trade_facts.csv",
    "brent": "oil/brent-monthly.csv",
    "gtap": "elasticities/fontagne_by_gtap_sector.csv",
    "literature": "elasticities/literature_elasticities.csv",
}

ROWS = ("oecd", "tariff_facts", "us_tariffs", "oil", "brent", "gtap")
"""Files that are read as rows of text."""


@dataclass(frozen=True)
class Sources:
    """All source data, labelled; trade and tariffs are [importer n, exporter i, sector j].

    Attributes:
        countries, sectors: the codes of the table to build.
        members: for each country of the table, the codes of the economies it adds up.
        sector_parts: for each sector of the table, the codes of the ICIO industries it adds up.
        trade: (N, N, S) ICIO 2022, USD million, basic prices.
        tariff: (N, N, S) ad-valorem shares as filed with the ICIO.
        goods: (N, N) BACI 2023 goods totals, USD million FOB.
        gdp: (code, year) to USD million.
        wiod: arrays of the 2011 national tables (`tech`, `final`, `output`, ...).
        bea_rows, bea_columns, bea_use: the US use table with its codes, USD million.
        detail: the 81-economy ICIO file with its published elasticity sets.
        rows: facts and the OECD tables by file name, each row a mapping of column to text.
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    members: Mapping[str, tuple[str, ...]]
    sector_parts: Mapping[str, tuple[str, ...]]
    trade: Array
    tariff: Array
    goods: Array
    gdp: Mapping[tuple[str, int], float]
    wiod: Mapping[str, NDArray]
    bea_rows: tuple[str, ...]
    bea_columns: tuple[str, ...]
    bea_use: Array
    detail: Mapping[str, NDArray]
    rows: Mapping[str, tuple[Mapping[str, str], ...]]


def data_directory(given: str | Path | None = None, files: Iterable[str] = FILES.values()) -> Path:
    """The folder that holds these files: as given, or THREATPOINT_DATA, or ../shared/data.

    Raises:
        WorldError: when a file is missing, naming the folder and every missing file.
    """
    folder = source_root(given)
    missing = [name for name in files if not (folder / name).is_file()]
    if missing:
        raise WorldError(
            f"source files missing under {folder}: {', '.join(missing)}. "
            "Set THREATPOINT_DATA (or --data) to the folder that holds them"
        )
    return folder


def load(folder: Path) -> Sources:
    """Read every source file and join labels exactly.

    Raises:
        WorldError: labels of two files differ (both sides shown), or a table is not finite.
    """
    icio = _npz(folder / FILES["icio"])
    baci = _npz(folder / FILES["baci"])
    aggregation = json.loads((folder / FILES["aggregation"]).read_text(encoding="utf-8"))
    countries = tuple(str(code) for code in icio["regions"])
    sectors = tuple(str(code) for code in icio["sectors"])
    _same("regions", "ICIO", countries, "BACI", tuple(map(str, baci["regions"])))
    _same("regions", "ICIO", countries, "the aggregation", tuple(aggregation["regions"]))
    _same("sectors", "ICIO", sectors, "the aggregation", tuple(aggregation["sectors"]))
    bea_rows, bea_columns, bea_use = _bea(folder / FILES["bea"])
    return Sources(
        countries=countries,
        sectors=sectors,
        members={key: tuple(parts) for key, parts in aggregation["regions"].items()},
        sector_parts={key: tuple(parts) for key, parts in aggregation["sectors"].items()},
        trade=_importer_first(icio["X"]),
        tariff=_importer_first(icio["tariff_tradeweighted"]),
        goods=np.ascontiguousarray(baci["X"].T),
        gdp=_gdp(folder / FILES["gdp"]),
        wiod=_npz(folder / FILES["wiod"]),
        bea_rows=bea_rows,
        bea_columns=bea_columns,
        bea_use=bea_use,
        detail=_npz(folder / FILES["detail"]),
        rows={key: tuple(read(folder / FILES[key])) for key in ROWS},
    )


def _npz(path: Path) -> dict[str, NDArray]:
    with np.load(path, allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def _importer_first(array: NDArray) -> Array:
    """The files hold [exporter, importer, sector]."""
    return np.ascontiguousarray(array.transpose(1, 0, 2), dtype=np.float64)


def _gdp(path: Path) -> dict[tuple[str, int], float]:
    rows = read(path)
    return {(row["Country Code"], int(row["Year"])): float(row["Value"]) / 1e6 for row in rows}


def _bea(path: Path) -> tuple[tuple[str, ...], tuple[str, ...], Array]:
    rows = read(path)
    columns = tuple(rows[0])[1:]
    use = np.array([[float(row[code]) for code in columns] for row in rows])
    return tuple(row["bea_code"] for row in rows), columns, use


def _same(what: str, left: str, ours: tuple[str, ...], right: str, theirs: tuple[str, ...]) -> None:
    if ours != theirs:
        raise WorldError(
            f"{what} differ: only in {left}: {sorted(set(ours) - set(theirs))}, "
            f"only in {right}: {sorted(set(theirs) - set(ours))} (or in another order)"
        )
