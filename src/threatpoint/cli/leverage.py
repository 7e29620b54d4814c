"""`threatpoint leverage`: which flow, cut a little, hurts whom how much, at what cost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from threatpoint.cli.checked import whole
from threatpoint.cli.common import (
    BUILT_IN,
    MOST_ROWS,
    SET_HELP,
    SHORT,
    Date,
    Deficits,
    Out,
    Situation,
    Tariffs,
    command,
    open_console,
    rests_on,
    world_on,
    world_words,
    written,
)
from threatpoint.errors import PolicyError, shown

if TYPE_CHECKING:
    from rich.console import Console

    from threatpoint.analysis.leverage import Leverage
    from threatpoint.tables import Table

KINDS = (".svg", ".png")


def _drawable(path: Any) -> Any:
    from threatpoint.files import require_writable

    if path is not None:
        require_writable(path, "--heat", KINDS)
    return path


def leverage(
    situation: Situation = BUILT_IN,
    of: Annotated[
        str,
        typer.Option(
            help="Who cuts: flows of which it is importer or exporter; USA, or several as one, "
            "e.g. EU or USA,JPN. Left out: every economy."
        ),
    ] = "",
    over: Annotated[
        str, typer.Option(help="Who is hurt. Left out: the other side of each flow.")
    ] = "",
    cut: Annotated[str, typer.Option(help="Part of each flow that is cut, e.g. 1%.")] = "1%",
    trade: Annotated[
        str, typer.Option(help="Sectors of the flows: goods, services, all, or codes, e.g. ELEC.")
    ] = "goods",
    horizon: Annotated[str, typer.Option(help=SET_HELP + SHORT)] = "short",
    deficits: Deficits = "fixed",
    tariffs: Tariffs = "collected",
    date: Date = "",
    top: Annotated[
        int, typer.Option(parser=whole("--top", 1, MOST_ROWS), help="Rows to print.")
    ] = 10,
    out: Out = None,
    heat: Annotated[
        Path | None,
        typer.Option(callback=_drawable, help="Write the power of each pair as a .svg or .png."),
    ] = None,
) -> None:
    """Say which flow of trade, cut a little, hurts whom how much, and what that costs.

    The world is that of the situation's day; of the situation nothing else is used.
    """
    from threatpoint.analysis.leverage import leverage as solved
    from threatpoint.analysis.leverage.exact import largest
    from threatpoint.cli.threat_words import codes, entries
    from threatpoint.situation import load_situation
    from threatpoint.world import with_horizon

    share = _share(cut)
    day = date or load_situation(situation).date
    economy, name = with_horizon(world_on(day, tariffs), horizon)
    sectors = entries("--trade", trade, "ELEC,MACH")
    sides = codes("--of", of, economy) or None, codes("--over", over, economy) or None
    found = solved(economy, horizon=name, deficits=deficits, sectors=sectors)
    rows = found.flows(*sides, share, None if out else max(top, ENOUGH))
    tables = [rows, found.exact(largest(rows.rows), share), found.pairs(*sides)]
    _print(open_console(), found, tables, top, share)
    if heat is not None:
        from threatpoint.brief.leverage import write_heat

        written([write_heat(found, heat)])
    if out is not None:
        from threatpoint.analysis.leverage.export import write

        written(write(found, out, tables))


ENOUGH = 200
"""Flows, most harm first, among which those of crude are looked for where no file has them all."""


def _share(words: str) -> float:
    """'1%' as .01.

    Raises:
        PolicyError: no number, one without %, or not above 0 and at most 100 %.
    """
    from threatpoint.policy.decimals import percentage

    share = float(percentage(words, f"--cut {words}"))
    if not 0 < share <= 1:
        raise PolicyError(f"--cut {shown(words)}: give a part above 0 and at most 100%, e.g. 1%")
    return share


def _print(
    console: Console,
    found: Leverage,
    tables: list[Table],
    top: int,
    share: float,
) -> None:
    """The tables, the last also by friends and enemies, then what they rest on."""
    from threatpoint import words
    from threatpoint.analysis.leverage.tables import caution, exact, friends

    print(world_words(found.economy))
    flows, anew, pairs = tables
    ranked = sorted(pairs.rows, key=lambda row: -row["friend"])
    few = exact(found, anew.rows[:top], share)
    for table in (flows, few, pairs, _ends(friends(found, ranked), top)):
        console.print(replace(table, rows=table.rows[:top]).terminal())
        console.print(words.plain(table.note), highlight=False)
    if said := caution(found.horizon, [*flows.rows[:top], *few.rows]):
        console.print(said, highlight=False)
    console.print(rests_on(found.horizon, found.how["deficits"]), highlight=False)
    print(f"Status: {found.solution.status}.")


def _ends(table: Table, top: int) -> Table:
    """The best friends and the worst enemies."""
    half = -(-top // 2)
    rows = table.rows
    return replace(table, rows=[*rows[:half], *rows[half - top :]]) if len(rows) > top else table


register = command(
    leverage,
    "leverage --of USA --over CHN",
    "leverage --over RUS --cut 5% --horizon long",
    "leverage --trade all --out leverage.csv --heat power.svg",
)
"""Add the command to an app."""
