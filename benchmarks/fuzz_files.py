"""Situation files for the fuzzer: the built-in one with keys lost, doubled, renamed and retyped."""

from __future__ import annotations

import copy
import functools
import random
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from benchmarks import fuzz_odd as odd
from threatpoint.world import load_world

NAME = "ukraine-2025-03-31"
TAGS = (
    "cut-off", "tariff", "export-ban", "quota", "export-tax", "trade-cost", "price-cap",
    "stop-buying", "move-cap", "list-ships", "sanction-producers", "cut-output", "release-spare",
    "sum", "difference", "joint", "reference", "ranking", "x",
)  # fmt: skip


class Raw(str):
    """A value that stands in the file as it is, without quotes."""


def text_of(seed: int) -> bytes:
    """The bytes of one file."""
    rng = random.Random(seed)
    if rng.random() < 0.3:
        return odd.spoilt_text(rng, built_in())
    tables = copy.deepcopy(tomllib.loads(built_in()))
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        _change(rng, tables)
    return _written(tables).encode("utf-8", "replace")


def read(seed: int, folder: Path) -> str:
    """Load one file, and ask what costs no equilibrium of the whole world of one that loads."""
    from threatpoint.analysis import check_claims
    from threatpoint.situation import load_situation

    path = folder / "case.toml"
    path.write_bytes(text_of(seed))
    situation = load_situation(path, world())
    check_claims(situation, world())
    rules = [*situation.threats.values(), *(s.rule for s in situation.scenarios.values())]
    for rule in rules:
        rule.buyers(world())
        rule.wedges(world())
    _asked(situation)
    return "read: and asked"


def _asked(situation: Any) -> None:
    from threatpoint.analysis.ground import front_of, support_of
    from threatpoint.analysis.talks_drawn import draw_talks

    if situation.talks is not None:
        draw_talks(situation.talks, {"nothing": 0.0}, draws=2)
        front_of(situation)
    support_of(situation)


@functools.cache
def world() -> Any:
    """The shipped world, once for each worker."""
    return load_world()


@functools.cache
def built_in() -> str:
    """The text of the built-in situation."""
    folder = files("threatpoint.situation").joinpath("library")
    return folder.joinpath(f"{NAME}.toml").read_text(encoding="utf-8")


def _change(rng: random.Random, tables: dict[str, Any]) -> None:
    """Change one entry somewhere in the tables."""
    home, key = _place(rng, tables)
    value, change = home[key], rng.randrange(14)
    if change == 0:
        del home[key]
    elif change == 1 and isinstance(home, dict):
        home[odd.misspelt(rng, key) if rng.random() < 0.7 else odd.word(rng)] = home.pop(key)
    elif change == 2 and isinstance(home, dict):
        home[odd.word(rng)] = copy.deepcopy(value)
    elif change == 3 and isinstance(home, list):
        home.append(copy.deepcopy(value))
    elif change == 4 and isinstance(value, str):
        home[key] = odd.misspelt(rng, value)
    elif change == 5:
        home[key] = rng.choice(([], {}, [value], {"value": value}, [[[value]]], rng.choice(TAGS)))
    else:
        home[key] = _odd_value(rng, value)


def _place(rng: random.Random, value: Any) -> tuple[Any, Any]:
    """A random entry: the table or list it stands in, and its key or position."""
    while True:
        key = rng.choice(list(value) if isinstance(value, dict) else range(len(value)))
        inside = value[key]
        if not isinstance(inside, dict | list) or not inside or rng.random() < 0.15:
            return value, key
        value = inside


def _odd_value(rng: random.Random, value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool) and rng.random() < 0.9:
        close = (
            f"{value * rng.uniform(0.5, 1.5):.4g}" if isinstance(value, float) else f"{value + 1}"
        )
        return Raw(rng.choice((close, close, odd.number(rng))))
    if isinstance(value, str) and rng.random() < 0.5:
        return value + rng.choice((" ", "x", " and more", "é"))
    return rng.choice(
        (odd.word(rng), Raw(odd.number(rng)), Raw(rng.choice(odd.ODD_DATES)), True, [odd.word(rng)])
    )


def _written(value: Any) -> str:
    """Tables as TOML, every value inline below the top."""
    return "\n".join(f"{_quoted(key)} = {_inline(item)}" for key, item in value.items())


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_quoted(k)} = {_inline(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return _quoted(value) if isinstance(value, str) and not isinstance(value, Raw) else str(value)


def _quoted(text: str) -> str:
    """A text in quotes, its quotes and controls escaped, so that the file is often TOML."""
    plain = (
        c if c.isprintable() and c not in '"\\' else f"\\u{min(ord(c), 0xFFFF):04x}" for c in text
    )
    return '"' + "".join(plain) + '"'
