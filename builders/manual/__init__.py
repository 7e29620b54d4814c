"""The pages of the manual that are made of the code: commands, names, columns, tables, equations.

`docs/conf.py` writes them into `docs/made` before it reads anything; nothing there is edited.
"""

from __future__ import annotations

from pathlib import Path

from builders.manual import columns, commands, equations, names, outside, shipped
from builders.write import ROOT

DOCS = ROOT / "docs"
MADE = DOCS / "made"


def pages() -> dict[str, str]:
    """File below `MADE` -> its text."""
    return {
        "commands.md": commands.text(),
        "python.rst": names.text(),
        "equations.rst": equations.text(DOCS / "theory.md"),
        "columns.md": columns.text(),
        "tables.md": shipped.text(),
        **outside.pages(ROOT),
    }


def write(folder: Path = MADE) -> None:
    """Write what has changed, so that a build reads again only that, and drop what is no more."""
    wanted = {folder / name: text for name, text in pages().items()}
    for path in [path for path in folder.rglob("*.*") if path.is_file()]:
        if path not in wanted:
            path.unlink()
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
