"""The command line. It computes nothing: it reads words, calls the rooms and prints results.

Imports stand inside the commands, so that `--help` and errors cost no start-up time.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from threatpoint.errors import EquilibriumError, PolicyError, ThreatpointError, require_extra

if TYPE_CHECKING:
    from rich.console import Console

    from threatpoint.equilibrium import Solution
    from threatpoint.policy import Instrument
    from threatpoint.world.economy import Economy


def _examples(*words: str) -> str:
    """The end of a help text, its lines kept apart."""
    return "\b\nExamples:\n" + "\n".join(f"  threatpoint {line}" for line in words)


app = typer.Typer(
    name="threatpoint",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # help texts hold square brackets of the grammar
)
world_app = typer.Typer(help="The baseline: what the shipped table holds, and whether it adds up.")
app.add_typer(world_app, name="world", no_args_is_help=True)

Deficits = Annotated[
    str, typer.Option(help="Trade deficits after the shock: fixed, balanced or proportional.")
]
Horizon = Annotated[
    str,
    typer.Option(
        help="Set of elasticities: long (years), or a case of it: printed, low, published-low, "
        "published-high."
    ),
]
Tariffs = Annotated[
    str, typer.Option(help="Baseline tariffs between USA and CHN: collected or statutory.")
]


def main() -> None:
    """Entry point: typed errors become one message and an exit code; --debug shows the traceback.

    Exit codes: 0 answered, 2 bad input, 3 no equilibrium or not solved.
    """
    debug = "--debug" in sys.argv
    if debug:
        sys.argv.remove("--debug")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show a sign gets a "?"
            stream.reconfigure(errors="replace")
    try:
        app()
    except OSError as error:
        if debug:
            raise
        print(f"error: {error}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the last flush must not fail once more
        raise SystemExit(2) from None
    except ThreatpointError as error:
        if debug:
            raise
        print(f"error: {error}", file=sys.stderr)
        raise SystemExit(3 if isinstance(error, EquilibriumError) else 2) from None


def _version(wanted: bool) -> None:
    if wanted:
        from threatpoint import __version__

        print(__version__)
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error (any position).")
    ] = False,
) -> None:
    """What each side of a stand-off loses if the threat is carried out."""


@app.command(
    epilog=_examples("shock --cut-off USA:CHN,IND", "shock --tariff USA:IND:+25% --out results.csv")
)
def shock(
    cut_off: Annotated[
        list[str] | None,
        typer.Option(
            help="SENDER:TARGETS[:imports|:exports][/SECTORS][@ENFORCEMENT], e.g. USA:CHN,IND@80%"
        ),
    ] = None,
    tariff: Annotated[
        list[str] | None,
        typer.Option(help="IMPORTERS:EXPORTERS:[+]RATE%[/SECTORS], e.g. USA:IND:+25%"),
    ] = None,
    export_ban: Annotated[
        list[str] | None,
        typer.Option(help="EXPORTERS:IMPORTERS[/SECTORS][@ENFORCEMENT], e.g. RUS:EU/OILGAS"),
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
    from threatpoint.world import load_world

    if out is not None:
        export.require_writable(out)
    economy = load_world(tariffs)
    policy = Policy(_instruments(economy, cut_off, tariff, export_ban, services))
    solution = solve(economy, policy, horizon=horizon, deficits=deficits)
    written = [] if out is None else export.write(solution, out)
    _print_solution(_console(), solution, policy.describe(), top)
    for path in written:
        print(f"written: {path}")


@app.command(epilog=_examples("brief ukraine-2025-03-31 --out brief"))
def brief(
    situation: Annotated[
        str, typer.Argument(help="A built-in situation or a TOML file.")
    ] = "ukraine-2025-03-31",
    out: Annotated[Path, typer.Option(help="Folder of the page and its data.")] = Path("brief"),
    deficits: Deficits = "fixed",
    horizon: Horizon = "long",
) -> None:
    """Solve a situation, print the headline and write the page."""
    from threatpoint.brief import require_folder, summary, write_brief
    from threatpoint.situation import analyse, load_situation
    from threatpoint.world import load_world

    require_extra("brief", "the page", "altair", "jinja2", "vl_convert")
    require_folder(out)
    read = load_situation(situation)
    console = _console()
    with console.status("solving …"):
        analysis = analyse(
            read,
            load_world(),
            horizon=horizon,
            deficits=deficits,
            alternatives={"statutory tariffs in the baseline": load_world("statutory")},
        )
    with console.status("drawing the page …"):
        page = write_brief(analysis, out)
    for part in summary(analysis, console.width):
        console.print(part)
    print(f"page: {page}")
    if analysis.main.solution is None:
        raise EquilibriumError(f"the main threat has no answer: {analysis.main.failure}")


@world_app.command("info", epilog=_examples("world info"))
def world_info(tariffs: Tariffs = "collected") -> None:
    """Show what the shipped table holds: sources, licences, years, units, provenance."""
    from threatpoint.world import info, load_world

    console = _console()
    for table in info(load_world(tariffs)):
        _print_table(console, table.title, table.rows)


@world_app.command("check", epilog=_examples("world check"))
def world_check(tariffs: Tariffs = "collected") -> None:
    """Verify the accounting identities and compare with published facts.

    Exit code 2 if an identity fails.
    """
    from threatpoint.world import check, compare, load_world

    economy = load_world(tariffs)
    console = _console()
    checks = check(economy)
    _print_table(console, "Accounting identities", [item.row() for item in checks])
    facts = [item.row() for item in compare(economy)]
    reasons = list(dict.fromkeys(row["why"] for row in facts))
    numbered = [
        {k: v for k, v in row.items() if k != "why"} | {"why": f"({1 + reasons.index(row['why'])})"}
        for row in facts
    ]
    _print_table(console, "Published facts, and why the table differs", numbered)
    for number, why in enumerate(reasons, start=1):
        console.print(f"({number}) {why}", highlight=False, markup=False)
    if not all(item.ok for item in checks):
        raise typer.Exit(2)
    print("every identity holds")


# -- helpers ---------------------------------------------------------------------------------


def _console() -> Console:
    """A console of at least 100 columns where the output is not a terminal."""
    from rich.console import Console

    plain = Console()
    return plain if plain.is_terminal else Console(width=max(100, plain.width), soft_wrap=False)


def _instruments(
    economy: Economy,
    cut_off: list[str] | None,
    tariff: list[str] | None,
    export_ban: list[str] | None,
    services: bool,
) -> list[Instrument]:
    """Instruments from their words; every bad word of the line is reported at once."""
    from dataclasses import replace

    from threatpoint.policy.parse import parse_cut_off, parse_export_ban, parse_tariff
    from threatpoint.policy.scope import listed

    given = [(parse_cut_off, w) for w in cut_off or []]
    given += [(parse_tariff, w) for w in tariff or []]
    given += [(parse_export_ban, w) for w in export_ban or []]
    if not given:
        raise PolicyError(
            "no policy given: use --cut-off, --tariff or --export-ban, "
            "e.g. threatpoint shock --cut-off USA:CHN,IND"
        )
    found: list[Instrument] = []
    problems: list[str] = []
    for parse, words in given:
        try:
            item = parse(words, economy)
        except PolicyError as error:
            text = str(error)
            problems.append(text if words in text else f"{words!r}: {text}")
            continue
        whole = services and listed(item.sectors, "sectors") == ("goods",)
        found.append(replace(item, sectors="all") if whole else item)
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
    _print_table(console, title, table)
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


def _print_table(console: Console, title: str, rows: list[dict[str, Any]]) -> None:
    """Print rows as one table; numbers to the right."""
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, title_style="bold")
    for name in rows[0] if rows else ():
        number = all(_is_number(row[name]) for row in rows)
        table.add_column(name, justify="right" if number else "left")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    console.print(table)


def _is_number(value: Any) -> bool:
    try:
        float(str(value).replace(",", "").replace("−", "-").rstrip(" %"))
    except ValueError:
        return str(value) in ("", "-", "–")
    return True
