"""The builder's report: what moved, by how much, and what gave way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from builders import assemble, coefficients, trade
from threatpoint.world.before import moved

if TYPE_CHECKING:
    from builders.sources import Array
    from builders.world2023 import World


def text(world: World) -> str:
    """The whole report as Markdown."""
    parts = [
        "# Builder's report: world 2023\n",
        "Written by `python -m builders.world2023`; not edited by hand. What the table is, and why "
        "these choices were made: [data.md](data.md).\n",
        *_section("What moved since the table before", _moved(world)),
        *_section("US tariffs by partner", _us_tariffs(world)),
        *_section("Totals that gave way", _gave_way(world)),
        *_section("Structure that gave way: GDP over ICIO output", _gdp_conflicts(world)),
        *_section("Structure that gave way: crude and gas in refining", _crude(world)),
        *_section("Russian oil and gas: what moved", _oil(world)),
        *_section("Pairs that keep ICIO (largest 25 of each reason)", _pairs(world)),
        *_section("Trade deficits over GDP", _deficits(world)),
        *_section("Largest adjustments of the input table", _inputs(world)),
        *_section("Tariffs", _tariffs(world)),
    ]
    return "\n".join(parts) + "\n"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    body = list(lines)
    only_header = len(body) <= 2 and all(line.startswith("|") for line in body)
    return [f"## {title}\n", *(["None."] if only_header else body), ""]


def _header(*names: str) -> list[str]:
    return ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _moved(world: World) -> Iterator[str]:
    """Value added, deficits over GDP and tariffs, country by country; baseline tariffs."""
    table = moved(world.economy("collected"))
    yield f"{table.caption}. Value added in USD million.\n"
    yield from _header(*(column.heading for column in table.columns))
    for row in table.rows:
        digits = (f"{row[c.key]:.{0 if c.kind == 'money' else 2}f}" for c in table.columns[1:])
        yield _row(row["name"], *digits)


def _us_tariffs(world: World) -> Iterator[str]:
    """Mean rate on the goods of each partner at the weights of the table: as filed, and now."""
    yield from _header("partner", "filed %", "collected %", "statutory %")
    usa = world.sources.countries.index("USA")
    goods = [k for k, code in enumerate(world.sources.sectors) if code != "SVC"]
    bought = world.trade[usa][:, goods]
    sets = (world.tariffs.filed, world.tariffs.collected, world.tariffs.statutory)
    for n, code in enumerate(world.sources.countries):
        if n != usa:
            paid = (bought[n] @ rates[usa, n, goods] / bought[n].sum() for rates in sets)
            yield _row(code, *(f"{100 * share:.2f}" for share in paid))


def _gave_way(world: World) -> Iterator[str]:
    yield from _header("tariffs", "country", "constraint", "target", "result (USD million)")
    for name, accounts in (("collected", world.collected), ("statutory", world.statutory)):
        for country, item in accounts.gave_way:
            yield _row(name, country, item.constraint, f"{item.target:.0f}", f"{item.result:.0f}")
    for buyer, sector, what, target, result in world.overlay.notes:
        if not what.startswith(("sales of", "scaled to BACI total")):
            yield _row("both", buyer, f"{sector}: {what}", f"{target:.0f}", f"{result:.0f}")


def _gdp_conflicts(world: World) -> Iterator[str]:
    """Countries whose value-added share of output had to leave the prior's by more than 10 %."""
    yield from _header("country", "GDP over output", "with prior shares by sector", "ratio")
    prior, output = coefficients.structures(world.sources), world.trade.sum(axis=0)
    found = []
    for n, country in enumerate(world.sources.countries):
        want = float(prior[country].value_added @ output[n]) / output[n].sum()
        have = float(world.collected.value_added[n].sum()) / output[n].sum()
        if abs(np.log(have / want)) > np.log(1.1):
            found.append((have / want, country, have, want))
    for ratio, country, have, want in sorted(found):
        yield _row(country, f"{have:.3f}", f"{want:.3f}", f"{ratio:.2f}")


