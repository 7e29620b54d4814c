"""Tables of elasticities for the fuzzer, in TOML and CSV; those that are taken are solved with."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from benchmarks import fuzz_odd as odd
from benchmarks.fuzz_files import world

NAMES = ("theta", "phi", "supply", "eta", "epsilon", "rho", "horizon", "source", "x", "")
SOUND = (
    'horizon = "mine"\nsource = "me"\neta = 0.5\n[theta]\nall = 2\nOILGAS = 9\n[phi]\nall = 0.5\n'
)
SOUND_CSV = "name,sector,country,value\nhorizon,,,mine\neta,,,0.5\ntheta,all,,2\nphi,all,,0.5\n"


def read(seed: int, folder: Path) -> str:
    """Read one table, and solve a small tariff with one that is taken."""
    from threatpoint.equilibrium import solve
    from threatpoint.errors import EquilibriumError
    from threatpoint.policy import Tariff
    from threatpoint.world import read_elasticities

    rng = random.Random(seed)
    toml = rng.random() < 0.5
    path = folder / (odd.misspelt(rng, "own") + (".toml" if toml else ".csv")).replace("/", "_")
    path.write_bytes(_toml(rng) if toml else _csv(rng))
    try:
        values = read_elasticities(path, world())
    finally:
        path.unlink()
    tariff = Tariff("USA", "CHN", rate=0.1)
    try:
        solve(world(), tariff, elasticities=values)
    except EquilibriumError:
        return "no equilibrium: said so"
    return "read: and solved"


def _toml(rng: random.Random) -> bytes:
    if rng.random() < 0.3:
        return odd.spoilt_text(rng, SOUND)
    lines = SOUND.splitlines()
    for _ in range(rng.choice((1, 1, 2, 5))):
        key = rng.choice((*_codes(rng), odd.misspelt(rng, "OILGAS"), "all", *NAMES))
        value = rng.choice((odd.number(rng), odd.number(rng), _quoted(odd.word(rng)), _cells(rng)))
        place = rng.randrange(len(lines))
        if rng.random() < 0.5 and "=" in lines[place]:
            lines[place] = f"{lines[place].partition('=')[0]}= {value}"
        else:
            lines.insert(place, f"{key} = {value}")
    if rng.random() < 0.2:
        lines[rng.randrange(len(lines))] = rng.choice(("[supply]", "[theta]", "[x]", "[phi.CHEM]"))
    return "\n".join(lines).encode("utf-8", "replace")


def _csv(rng: random.Random) -> bytes:
    if rng.random() < 0.3:
        return odd.spoilt_text(rng, SOUND_CSV)
    lines = SOUND_CSV.splitlines()
    for _ in range(rng.choice((1, 1, 2, 5))):
        if rng.random() < 0.5:
            place = rng.randrange(1, len(lines))
            lines[place] = f"{lines[place].rpartition(',')[0]},{odd.number(rng)}"
            continue
        cells = [rng.choice(NAMES), *_codes(rng), odd.number(rng)]
        if rng.random() < 0.3:
            cells[rng.randrange(4)] = odd.word(rng)
        lines.insert(rng.randrange(1, len(lines) + 1), ",".join(cells[: rng.choice((4, 4, 4, 3))]))
    return "\n".join(lines).encode("utf-8", "replace")


def _codes(rng: random.Random) -> tuple[str, str]:
    """A sector and a country, each sometimes blank or all."""
    economy: Any = world()
    return rng.choice((*economy.sectors, "all", "")), rng.choice(
        (*economy.countries[:6], "all", "")
    )


def _cells(rng: random.Random) -> str:
    return f"{{USA = {odd.number(rng)}, all = {odd.number(rng)}}}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "").replace('"', "") + '"'
