"""What was typed in by hand: one file a subject, every number with its source beside it."""

from __future__ import annotations

import csv
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def source_root(given: str | Path | None = None) -> Path:
    """Where the source files are: as given, or THREATPOINT_DATA, or ../shared/data."""
    default = FOLDER.parents[2] / "shared" / "data"
    return Path(given or os.environ.get("THREATPOINT_DATA") or default)


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    with path.open(newline="", encoding="utf-8-sig") as text:
        return list(csv.DictReader(text))


def toml(name: str) -> dict[str, Any]:
    """A TOML file of this folder."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def table(name: str) -> list[dict[str, str]]:
    """Rows of a CSV file of this folder."""
    return read(FOLDER / f"{name}.csv")


def text(name: str) -> str:
    """A file of this folder as it is, to be shipped or filled in."""
    return (FOLDER / name).read_text(encoding="utf-8")


WORLD = toml("world2023")
EU = tuple(WORLD["groups"]["EU"])
"""The members in the table; REU is the rest of them."""


def usd_per_eur() -> Mapping[int, float]:
    """Year -> yearly average of the euro reference rate."""
    return {int(row["year"]): float(row["usd_per_eur"]) for row in table("usd_per_eur")}
