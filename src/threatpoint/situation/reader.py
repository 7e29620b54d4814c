"""Reader: a situation file in, a `Situation` out, or every problem of the file at once."""

from __future__ import annotations

import re
import tomllib
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from threatpoint.errors import SituationError, nearest, unknown
from threatpoint.situation import build
from threatpoint.situation.labels import label_problems
from threatpoint.situation.lines import Path, line_numbers, line_of
from threatpoint.situation.model import Situation
from threatpoint.situation.references import reference_problems
from threatpoint.situation.schema import SituationFile

if TYPE_CHECKING:
    from threatpoint.world.economy import Economy

TAGS = ("cut-off", "tariff", "export-ban", "sum", "difference", "joint", "reference", "ranking")


def built_in() -> tuple[str, ...]:
    """Names of the situations that come with the software."""
    library = files("threatpoint.situation").joinpath("library")
    names = (entry.name for entry in library.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def load_situation(name_or_path: str | FilePath, economy: Economy | None = None) -> Situation:
    """Read a situation by built-in name or from a TOML file.

    Args:
        name_or_path: e.g. "ukraine-2025-03-31" or "my/situation.toml".
        economy: the table whose codes the file uses; None is the shipped table.

    Raises:
        SituationError: with every problem of the file: file, line, key, nearest spelling.
    """
    text, source, name = _read(name_or_path)
    raw = _parse(text, source)
    lines = line_numbers(text)
    problems: list[build.Problem] = []
    situation = None
    try:
        file = SituationFile.model_validate(raw)
    except ValidationError as error:
        problems = [_problem(item) for item in error.errors()]
    else:
        situation, problems = _situation(name, file, economy or _shipped())
    if problems or situation is None:
        raise SituationError(source, _sentences(problems, lines))
    return situation


def _shipped() -> Economy:
    from threatpoint.world import load_world

    return load_world()


def _read(name_or_path: str | FilePath) -> tuple[str, str, str]:
    """Text, name for messages, and name of the situation."""
    asked = str(name_or_path)
    if asked in built_in():
        resource = files("threatpoint.situation").joinpath("library", f"{asked}.toml")
        return resource.read_text(encoding="utf-8"), f"{asked}.toml", asked
    path = FilePath(asked)
    try:
        return path.read_text(encoding="utf-8-sig"), asked, path.stem
    except UnicodeDecodeError as error:
        raise SituationError(
            asked, [f"not UTF-8 text: byte {error.start}: save it as UTF-8"]
        ) from None
    except OSError as error:
        known = ", ".join(built_in())
        reason = f"{error.strerror or error}{nearest(asked, built_in())}; built in: {known}"
        raise SituationError(asked, [f"cannot be read: {reason}"]) from None


def _parse(text: str, source: str) -> dict[str, Any]:
    """The TOML tables, numbers with their printed digits."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = re.fullmatch(r"(.*) \(at (.*)\)", str(error), re.DOTALL)
        what, place = found.groups() if found else (str(error), "unknown place")
        raise SituationError(source, [f"{place}: not TOML: {what}"]) from None


def _situation(
    name: str, file: SituationFile, economy: Economy
) -> tuple[Situation | None, list[build.Problem]]:
    """The situation, and what is wrong with its meaning."""
    problems = build.Problems(build.figure_problems(file))
    head = file.situation
    made = {
        key: build.threat_rule(key, table, head.sender, problems)
        for key, table in file.threats.items()
    }
    threats = {key: rule for key, rule in made.items() if rule is not None}
    read = {
        key: build.scenario(key, table, threats, problems) for key, table in file.scenarios.items()
    }
    scenarios = {key: scenario for key, scenario in read.items() if scenario is not None}
    problems += reference_problems(file)
    problems += label_problems(file, threats, scenarios, economy)
    if problems:
        return None, problems
    fields = head.model_dump()
    situation = Situation(
        name=name,
        parties=types.MappingProxyType(file.parties),
        threats=types.MappingProxyType(threats),
        words=types.MappingProxyType({key: t.words for key, t in file.threats.items()}),
        scenarios=types.MappingProxyType(scenarios),
        figures=types.MappingProxyType(file.figures),
        claims=tuple(file.claims),
        rows=tuple(file.rows),
        assumptions=build.assumptions(file),
        **fields,
    )
    return situation, []


# -- messages --------------------------------------------------------------------------------


def _sentences(problems: list[build.Problem], lines: dict[Path, int]) -> list[str]:
    """'line 12, threats.oil.when: ...', in file order, without repeats."""
    located = {(line_of(lines, path) or 0, _dotted(path), text): None for path, text in problems}
    return [
        ", ".join(filter(None, (f"line {line}" if line else "", where))) + f": {text}"
        for line, where, text in sorted(located, key=lambda item: item[0])
    ]


def _dotted(path: Path) -> str:
    """threats.oil.then[0].rate"""
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".")


def _problem(error: Any) -> build.Problem:
    """One problem found by pydantic, in plain words."""
    kind, context = error["type"], error.get("ctx", {})
    path = _without_tags(error["loc"])
    given = error.get("input")
    if kind == "extra_forbidden":
        return path, unknown("key", str(path[-1]), _known_keys(error["loc"]))
    if kind == "missing":
        return path, f"key {str(path[-1])!r} is missing"
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", context["expected"])
        return path, unknown("value", str(given), choices)
    if kind == "union_tag_invalid":
        choices = re.findall(r"'([^']*)'", context["expected_tags"])
        key = context["discriminator"].strip("'")
        return (*path, key), unknown(key, context["tag"], choices)
    if kind == "union_tag_not_found":
        return path, f"key {context['discriminator']} is missing: it says which keys belong here"
    if kind == "value_error":
        return path, str(context["error"])
    if kind in ("dict_type", "model_type"):
        return path, f"must be a table, not {given!r}"
    wanted = {"is_instance_of": "a number", "list_type": "a list", "string_type": "text"}
    hint = wanted.get(kind)
    return path, f"must be {hint}, not {given!r}" if hint else f"{error['msg']}, not {given!r}"


def _without_tags(location: Path) -> Path:
    """A key path as the file has it: pydantic adds the kind of a list's entry after its index."""
    return tuple(
        part
        for position, part in enumerate(location)
        if not (part in TAGS and position and isinstance(location[position - 1], int))
    )


def _known_keys(location: Path) -> tuple[str, ...]:
    """The keys a table of the file can have."""
    models: list[Any] = [SituationFile]
    for part in location[: len(location) - 1]:
        models = [inner for model in models for inner in _step(model, part)]
    keys = [
        field.alias or name
        for model in models
        for member in (model, *typing.get_args(model))
        if isinstance(member, type) and issubclass(member, BaseModel)
        for name, field in member.model_fields.items()
    ]
    return tuple(dict.fromkeys(keys))


def _step(model: Any, part: str | int) -> Iterator[Any]:
    """The annotations one step further down a path."""
    origin, arguments = typing.get_origin(model), typing.get_args(model)
    if origin in (typing.Union, types.UnionType):
        tagged = [a for a in arguments if _has_tag(a, part)]
        yield from tagged or [found for a in arguments for found in _step(a, part)]
    elif origin is typing.Annotated:
        yield from _step(arguments[0], part)
    elif origin is list:
        yield arguments[0]
    elif origin is dict:
        yield arguments[1]
    elif isinstance(model, type) and issubclass(model, BaseModel):
        for name, field in model.model_fields.items():
            if part in (name, field.alias):
                yield field.annotation


def _has_tag(model: Any, tag: str | int) -> bool:
    """Whether a member of a union is the one with this tag."""
    fields = getattr(model, "model_fields", {})
    return any(tag in typing.get_args(field.annotation) for field in fields.values())
