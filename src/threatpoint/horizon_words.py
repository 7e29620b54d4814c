"""The horizons and how long they are: the one place that says so.

World table, page, terminal, help texts and files read it here. It imports nothing, so that a help
text may use it.
"""

from __future__ import annotations

from collections.abc import Iterable

HORIZONS = {"short": "first year", "medium": "1-3 years", "long": "7-10 years"}
"""Horizon, as the options name it -> how long it is, in words."""

MEANINGS = {
    "short": "suppliers are hard to replace",
    "medium": "some trade has moved to other partners",
    "long": "production and trade have moved to other partners",
}
"""Horizon -> what has happened by then."""


def when_words(name: str) -> str:
    """'in the first year', 'after 7-10 years'; another set of elasticities by its name."""
    if name not in HORIZONS:
        return f'with the elasticities "{name}"'
    return f"in the {HORIZONS[name]}" if name == "short" else f"after {HORIZONS[name]}"


def legend_words(names: Iterable[str]) -> str:
    """'short = first year, medium = 1-3 years': names of options with their words."""
    return ", ".join(f"{name} = {HORIZONS[name]}" for name in names if name in HORIZONS)
