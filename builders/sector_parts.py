"""The industries that each sector of the shipped table adds up, with their ISIC divisions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from builders.sources import FILES, data_directory
from builders.write import TABLES
from threatpoint.errors import WorldError
from threatpoint.files import as_csv, write_whole

TABLE = TABLES / "sector_parts.csv"
REST = "Services (aggregate)"
"""The industries of the source that it gives as one: all that is no good."""


def divisions(industry: str) -> str:
    """ISIC Rev. 4 divisions (groups of three digits) behind an industry's code.

    'C10T12' is '10 to 12', 'C17_18' is '17 and 18'; 'C24A' and 'C24B' are '24' together.
    """
    if industry == REST:
        return "35 to 98"
    first, sign, last = re.fullmatch(r"[A-Z](\d+)(?:([T_A-Z])(\d*))?", industry).groups()  # type: ignore[union-attr]
    if sign in ("T", "_"):
        return f"{first} {'to' if sign == 'T' else 'and'} {last}"
    return first


def rows(parts: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Sector, industry, divisions."""
    halves = [sector for sector, codes in parts.items() for code in codes if code[-1] in "AB"]
    if len(set(halves)) > 1:
        raise WorldError(f"halves of one division lie in {', '.join(halves)}")
    for sector, industries in parts.items():
        yield from ([sector, industry, divisions(industry)] for industry in industries)


def text(folder: Path) -> str:
    """The table as it is written."""
    found = json.loads((folder / FILES["aggregation"]).read_text(encoding="utf-8"))["sectors"]
    return as_csv([("sector", "industry", "divisions"), *rows(found)])


if __name__ == "__main__":
    write_whole(TABLE, text(data_directory(None, (FILES["aggregation"],))))
