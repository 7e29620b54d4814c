"""What all commands share: option types, help texts, the console and what it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from threatpoint import words
from threatpoint.cli.checked import Command

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable

    from rich.console import Console

    from threatpoint.world.economy import Economy


MOST_ROWS = 1_000_000
"""Rows that may be asked for; more than any table has."""


BUILT_IN = "ukraine-2025-03-31"
"""The situation of a command that is given none."""


def examples(*words: str) -> str:
    """The end of a help text, its lines kept apart."""
    return "\b\nExamples:\n" + "\n".join(f"  threatpoint {line}" for line in words)


def command(function: Callable[..., None], *lines: str) -> Callable[[typer.Typer], None]:
    """What adds a command to an app, with its examples."""

    def register(app: typer.Typer) -> None:
        app.command(cls=Command, epilog=examples(*lines))(function)

    return register


def _writable(path: Any) -> Any:
    from threatpoint.files import require_writable

    if path is not None:
        require_writable(path)
    return path


Situation = Annotated[str, typer.Argument(help="A built-in situation or a TOML file.")]
Out = Annotated[
    Path | None,
    typer.Option(callback=_writable, help="Write all results to this .csv or .json file."),
]
SETS = " or ".join(words.legend_words(words.HORIZONS).rsplit(", ", 1))
"""The horizons as options, with their words."""


def _closure(name: str) -> str:
    """A deficit closure; the option is named before anything is solved."""
    from threatpoint.errors import PolicyError, require_label

    return require_label("deficit closure", name, words.CLOSURES, PolicyError, "--deficits")


Deficits = Annotated[
    str,
    typer.Option(
        callback=_closure,
        help="Trade deficits after the shock: fixed, balanced or proportional.",
    ),
]
RANGE_ENDS = ", ".join(
    f"{name}-{end}" for name in words.HORIZONS if name != "long" for end in words.REPLACED
)
SET_HELP = (
    f"Set of elasticities: {SETS}; the "
    f"ends of their ranges: {RANGE_ENDS}; a case of long: "
    "printed, low, published-low, published-high; or a table of your own (.toml or .csv)."
)
SHORT = " The function of Python takes long where it is given none."
"""Of a command that takes short."""
Horizon = Annotated[str, typer.Option(help=SET_HELP)]
Opec = Annotated[
    str,
    typer.Option(
        help="What owners of idle oil capacity do: hold (leave it idle), half (bring in what they "
        "can within 90 days as the price rises) or all of it; hold if left out."
    ),
]
Tariffs = Annotated[
    str, typer.Option(help="Baseline tariffs between USA and CHN: collected or statutory.")
]

Date = Annotated[
    str,
    typer.Option(
        help="Day whose US tariffs are in force, as 2025-03-31: results are against the world "
        "under them. Left out: the day of a situation, else the tariffs of the table.",
        show_default=False,
    ),
]


def world_on(day: str | datetime.date, tariffs: str = "collected") -> Economy:
    """The shipped world with the tariffs in force on a day; "" leaves those of the table."""
    from threatpoint.policy import standing

    return standing.world_on(day, tariffs)


def world_words(economy: Economy) -> str:
    """Which world the numbers are against."""
    if economy.standing:
        return f"The world under {economy.standing.words}."
    of = f" of {economy.year}" if economy.year else ""
    return f"The world under the tariffs of the table{of}."


def rests_on(horizon: str, deficits: str) -> str:
    """The horizon and what happens to trade balances, as a sentence."""
    when = words.plain(words.sentence(words.when(horizon)).rstrip("."))
    return f"{when} (horizon {horizon}); {words.closure(deficits)} (deficits {deficits})."


def horizons_of(economy: Economy, horizon: str) -> tuple[Economy, tuple[str, ...]]:
    """The economy with the set asked for, and its name; "all" is every one, "" those of a page."""
    from threatpoint.analysis import outcome
    from threatpoint.world import with_horizon

    if horizon == "all":
        return economy, outcome.horizons_of(economy)
    if not horizon:
        return economy, outcome.page_horizons(economy)
    economy, name = with_horizon(economy, horizon)
    return economy, (name,)


def open_console() -> Console:
    """A console of at least 100 columns where the output is not a terminal."""
    from rich.console import Console

    plain = Console()
    return plain if plain.is_terminal else Console(width=max(100, plain.width), soft_wrap=False)


def say(console: Console, macro: str, *facts: Any) -> None:
    """Print what a template macro says, as a sentence."""
    from threatpoint.brief.prose import sentence

    console.print(words.plain(words.sentence(sentence(macro, *facts))), highlight=False)


def written(files: Iterable[Path]) -> None:
    """Say what was written."""
    for path in files:
        print(f"written: {path}")
