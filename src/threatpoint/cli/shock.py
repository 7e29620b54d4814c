"""`threatpoint shock`: any trade policy, who loses what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint.cli.common import Deficits, Horizon, Tariffs, examples, open_console, print_table
from threatpoint.errors import PolicyError

if TYPE_CHECKING:
    from rich.console import Console

    from threatpoint.equilibrium import Solution
    from threatpoint.policy import Instrument
    from threatpoint.world.economy import Economy


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples(
            "shock --cut-off USA:CHN,IND",
            "shock --tariff USA:IND:+25%@80%~5% --out results.csv",
            "shock --stop-buying IND:RUS:crude",
            "shock --price-cap RUS:WORLD:60/crude@70%+10",
            "shock --export-tax RUS:WORLD:20%/OILGAS --trade-cost RUS:WORLD:10%",
            "shock --quota EU:CHN:50%/ELEC",
        )
    )(shock)


def shock(
    cut_off: Annotated[
        list[str] | None,
        typer.Option(
            help="SENDER:TARGETS[:imports|:exports][/SECTORS][@ENFORCEMENT[~COST]], "
            "e.g. USA:CHN,IND@80%~10%"
        ),
    ] = None,
    tariff: Annotated[
        list[str] | None,
        typer.Option(
            help="IMPORTERS:EXPORTERS:[+]RATE%[/SECTORS][@ENFORCEMENT[~COST]], e.g. USA:IND:+25%"
        ),
    ] = None,
    export_ban: Annotated[
        list[str] | None,
        typer.Option(help="EXPORTERS:IMPORTERS[/SECTORS][@ENFORCEMENT[~COST]], e.g. RUS:EU/OILGAS"),
    ] = None,
    quota: Annotated[
        list[str] | None,
        typer.Option(
            help="IMPORTERS:EXPORTERS:VOLUME%[:importer|:exporter][/SECTORS], e.g. EU:CHN:50%/ELEC"
        ),
    ] = None,
    export_tax: Annotated[
        list[str] | None,
        typer.Option(help="EXPORTERS:IMPORTERS:RATE%[/SECTORS], e.g. RUS:WORLD:20%/OILGAS"),
    ] = None,
    price_cap: Annotated[
        list[str] | None,
        typer.Option(
            help="SELLERS:BUYERS:PRICE/GOOD[@SERVED][+COST], e.g. RUS:WORLD:60/crude@70%+10"
        ),
    ] = None,
    trade_cost: Annotated[
        list[str] | None,
        typer.Option(
            help="EXPORTERS:IMPORTERS:RATE%[/SECTORS], nobody earns it, e.g. RUS:WORLD:10%"
        ),
    ] = None,
    stop_buying: Annotated[
        list[str] | None,
        typer.Option(help="BUYERS:SELLERS:GOODS[@ENFORCEMENT], e.g. IND:RUS:crude"),
    ] = None,
    services: Annotated[
        bool, typer.Option("--services", help="Hit services too; goods only by default.")
    ] = False,
    deficits: Deficits = "fixed",
    horizon: Horizon = "long",
    tariffs: Tariffs = "collected",
    top: Annotated[int, typer.Option(min=1, help="Countries to print.")] = 12,
    out: Annotated[
        Path | None, typer.Option(help="Write all results to this .csv or .json file.")
    ] = None,
) -> None:
    """Solve any trade policy and print who loses what."""
    from threatpoint.equilibrium import export, solve
    from threatpoint.policy import Policy
    from threatpoint.world import load_world, with_horizon

    if out is not None:
        export.require_writable(out)
    economy, horizon = with_horizon(load_world(tariffs), horizon)
    given = {
        "cut-off": cut_off,
        "tariff": tariff,
        "export-ban": export_ban,
        "quota": quota,
        "export-tax": export_tax,
        "price-cap": price_cap,
        "trade-cost": trade_cost,
        "stop-buying": stop_buying,
    }
    policy = Policy(_instruments(economy, given, services))
    solution = solve(economy, policy, horizon=horizon, deficits=deficits)
    written = [] if out is None else export.write(solution, out)
    _print_solution(open_console(), solution, policy.describe(), top)
    for path in written:
        print(f"written: {path}")


def _instruments(
    economy: Economy, given: dict[str, list[str] | None], services: bool
) -> list[Instrument]:
    """Instruments from their words; every bad word of the line is reported at once."""
    from dataclasses import replace

    from threatpoint.policy.parse import PARSERS

    if not any(given.values()):
        options = ", ".join(f"--{kind}" for kind in given)
        raise PolicyError(
            f"no policy given: use one or several of {options}, "
            "e.g. threatpoint shock --cut-off USA:CHN,IND"
        )
    found: list[Instrument] = []
    problems: list[str] = []
    for kind, words in [(kind, words) for kind, many in given.items() for words in many or []]:
        try:
            item = PARSERS[kind](words, economy)
        except PolicyError as error:
            text = str(error)
            problems.append(text if words in text else f"{words!r}: {text}")
            continue
        whole = services and item.goods_words == ("goods",)
        found.append(replace(item, **{item.goods_name: "all"}) if whole else item)
    if services and not problems and not any("all" in item.goods_words for item in found):
        problems.append("--services has no effect: every instrument given names its goods")
    if problems:
        raise PolicyError("\n       ".join(problems))
    return found


def _print_solution(console: Console, solution: Solution, policy: str, top: int) -> None:
    from threatpoint.equilibrium.results import assumptions, country_rows

    rows = sorted(country_rows(solution), key=lambda row: row["real_income_money"])
    kept = rows if top >= len(rows) else rows[: top - top // 3] + rows[len(rows) - top // 3 :]
    table = [
        {
            "country": row["name"],
            "real income, %": f"{row['real_income_percent']:+.2f}",
            "USD bn": f"{row['real_income_money'] / 1e3:+,.1f}",
            "real wage, %": f"{row['real_wage_percent']:+.2f}",
            "exports, %": f"{row['exports_percent']:+.1f}",
            "imports, %": f"{row['imports_percent']:+.1f}",
        }
        for row in kept
    ]
    carried = assumptions(solution)
    title = f"{policy[0].upper()}{policy[1:]}: change in real income, horizon {carried['horizon']}"
    print_table(console, title, table)
    left = len(rows) - len(kept)
    if left:
        print(f"{left} countries in between are not shown (--top {len(rows)} shows all).")
    print(
        f"Sorted by money. Baseline {carried['year']}, {carried['unit']}"
        + (f", tariffs {carried['tariffs']}" if carried["tariffs"] else "")
        + (f", {carried['rebased']}" if carried["rebased"] else "")
        + f"; deficits {carried['deficits']}; numeraire world value added."
    )
    print(f"Status: {solution.status}.")
