"""The page: one self-contained HTML file, with its data beside it and inside it."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threatpoint import __version__
from threatpoint.analysis.tables import every_outcome
from threatpoint.brief import method, theme
from threatpoint.brief.first import First, first
from threatpoint.brief.folds import folds
from threatpoint.brief.prose import environment, sentence
from threatpoint.brief.reading import Reading
from threatpoint.brief.section import Fold, Section
from threatpoint.brief.standalone import has_png, png, standalone
from threatpoint.equilibrium.tables import flows
from threatpoint.errors import ThreatpointError, require_type
from threatpoint.files import reported, require_places, write_together
from threatpoint.situation.tables import figures
from threatpoint.tables import LONG

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Analysis
    from threatpoint.brief.charts import Figure
    from threatpoint.tables import Table


PAGE = "index.html"
MANIFEST = ".data-files"
"""Names of the data files written, so that the next page in the folder can replace them all."""


def write_brief(analysis: Analysis, out_dir: str | Path, *, one_page: bool = False) -> Path:
    """Write DIR/index.html, DIR/data/*.csv and DIR/charts/*.svg, all or none.

    Charts are written as .png too where the extra "brief" is installed.

    Args:
        analysis: what to show.
        out_dir: made when it does not exist; files of the same names and of an earlier page are
            replaced, others stay.
        one_page: the page alone; its links lead to the data and drawings inside it.

    Returns:
        The path of the page.

    Raises:
        ThreatpointError: the folder cannot be written; an earlier page is still there.

    Example, after that of `analyse`:
        >>> tp.write_brief(analysis, "my-brief").name
        'index.html'
    """
    return write_content(Content.drawn(analysis), out_dir, one_page)


def write_content(content: Content, out_dir: str | Path, one_page: bool = False) -> Path:
    """Write a page that is drawn; see `write_brief`."""
    folder = require_folder(out_dir)
    beside = {} if one_page else _files(content)
    files: dict[str, str | bytes] = {PAGE: content.html(one_page)}
    files |= {MANIFEST: "\n".join(beside) + "\n"} if beside else {}
    files |= {_beside(name): text for name, text in beside.items()}
    write_together(folder, files, earlier=lambda: _earlier(folder))
    return folder / PAGE


def _files(content: Content) -> dict[str, str | bytes]:
    """Name of each file of data and charts -> what it holds."""
    beside: dict[str, str | bytes] = {f"{t.key}.csv": t.csv() for t in content.tables}
    beside |= {f"{figure.key}.svg": standalone(figure) for figure in content.figures}
    return beside | content.pictures if content.raster else beside


def require_folder(out_dir: str | Path) -> Path:
    """Refuse a folder that cannot be written, before anything is solved.

    Raises:
        ThreatpointError: a file in its place or above it, or in the place of its data; a folder in
            the page's place; no right to write.
    """
    folder = Path(out_dir)
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not existing.is_dir():
        raise ThreatpointError(f"{folder}: {existing} is a file, not a folder")
    if not os.access(existing, os.W_OK | os.X_OK):
        raise ThreatpointError(f"{folder}: no right to write in {existing}")
    with reported(folder):
        require_places(folder, (PAGE, _beside("a.csv"), _beside("a.svg"), MANIFEST))
    return folder


def _earlier(folder: Path) -> list[str]:
    """Files of the page that stands in the folder."""
    manifest = folder / MANIFEST
    names = manifest.read_text(encoding="utf-8").split() if manifest.is_file() else []
    return [PAGE, MANIFEST, *(_beside(name) for name in names if "/" not in name)]


def _beside(name: str) -> str:
    """The place of a file beside the page."""
    return f"charts/{name}" if name.endswith((".svg", ".png")) else f"data/{name}"


def render(analysis: Analysis, **given: Any) -> str:
    """The page as HTML; `given`: part -> facts in place of those of the analysis."""
    return Content(Reading(analysis), given).html()


@dataclass(frozen=True, eq=False)
class Content:
    """What stands on the page, drawn once for all that is made of it.

    Attributes:
        reading: the analysis as the page reads it.
        given: part -> facts in place of those of the analysis.
        raster: write every chart as a PNG too, where the extra "brief" is installed.
    """

    reading: Reading
    given: Mapping[str, Any] = field(default_factory=dict)
    raster: bool = field(default_factory=has_png)

    @classmethod
    def drawn(cls, analysis: Analysis, raster: bool = True) -> Content:
        """That of an analysis; `raster`: write every chart as a PNG too, where that can be done.

        Raises:
            ThreatpointError: it is no analysis.
        """
        from threatpoint.analysis.analysis import Analysis

        found = require_type("analysis", analysis, Analysis, ThreatpointError)
        return cls(Reading(found), raster=raster and has_png())

    @cached_property
    def first(self) -> First:
        """The first screen."""
        return first(self.reading)

    @cached_property
    def folds(self) -> Sequence[Fold]:
        """The folds under it."""
        return folds(self.reading, **self.given)

    @property
    def sections(self) -> list[Section]:
        """Of all folds."""
        return [section for fold in self.folds for section in fold.sections]

    @property
    def figures(self) -> list[Figure]:
        """Of the first screen and of all folds."""
        return [*self.first.figures, *(f for section in self.sections for f in section.figures)]

    @cached_property
    def pictures(self) -> dict[str, bytes]:
        """Name of each file -> the chart as a PNG."""
        return {f"{figure.key}.png": png(figure) for figure in self.figures}

    @property
    def tables(self) -> list[Table]:
        """Tables of the page and those that are only files."""
        shown = [t for part in self.sections for t in (*part.tables, *part.data)]
        return shown + _only_files(self.reading)

    def html(self, alone: bool = False) -> str:
        """The template filled in; `alone`: no data and charts beside it."""
        situation = self.reading.analysis.situation
        look = resources.files("threatpoint.brief").joinpath("templates/page.css")
        return (
            environment(autoescape=True)
            .get_template("page.html.j2")
            .render(
                title=situation.title,
                first=self.first,
                folds=self.folds,
                citation=sentence("method.citation", method.Facts(self.reading)),
                version=__version__,
                style=f"{theme.style()}\n{look.read_text(encoding='utf-8')}",
                files=_only_files(self.reading),
                embedded=lambda table: _address("text/csv", table.csv()),
                long=LONG,
                drawn=lambda figure: _address("image/svg+xml", standalone(figure)),
                alone=alone,
                raster=self.raster,
            )
        )


def _only_files(reading: Reading) -> list[Table]:
    """Too long for the page, but part of its data."""
    found = [] if reading.main.solution is None else [flows(reading.main.solution)]
    found.append(every_outcome(reading.analysis))
    given = figures(reading.analysis.situation.given)
    return [*found, given] if given.rows else found


def _address(kind: str, text: str) -> str:
    """A file as a data address."""
    packed = base64.b64encode(text.encode("utf-8")).decode("ascii")
    return f"data:{kind};charset=utf-8;base64,{packed}"
