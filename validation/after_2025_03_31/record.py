"""The record after 31 March 2025: dated events with their sources."""

from __future__ import annotations

import pathlib
from functools import cache

from builders.data import read


@cache
def events() -> dict[str, dict[str, str]]:
    """The record, by id."""
    return {row["id"]: row for row in read(pathlib.Path(__file__).with_name("events.csv"))}


def figure(event: str) -> float:
    """The figure of an event, in its unit."""
    return float(events()[event]["figure"])


def sources(names: tuple[str, ...]) -> str:
    """Who says so, each once."""
    return "; ".join(dict.fromkeys(events()[name]["source"] for name in names))
