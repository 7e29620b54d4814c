"""The front: who holds what, the paths of the months ahead, and whose count moves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threatpoint.brief import charts, theme
from threatpoint.brief.curves import curves
from threatpoint.brief.map import control_map
from threatpoint.brief.prose import Said, say, sentence
from threatpoint.brief.section import Section
from threatpoint.brief.standalone import standalone
from threatpoint.errors import MissingExtraError
from threatpoint.files import require_writable, write_whole
from threatpoint.front import data as front_data
from threatpoint.front.data import next_month
from threatpoint.front.force import costs
from threatpoint.front.gains import COMPUTED
from threatpoint.front.results import ahead, areas, drift, force, sides
from threatpoint.spread import Spread

if TYPE_CHECKING:
    from threatpoint.analysis.happened import Happened
    from threatpoint.brief.reading import Reading
    from threatpoint.front.ahead import Ahead
    from threatpoint.front.data import Control
    from threatpoint.front.front import FrontResult
    from threatpoint.front.paths import Paths
    from threatpoint.front.territory import Pocket, Side
    from threatpoint.quantity import Quantity
    from threatpoint.tables import Table

Row = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """What the templates say something about.

    Attributes:
        result: of the month.
        attacker: as it stands inside a sentence.
        line: km2 held, with its range between observations; None where nothing states it.
        ahead: what the draws say of the months after; None without draws.
        silent: why the draws say nothing, "" where they do or were not asked.
    """

    result: FrontResult
    attacker: str = "the attacker"
    line: Quantity | None = None
    ahead: Ahead | None = None
    silent: str = ""

    @property
    def about(self) -> Mapping[str, str]:
        """What the record of control says of itself."""
        return front_data.about()["front_control.csv"]

    @property
    def computed(self) -> str:
        """How the areas were made."""
        return COMPUTED

    @property
    def force_sources(self) -> list[str]:
        """Who says what a soldier costs."""
        return list(dict.fromkeys(cost.source for cost in costs()))

    @property
    def sides(self) -> list[Side]:
        """Both sides of the river, or of the contact line where it is not drawn."""
        lines = self.result.lines
        drawn = [side for side in lines if side.area_low < side.area_high]
        return drawn or [side for side in lines if side.line == "contact line"]

    def named(self, text: str) -> list[Pocket]:
        """Pockets whose first word stands in a text, in the order of the table."""
        spoken = set(re.findall(r"\w+", text))
        return [p for p in self.result.pockets if re.findall(r"\w+", p.item)[0] in spoken]

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """The facts of an analysis, None without a front."""
        result, talks = reading.analysis.front, reading.analysis.situation.talks
        if result is None or talks is None:
            return None
        chain = getattr(reading.analysis, "chain", None)
        ahead = None if chain is None else chain.rooms.ahead
        silent = "" if chain is None else chain.rooms.missing.get("front", "")
        place, line = reading.place(talks.attacker), talks.priors.get("line")
        return cls(result, place, line, ahead, silent)


def section(facts: Facts) -> Section:
    """Map, paths and tables; no map without the extra "maps", no paths without draws."""
    said, result, found = say("front.section", facts), facts.result, facts.ahead
    drawn, producer = [], facts.about["producer"]
    try:
        drawn.append(_map(result, say("front.map", facts), producer))
    except MissingExtraError as error:
        said["lead"] += "\n" + sentence("front.no_map", error)
    if found is not None:
        drawn.append(_chart(found.paths, say("front.paths", facts)))
    tables = [areas(result), drift(result), *_expected(found), sides(result)]
    data = [] if found is None else [force(found.force)]  # the row of the text has its numbers
    shown = [table for table in tables if table.rows]
    return Section.of("front", said, figures=drawn, tables=shown, data=data)


def _expected(found: Ahead | None) -> list[Table]:
    """Tables of the draws."""
    return [] if found is None else [ahead(found.paths)]


def _map(result: FrontResult, said: Said, producer: str) -> charts.Figure:
    """Shares by oblast."""
    source = charts.source_line(f"shares {producer}; outlines: Natural Earth")
    wide, narrow = (control_map(result, said, width) for width in (theme.WIDE, theme.NARROW))
    return charts.Figure("fig-map", said["title"], said["subtitle"], source, wide, narrow)


def _chart(paths: Paths, said: Said, since: bool = False) -> charts.Figure:
    """Area held by month: the record up to the day, and the paths after it."""
    lines = series(paths, front_data.control(), since)
    areas = [row[key] for line in lines for row in line["rows"] for key in row if key != "x"]
    domain = min(areas) - 500, max(areas) + 500
    wide, narrow = (curves(lines, width, domain) for width in (theme.WIDE, theme.NARROW))
    producer = front_data.about()["front_control.csv"]["producer"]
    return charts.figure("front-since" if since else "front", said, producer, wide, narrow)


def since(facts: Facts, line: Happened) -> charts.Figure | None:
    """The paths with the record after them, for what happened since; None without draws."""
    if facts.ahead is None:
        return None
    return _chart(facts.ahead.paths, say("front.since", facts, line), since=True)


def series(paths: Paths, record: Control, since: bool = False) -> list[Row]:
    """The area held, km2: band and middle of the paths, and the record up to their start.

    With `since`, the record after it too: only what happened since may show it.
    """
    begin = max(day for day in record.dates if day <= paths.known.day)
    band = [{"x": str(begin), "low": paths.start, "value": paths.start, "high": paths.start}]
    for month, held in zip(paths.months, paths.held.T, strict=True):
        at = Spread(held)
        row = {"low": at.low, "value": at.median, "high": at.high}
        band.append({"x": str(next_month(month)), **row})
    middle = [{"x": row["x"], "value": row["value"]} for row in band]
    seen = [
        {"x": str(day), "value": float(area)}
        for day, area in zip(record.dates, record.total, strict=True)
    ]
    after = {"colour": "target", "rows": [row for row in seen if row["x"] >= str(begin)]}
    return [
        {"colour": "muted", "rows": band},
        {"colour": "muted", "rows": middle, "dashed": True, "label": "expected"},
        {"colour": "ink", "rows": [row for row in seen if row["x"] <= str(begin)]},
        *([{**after, "label": "record"}] if since else []),
    ]


def write_map(result: FrontResult, path: Path) -> Path:
    """Write the map as an SVG file of its own.

    Raises:
        MissingExtraError: a package of the extra "maps" is not installed.
        ThreatpointError: another suffix, or the file cannot be written.
    """
    require_writable(path, "--map", (".svg",))
    said, producer = say("front.map", Facts(result)), front_data.about()["front_control.csv"]
    write_whole(path, standalone(_map(result, said, producer["producer"])))
    return path
