"""Numbers and names that the answers share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.words import SPACE

if TYPE_CHECKING:
    pass

Answer = Mapping[str, str]
"""answer, range, assumptions, source; mark only where it differs from the file's."""


def usd(value: float, per: str = "") -> str:
    """USD bn without sign: 'USD 3.9 bn a month'."""
    return f"USD{SPACE}{words.number(abs(value))}{SPACE}bn{f' {per}' if per else ''}"
