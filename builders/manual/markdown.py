"""Headings, tables and code in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are Markdown on one line."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(cell, line)) + " |" for line in lines) + "\n"


def cell(words: str) -> str:
    """Words that stay in their cell."""
    return re.sub(r"\s+", " ", words).replace("|", "\\|").strip()


def plain(words: str) -> str:
    """Text that means itself: no letter of it is markup."""
    return re.sub(r"([\\`*_\[\]<>{}$~#])", r"\\\1", words)


def code(words: str) -> str:
    """Words as typed; nothing for no words."""
    return f"`{words}`" if words else ""


def block(lines: str, language: str) -> str:
    """Code of several lines."""
    return f"```{language}\n{lines.strip()}\n```\n"
