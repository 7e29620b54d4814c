"""Threatpoint: what each side of a stand-off loses if the threat is carried out.

    >>> import threatpoint as tp
    >>> world = tp.load_world()
    >>> situation = tp.load_situation("ukraine-2025-03-31")
    >>> outcome = tp.solve(world, situation.policy)
    >>> outcome.status.converged, round(float(outcome.welfare.percent[world.country("USA")]), 2)
    (True, -0.74)

Every public name shows an example, with `tp` for the package. Names are loaded on first use, so
that importing the package costs nothing.
"""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

__version__ = "0.3.0"


@cache
def _places() -> dict[str, str]:
    """Public name -> module, as `__init__.pyi` declares them for type checkers."""
    stub = ast.parse(Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    imports = (node for node in stub.body if isinstance(node, ast.ImportFrom))
    return {alias.name: str(node.module) for node in imports for alias in node.names}


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name == "__all__":
        return __dir__()
    if name not in _places():
        raise AttributeError(f"module 'threatpoint' has no attribute {name!r}")
    return getattr(import_module(_places()[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return ["__version__", *sorted(_places())]
