"""Chain: one set of draws through all rooms, and what to expect.

`solve_chain` draws a situation; `Tree` and `Decision` say what to expect of it.

Names are loaded on first use: a worker that solves draws needs none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threatpoint.analysis.chain.chain import Chain, Drawing, solve_chain

__all__ = ["Chain", "Drawing", "solve_chain"]


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.chain"), name)
