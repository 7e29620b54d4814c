"""Numbers and names of the talks in words."""

from __future__ import annotations

import math

from threatpoint import words


def figure_words(value: float) -> str:
    """A number in words: three digits at most, 'any' and 'none' for the infinities."""
    if math.isnan(value):
        return words.DASH
    if math.isinf(value):
        return "any" if value > 0 else "none"
    if 1e-4 <= abs(value) < 0.01:
        return f"{value:.4f}".rstrip("0").replace("-", words.MINUS)
    if abs(value) >= 1000:
        digits = 2 - math.floor(math.log10(abs(value)))
        return words.number(round(value, min(digits, 0)))
    return words.number(value)


def bn(value: float) -> str:
    """USD bn in words."""
    return words.money(value, "USD bn")


def span(low: float, high: float) -> str:
    """'0 to 156'."""
    return f"{figure_words(low)} to {figure_words(high)}"


def spoken(text: str) -> str:
    """Typed signs as printed ones."""
    return text.replace("km2", "km²").replace(" - ", f" {words.MINUS} ")


def start(text: str) -> str:
    """With a capital letter, unless it starts with a symbol."""
    return text if text.startswith(("s_R", "max(")) else words.capital(text)
