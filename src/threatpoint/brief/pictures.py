"""Pictures: the charts of the page as PNG files, and its world map as one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from threatpoint.brief import world_map
from threatpoint.brief.standalone import png, standalone
from threatpoint.errors import ThreatpointError
from threatpoint.files import require_writable, write_together, write_whole

if TYPE_CHECKING:
    from threatpoint.brief.page import Content
    from threatpoint.brief.reading import Reading

KINDS = (".svg", ".png")
"""Endings of the file of a map."""


def write_pictures(content: Content, folder: str | Path) -> list[Path]:
    """Write DIR/KEY.png for every chart of the page, all or none.

    Args:
        content: of the page.
        folder: made when it does not exist; files of the same names are replaced, others stay.

    Raises:
        ThreatpointError: the folder cannot be written.
        MissingExtraError: the extra "brief" is not installed.
    """
    home = Path(folder)
    if content.pictures:
        write_together(home, content.pictures)
    return [home / name for name in content.pictures]


def write_map(reading: Reading, path: str | Path) -> Path:
    """Write the world map of gains and losses as .svg or .png.

    Raises:
        ThreatpointError: another ending; no map, as without an equilibrium; it cannot be written.
        MissingExtraError: the extra "brief" is not installed.
    """
    place, figure = require_map(path), world_map.losses(reading)
    if figure is None:
        raise ThreatpointError(f"--map {path}: no economy of this table is on the map")
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
