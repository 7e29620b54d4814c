"""Write the shipped table: one compressed npz of arrays and one JSON of labels and sources."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builders.elasticities import OIL_SUPPLY, Row
from builders.oil import Sale
from threatpoint.files import as_csv, write_together, write_whole

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "src" / "threatpoint" / "world" / "tables"
REPORT = ROOT / "docs" / "world2023-report.md"


def fingerprint(arrays: Mapping[str, NDArray[Any]]) -> str:
    """SHA-256 over names, shapes, types and bytes of all arrays, in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        digest.update(f"{name}{array.shape}{array.dtype.str}".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def world(folder: Path, arrays: Mapping[str, NDArray[Any]], labels: Mapping[str, Any]) -> str:
    """Write `world2023.npz` and `world2023.json`; returns the fingerprint."""
    mark = fingerprint(arrays)
    packed = io.BytesIO()
    np.savez_compressed(packed, **{name: arrays[name] for name in sorted(arrays)})
    text = json.dumps({**labels, "fingerprint": mark}, indent=1, ensure_ascii=False)
    files = {"world2023.npz": packed.getvalue(), "world2023.json": text + "\n"}
    write_together(folder, files)
    return mark


def rows(path: Path, header: Iterable[str], lines: Iterable[Iterable[object]]) -> None:
    """Write a CSV with Unix line ends."""
    write_whole(path, as_csv((header, *lines)))


def oil_table(folder: Path, sales: Iterable[Sale]) -> None:
    """The human-readable table of Russian oil and gas by buyer."""
    ordered = sorted(sales, key=lambda s: (s.product, -s.usd, s.buyer))
    rows(
        folder / "russian_oil_2023.csv",
        ("buyer", "product", "volume_mt", "value_usd_million", "year", "basis", "source"),
        (
            (s.buyer, s.product, "" if s.mt is None else f"{s.mt:.3f}", f"{s.usd:.1f}", s.period,
             s.basis, s.source)
            for s in ordered
        ),
    )  # fmt: skip


def elasticity_table(folder: Path, lines: Iterable[Row]) -> None:
    """The elasticities by sector, with range, convention and source.

    Supply elasticities are empty where factors are mobile and supply is unlimited.
    """
    rows(
        folder / "elasticities.csv",
        ("sector", "printed", "theta", "low", "high", "convention", "source",
         "supply_low", "supply", "supply_high"),
        (
            (r.sector, f"{r.printed:.4f}", f"{r.theta:.4f}", f"{r.low:.4f}", f"{r.high:.4f}",
             r.convention, r.source, *(OIL_SUPPLY if r.sector == "OILGAS" else ("", "", "")))
            for r in lines
        ),
    )  # fmt: skip
