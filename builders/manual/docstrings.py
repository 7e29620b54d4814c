"""A docstring of the house as reStructuredText: sections as lists, names of things as links."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator

import threatpoint
from threatpoint import errors

SECTIONS = ("Args", "Attributes", "Raises", "Returns")
SECTION = re.compile(rf"(?:{'|'.join(SECTIONS)}):$")
EXAMPLE = re.compile(r"Example(?:, after that of `(\w+)`)?:$")
ITEM = re.compile(r"( {4})([\w*][\w*, ]*): (.*)$")
TICKED = re.compile(r"(?<!`)`([^`]+)`(?!`)(_?)")
MARKUP = re.compile(r"(?<![\w`])([*|])|(?<=\w)(_)(?!\w)")


def restructured(lines: Iterable[str]) -> list[str]:
    """The lines of a docstring, unindented, for Sphinx."""
    found: list[str] = []
    section = ""
    fenced = False
    for line in lines:
        if line.strip() == "```":
            fenced, found = not fenced, [*found, "", "" if fenced else "::", ""]
        elif fenced:
            found.append(f"    {line}")
        elif SECTION.match(line):
            section, line = line, f"**{line.rstrip(':')}**"
            found += ["", line, ""]
        elif begins := EXAMPLE.match(line):
            section, found = "Example:", [*found, *_example(begins[1])]
        elif line.strip() and not line.startswith(" "):
            section, found = "", [*found, _linked(line)]
        else:
            found += _inside(line, section)
    return found


def _example(after: str | None) -> list[str]:
    first = f" (after that of {_link(after)})" if after else ""
    return ["", f"**Example**{first}", ""]


def _inside(line: str, section: str) -> Iterator[str]:
    """A line of a section: an item, its second line, or code."""
    item = ITEM.match(line) if section and section != "Example:" else None
    if item:
        names = (_link(name.strip()) for name in item[2].split(","))
        yield from ("", ", ".join(names), f"    {_linked(item[3])}")
    elif section == "Example:":
        yield line.removeprefix("    ")
    elif section:
        yield f"    {_linked(line.strip())}" if line.strip() else ""
    else:
        yield line if line.lstrip().startswith((">>>", "...")) else _linked(line)


def _linked(line: str) -> str:
    """A line of prose: what stands in single ticks is a name, all other letters mean themselves."""
    parts = re.split(r"(``[^`]+``|`[^`]+`)", line)
    return "".join(
        _link(part.strip("`")) if part.startswith("`") else MARKUP.sub(r"\\\1\2", part)
        for part in parts
    )


def _link(name: str) -> str:
    """A public name or an error as a link, any other as code."""
    bare = name.removeprefix("tp.")
    owner, _, method = bare.partition(".")
    if owner in threatpoint._places() and method and _has_entry(owner, method):
        return f":py:obj:`{name} <threatpoint.{bare}>`"
    if bare in threatpoint._places():
        return f":py:obj:`{name} <threatpoint.{bare}>`"
    if isinstance(getattr(errors, bare, None), type):
        return f":py:exc:`{name} <threatpoint.errors.{bare}>`"
    return f"``{name}``"


def _has_entry(owner: str, method: str) -> bool:
    """Whether a class has a method or a property of its own under that name."""
    found = inspect.getattr_static(getattr(threatpoint, owner), method, None)
    return callable(found) or isinstance(found, property | classmethod | staticmethod)
