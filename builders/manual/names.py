"""Every public name with its docstring and its example, by room."""

from __future__ import annotations

import inspect
from collections.abc import Iterable

import threatpoint

HEAD = """Python
======

Every public name, as ``import threatpoint as tp`` gives it. Each shows an example, and each example
is run as a test. Errors stand at the end: what is asked wrongly is one of them, always with what,
where and what to try.

"""
ROOMS = {
    "world": "The world",
    "policy": "Policies and rules",
    "equilibrium": "Solving",
    "oil": "Solving",
    "strategy": "The threat game and tariffs",
    "situation": "Situations",
    "analysis": "Analyses, draws, leverage and design",
    "brief": "The page",
    "support": "Support and front",
    "front": "Support and front",
    "errors": "Errors",
}
"""Room -> the heading under which its names stand; any other room is its own heading."""
ROOTS = "object, Exception, dict, tuple"
"""Classes whose methods are no news: those of Python."""
ERRORS = """
.. automodule:: threatpoint.errors
   :members:
   :exclude-members: ThreatpointError
   :show-inheritance:
"""


def text() -> str:
    """The whole page, reStructuredText."""
    headings = dict.fromkeys([*ROOMS.values(), *map(heading, threatpoint._places())])
    found = {title: [n for n in threatpoint._places() if heading(n) == title] for title in headings}
    return HEAD + "\n".join(_section(title, those) for title, those in found.items() if those)


def heading(name: str) -> str:
    """Of a public name."""
    place = threatpoint._places()[name]
    room = [*place.split("."), name][1]
    return ROOMS.get(room, room.replace("_", " ").capitalize())


def _section(title: str, names: Iterable[str]) -> str:
    ends = ERRORS if title == ROOMS["errors"] else ""
    return f"{title}\n{'-' * len(title)}\n\n" + "\n".join(map(entry, sorted(names))) + ends


def entry(name: str) -> str:
    """What Sphinx is asked to show of a public name."""
    found = getattr(threatpoint, name)
    if inspect.isclass(found):
        return f".. autoclass:: threatpoint.{name}\n   :members:\n   :inherited-members: {ROOTS}\n"
    if inspect.ismodule(found):
        return f".. automodule:: {found.__name__}\n   :members:\n"
    if callable(found):
        return f".. autofunction:: threatpoint.{name}\n"
    return f".. autodata:: threatpoint.{name}\n   :no-value:\n\n{_methods(found)}"


def _methods(found: object) -> str:
    """Those of the one object of its class, below it."""
    kind = type(found)
    place = f"{kind.__module__}.{kind.__qualname__}"
    told = (n for n, value in vars(kind).items() if callable(value) and not n.startswith("_"))
    return "".join(f"   .. automethod:: {place}.{name}\n" for name in told)
