"""`threatpoint threat`: the threat as a game. Would they give in, is it believed, at what price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint.cli import threat_options as opt
from threatpoint.cli import threat_words as words_of
from threatpoint.cli.common import (
    BUILT_IN,
    Date,
    Deficits,
    Opec,
    Out,
    Situation,
    Tariffs,
    command,
    horizons_of,
    open_console,
    world_on,
    written,
)
from threatpoint.cli.outputs import Map, Outputs, Page, Png, Sectors, Xlsx, analysed, typed
from threatpoint.cli.threat_shown import print_all
from threatpoint.errors import CacheError, EquilibriumError, PolicyError, unknown

if TYPE_CHECKING:
    from rich.console import Console

    from threatpoint.analysis.dated import Dated
    from threatpoint.policy import Rule
    from threatpoint.situation import Situation as Read
    from threatpoint.strategy import Question, Store, Terms, ThreatGame
    from threatpoint.world.economy import Economy

    Words = list[str] | None

FREE = "hold"
"""The regime of the oil market that an analysis of a threat has."""
SECTORS_SHOWN = 20
"""Rows of the table of sectors."""


def threat(
    situation: Situation = BUILT_IN,
    name: opt.Name = "",
    targets: opt.Targets = "",
    add: opt.Add = "",
    exempt: opt.Exempt = "",
    sender: opt.Sender = "",
    join: opt.Join = "",
    kappa: opt.Kappa = None,
    phi: opt.Phi = None,
    psi: opt.Psi = None,
    weight: opt.Weight = "0",
    scale: opt.Scale = "",
    precision: opt.Precision = None,
    moves: opt.Moves = "simultaneous",
    retaliation: opt.Retaliation = "",
    horizon: opt.Horizon = "",
    deficits: Deficits = "fixed",
    tariffs: Tariffs = "collected",
    date: Date = "",
    opec: Opec = "hold",
    workers: opt.Workers = 2,
    cache: opt.Cache = None,
    out: Out = None,
    sectors: Sectors = False,
    page: Page = None,
    xlsx: Xlsx = None,
    png: Png = None,
    map_: Map = None,
) -> None:
    """Solve the threat game: bite, cost of complying, break-even belief, credibility, its price."""
    from threatpoint.analysis.asked import asked_of
    from threatpoint.analysis.course import priors_of
    from threatpoint.analysis.made import leading
    from threatpoint.analysis.played import solve_played
    from threatpoint.situation import load_situation
    from threatpoint.situation.made import made_words
    from threatpoint.strategy import Store
    from threatpoint.strategy.export import every_row, write
    from threatpoint.strategy.joining import require_candidates

    outputs = Outputs(page, xlsx, png, map_)
    _refuse_early(moves, precision or [], opec if outputs.wanted else FREE)
    outputs.require()
    read = _on_its_day(load_situation(situation), name)
    economy, horizons = horizons_of(world_on(date or read.date, tariffs), horizon)
    terms = _terms(economy, weight, kappa=kappa, phi=phi, psi=psi)
    senders = words_of.codes("--sender", sender, economy)
    main = name or leading(read)
    rule = read.threats[main]
    asked = _questions(
        economy,
        rule,
        horizons,
        deficits=deficits,
        senders=senders,
        targets=words_of.codes("--targets", targets, economy),
        add=words_of.codes("--add", add, economy),
        exempt=words_of.codes("--exempt", exempt, economy),
        retaliation=words_of.retaliation(retaliation, rule, economy, senders),
        **_regime(economy, opec),
    )
    asked[0].require_terms(terms)
    scaled = words_of.prior("--scale", scale) if scale else None
    priors_of(asked[0].senders, scaled)
    joining = words_of.codes("--join", join, economy)
    require_candidates(asked, joining)
    console = open_console()
    store = Store(cache)
    games = _solve(console, asked, terms, store, workers)
    otherwise = targets or add or exempt or sender or retaliation or opec != FREE
    beside = _beside(read, main, games[0], terms, bool(otherwise))
    played = solve_played(games[0], read, beside, scaled)
    rows = every_row(games, moves, precision or [], _settled(read, main), joining)
    rows |= played.rows()
    print_all(console, games, rows, made_words(read.made.get(main), economy), played)
    if sectors:
        _print_sectors(console, asked[0])
    if out is not None:
        written(write(games, rows, out))
    if outputs.wanted:
        found = asked_of(read, main, asked[0].rule, typed())
        outputs.write(analysed(found, economy, tariffs, horizon, deficits, terms))
    store.save_unkept()
    _require_answers(games)


def _on_its_day(read: Read, name: str) -> Read:
    """The situation, or where a threat was made later that of the day on which it was."""
    if name and name not in (*read.threats, *read.later):
        raise PolicyError(unknown("threat", name, (*read.threats, *read.later), "--threat"))
    return read.when_made(name) if name in read.later else read


def _print_sectors(console: Console, question: Question) -> None:
    """Output by sector where the threat is carried out on all targets, at the first horizon."""
    from threatpoint.cli.shock_tables import sectors
    from threatpoint.oil.solve import solve

    economy, policy = question.economy, question.rule.policy(question.economy)
    found = solve(economy, policy, horizon=question.horizon, deficits=question.deficits)
    sectors(console, found, SECTORS_SHOWN)


def _refuse_early(moves: str, precisions: list[float], opec: str) -> None:
    """Bad words that need no table are refused first."""
    from threatpoint.strategy.perfect import MOVES

    if moves not in MOVES:
        raise PolicyError(unknown("order of moves", moves, MOVES, "--moves"))
    words_of.require_precision(precisions)
    if opec != FREE:
        text = f"a page is drawn with --opec {FREE}; leave one of them out"
        raise PolicyError(f"--opec {opec}: {text}")


def _require_answers(games: list[ThreatGame]) -> None:
    """A horizon at which nothing has an equilibrium ends with an error, after what was printed."""
    for game in games:
        if len(game.lost) == len(game.worlds):
            reason = next(iter(game.lost.values()))
            raise EquilibriumError(f"no answer at horizon {game.question.horizon}: {reason}")


def _regime(economy: Economy, opec: str) -> dict[str, str]:
    """What owners of idle oil capacity do, where another is asked for than a threat has itself."""
    from threatpoint.errors import require_label
    from threatpoint.oil.inputs import OPEC
    from threatpoint.oil.setting import require_setting

    require_label("regime of OPEC", opec, OPEC, PolicyError)
    if opec == FREE:
        return {}
    require_setting(economy)
    return {"opec": opec}


def _questions(
    economy: Economy, rule: Rule, horizons: tuple[str, ...], **asked: Any
) -> list[Question]:
    """One question for each horizon, every word checked before anything is solved."""
    from threatpoint.strategy import pose, require_solvable

    questions = [pose(economy, rule, horizon=horizon, **asked) for horizon in horizons]
    for question in questions:
        require_solvable(question)
    return questions


def _terms(economy: Economy, weight: str, **given: Words) -> Terms:
    """The political terms from their words."""
    from threatpoint.strategy import Terms

    read: dict[str, Any] = {
        name: words_of.priors(name, words or [], economy) for name, words in given.items()
    }
    return Terms(**read, weight=words_of.prior("--weight", weight))


def _solve(
    console: Console, asked: list[Question], terms: Terms, store: Store, workers: int
) -> list[ThreatGame]:
    """Announce the count and the time, then solve with a progress bar."""
    from rich.progress import Progress

    from threatpoint.strategy.threat import play
    from threatpoint.strategy.worlds import require_solvable, seconds_a_world

    parties = tuple(asked[0].parties)
    count = require_solvable(asked[0])
    each = max(seconds_a_world(question, store) for question in asked)
    total = count * len(asked)
    print(
        f"{len(parties)} target{'s' if len(parties) > 1 else ''} ({', '.join(parties)}): "
        f"{count:,} worlds x {len(asked)} "
        f"horizon{'s' if len(asked) > 1 else ''} = {total:,} equilibria, about "
        f"{max(1, round(each * total))} s in one process."
    )
    games: list[ThreatGame] = []
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("solving", total=total)
        for question in asked:
            before = len(games) * count

            def done(worlds: int, _: int, start: int = before) -> None:
                bar.update(task, completed=start + worlds)

            try:
                game = play(question, terms, store=store, progress=done, workers=workers)
            except CacheError:  # all is solved and in memory; reported after the answer
                game = play(question, terms, store=store)
            games.append(game)
    return games


def _beside(
    read: Read, name: str, game: ThreatGame, terms: Terms, otherwise: bool
) -> tuple[Dated, ...]:
    """Every threat of the situation on its own day, at the first horizon asked for.

    The one asked for alone where it is asked otherwise than it was made, or on another day.
    """
    from threatpoint.analysis.dated import Dated, solve_dated

    asked = game.question
    standing = asked.economy.standing
    if not otherwise and (standing is None or standing.date == read.date):
        return solve_dated(read, asked.economy, asked.horizon, asked.deficits, terms)
    made = read.made.get(name)
    return (Dated(name, read.words[name], asked.rule, made and made.date, False, game),)


def _settled(read: Read, name: str) -> dict[str, Rule]:
    """Other threats of the file that are tariffs, as what the sender could settle for."""
    return {
        f"settle for {other!r}": rule
        for other, rule in read.threats.items()
        if other != name and rule.only_tariffs
    }


register = command(
    threat,
    "threat",
    "threat --targets CHN,IND --kappa 25 --lambda 0.1",
    "threat --threat oil-tariff --horizon all --out threat.csv",
    "threat --threat india-order",
)
"""Add the command to an app."""
