"""`threatpoint talks`: is there a line both accept, does delay pay, what would flip it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint import words
from threatpoint.cli.checked import Command, real
from threatpoint.cli.common import examples, open_console, written

if TYPE_CHECKING:
    from threatpoint.situation.talks_input import TalksInput
    from threatpoint.talks.talks import TalksResult


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        cls=Command,
        epilog=examples("talks", "talks --sanctions 3.5", "talks --aid-change -40 --out talks.csv"),
    )(talks)


def talks(
    situation: Annotated[
        str, typer.Argument(help="A built-in situation or a TOML file with a table [talks].")
    ] = "ukraine-2025-03-31",
    sanctions: Annotated[
        float,
        typer.Option(
            parser=real("--sanctions"),
            help="What the threat adds to the sanctions a ceasefire lifts, USD bn/month.",
        ),
    ] = 0.0,
    aid_change: Annotated[
        float,
        typer.Option(
            parser=real("--aid-change"),
            help="Change in support, % of the baseline's; -40 is a cut by 40 %.",
        ),
    ] = 0.0,
    out: Annotated[
        Path | None, typer.Option(help="Write all results to this .csv or .json file.")
    ] = None,
) -> None:
    """Bargain while the front moves: lines both accept, reasons for delay, guarantees."""
    from threatpoint.files import require_writable
    from threatpoint.situation import load_talks
    from threatpoint.talks import results
    from threatpoint.talks.talks import solve_talks
    from threatpoint.talks.threat_link import require_possible
    from threatpoint.world import load_world

    if out is not None:
        require_writable(out)
    given = load_talks(situation)
    require_possible(load_world(), given.attacker, sanctions, aid_change)
    result = solve_talks(given.priors, sanctions, aid_change / 100.0, given.area)
    console = open_console()
    console.print(_accepted(given, result))
    numbers = results.numbers(result, given.attacker, given.defender)
    reasons = results.reasons(result, given.attacker)
    console.print(numbers.showing("measure", "value", "span", "unit", "driver").terminal())
    console.print(words.plain(numbers.note))
    console.print(reasons.showing("reason", "pays", "ever", "threshold", "flipped_by").terminal())
    if out is not None:
        written([results.write(result, out)])


def _accepted(given: TalksInput, result: TalksResult) -> str:
    return (
        f"A freeze in place: {given.attacker} {words.accepts(result.attacker_accepts)}, "
        f"{given.defender} {words.accepts(result.defender_accepts)}. "
        f"Over the priors both accept it {words.held(*result.accepts)}."
    )
