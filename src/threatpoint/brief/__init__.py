"""The brief: the page people hand on, its data files, and its summary for the terminal.

Nothing is computed here. Names are loaded on first use, so that importing the room costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threatpoint.brief.page import render, require_folder, write_brief
    from threatpoint.brief.pdf import write_pdf
    from threatpoint.brief.terminal import summary
    from threatpoint.brief.workbook import write_workbook

__all__ = ["render", "require_folder", "summary", "write_brief", "write_pdf", "write_workbook"]

_PLACES = {
    "render": "page",
    "require_folder": "page",
    "summary": "terminal",
    "write_brief": "page",
    "write_pdf": "pdf",
    "write_workbook": "workbook",
}


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
