"""`threatpoint talks`: how likely a freeze is, by what it costs the attacker to fight on."""

from __future__ import annotations

from typing import Annotated

import typer

from threatpoint import words
from threatpoint.cli.checked import real, whole
from threatpoint.cli.common import BUILT_IN, Out, command, open_console, say, written

LOSSES = (0.0, 1.0, 2.0, 5.0, 10.0)
"""What a lever costs the attacker, USD bn a month; those of real levers are in `expect`."""


def talks(
    situation: Annotated[
        str, typer.Argument(help="A built-in situation or a TOML file with a table [talks].")
    ] = BUILT_IN,
    sanctions: Annotated[
        float | None,
        typer.Option(
            parser=real("--sanctions"),
            help="What a lever costs the attacker, USD bn/month; the part lifted is drawn.",
        ),
    ] = None,
    aid_change: Annotated[
        float | None,
        typer.Option(
            parser=real("--aid-change"),
            help="Change in support, % of what it is; -40 is a cut by 40 %.",
        ),
    ] = None,
    draws: Annotated[
        int, typer.Option(parser=whole("--draws", 1, 65_536), help="Draws, a power of 2.")
    ] = 1024,
    seed: Annotated[
        int, typer.Option(parser=whole("--seed", 0, 2**31 - 1), help="Of the draws.")
    ] = 0,
    out: Out = None,
) -> None:
    """Say how likely a freeze is, given that one was refused; what waiting brings; a wider war."""
    from threatpoint.analysis.talks_drawn import draw_talks, require_possible
    from threatpoint.situation import load_talks
    from threatpoint.talks import results
    from threatpoint.talks.talks import SUPPORTS
    from threatpoint.world import load_world

    given = load_talks(situation)
    require_possible(load_world(), given.attacker, sanctions or 0.0, aid_change or 0.0)
    asked = LOSSES if sanctions is None else (0.0, sanctions)
    changes = SUPPORTS if aid_change is None else (0.0, aid_change / 100.0)
    losses = {_lever(loss): loss for loss in asked}
    result = draw_talks(given, losses, supports=tuple(dict.fromkeys(changes)), draws=draws,
                        seed=seed)  # fmt: skip
    console = open_console()
    say(console, "talks.finding", result, given.attacker)
    table = results.by_support(result)
    console.print(table.terminal())
    console.print(words.plain(table.note))
    console.print(results.numbers(result).terminal())
    if out is not None:
        written([results.write(result, given.priors, given.known, out)])


def _lever(loss: float) -> str:
    return f"a loss of {words.number(loss)} bn" if loss else "nothing"


register = command(talks, "talks --sanctions 3.5", "talks --aid-change -40 --out talks.csv")
"""Add the command to an app."""
