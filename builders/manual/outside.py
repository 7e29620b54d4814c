"""Texts that lie outside the manual's folder: copied below it, their links with them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

LINK = re.compile(r"(?<=\]\()([^)#\s:]+)(?=[#)])")
ORPHAN = "---\norphan: true\n---\n"
"""Of a text that others link, and no list names."""
COPIED = (
    "validation/README.md",
    "validation/*/differences.md",
    "benchmarks/README.md",
    "CONTRIBUTING.md",
)


def pages(root: Path) -> dict[str, str]:
    """File below `docs/made` -> its text."""
    return {str(path.relative_to(root)): moved(path, root) for path in _copied(root)}


def _copied(root: Path) -> Iterator[Path]:
    for pattern in COPIED:
        yield from sorted(root.glob(pattern))


def moved(path: Path, root: Path) -> str:
    """A text as it stands in the manual."""
    here = root / "docs" / "made" / path.relative_to(root)
    words = relinked(path.read_text(encoding="utf-8"), path, here, root)
    return words if path.name != "differences.md" else ORPHAN + words


def relinked(words: str, source: Path, here: Path, root: Path) -> str:
    """A text of `source` whose links lead from `here` to the same texts."""
    copied = {found: root / "docs" / "made" / found.relative_to(root) for found in _copied(root)}

    def to(found: re.Match[str]) -> str:
        target = (source.parent / found[1]).resolve()
        return os.path.relpath(copied.get(target, target), here.parent)

    return LINK.sub(to, words)
