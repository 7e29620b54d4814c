"""Prose: facts become words in templates, each finding in one macro, for page and terminal alike.

A macro of `templates/*.j2` gives pieces: a line that starts with "@key" begins one, the lines after
it go on with it. A key that comes again adds a paragraph.
"""

from __future__ import annotations

import inspect
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from threatpoint import words

if TYPE_CHECKING:
    from jinja2 import Environment

PIECE = re.compile(r"^@([\w.-]+)(?:[ \t]+|$)", re.M)


class Said(dict[str, str]):
    """Pieces of prose by key; paragraphs of one piece are apart by a line break."""

    def all(self, key: str) -> list[str]:
        """The paragraphs of a piece; none where it is missing or blank."""
        return [text for text in self.get(key, "").split("\n") if text]


def say(macro: str, *facts: Any, **more: Any) -> Said:
    """The pieces of one macro, named as TEMPLATE.MACRO.

    Raises:
        jinja2.UndefinedError: the macro asks for a fact that is not there.
    """
    said = Said()
    _, *parts = PIECE.split(_called(macro, *facts, **more))
    for key, text in zip(parts[::2], parts[1::2], strict=True):
        said[key] = f"{said[key]}\n{_joined(text)}" if key in said else _joined(text)
    return said


def sentence(macro: str, *facts: Any, **more: Any) -> str:
    """What a macro without pieces says, on one line."""
    return _joined(_called(macro, *facts, **more))


def _called(macro: str, *facts: Any, **more: Any) -> str:
    name, _, part = macro.partition(".")
    return str(getattr(_module(name), part)(*facts, **more))


def _joined(text: str) -> str:
    """Lines joined; spaces that do not break stay."""
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")


@cache
def _module(name: str) -> Any:
    return environment().get_template(f"{name}.j2").module


@cache
def environment(autoescape: bool = False) -> Environment:
    """Templates with all functions of `words` as filters; what is not there is an error.

    Args:
        autoescape: for HTML.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("threatpoint.brief"),
        undefined=StrictUndefined,
        autoescape=autoescape,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        name: function
        for name, function in inspect.getmembers(words, inspect.isfunction)
        if not name.startswith("_")
    }
    made.globals |= {name: vars(words)[name] for name in ("LEAST", "POWER", "SMALLEST", "UNDER")}
    made.filters["listed"] = _listed
    made.filters["slug"] = lambda text: re.sub(r"[^a-z0-9]+", "-", str(text).lower())
    return made


def _listed(text: str, apart: str = "") -> str:
    """What stands between bars as a list: 'a, b and c', or with what stands between them."""
    items = [_joined(item) for item in text.split("|") if item.strip()]
    return apart.join(items) if apart else words.listing(items)
