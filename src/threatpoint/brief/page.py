"""The page: one self-contained HTML file, with its data beside it and inside it."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threatpoint import __version__
from threatpoint.analysis.tables import every_outcome
from threatpoint.brief import method, theme
from threatpoint.brief.losses import answer
from threatpoint.brief.prose import environment, sentence
from threatpoint.brief.reading import Reading
from threatpoint.brief.section import Section
from threatpoint.brief.sections import sections
from threatpoint.brief.why import why
from threatpoint.equilibrium.tables import flows
from threatpoint.errors import ThreatpointError, require_extra, require_type
from threatpoint.files import reported, require_places, write_together
from threatpoint.situation.tables import figures

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Analysis
    from threatpoint.tables import Table


PAGE = "index.html"
MANIFEST = ".data-files"
"""Names of the data files written, so that the next page in the folder can replace them all."""


def write_brief(analysis: Analysis, out_dir: str | Path) -> Path:
    """Write DIR/index.html, DIR/data/*.csv and DIR/charts/*.svg, all or none.

    Args:
        analysis: what to show.
        out_dir: made when it does not exist; files of the same names and of an earlier page are
            replaced, others stay.

    Returns:
        The path of the page.

    Raises:
        ThreatpointError: the folder cannot be written; an earlier page is still there.

    Example, after that of `analyse`:
        >>> tp.write_brief(analysis, "my-brief").name
        'index.html'
    """
    require_extra("brief", "the page", "altair", "vl_convert")
    from threatpoint.analysis.analysis import Analysis

    require_type("analysis", analysis, Analysis, ThreatpointError)
    folder = require_folder(out_dir)
    reading = Reading(analysis)
    found = sections(reading)
    beside = {f"{table.key}.csv": table.csv() for table in all_tables(reading, found)}
    beside |= {f"{f.key}.svg": theme.standalone(f.wide) for part in found for f in part.figures}
    files = {PAGE: _html(reading, found), MANIFEST: "\n".join(beside) + "\n"}
    files |= {_beside(name): text for name, text in beside.items()}
    write_together(folder, files, earlier=lambda: _earlier(folder))
    return folder / PAGE


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
    return f"charts/{name}" if name.endswith(".svg") else f"data/{name}"


def render(analysis: Analysis, **given: Any) -> str:
    """The page as HTML; `given`: part -> facts in place of those of the analysis."""
    reading = Reading(analysis)
    return _html(reading, sections(reading, **given))


def all_tables(reading: Reading, parts: Iterable[Section]) -> list[Table]:
    """Tables of the page and those that are only files."""
    return [table for part in parts for table in part.tables] + _only_files(reading)


def _only_files(reading: Reading) -> list[Table]:
    """Too long for the page, but part of its data."""
    found = [] if reading.main.solution is None else [flows(reading.main.solution)]
    found.append(every_outcome(reading.analysis))
    given = figures(reading.analysis.situation.given)
    return [*found, given] if given.rows else found


def _html(reading: Reading, found: Sequence[Section]) -> str:
    """The template filled in."""
    facts = method.Facts(reading)
    look = resources.files("threatpoint.brief").joinpath("templates/page.css")
    return (
        environment(autoescape=True)
        .get_template("page.html.j2")
        .render(
            situation=reading.analysis.situation,
            answer=answer(reading),
            why=why(reading),
            terms=sentence("method.terms", facts),
            citation=sentence("method.citation", facts),
            version=__version__,
            style=f"{theme.style()}\n{look.read_text(encoding='utf-8')}",
            sections=found,
            files=_only_files(reading),
            embedded=_embedded,
        )
    )


def _embedded(table: Table) -> str:
    """The CSV file as a data address."""
    packed = base64.b64encode(table.csv().encode("utf-8")).decode("ascii")
    return f"data:text/csv;charset=utf-8;base64,{packed}"
