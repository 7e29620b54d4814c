"""`threatpoint talks`: is there a line both accept, does delay pay, what would flip it."""

from __future__ import annotations

from typing import Annotated

import typer

from threatpoint import words
from threatpoint.cli.checked import real
from threatpoint.cli.common import BUILT_IN, Out, command, open_console, say, written


def talks(
    situation: Annotated[
        str, typer.Argument(help="A built-in situation or a TOML file with a table [talks].")
    ] = BUILT_IN,
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
    out: Out = None,
) -> None:
    """Bargain while the front moves: lines both accept, reasons for delay, guarantees."""
    from threatpoint.situation import load_talks
    from threatpoint.talks import results
    from threatpoint.talks.talks import solve_talks
    from threatpoint.talks.threat_link import require_possible
    from threatpoint.world import load_world

    given = load_talks(situation)
    require_possible(load_world(), given.attacker, sanctions, aid_change)
    result = solve_talks(given.priors, sanctions, aid_change / 100.0, given.area)
    console = open_console()
    say(console, "talks.freeze", result, given.attacker, given.defender)
    say(console, "talks.over_priors", result)
    numbers = results.numbers(result, given.attacker, given.defender)
    reasons = results.reasons(result, given.attacker)
    console.print(numbers.showing("measure", "value", "span", "unit", "driver").terminal())
    console.print(words.plain(f"{numbers.note} {results.check(result)}"))
    console.print(reasons.showing("reason", "pays", "ever", "threshold", "flipped_by").terminal())
    if out is not None:
        written([results.write(result, out)])


register = command(
    talks, "talks", "talks --sanctions 3.5", "talks --aid-change -40 --out talks.csv"
)
"""Add the command to an app."""
