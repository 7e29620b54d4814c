"""`threatpoint threat`: the threat as a game. Would they give in, is it believed, at what price."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from threatpoint.cli import threat_tables as show
from threatpoint.cli.common import Deficits, Tariffs, examples, open_console
from threatpoint.errors import EquilibriumError, PolicyError, unknown

if TYPE_CHECKING:
    from rich.console import Console

    from threatpoint.policy import Rule
    from threatpoint.situation import Situation
    from threatpoint.strategy import Question, Store, Terms, ThreatGame
    from threatpoint.world.economy import Economy

    Words = list[str] | None

HORIZONS = ("short", "medium", "long")
PRIOR = "a number, or TARGET=NUMBER, each with :LOW:HIGH as range, e.g. IND=10:5:20"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog=examples(
            "threat",
            "threat --targets CHN,IND --kappa 25 --lambda 0.1",
            "threat --threat oil-tariff --horizon all --out threat.csv",
        )
    )(threat)


def threat(
    situation: Annotated[
        str, typer.Argument(help="A built-in situation or a TOML file.")
    ] = "ukraine-2025-03-31",
    name: Annotated[
        str, typer.Option("--threat", help="Name of the threat; the main one by default.")
    ] = "",
    targets: Annotated[str, typer.Option(help="Only these, e.g. CHN,IND.")] = "",
    add: Annotated[str, typer.Option(help="Targets besides those found, e.g. EU.")] = "",
    exempt: Annotated[str, typer.Option(help="Not these, e.g. BRA.")] = "",
    sender: Annotated[
        str, typer.Option(help="Who threatens and punishes together, e.g. USA,EU.")
    ] = "",
    kappa: Annotated[
        list[str] | None,
        typer.Option(help=f"Audience cost of sparing a defier, USD bn a year: {PRIOR}."),
    ] = None,
    phi: Annotated[
        list[str] | None,
        typer.Option(help=f"Political value of what is bought, USD bn a year: {PRIOR}."),
    ] = None,
    psi: Annotated[
        list[str] | None,
        typer.Option(help=f"Political gain of the punished (rally), USD bn a year: {PRIOR}."),
    ] = None,
    weight: Annotated[
        str, typer.Option(help="B: what a USD lost by the seller is worth to the sender.")
    ] = "0",
    precision: Annotated[
        list[float] | None,
        typer.Option(
            "--lambda", help="Add probabilities (logit agent-QRE); per USD bn, e.g. 0.1. Repeatable"
        ),
    ] = None,
    moves: Annotated[
        str, typer.Option(help="How the targets move: simultaneous or sequential.")
    ] = "simultaneous",
    retaliation: Annotated[
        str, typer.Option(help="Tariff the punished may add on the sender's goods, e.g. 25%.")
    ] = "",
    horizon: Annotated[
        str, typer.Option(help="Set of elasticities, or all: every horizon the table has.")
    ] = "long",
    deficits: Deficits = "fixed",
    tariffs: Tariffs = "collected",
    workers: Annotated[int, typer.Option(min=1, help="Processes, for many targets.")] = 2,
    cache: Annotated[
        Path | None, typer.Option(help="Keep solved worlds in this folder; nowhere by default.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write all tables to this .csv or .json file.")
    ] = None,
) -> None:
    """Solve the threat game: bite, cost of complying, break-even belief, credibility, its price."""
    from threatpoint.cli import threat_files
    from threatpoint.situation import load_situation
    from threatpoint.strategy import Store
    from threatpoint.strategy.perfect import MOVES
    from threatpoint.world import load_world

    if out is not None:
        threat_files.require_writable(out)
    if moves not in MOVES:
        raise PolicyError(unknown("order of moves", moves, MOVES, "--moves"))
    show.require_precision(precision or [])
    terms = _terms(kappa, phi, psi, weight)
    read, economy = load_situation(situation), load_world(tariffs)
    rule = _rule(read, name)
    asked = _questions(
        economy,
        rule,
        _horizons(economy, horizon),
        deficits=deficits,
        senders=_listed(sender),
        targets=_listed(targets),
        add=_listed(add),
        exempt=_listed(exempt),
        retaliation=show.retaliation(retaliation, rule, _listed(sender)),
    )
    terms.require_parties(tuple(asked[0].parties))
    console = open_console()
    games = _solve(console, asked, terms, Store(cache), workers)
    tables = show.tables(games, moves, precision or [], _settled(read, name or read.main, games))
    show.print_all(console, rule, games, tables)
    for path in [] if out is None else threat_files.write(games, tables, out):
        print(f"written: {path}")
    for game in games:
        reasons = [world.reason for world in game.worlds.values()]
        if all(reasons):
            raise EquilibriumError(f"no answer at horizon {game.question.horizon}: {reasons[0]}")


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())


def _rule(read: Situation, name: str) -> Rule:
    """The threat asked for."""
    chosen = name or read.main
    if chosen not in read.threats:
        raise PolicyError(unknown("threat", chosen, tuple(read.threats), "--threat"))
    return read.threats[chosen]


def _horizons(economy: Economy, horizon: str) -> tuple[str, ...]:
    """One horizon, or every one the table has."""
    if horizon != "all":
        return (horizon,)
    return tuple(name for name in HORIZONS if name in economy.elasticities)


def _questions(
    economy: Economy, rule: Rule, horizons: tuple[str, ...], **asked: Any
) -> list[Question]:
    """One question for each horizon, every word checked before anything is solved."""
    from threatpoint.strategy import pose, require_size

    questions = [pose(economy, rule, horizon=horizon, **asked) for horizon in horizons]
    for question in questions:
        require_size(tuple(question.parties), bool(question.retaliation))
        _ = question.mark  # an unknown horizon is refused here
    return questions


def _terms(kappa: Words, phi: Words, psi: Words, weight: str) -> Terms:
    """The political terms from their words."""
    from threatpoint.strategy import Terms

    given = {"kappa": kappa, "phi": phi, "psi": psi}
    read: dict[str, Any] = {name: show.priors(name, words or []) for name, words in given.items()}
    return Terms(**read, weight=show.prior("--weight", weight))


def _solve(
    console: Console, asked: list[Question], terms: Terms, store: Store, workers: int
) -> list[ThreatGame]:
    """Announce the count and the time, then solve with a progress bar."""
    from rich.progress import Progress

    from threatpoint.strategy.threat import ThreatGame, payoffs
    from threatpoint.strategy.worlds import require_size, seconds_a_world, solve_worlds

    parties = tuple(asked[0].parties)
    count = require_size(parties, bool(asked[0].retaliation))
    each = max(seconds_a_world(question, store) for question in asked)
    total = count * len(asked)
    print(
        f"{len(parties)} targets ({', '.join(parties)}): {count:,} worlds x {len(asked)} "
        f"horizon{'s' if len(asked) > 1 else ''} = {total:,} equilibria, about "
        f"{max(1, round(each * total))} s in one process."
    )
    games: list[ThreatGame] = []
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("solving", total=total)
        for question in asked:
            before = len(games) * count
            worlds = solve_worlds(
                question,
                store=store,
                progress=lambda done, _, start=before: bar.update(task, completed=start + done),
                workers=workers,
            )
            games.append(ThreatGame(question, worlds, payoffs(question, worlds, terms)))
    return games


def _settled(read: Situation, name: str, games: list[ThreatGame]) -> dict[str, Any]:
    """Other threats of the file that are tariffs, as what the sender could settle for."""
    from threatpoint.policy import Tariff

    return {
        f"settle for {other!r}": rule
        for other, rule in read.threats.items()
        if other != name and all(isinstance(item, Tariff) for item in rule.templates)
    }