def _crude(world: World) -> Iterator[str]:
    """Refining whose input of crude per output had to leave the prior's by more than half."""
    yield from _header("country", "crude and gas per output of refining", "prior", "ratio")
    crude, refining = (world.sources.sectors.index(c) for c in ("OILGAS", "REFPET"))
    prior, output = coefficients.structures(world.sources), world.trade.sum(axis=0)
    found = []
    for n, country in enumerate(world.sources.countries):
        want = float(prior[country].inputs[crude, refining])
        have = world.collected.inputs[n, crude, refining] / output[n, refining]
        if abs(np.log(have / want)) > np.log(1.5):
            found.append((have / want, country, have, want))
    for ratio, country, have, want in sorted(found):
        yield _row(country, f"{have:.3f}", f"{want:.3f}", f"{ratio:.2f}")


def _oil(world: World) -> Iterator[str]:
    yield from _header("buyer", "sector", "what", "before", "after (USD million)")
    for buyer, sector, what, before, after in world.overlay.notes:
        if abs(after - before) > 500:
            yield _row(buyer, sector, what, f"{before:.0f}", f"{after:.0f}")


def _pairs(world: World) -> Iterator[str]:
    yield from _header("importer", "exporter", "why", "ICIO 2022", "BACI 2023 (USD million)")
    reasons = sorted({note[4] for note in world.before.notes})
    for reason in reasons:
        notes = [note for note in world.before.notes if note[4] == reason]
        for importer, exporter, icio, baci, why in sorted(notes, key=lambda x: -max(x[2:4]))[:25]:
            yield _row(importer, exporter, why, f"{icio:.0f}", f"{baci:.0f}")
        yield _row("all", f"{len(notes)} pairs", reason, f"{sum(x[2] for x in notes):.0f}",
                   f"{sum(x[3] for x in notes):.0f}")  # fmt: skip


def deficits(world: World) -> tuple[Array, Array, Array]:
    """Deficit over GDP: ICIO 2022, before services moved, and shipped; (N,) each."""
    return (
        assemble.deficit_share(world.sources, world.sources.trade, 2022),
        assemble.deficit_share(world.sources, world.overlay.values, 2023),
        assemble.deficit_share(world.sources, world.trade, 2023),
    )


def _deficits(world: World) -> Iterator[str]:
    yield from _header("country", "ICIO 2022 %", "goods at BACI %", "shipped %",
                       "factor on services imports")  # fmt: skip
    for code, *shares, factor in zip(
        world.sources.countries, *deficits(world), world.services.factor, strict=True
    ):
        yield _row(code, *(f"{100 * share:.1f}" for share in shares), f"{factor:.3f}")


def _inputs(world: World) -> Iterator[str]:
    """Cells that moved most from the prior's coefficient, in money of 2023."""
    yield from _header("country", "input", "sector", "prior", "result (USD million)", "factor")
    prior, output = coefficients.structures(world.sources), world.trade.sum(axis=0)
    start = np.stack([prior[c].inputs for c in world.sources.countries]) * output[:, None, :]
    change = np.abs(world.collected.inputs - start)
    for flat in np.argsort(-change, axis=None, kind="stable")[:40]:
        n, k, j = np.unravel_index(flat, change.shape)
        before, after = start[n, k, j], world.collected.inputs[n, k, j]
        yield _row(
            world.sources.countries[n], world.sources.sectors[k], world.sources.sectors[j],
            f"{before:.0f}", f"{after:.0f}", f"{after / before:.2f}" if before else "new",
        )  # fmt: skip


def _tariffs(world: World) -> Iterator[str]:
    yield from (f"- {note}" for note in world.tariffs.notes)
    for name, rate in (
        ("collected", world.tariffs.collected),
        ("statutory", world.tariffs.statutory),
    ):
        revenue = (world.trade * rate).sum(axis=(1, 2)) / 1e3
        usa, chn = (revenue[world.sources.countries.index(c)] for c in ("USA", "CHN"))
        yield f"- revenue, {name}: USA {usa:.1f}, CHN {chn:.1f} USD bn"
    growth = trade.growth(world.sources, 2022, 2023)
    low, high = int(np.argmin(growth)), int(np.argmax(growth))
    yield (
        f"- GDP in USD, 2023 over 2022: lowest {world.sources.countries[low]} {growth[low]:.3f}, "
        f"highest {world.sources.countries[high]} {growth[high]:.3f} (carries exchange rates)"
    )
