"""The functions that the theory names: found, linked, and shown on one page."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import threatpoint

NAMED = re.compile(r"(?<![`\w{}])`((?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*)`")
HEAD = """Functions of the equations
==========================

The functions, classes and modules that :doc:`the theory </theory>` names, in its order. They are
the inside of the model: what they take and give may change. The names that stay are those of
:doc:`python`.

"""
BOOK = "equilibrium"
"""The room that is meant where a module's name stands alone."""


def text(theory: Path) -> str:
    """The whole page, reStructuredText."""
    places = dict.fromkeys(place for _, place in named(theory.read_text(encoding="utf-8")))
    own = (place for place in places if not public(place))
    return HEAD + "\n".join(map(_entry, own))


def named(words: str) -> Iterator[tuple[str, str]]:
    """(as written, full name) of each dotted name of the model in a text."""
    for found in NAMED.finditer(words):
        if place := resolved(found[1]):
            yield found[1], place


def linked(words: str, known: Callable[[str], bool]) -> str:
    """A text with a link on each such name that has an entry."""

    def link(found: re.Match[str]) -> str:
        place = resolved(found[1])
        return f"{{py:obj}}`{found[1]} <{place}>`" if place and known(place) else found[0]

    return NAMED.sub(link, words)


@cache
def resolved(name: str) -> str:
    """The full name of what is meant by a dotted name; "" where it is nothing of the model."""
    first, *rest = name.split(".")
    if first == "tp":
        return _public(rest)
    if name in modules():
        return name
    if first in threatpoint._places():
        return _public([first, *rest])
    if first[:1].isupper():
        found = (_inside(m, [first, *rest]) for m in modules() if f".{BOOK}." in m)
        return next(filter(None, found), "")
    ends = [module for module in modules() if f".{name}.".find(f".{_tail(module, name)}.") == 0]
    for module in sorted(ends, key=lambda m: (BOOK not in m, -len(_tail(m, name)), m)):
        if found := _inside(module, name.split(".")[len(_tail(module, name).split(".")) :]):
            return found
    return ""


def _public(path: list[str]) -> str:
    return _inside("threatpoint", path)


def _tail(module: str, name: str) -> str:
    """The longest end of a module's path that a name begins with; one that fits nothing else."""
    parts = module.split(".")
    ends = (".".join(parts[k:]) for k in range(1, len(parts)))
    return next((end for end in ends if f"{name}.".startswith(f"{end}.")), "?")


def _inside(module: str, path: list[str]) -> str:
    """The full name of an attribute, a public one by its public name; "" where there is none."""
    found: object = import_module(module)
    for word in path:
        if not (hasattr(found, word) or word in getattr(found, "__annotations__", {})):
            return ""
        found = getattr(found, word, None)
    for name in threatpoint._places():
        if found is not None and found is getattr(threatpoint, name):
            return f"threatpoint.{name}"
    return ".".join([module, *path])


def public(place: str) -> bool:
    """Whether a full name, or what it is of, stands among the public names."""
    return place.startswith("threatpoint.") and place.split(".")[1] in threatpoint._places()


@cache
def modules() -> tuple[str, ...]:
    """Full names of all modules."""
    found = pkgutil.walk_packages(threatpoint.__path__, "threatpoint.")
    return tuple(m.name for m in found if not m.name.endswith("__main__"))


def _entry(place: str) -> str:
    module = max((m for m in modules() if f"{place}.".startswith(f"{m}.")), key=len)
    if module == place:
        return f".. automodule:: {place}\n"
    found: object = import_module(module)
    for word in place.removeprefix(f"{module}.").split("."):
        owner, found = found, getattr(found, word, None)
    kind = "class" if inspect.isclass(found) else "method" if inspect.isclass(owner) else "function"
    kind = kind if callable(found) else "attribute"
    return f".. auto{kind}:: {place}\n"
