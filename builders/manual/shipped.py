"""Every table that ships, with producer, licence, year and unit as far as its room states them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from builders.manual.markdown import code, plain, table
from builders.write import ROOT
from threatpoint.world import info, load_world

PACKAGE = ROOT / "src" / "threatpoint"
HEAD = """# Shipped tables

What lies in the package. Every row of a table of figures names its own source; what is said of a
whole table stands here. How the world was built, and what gave way, is in [data](../data.md).
"""


def text() -> str:
    """The whole page."""
    return "\n".join([HEAD, _world(), *_notes(), "## Files\n", _files()])


def _world() -> str:
    parts = [_table(found) for found in info(load_world()) if found.key in ("world", "sources")]
    return "\n".join(["## The world of 2023\n", *parts])


def _table(found: Any) -> str:
    rows = [[plain(str(row[c.key])) for c in found.columns] for row in found.rows]
    return f"{plain(found.caption)}.\n\n" + table([c.heading for c in found.columns], rows)


def _notes() -> Iterator[str]:
    """What the front and the support say of their tables."""
    front = json.loads((PACKAGE / "front/tables/front.json").read_text(encoding="utf-8"))
    for name, about in front.items():
        if isinstance(about, dict) and "what" in about:
            yield f"## {name}\n\n" + _about(about)
    support = PACKAGE / "support/tables/support_about.json"
    yield "## Support\n\n" + _about(json.loads(support.read_text(encoding="utf-8")))


def _about(about: dict[str, Any]) -> str:
    rows = [(plain(k.replace("_", " ")), plain(str(v))) for k, v in about.items()]
    return table(["Of it", "Says"], rows)


def _files() -> str:
    found = (*PACKAGE.rglob("*.csv"), *PACKAGE.rglob("tables/*.json"), *PACKAGE.rglob("*.npz"))
    return table(["File", "Rows", "Columns"], (_file(path) for path in sorted(found)))


def _file(path: Path) -> tuple[str, str, str]:
    if path.suffix != ".csv":
        return code(str(path.relative_to(PACKAGE))), "", "arrays or facts, no rows"
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    keys = head if len(head) <= 13 else [*head[:12], f"… {len(head)} in all"]
    return code(str(path.relative_to(PACKAGE))), str(len(rows)), ", ".join(map(plain, keys))
