"""`threatpoint talks`: how likely a freeze is, by what is done and by what happens to support."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint import words
from threatpoint.cli.checked import real, whole
from threatpoint.cli.common import BUILT_IN, Out, command, open_console, say, written

if TYPE_CHECKING:
    from threatpoint.analysis.chain.chain import Chain
    from threatpoint.talks.talks import TalksResult


def talks(
    situation: Annotated[
        str, typer.Argument(help="A built-in situation or a TOML file with a table [talks].")
    ] = BUILT_IN,
    sanctions: Annotated[
        float | None,
        typer.Option(
            parser=real("--sanctions"),
            help="In place of what can be done: a lever that costs the attacker so many USD "
            "bn/month; the part lifted is drawn.",
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
    from threatpoint.analysis.chain.chain import Drawing, solve_chain
    from threatpoint.analysis.talks_drawn import require_possible
    from threatpoint.situation import load_situation, load_talks
    from threatpoint.talks import answers, results
    from threatpoint.talks.written import write
    from threatpoint.world import load_world

    given, world = load_talks(situation), load_world()
    require_possible(world, given.attacker, sanctions or 0.0, aid_change or 0.0)
    chain = solve_chain(load_situation(situation), world, Drawing(draws, seed, quick=True))
    result = _asked(chain, sanctions, aid_change)
    console = open_console()
    say(console, "talks.finding", result, words.place(given.attacker, world))
    table = results.by_support(result)
    console.print(table.terminal())
    console.print(words.plain(table.note))
    console.print(answers.numbers(result).terminal())
    if out is not None:
        written([write(result, given.priors, given.known, out)])


def _asked(chain: Chain, sanctions: float | None, aid_change: float | None) -> TalksResult:
    """The talks of a chain, its levers in words, or one lever and one change of support."""
    from threatpoint.analysis.chain.talks import talks_of
    from threatpoint.brief.talks import named_in_words

    found = talks_of(chain)
    if found is None:  # never: [talks] was found before
        raise typer.Exit(2)
    if sanctions is None:
        found = named_in_words(found, chain)
    else:
        found = found.under({"nothing": 0.0, _lever(sanctions): sanctions})
    if aid_change is not None:
        found = replace(found, supports=tuple(dict.fromkeys((0.0, aid_change / 100.0))))
    return found


def _lever(loss: float) -> str:
    return f"a loss of {words.number(loss)} bn"


register = command(talks, "talks --sanctions 3.5", "talks --aid-change -40 --out talks.csv")
"""Add the command to an app."""
