"""Numbers in words, one way for every room: two significant digits, and never a minus before 0.

It imports nothing of the package. The page adds its own signs (`brief.words`).
"""

from __future__ import annotations

import math

NONE = "\N{EN DASH}"
"""What is written for NaN and the infinities."""
NOISE = 1e-5
"""Below it a figure that is not 0 is written as 0.00: it may be the solver's."""


def number_words(value: float, signed: bool = False, decimals: int | None = None) -> str:
    """Two significant digits below 10, whole numbers above: 0.459 -> 0.46, -12.6 -> -13.

    What is too small for its decimals keeps its sign and one digit: -0.0021 -> -0.002.

    Args:
        value: NaN and infinity become a dash.
        signed: put a plus sign before gains.
        decimals: so many, instead of two significant digits.
    """
    if not math.isfinite(value):
        return NONE
    size = abs(value)
    if decimals is None:
        decimals = (2 if size < 0.995 else 1 if size < 9.95 else 0) if size else 0
    text = f"{size:,.{decimals}f}"
    if not float(text.replace(",", "")):
        if size < NOISE:
            return text
        text = _one_digit(size)
    sign = "-" if value < 0 else "+" if signed else ""
    return sign + text


def _one_digit(size: float) -> str:
    """A size below 1 to its first digit: 0.0021 -> '0.002'."""
    size = round(size, -math.floor(math.log10(size)))
    return f"{size:.{max(0, -math.floor(math.log10(size)))}f}"
