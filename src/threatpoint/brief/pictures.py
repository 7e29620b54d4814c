"""Pictures: the charts of the page as PNG files, and its world map as one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from threatpoint.brief.page import Content
from threatpoint.brief.reading import Reading
from threatpoint.errors import ThreatpointError
from threatpoint.files import require_writable, write_together, write_whole

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Analysis
    from threatpoint.brief.charts import Figure

KINDS = (".svg", ".png")
"""Endings of the file of a map."""
MAP = "fig-world"
"""Key of the world map among the figures of the page."""


def write_pictures(analysis: Analysis, folder: str | Path) -> list[Path]:
    """Write DIR/KEY.png for every chart of the page, all or none.

    Args:
        analysis: what to show.
        folder: made when it does not exist; files of the same names are replaced, others stay.

    Raises:
        ThreatpointError: the folder cannot be written.
        MissingExtraError: the extra "brief" is not installed.
    """
    from threatpoint.brief.standalone import png

    home = Path(folder)
    files = {f"{figure.key}.png": png(figure) for figure in Content.of(Reading(analysis)).figures}
    if files:
        write_together(home, files)
    return [home / name for name in files]


def write_map(analysis: Analysis, path: str | Path) -> Path:
    """Write the world map of gains and losses as .svg or .png.

    Raises:
        ThreatpointError: another ending; no map, as without an equilibrium; it cannot be written.
    """
    from threatpoint.brief.standalone import png, standalone

    place = require_map(path)
    figure = _map_of(Content.of(Reading(analysis)))
    write_whole(place, png(figure) if place.suffix == ".png" else standalone(figure))
    return place


def require_map(path: str | Path) -> Path:
    """Refuse a map that cannot be written, before anything is solved.

    Raises:
        ThreatpointError: another ending than .svg or .png; a place that cannot be written.
    """
    place = Path(path)
    require_writable(place, "--map", KINDS)
    return place


def _map_of(content: Content) -> Figure:
    for figure in content.figures:
        if figure.key == MAP:
            return figure
    raise ThreatpointError("there is no map to draw: this page has none")
