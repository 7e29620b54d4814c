"""`threatpoint tariffs`: the tariffs that would pay a country, and those of a tariff war."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from threatpoint import words
from threatpoint.cli.checked import whole
from threatpoint.cli.common import (
    SET_HELP,
    SHORT,
    Date,
    Deficits,
    Out,
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
    from collections.abc import Iterable

    from threatpoint.strategy import OptimalTariff, TariffWar
    from threatpoint.tables import Table
    from threatpoint.world.economy import Economy

MOST_SEEDS = 1_000_000
ENDS = "0%:150%"


def tariffs(
    of: Annotated[str, typer.Option(help="Who sets them, e.g. USA, or USA,EU as one.")],
    on: Annotated[
        str, typer.Option(help="On whose goods, e.g. CHN,IND; WORLD is everybody else.")
    ] = "WORLD",
    nash: Annotated[
        str,
        typer.Option(
            help="Others who set tariffs too, e.g. CHN,EU: a war of all on each other; CHN+IND is "
            "one side."
        ),
    ] = "",
    by: Annotated[
        str,
        typer.Option(help="What rates may differ by: uniform (one rate), sector, partner or both."),
    ] = "uniform",
    goods: Annotated[
        str, typer.Option(help="Sectors, e.g. ELEC,MACH; goods, services or all.")
    ] = "goods",
    bounds: Annotated[
        str,
        typer.Option(
            help="Least and largest added rate, as 0%:150%; below 0 takes off tariffs in force."
        ),
    ] = ENDS,
    horizon: Annotated[str, typer.Option(help=SET_HELP + SHORT)] = "short",
    deficits: Deficits = "fixed",
    baseline: Tariffs = "collected",
    date: Date = "",
    path: Annotated[bool, typer.Option("--path", help="Print the way there, too.")] = False,
    seed: Annotated[
        int, typer.Option(parser=whole("--seed", 0, MOST_SEEDS), help="Of the drawn starts.")
    ] = 0,
    out: Out = None,
) -> None:
    """Find the added tariffs that pay best if nobody answers, or if others answer in kind."""
    from threatpoint.cli.threat_words import codes, entries
    from threatpoint.strategy.tariffs import nash_tariffs, optimal_tariff
    from threatpoint.strategy.tariffs.filed import write
    from threatpoint.world import with_horizon

    economy, name = with_horizon(world_on(date, baseline), horizon)
    sectors = entries("--goods", goods, "ELEC,MACH")
    asked: dict[str, Any] = {"sectors": sectors, "by": by, "horizon": name, "deficits": deficits}
    asked |= {"bounds": _bounds(bounds), "seed": seed}
    if nash and on != "WORLD":
        raise PolicyError("--nash sets tariffs of all sides on each other; leave --on out")
    own = codes("--of", of, economy)
    if nash:
        _require_sides(nash)
        others = [side.split("+") for side in codes("--nash", nash, economy)]
        found = nash_tariffs(economy, own, *others, **asked)
        _print_war(economy, found, path)
    else:
        found = optimal_tariff(economy, own, codes("--on", on, economy), **asked)
        _print_best(economy, found, path)
    if out is not None:
        written(write(found, _about(economy, asked), out))


def _require_sides(nash: str) -> None:
    """Refuse a plus of --nash with nothing beside it; raises `PolicyError`."""
    if any(side.strip()[:1] == "+" or side.strip()[-1:] == "+" for side in nash.split(",")):
        raise PolicyError(f"--nash {shown(nash)}: a side has a loose +; write CHN+IND,EU")


def _bounds(text: str) -> tuple[float, float]:
    """The words of --bounds.

    Raises:
        PolicyError: not two rates with a colon.
    """
    from threatpoint.policy.decimals import percentage

    ends = text.split(":")
    if len(ends) != 2:
        raise PolicyError(f"--bounds {shown(text)}: give the least and the largest rate, as {ENDS}")
    low, high = (float(percentage(end.strip(), f"--bounds {text}")) for end in ends)
    return low, high


def _print_best(economy: Economy, best: OptimalTariff, path: bool) -> None:
    from threatpoint.strategy.tariffs import sentences, tables

    many = [tables.rates(economy, best)] if len(best.rates) > 1 else []
    shown = [*many, *([tables.path(best)] if path else [])]
    _print(best, economy, sentences.best_sentences(economy, best), shown)


def _print_war(economy: Economy, war: TariffWar, path: bool) -> None:
    from threatpoint.strategy.tariffs import sentences, tables

    many = war.by != "uniform"
    each = [tables.war_rates(economy, war, point) for point in war.points] if many else []
    shown = [tables.points(economy, war), *each, *([tables.war_path(war)] if path else [])]
    _print(war, economy, sentences.war_sentences(economy, war), shown)


def _print(
    found: OptimalTariff | TariffWar, economy: Economy, said: Iterable[str], shown: Iterable[Table]
) -> None:
    console = open_console()
    print(world_words(economy))
    for line in said:
        console.print(words.plain(line), highlight=False)
    for table in shown:
        console.print(table.terminal(table.lead))
    console.print(rests_on(found.horizon, found.deficits), highlight=False)


def _about(economy: Economy, asked: dict[str, Any]) -> dict[str, Any]:
    """What carries the numbers."""
    from threatpoint import __version__

    return {
        "version": __version__,
        "year": economy.year,
        "fingerprint": economy.metadata.get("fingerprint", ""),
        "tariffs": economy.metadata.get("tariffs", ""),
        "standing": economy.standing.words if economy.standing else "",
        "unit": "USD bn a year",
        **asked,
    }


register = command(
    tariffs,
    "tariffs --of USA --on IND",
    "tariffs --of USA --on CHN --by sector",
    "tariffs --of USA --nash CHN,EU --path --out war.csv",
)
"""Add the command to an app."""
