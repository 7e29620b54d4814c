"""Every key of the schema, a file that has them all, and a change of each."""

from __future__ import annotations

import datetime
import json
import tomllib
import types
import typing
from collections.abc import Iterator
from copy import deepcopy
from importlib.resources import files
from typing import Any

from pydantic import BaseModel

from threatpoint.situation.figure import Figure

Path = tuple[str | int, ...]


# -- the schema -------------------------------------------------------------------------------


def leaves(annotation: Any, path: str = "") -> Iterator[str]:
    """Dotted path of every key under an annotation; * for any name, [] for an entry of a list."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        yield from leaves(inner[0], path)
    elif origin in (typing.Union, types.UnionType):
        models = [kind for kind in inner if isinstance(kind, type) and issubclass(kind, BaseModel)]
        for kind in models if len(models) > 1 else inner:
            if kind is not type(None):
                yield from leaves(kind, f"{path}.{_tag(kind)}" if len(models) > 1 else path)
    elif origin is list:
        found = list(leaves(inner[0], f"{path}[]"))
        yield from [path] if found == [f"{path}[]"] else found
    elif origin is dict:
        yield from leaves(inner[1], f"{path}.*")
    elif _is_table(annotation):
        for name, field in annotation.model_fields.items():
            yield from leaves(field.annotation, f"{path}.{field.alias or name}".lstrip("."))
    else:
        yield path


def _is_table(annotation: Any) -> bool:
    model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return model and not issubclass(annotation, Figure)


def _tag(model: Any) -> str:
    """The word that tells a member of a union from the others."""
    literals = [typing.get_args(field.annotation) for field in model.model_fields.values()]
    return next(args[0] for args in literals if len(args) == 1 and isinstance(args[0], str))


# -- writing TOML -----------------------------------------------------------------------------


def dump(raw: dict[str, Any]) -> str:
    """TOML text of plain tables, one key of the top level a line."""
    return "\n".join(f"{key} = {_value(value)}" for key, value in raw.items()) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{json.dumps(key)} = {_value(item)}" for key, item in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def changed(raw: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """A copy with one key set; None takes it out."""
    copy = deepcopy(raw)
    table: Any = copy
    for part in path[:-1]:
        table = table[part]
    if value is None:
        del table[path[-1]]
    else:
        table[path[-1]] = value
    return copy


def figure(value: float, unit: str = "%", **more: Any) -> dict[str, Any]:
    """A figure of the file."""
    return {"value": value, "unit": unit, "period": "2025", "source": "choice", **more}


# -- a file with every key --------------------------------------------------------------------

POINTS, BARREL, DAY = "percentage points", "USD/bbl", datetime.date


def built_in_tables() -> dict[str, Any]:
    """The tables of the built-in situation, as TOML gives them."""
    text = files("threatpoint.situation").joinpath("library", "ukraine-2025-03-31.toml")
    return tomllib.loads(text.read_text(encoding="utf-8"))


def everything() -> dict[str, Any]:
    """For the small world with a market for crude; talks and support are the built-in file's."""
    own = built_in_tables()
    talks = own["talks"] | {"attacker": "RUS", "defender": "NOR"}
    buys = {"buys": ["crude", "refined"], "from": ["RUS"]}
    return {
        "situation": {
            "title": "Everything",
            "date": DAY(2025, 3, 31),
            "question": "Who loses?",
            "sender": ["USA"],
            "main": "found",
            "source": "a test",
        },
        "groups": {"PAIR": ["CHN", "IND"]},
        "legal": [{"by": "USA", "form": "tariff", "lawful": True, "source": "a law"}],
        "parties": {"USA": "sender", "RUS": "seller", "NOR": "neighbour", "PAIR": "buyers"},
        "threats": {
            "found": {
                "words": "buyers pay",
                "made": {
                    "by": "USA",
                    "date": DAY(2025, 3, 30),
                    "source": "press",
                    "words": "said aloud",
                    "rate": figure(25, POINTS, range=[20, 40]),
                    "clock": DAY(2025, 4, 30),
                    "clocks": [
                        {"date": DAY(2025, 4, 30), "hit": []},
                        {"date": DAY(2025, 6, 1), "words": "moved", "source": "radio"}
                        | {"hit": ["DEU"]},
                    ],
                },
                "offer": {
                    "by": "USA",
                    "date": DAY(2025, 7, 1),
                    "words": "half of it",
                    "source": "press",
                    "cut": figure(12, POINTS),
                    "of": figure(25, POINTS),
                    "pledge": figure(50),
                },
                "evasion": figure(10),
                "evasion_cost": figure(5),
                "sender": ["USA", "NOR"],
                "when": buys | {"min_value": figure(5, "USD bn"), "min_share": figure(10)},
                "added": ["DEU"],
                "exempted": ["TUR"],
                "then": [
                    {"instrument": "tariff", "importers": ["USA"], "exporters": ["target"]}
                    | {"sectors": ["ELEC"], "mode": "add", "rate": figure(25, POINTS)}
                    | {"enforcement": figure(80), "evasion_cost": figure(5)},
                    {"instrument": "trade-cost", "exporters": ["target"], "importers": ["USA"]}
                    | {"sectors": ["SVC"], "rate": figure(10)},
                    {"instrument": "iceberg", "exporters": ["target"], "importers": ["USA"]}
                    | {"sectors": ["SVC"], "rate": figure(-10)},
                ],
                "retaliation": [
                    {"instrument": "export-ban", "exporters": ["target"], "importers": ["USA"]}
                    | {"sectors": ["REFPET", "ELEC"]}
                ],
            },
            "asked": {
                "words": "guard the border",
                "named": ["PAIR", "EU"],
                "unions": ["EU"],
                "when": {
                    "demand": "guards the border",
                    "cost": figure(1, "USD bn"),
                    "costs": {"IND": figure(0.5, "% of GDP")},
                },
                "then": [
                    {"instrument": "cut-off", "sender": ["USA"], "targets": ["target"]}
                    | {"sectors": ["ELEC"], "direction": "both"}
                    | {"enforcement": figure(80), "evasion_cost": figure(10)},
                    {"instrument": "export-ban", "exporters": ["USA"], "importers": ["target"]}
                    | {"sectors": ["SVC"], "enforcement": figure(90), "evasion_cost": figure(3)},
                ],
            },
            "given": {
                "words": "buyers of what no table has",
                "when": {
                    "buys": ["crude"],
                    "from": ["Venezuela"],
                    "purchases": {"CHN": figure(6, "USD bn"), "IND": figure(1.5, "USD bn")},
                    "min_value": figure(1, "USD bn"),
                },
                "then": [
                    {"instrument": "tariff", "importers": ["USA"], "exporters": ["target"]}
                    | {"mode": "add", "rate": figure(25, POINTS)}
                ],
            },
            "named": {
                "words": "all the others",
                "named": ["CHN"],
                "then": [
                    {"instrument": "quota", "importers": ["USA"], "exporters": ["target"]}
                    | {"sectors": ["ELEC"], "volume": figure(50), "payee": "exporter"},
                    {"instrument": "tariff", "importers": ["USA"], "exporters": ["target"]}
                    | {"sectors": ["REFPET"], "mode": "add", "rate": figure(20)},
                    {"instrument": "export-tax", "exporters": ["USA"], "importers": ["target"]}
                    | {"sectors": ["ELEC"], "rate": figure(20)},
                    {"instrument": "price-cap", "sellers": ["RUS"], "buyers": ["target"]}
                    | {"good": "crude", "cap": figure(48, BARREL)}
                    | {"served": figure(70), "evasion_cost": figure(16, BARREL)},
                    {"instrument": "stop-buying", "buyers": ["IND"], "sellers": ["target"]}
                    | {"goods": ["REFPET"], "enforcement": figure(80)},
                    {"instrument": "move-cap", "sellers": ["RUS"], "good": "crude"}
                    | {"price": figure(50, BARREL)},
                    {"instrument": "list-ships", "sellers": ["RUS"], "good": "crude"}
                    | {"share": figure(20)},
                    {"instrument": "sanction-producers", "sellers": ["RUS"], "good": "crude"}
                    | {"share": figure(50)},
                    {"instrument": "cut-output", "producers": ["RUS"], "good": "crude"}
                    | {"cut": figure(1, "mb/d")},
                    {"instrument": "release-spare", "producers": ["NOR"], "good": "crude"}
                    | {"share": figure(90)},
                ],
            },
        },
        "scenarios": {
            "names": {"label": "Other names", "threat": "found", "named": ["CHN"]},
            "lists": {
                "label": "Other lists",
                "threat": "found",
                "added": ["TUR"],
                "exempted": ["CHN"],
                "min_value": figure(20, "USD bn"),
                "min_share": figure(5),
            },
            "cut": {
                "label": "Less of it",
                "threat": "asked",
                "sectors": ["all"],
                "direction": "imports",
                "enforcement": figure(50),
                "evasion_cost": figure(7),
            },
            "sizes": {
                "label": "Other sizes",
                "threat": "named",
                "rate": figure(30),
                "volume": figure(20),
                "cap": figure(32, BARREL),
                "served": figure(90),
                "price": figure(45, BARREL),
                "share": figure(40),
                "cut": figure(2, "mb/d"),
            },
        },
        "oil": {
            "stops": {
                "label": "It stops",
                "opec": "hold",
                "instruments": [
                    {"instrument": "stop-buying", "buyers": ["IND"], "sellers": ["RUS"]}
                    | {"goods": ["crude"]}
                ],
            }
        },
        "figures": {
            "total": figure(3.0, "USD bn"),
            "out": figure(1.2, "USD bn"),
            "in": figure(1.8, "USD bn"),
            "other": figure(3.1, "USD bn"),
            "gap": figure(0.6, "USD bn"),
            "gap-elsewhere": figure(0.7, "USD bn"),
        },
        "claims": _claims(),
        "rows": [
            {"number": 1, "words": "3.0 in all", "answered_by": "claims", "mark": "checked"},
            {"number": 2, "words": "they buy", "answered_by": "rule", "answer": "threat"}
            | {"mark": "computed"},
            {"number": 3, "words": "a call", "answered_by": "record", "answer": "event"}
            | {"mark": "not modelled"}
            | {"happened": [{"date": DAY(2025, 5, 1), "words": "it came", "source": "press"}]},
        ],
        "talks": talks,
        "support": own["support"],
    }


def _claims() -> list[dict[str, Any]]:
    flows = {"flows": [["USA", "CHN"]], "sectors": ["ELEC"]}
    common = {"row": 1, "words": "3.0 in all"}
    return [
        {"id": "sum", "kind": "sum", **common, "total": "total", "parts": ["out", "in"]}
        | {"against": "other", "table": flows},
        {"id": "gap", "kind": "difference", **common, "result": "gap", "first": "in"}
        | {"second": "out", "against": "gap-elsewhere"},
        {"id": "both", "kind": "joint", **common, "claims": ["sum", "gap"]},
        {"id": "ref", "kind": "reference", **common, "figure": "total", "against": "other"}
        | {"table": flows},
        {"id": "rank", "kind": "ranking", **common, "country": "CHN", "partner": "NOR"}
        | {"rank": 1, "sectors": ["OILGAS"]}
        | {"sources": [{"label": "One source", "totals": {"NOR": "total", "USA": "in"}}]},
    ]
