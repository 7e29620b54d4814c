"""The options of `threatpoint threat`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from threatpoint.cli.checked import real, whole
from threatpoint.cli.common import SETS

MOST_PROCESSES = 64
PRIOR = "a number, or TARGET=NUMBER, each with :LOW:HIGH as range, e.g. IND=10:5:20"

Name = Annotated[
    str,
    typer.Option(
        "--threat",
        help="Name of the threat; the one made first by default. One made after the day of the "
        "situation is solved for the day on which it was made.",
    ),
]
Targets = Annotated[str, typer.Option(help="Only these, e.g. CHN,IND.")]
Add = Annotated[str, typer.Option(help="Targets besides those found, e.g. EU.")]
Exempt = Annotated[str, typer.Option(help="Not these, e.g. BRA.")]
Sender = Annotated[str, typer.Option(help="Who threatens and punishes together, e.g. USA,EU.")]
Join = Annotated[
    str, typer.Option(help="Show what changes if each of these joined the sender, e.g. EU,GBR.")
]


def _prior(meaning: str) -> Any:
    return typer.Option(help=f"{meaning}, USD bn a year: {PRIOR}.")


Kappa = Annotated[list[str] | None, _prior("Audience cost of sparing a defier")]
Phi = Annotated[list[str] | None, _prior("Political value of what is bought")]
Psi = Annotated[list[str] | None, _prior("Political gain of the punished (rally)")]
Weight = Annotated[
    str, typer.Option(help="B: what a USD lost by the seller is worth to the sender.")
]
Scale = Annotated[
    str,
    typer.Option(
        help="s: USD bn that weigh as much as the sender's resolve, VALUE or MIDDLE:LOW:HIGH "
        "(log-uniform, so the middle is the geometric one); the prior by default."
    ),
]
Precision = Annotated[
    list[float] | None,
    typer.Option(
        "--lambda",
        parser=real("--lambda"),
        help="Add probabilities (logit agent-QRE); per USD bn, e.g. 0.1. Repeatable.",
    ),
]
Moves = Annotated[str, typer.Option(help="How the targets move: simultaneous or sequential.")]
Retaliation = Annotated[
    str, typer.Option(help="Tariff the punished may add on the sender's goods, e.g. 25%.")
]
Horizon = Annotated[
    str,
    typer.Option(
        help=f"Set of elasticities: {SETS}, all "
        "for these, any other set of the table, or a table of your own (.toml or .csv). Left out: "
        "from the first year on."
    ),
]
Workers = Annotated[
    int,
    typer.Option(parser=whole("--workers", 1, MOST_PROCESSES), help="Processes, for many targets."),
]
Cache = Annotated[
    Path | None, typer.Option(help="Keep solved worlds in this folder; nowhere by default.")
]
