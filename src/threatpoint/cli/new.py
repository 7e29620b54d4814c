"""`threatpoint new`: a situation file of one's own, asked for in a few words or copied."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from threatpoint.cli.common import command, written
from threatpoint.cli.new_questions import QUESTIONS, Answers, asked
from threatpoint.errors import PolicyError, SituationError, ThreatpointError

USUAL = Path("situation.toml")
SCREEN = "-"
"""A file that is the terminal."""


def new(
    file: Annotated[Path, typer.Argument(help=f"The file to write; {SCREEN} prints it.")] = USUAL,
    sender: Annotated[str, typer.Option(help="Who threatens, e.g. USA or EU,GBR.")] = "",
    targets: Annotated[str, typer.Option(help="Whom, e.g. China,India.")] = "",
    instrument: Annotated[
        str,
        typer.Option(
            help="With what: tariff, cut-off, export-ban, quota, export-tax, trade-cost or "
            "stop-buying; tariff if left out."
        ),
    ] = "",
    rate: Annotated[
        str,
        typer.Option(
            help="How much: +25% comes on top of the tariff in force and 25% replaces it; the "
            "share of the volume that a quota leaves. A tariff is +25% if left out."
        ),
    ] = "",
    sectors: Annotated[
        str,
        typer.Option(help="On which sectors, e.g. vehicles,ELEC; goods if left out."),
    ] = "",
    enforcement: Annotated[
        str, typer.Option(help="How much of each flow it reaches, e.g. 80%; all if left out.")
    ] = "",
    demand: Annotated[
        str, typer.Option(help="What the targets are to do, in words, where it is no trade.")
    ] = "",
    cost: Annotated[
        str,
        typer.Option(help="What that costs each a year, USD bn: VALUE or VALUE:LOW:HIGH."),
    ] = "",
    buys: Annotated[
        str, typer.Option(help="What they are to stop buying, e.g. crude,refined.")
    ] = "",
    seller: Annotated[str, typer.Option(help="From whom, e.g. Russia.")] = "",
    min_value: Annotated[
        str, typer.Option(help="From how many USD bn a year on a buyer counts.")
    ] = "",
    date: Annotated[str, typer.Option(help="On which day, as 2025-03-31; today if left out.")] = "",
    clock: Annotated[str, typer.Option(help="The day after which it is carried out.")] = "",
    retaliation: Annotated[
        str, typer.Option(help="The tariff that targets would add in return, e.g. 25%.")
    ] = "",
    title: Annotated[str, typer.Option(help="The heading; made of the rest if left out.")] = "",
    source: Annotated[str, typer.Option(help="The text that says so.")] = "",
    copy: Annotated[
        str, typer.Option("--from", help="Copy this built-in situation instead, to change it.")
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing: what is not given is as usual.")
    ] = False,
) -> None:
    """Write a situation file of your own: asks who threatens whom with what, or takes options.

    Every key of the file says what it means. Without a terminal nothing is asked.
    """
    options = {name: text for name, text in locals().items() if name in _names() and text}
    _require_place(file, force)
    text = _copied(copy, options) if copy else _made(options, ask=not yes and _terminal())
    _out(file, text)


register = command(
    new,
    "new",
    "new my.toml --sender USA --targets Canada,Mexico --rate +25% --demand 'the border is closed'",
    "new my.toml --sender USA --instrument cut-off --buys crude --seller Russia --min-value 5",
    "new my.toml --from brazil-2025-07-09",
)
"""Add the command to an app."""


def _names() -> tuple[str, ...]:
    """The options that say something of the situation."""
    return (*(each.name for each in QUESTIONS), "enforcement", "title")


def _terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _require_place(file: Path, force: bool) -> None:
    """Refuse a file that cannot be written, or that is there.

    Raises:
        ThreatpointError: with what to do.
    """
    from threatpoint.files import require_writable

    if str(file) == SCREEN:
        return
    require_writable(file, "FILE", (".toml",))
    if file.exists() and not force:
        raise ThreatpointError(f"{file} is there already; take another name, or give --force")


def _copied(name: str, options: Answers) -> str:
    """The text of a built-in situation.

    Raises:
        ThreatpointError: no such situation, or options that a copy cannot have.
    """
    from threatpoint.errors import require_label
    from threatpoint.situation.text import built_in, read_text

    if options:
        given = ", ".join(f"--{key.replace('_', '-')}" for key in options)
        raise ThreatpointError(f"{given} with --from has no effect: change the copy in the file")
    require_label("situation", name, built_in(), ThreatpointError, "--from")
    return f"# Copied from the built-in situation {name}.\n{read_text(name)[0]}"


def _made(options: Answers, ask: bool) -> str:
    """The text of a situation from what was typed.

    Raises:
        PolicyError, SituationError: answers that mean nothing, or a situation that is none.
    """
    from threatpoint.situation.draft import text_of
    from threatpoint.situation.draft_words import drafted
    from threatpoint.situation.reader import read_situation
    from threatpoint.world import load_world

    economy = load_world()
    answers = asked(options, economy) if ask else options
    try:
        text = text_of(drafted(answers, economy), economy)
        read_situation(text, "the new file", economy=economy)
    except SituationError as error:
        problems = [problem.partition(", ")[2] or problem for problem in error.problems]
        raise SituationError("nothing is written", problems) from None
    except PolicyError as error:
        raise PolicyError(str(error).replace("\n", "\n       ")) from None
    return text


def _out(file: Path, text: str) -> None:
    """Write or print the file, and say what comes next."""
    from threatpoint.files import write_whole

    if str(file) == SCREEN:
        print(text, end="")
        return
    write_whole(file, text)
    written([file])
    print(f"next:    threatpoint check {file}\n         threatpoint brief {file} --quick")
