"""Command lines for the fuzzer: every command and option, sound and odd words mixed.

A shock is solved. `brief` and `threat` take half a minute, so they are stopped where solving
begins: everything typed has been looked at by then.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import sys
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks import fuzz_odd as odd
from threatpoint.errors import ThreatpointError
from threatpoint.words import HORIZONS as LENGTHS

PLACES = (
    "USA", "CHN", "IND", "RUS", "EU", "WORLD", "others", "Germany", "VEN", "China", "usa", "REU",
    "ROW", "target", "USA,CHN", "EU,GBR", "CHN,CHN", "XX", "", "South Korea", "CHN,,IND",
)  # fmt: skip
SECTORS = (
    "OILGAS",
    "ELEC",
    "goods",
    "services",
    "all",
    "OILGASS",
    "SVC",
    "ELEC,MACH",
    "",
    "Textiles",
)
GOODS = ("crude", "refined", "OILGAS", "crud", "crude,OILGAS", "")
HORIZONS = (
    *LENGTHS,
    "lon",
    "all",
    "short-low",
    "no.toml",
    "/dev/zero",
    "x.csv",
    "./",
)
FILES = ("r.csv", "r.json", "r.txt", "no/r.csv", ".", "r.csv/", "r.CSV", ".csv", "r")
FREQUENT = (
    *("shock",) * 4, *("threat",) * 3, "brief", "talks", "talks", "support", "front", "world", "x",
)  # fmt: skip
SITUATIONS = ("ukraine-2025-03-31", "ukraine", "none.toml", ".", "/dev/zero", "/dev/null", "")


class StoppedError(ThreatpointError):
    """Solving would begin here."""


def read(seed: int, folder: Path) -> str:
    """Type one line; refused, answered, or stopped before solving."""
    words = line(random.Random(seed))
    out, err, home = io.StringIO(), io.StringIO(), Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _stopped():
            code = _typed(words)
    finally:
        os.chdir(home)
    if "Traceback" in err.getvalue() or code not in (0, 2, 3):
        raise AssertionError(f"{words}: exit code {code}: {err.getvalue()}")
    if code and not err.getvalue().strip():
        raise AssertionError(f"{words}: exit code {code} without a word")
    kind = {0: "answered", 2: "refused", 3: "no equilibrium"}[code]
    if "Solving would begin" in err.getvalue():
        kind = "stopped before solving"
    return f"{kind}: {err.getvalue()}"


def _typed(words: list[str]) -> int:
    """The exit code of the command."""
    from threatpoint.cli import main

    with mock.patch.object(sys, "argv", ["threatpoint", *words]):
        try:
            main()
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    return 0


@contextlib.contextmanager
def _stopped() -> Any:
    """`brief` and `threat` with an end where solving begins."""

    def stop(*_: Any, **__: Any) -> None:
        raise StoppedError("Solving would begin here")

    places = ("threatpoint.analysis.analyse", "threatpoint.cli.threat._solve")
    with mock.patch(places[0], stop), mock.patch(places[1], stop):
        yield


def line(rng: random.Random) -> list[str]:
    """The words after `threatpoint`."""
    command = rng.choice(FREQUENT)
    words = (
        [rng.choice(COMMANDS[command][0])] if COMMANDS[command][0] and rng.random() < 0.4 else []
    )
    options = COMMANDS[command][1]
    for name in rng.sample(list(options), k=min(len(options), rng.choice((0, 1, 1, 2, 3)))):
        for _ in range(rng.choice((1, 1, 1, 1, 2))):
            words += _option(rng, name, options[name](rng))
    if rng.random() < 0.05:
        words.insert(rng.randrange(len(words) + 1), odd.word(rng).replace("\0", ""))
    return [command, *words]


def _option(rng: random.Random, name: str, value: str) -> list[str]:
    """The option as typed: its name sometimes misspelt, its value sometimes odd or lost."""
    spelt = odd.misspelt(rng, name) if rng.random() < 0.03 else name
    chance = rng.random()
    value = odd.word(rng) if chance < 0.08 else value if chance < 0.97 else odd.misspelt(rng, value)
    value = value.replace("\0", "").encode("utf-8", "replace").decode()  # no shell passes these
    if name in ("--services", "--lines"):
        return [spelt]
    return [f"{spelt}={value}"] if rng.random() < 0.2 else [spelt, value]


def _percent(rng: random.Random) -> str:
    sign, size = (
        rng.choice(("", "+", "=", "-")),
        rng.choice((odd.number(rng), "25", "5", "10", "80")),
    )
    return f"{sign}{size}{rng.choice(('%', '%', '%', '%', '%', '', ' %', '%%'))}"


def _instrument(rng: random.Random, middle: str = "", goods: tuple[str, ...] = SECTORS) -> str:
    """SIDE:SIDE, what stands between, sectors, enforcement and evasion."""
    first, second = rng.sample(PLACES[:5] * 4 + PLACES, k=2)
    text = f"{first}:{second}{middle}"
    text += f"/{rng.choice(goods)}" if rng.random() < 0.4 else ""
    text += f"@{_percent(rng)}" if rng.random() < 0.25 else ""
    return text + (f"~{_percent(rng)}" if rng.random() < 0.1 else "")


def _good(rng: random.Random) -> str:
    return rng.choice(("crude",) * 9 + GOODS)


def _maker(rng: random.Random) -> str:
    return rng.choice(("SAU", "ARE", "SAU,ARE", "WORLD", rng.choice(PLACES)))


def _part(rng: random.Random) -> str:
    return rng.choice(("20%", "0.5", "100%", _percent(rng)))


def _one_of(*words: str) -> Any:
    return lambda rng: rng.choice(words)


def _prior(rng: random.Random) -> str:
    value = ":".join(odd.number(rng) for _ in range(rng.choice((1, 1, 3, 2))))
    return rng.choice((value, f"IND={value}", f"{rng.choice(PLACES)}={value},CHN=1"))


def _month(rng: random.Random) -> str:
    return rng.choice(
        ("2025-03", "2022-01", "2025-13", "2025-3", "0000-00", "9999-12", odd.word(rng))
    )


def _direction(rng: random.Random) -> str:
    return rng.choice(("", ":imports", ":exports", ":x"))


CLOSURES = _one_of("fixed", "balanced", "proportional", "fixd")
COMMON = {"--horizon": _one_of(*HORIZONS), "--deficits": CLOSURES, "--out": _one_of(*FILES)}
SHOCK = COMMON | {
    "--cut-off": lambda rng: _instrument(rng, _direction(rng)),
    "--tariff": lambda rng: _instrument(rng, f":{_percent(rng)}"),
    "--export-ban": _instrument,
    "--quota": lambda rng: _instrument(rng, f":{_percent(rng)}"),
    "--export-tax": lambda rng: _instrument(rng, f":{_percent(rng)}"),
    "--trade-cost": lambda rng: _instrument(rng, f":{_percent(rng)}"),
    "--price-cap": lambda rng: (
        f"RUS:{rng.choice(PLACES)}:{odd.number(rng)}/{rng.choice(GOODS)}"
        + rng.choice(("", "@70%", f"@{_percent(rng)}+{odd.number(rng)}"))
    ),
    "--stop-buying": lambda rng: f"{rng.choice(PLACES)}:RUS:{rng.choice(GOODS)}",
    "--move-cap": lambda rng: f"RUS:{rng.choice((odd.number(rng), '50', 'lifted'))}/{_good(rng)}",
    "--list-ships": lambda rng: f"RUS:{_good(rng)}@{_part(rng)}",
    "--sanction-producers": lambda rng: f"RUS:{_good(rng)}@{_part(rng)}",
    "--cut-output": lambda rng: f"{_maker(rng)}:{_good(rng)}:{rng.choice((odd.number(rng), '1'))}",
    "--release-spare": lambda rng: f"{_maker(rng)}:{_good(rng)}@{_part(rng)}",
    "--services": _one_of(""),
    "--tariffs": _one_of("collected", "statutory", "x"),
    "--opec": _one_of("hold", "half", "all", "x"),
    "--top": odd.number,
}
THREAT = COMMON | {
    "--threat": _one_of("oil-cutoff", "oil-tariff", "x"),
    "--targets": _one_of(*PLACES),
    "--add": _one_of(*PLACES),
    "--exempt": _one_of(*PLACES),
    "--sender": _one_of(*PLACES),
    "--join": _one_of(*PLACES),
    "--kappa": _prior,
    "--phi": _prior,
    "--psi": _prior,
    "--weight": _prior,
    "--lambda": odd.number,
    "--moves": _one_of("simultaneous", "sequential", "x"),
    "--retaliation": _percent,
    "--opec": _one_of("hold", "half", "all", "x"),
    "--workers": odd.number,
    "--cache": _one_of("kept", ".", "no/no"),
}
SUPPORT = {
    "--key": _one_of("gdp", "effort", "capacity", "x"),
    "--donor": _one_of("DEU", "Germany", "germany", "VEN", "x", "Great Britain"),
    "--from": _month,
    "--to": _month,
    "--top": odd.number,
    "--out": _one_of(*FILES),
}
FRONT = {
    "--month": _month,
    "--oblast": _one_of("Donetsk", "donetsk", "UA-14", "x"),
    "--out": _one_of(*FILES),
    "--lines": _one_of(""),
    "--map": _one_of("m.svg", "m.txt", "no/m.svg", "."),
}
TALKS = {"--sanctions": odd.number, "--aid-change": odd.number, "--out": _one_of(*FILES)}
COMMANDS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "shock": ((), SHOCK),
    "threat": (SITUATIONS, THREAT),
    "brief": (SITUATIONS, COMMON | {"--out": _one_of("page", "r.csv", "page/deep")}),
    "talks": (SITUATIONS, TALKS),
    "support": (SITUATIONS, SUPPORT),
    "front": ((), FRONT),
    "world": (("info", "check", "x"), {"--tariffs": _one_of("collected", "statutory", "x")}),
    "x": (SITUATIONS, COMMON),
}
