"""What `shock` and `threat` can write beside what they print: a page, a workbook, pictures."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint.cli.common import open_console, written

if TYPE_CHECKING:
    from threatpoint.analysis import Analysis
    from threatpoint.situation import Situation
    from threatpoint.strategy import Terms
    from threatpoint.world.economy import Economy

ALL = "all"
FIRST = "All horizons are solved; the page shows the first year first."
Page = Annotated[
    Path | None,
    typer.Option(help=f"Write the page, with its data and charts, into this folder. {FIRST}"),
]
Xlsx = Annotated[Path | None, typer.Option(help="Write all tables of the page to this .xlsx file.")]
Png = Annotated[
    Path | None, typer.Option(help="Write every chart of the page as a picture into this folder.")
]
Map = Annotated[
    Path | None,
    typer.Option(
        "--map", help="Write the world map of gains and losses to this .svg or .png file."
    ),
]
Sectors = Annotated[
    bool, typer.Option("--sectors", help="Print the output of those who act and who are hit, too.")
]
Members = Annotated[
    bool, typer.Option("--members", help="Print the members of a group below the group, too.")
]


@dataclass(frozen=True)
class Outputs:
    """Places of what is wanted; None for what is not."""

    page: Path | None = None
    xlsx: Path | None = None
    png: Path | None = None
    map: Path | None = None

    @property
    def wanted(self) -> bool:
        """Whether there is anything to write."""
        return any((self.page, self.xlsx, self.png, self.map))

    def require(self) -> None:
        """Refuse what cannot be written, before anything is solved.

        Raises:
            MissingExtraError: packages that draw or write are not installed.
            ThreatpointError: a place that cannot be written.
        """
        from threatpoint.errors import require_extra

        if not self.wanted:
            return
        require_extra("brief", "the page", "vl_convert")
        for folder in filter(None, (self.page, self.png)):
            from threatpoint.brief import require_folder

            require_folder(folder)
        if self.xlsx:
            from threatpoint.brief.workbook import require_workbook

            require_workbook(self.xlsx)
        if self.map:
            from threatpoint.brief.pictures import require_map

            require_map(self.map)

    def write(self, analysis: Analysis) -> None:
        """Write all that is wanted, each whole, and say what was written."""
        from threatpoint.brief import write_brief

        if self.page:
            print(f"page: {write_brief(analysis, self.page)}")
        if self.xlsx:
            from threatpoint.brief.workbook import write_workbook

            written([write_workbook(analysis, self.xlsx)])
        if self.png:
            from threatpoint.brief.pictures import write_pictures

            written(write_pictures(analysis, self.png))
        if self.map:
            from threatpoint.brief.pictures import write_map

            written([write_map(analysis, self.map)])


def typed() -> str:
    """The command as it was typed."""
    return shlex.join(["threatpoint", *sys.argv[1:]])


def analysed(
    situation: Situation,
    economy: Economy,
    tariffs: str,
    horizon: str,
    deficits: str,
    terms: Terms | None = None,
) -> Analysis:
    """The situation solved as `threatpoint brief` does, with the other baseline tariffs tried.

    Args:
        situation: what is asked.
        economy: the baseline, with the set of elasticities where one is asked for.
        tariffs: of the baseline.
        horizon: as typed; "all" or "" is all, the first year first.
        deficits: closure.
        terms: of the game.
    """
    from threatpoint.analysis import analyse
    from threatpoint.world import load_world, with_horizon

    other = "collected" if tariffs == "statutory" else "statutory"
    base, name = load_world(other), ""
    if horizon not in ("", ALL):
        base, name = with_horizon(base, horizon)
    with open_console().status("solving …"):
        return analyse(
            situation,
            economy,
            horizon=name,
            deficits=deficits,
            alternatives={f"the baseline has the {other} tariffs": base},
            terms=terms,
        )
