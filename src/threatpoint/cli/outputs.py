"""What `brief`, `shock` and `threat` can write: a page, a workbook, a PDF, pictures."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint.cli.common import open_console, written

if TYPE_CHECKING:
    from threatpoint.analysis import Analysis
    from threatpoint.analysis.chain.chain import Drawing
    from threatpoint.brief.page import Content
    from threatpoint.situation import Situation
    from threatpoint.strategy import Terms
    from threatpoint.world.economy import Economy

ALL = "all"
FIRST = "Horizons from the first year on are solved; the page shows the first year first."
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
    """Places of what is wanted, None for what is not; and how page and PDF are written.

    `raster`: a page has every chart as a PNG too.
    """

    page: Path | None = None
    xlsx: Path | None = None
    png: Path | None = None
    map: Path | None = None
    pdf: Path | None = None
    one_page: bool = False
    full: bool = False
    raster: bool = True

    @property
    def wanted(self) -> bool:
        """Whether there is anything to write."""
        return any((self.page, self.xlsx, self.png, self.map, self.pdf))

    def require(self) -> None:
        """Refuse what cannot be written, before anything is solved.

        Raises:
            MissingExtraError: packages that draw or write are not installed.
            ThreatpointError: a place that cannot be written.
        """
        if not self.wanted:
            return
        from threatpoint.brief import page, pdf, pictures, workbook
        from threatpoint.brief.standalone import require_png

        if self.xlsx:
            workbook.require_workbook(self.xlsx)
        if self.pdf:
            pdf.require_pdf(self.pdf)
        if self.png or (self.map and self.map.suffix == ".png"):
            require_png("a picture as .png")
        for folder in filter(None, (self.page, self.png)):
            page.require_folder(folder)
        if self.map:
            pictures.require_map(self.map)

    def write(self, analysis: Analysis) -> None:
        """Write all that is wanted from one drawn page, each whole, and say what was written."""
        if not self.wanted:
            return
        from threatpoint.brief.page import Content, write_content

        content = Content.drawn(analysis, self.raster)
        with open_console().status("drawing the page …"):
            page = self.page and write_content(content, self.page, self.one_page)
            more = list(self._beside(content))
        if page:
            print(f"page: {page}{self._no_png(content)}")
        written(more)

    def _no_png(self, content: Content) -> str:
        """What to install for the charts that the page lacks as .png."""
        if self.one_page or content.raster is self.raster:
            return ""
        return " (charts as .svg only; .png needs: pip install 'threatpoint[brief]')"

    def _beside(self, content: Content) -> Iterator[Path]:
        """What is written beside the page."""
        from threatpoint.brief import pdf, pictures, workbook

        if self.xlsx:
            analysis = content.reading.analysis
            yield workbook.write_workbook(analysis, self.xlsx, content.tables)
        if self.pdf:
            yield pdf.write_pdf(content.html(self.one_page), self.pdf, full=self.full)
        if self.png:
            yield from pictures.write_pictures(content, self.png)
        if self.map:
            yield pictures.write_map(content.reading, self.map)


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
    drawing: Drawing | None = None,
) -> Analysis:
    """The situation solved as `threatpoint brief` does, with the other baseline tariffs tried.

    Args:
        situation: what is asked.
        economy: the baseline, with the set of elasticities where one is asked for.
        tariffs: of the baseline.
        horizon: as typed; "all" or "" is those of a page, the first year first.
        deficits: closure.
        terms: of the game.
        drawing: how everything uncertain is drawn; trade is not by default.
    """
    from threatpoint.analysis.typed import analyse_as_typed

    about = (tariffs, "" if horizon == ALL else horizon, deficits, terms, drawing)
    with open_console().status("solving …"):
        return analyse_as_typed(situation, economy, *about)
