"""`threatpoint design`: what should be threatened, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from threatpoint import words
from threatpoint.cli import threat_words as words_of
from threatpoint.cli.checked import whole
from threatpoint.cli.common import (
    BUILT_IN,
    Date,
    Deficits,
    Out,
    Situation,
    Tariffs,
    command,
    open_console,
    world_on,
    written,
)
from threatpoint.cli.drawing import MOST_TYPED, WORK, Seed, Workers
from threatpoint.processes import ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from threatpoint.analysis.design import ThreatDesign
    from threatpoint.tables import Table


def design(
    situation: Situation = BUILT_IN,
    threat: Annotated[
        str, typer.Option("--threat", help="Whose demand is made; the one made first by default.")
    ] = "",
    sender: Annotated[str, typer.Option(help="Who threatens, e.g. USA or USA,EU.")] = "",
    targets: Annotated[str, typer.Option(help="Only these, e.g. CHN,IND.")] = "",
    answer: Annotated[
        str,
        typer.Option(
            help="Tariff that each target hit adds on the sender's goods, e.g. 25%; 0: none. What "
            "the file states if left out."
        ),
    ] = "",
    lawful: Annotated[
        bool,
        typer.Option("--lawful", help="Use only forms on record as lawful for every sender."),
    ] = False,
    forms: Annotated[
        str,
        typer.Option(help="Only these of tariff, import-ban, export-tax, export-ban; with commas."),
    ] = "",
    scale: Annotated[
        str,
        typer.Option(
            "--s",
            help="USD bn that weigh as much as the sender's resolve, VALUE or MIDDLE:LOW:HIGH; the "
            "prior by default.",
        ),
    ] = "",
    horizon: Annotated[
        str,
        typer.Option(
            help="Set of elasticities, as `threatpoint threat` has it; short if left out."
        ),
    ] = "",
    join: Annotated[
        str,
        typer.Option(
            help="Who may join the sender, e.g. EU,GBR: the smallest coalition that makes a "
            "design work, and transfers that make its burden even."
        ),
    ] = "",
    draws: Annotated[
        int,
        typer.Option(
            parser=whole("--draws", 0, MOST_TYPED),
            help="Draws of everything uncertain in which the designs are solved again, a power of "
            "2; 0: none.",
        ),
    ] = 16,
    seed: Seed = 0,
    workers: Workers = 2,
    deficits: Deficits = "fixed",
    tariffs: Tariffs = "collected",
    date: Date = "",
    out: Out = None,
) -> None:
    """Design a threat: the most that targets can be made to lose by what it costs the sender."""
    from threatpoint.analysis.chain.chain import Drawing
    from threatpoint.analysis.design import design_threat
    from threatpoint.analysis.ensemble.draws import require_draws
    from threatpoint.situation import load_situation
    from threatpoint.world import with_horizon

    if draws:
        require_draws(draws)
    if draws and workers > 1:
        ready(*WORK)  # before all else: it imports while this process does
    read = load_situation(situation)
    given = _rate(answer)
    economy = world_on(date or read.date, tariffs)
    if horizon:
        economy, horizon = with_horizon(economy, horizon)
    found = design_threat(
        read,
        economy,
        threat=threat,
        senders=words_of.codes("--sender", sender, economy),
        targets=words_of.codes("--targets", targets, economy),
        answer=given,
        only_lawful=lawful,
        forms=[word.strip() for word in forms.split(",")] if forms else (),
        horizon=horizon,
        deficits=deficits,
        scale=words_of.prior("--s", scale) if scale else None,
        join=words_of.codes("--join", join, economy),
        drawing=Drawing(draws, seed, workers=workers) if draws else None,
    )
    _print(found)
    if out is not None:
        asked = {"date": str(date or read.date or ""), "draws": draws, "seed": seed}
        asked |= {"join": join, "baseline": tariffs}
        written(_write(found, out, asked))


def _rate(text: str) -> float | None:
    """The answer as a share; None where none is typed."""
    from threatpoint.policy.decimals import decimal, percentage

    if not text:
        return None
    where = f"--answer {text}"
    none = not text.endswith("%") and decimal(text, where) == 0
    return 0.0 if none else float(percentage(text, where))


def _tables(found: ThreatDesign) -> list[Any]:
    from threatpoint.strategy.design import tables

    def name(code: str) -> str:
        return words.place(code, found.question.economy)

    own = found.designs
    every: tuple[Table | None, ...] = (
        tables.frontier(own, name),
        tables.beside(own, name, found.drawn),
        tables.yielding(own, name, found.drawn),
        *_coalitions(found, name),
        tables.legal(found.standings, name),
    )
    return [table for table in every if table is not None]


def _coalitions(found: ThreatDesign, name: Callable[[str], str]) -> list[Table | None]:
    """Who must join, and the transfers among the smallest coalition that works."""
    from threatpoint.strategy.design import tables
    from threatpoint.strategy.design.coalition import smallest

    if not found.coalitions:
        return []
    works = smallest(found.coalitions)
    shown = [tables.coalition(found.coalitions, name, found.barred)]
    return [*shown, None if works is None else tables.burdens(works, name)]


def _print(found: ThreatDesign) -> None:
    console = open_console()
    for line in _lead(found):
        console.print(words.plain(line), highlight=False)
    for table in _tables(found):
        console.print(table.terminal())
        if table.note:
            console.print(words.plain(table.note), highlight=False)
    for line in _end(found):
        console.print(words.plain(line), highlight=False)


def _lead(found: ThreatDesign) -> list[str]:
    """The world, and what is held."""
    question = found.question
    standing = question.economy.standing
    tariffs = standing.words if standing else "the tariffs of its table"
    who = words.listing([words.place(code, question.economy) for code in question.senders])
    return [
        f"What {who} could threaten, in the world under {tariffs}.",
        f"Elasticities: {words.horizon(question.horizon)}. Closure of trade balances: "
        f"{question.deficits}.",
    ]


def _end(found: ThreatDesign) -> list[str]:
    """What is not looked for, what to beware of, and how it was solved."""
    from threatpoint.strategy.design import tables

    economy = found.question.economy
    said = tables.unasked(found.designs, lambda code: words.place(code, economy))
    said += [beware] if (beware := tables.caution(found.designs)) else []
    solved, lost = found.designs.solved
    left = f"; {lost} without an equilibrium left out" if lost else ""
    drawn = f" Draws: {found.drawn.draws}." if found.drawn else ""
    status = f"Status: every design shown is a converged equilibrium; {solved} solved{left}."
    return [*said, status + drawn]


def _write(found: ThreatDesign, path: Any, run: dict[str, Any]) -> list[Any]:
    from threatpoint.files import as_texts, finite, save

    rows = {
        table.key: [dict(zip(table.fields, r, strict=True)) for r in table.records]
        for table in _tables(found)
    }
    return save(
        {
            path: as_texts(
                path,
                _about(found, run),
                finite(rows),
                ("targets", "target", "point", "key", "answer", "scale_usd_bn", "sender", "form"),
            )
        }
    )


def _about(found: ThreatDesign, run: dict[str, Any]) -> dict[str, Any]:
    """What carries the numbers; `run`: options that are said nowhere else."""
    from threatpoint import __version__
    from threatpoint.strategy.design import tables

    question = found.question
    economy, s = question.economy, found.priors["s"].quantity
    solved, lost = found.designs.solved
    return {
        "version": __version__,
        "situation": found.situation.name,
        "threat": found.threat,
        "senders": list(question.senders),
        "targets": list(question.parties),
        "forms": [form.name for form in found.designs.forms],
        "only_lawful": found.only_lawful,
        "answer": tables.answer_words(found.designs),
        "s_usd_bn": {"value": s.value, "low": s.low, "high": s.high},
        "standing": economy.standing.words if economy.standing else "",
        "tariffs": economy.metadata.get("tariffs", ""),
        "year": None if economy.year is None else int(economy.year),
        "fingerprint": economy.metadata.get("fingerprint", ""),
        "crude": str(question.solver.get("opec", "")),
        "solved": solved,
        "without_equilibrium": lost,
        "not_asked": tables.unasked(found.designs, str),
        "left_out": list(found.barred),
        "horizon": question.horizon,
        "deficits": question.deficits,
        "unit": "USD bn per year",
        **run,
    }


register = command(
    design,
    "design",
    "design --targets CHN,IND --answer 25% --lawful",
    "design --forms tariff,export-ban --out design.csv",
)
"""Add the command to an app."""
