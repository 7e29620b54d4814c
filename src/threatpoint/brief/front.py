"""The front: who holds what, the area held month by month with its band, and whose count moves."""

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
from threatpoint.front.front import COMPUTED
from threatpoint.front.results import areas, drift, sides

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.front.data import Control
    from threatpoint.front.front import FrontResult
    from threatpoint.front.territory import Pocket, Side
    from threatpoint.quantity import Quantity

Row = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """What the templates say something about.

    Attributes:
        result: of the month.
        attacker: as it stands inside a sentence.
        line: km2 held, with its range between observations; None where nothing states it.
    """

    result: FrontResult
    attacker: str = "the attacker"
    line: Quantity | None = None

    @property
    def about(self) -> Mapping[str, str]:
        """What the record of control says of itself."""
        return front_data.about()["front_control.csv"]

    @property
    def computed(self) -> str:
        """How the areas were made."""
        return COMPUTED

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
        return cls(result, reading.place(talks.attacker), talks.priors["line"])


def section(facts: Facts) -> Section:
    """Map, chart and tables; no map without the extra "maps"."""
    said, result = say("front.section", facts), facts.result
    drawn, producer = [_chart(facts, said)], facts.about["producer"]
    try:
        drawn.insert(0, _map(result, say("front.map", facts), producer))
    except MissingExtraError as error:
        said["lead"] += "\n" + sentence("front.no_map", error)
    tables = [table for table in (areas(result), drift(result), sides(result)) if table.rows]
    return Section.of("front", said, figures=drawn, tables=tables)


def _map(result: FrontResult, said: Said, producer: str) -> charts.Figure:
    """Shares by oblast."""
    source = charts.source_line(f"shares {producer}; outlines: Natural Earth")
    wide, narrow = (control_map(result, said, width) for width in (theme.WIDE, theme.NARROW))
    return charts.Figure("fig-map", said["title"], said["subtitle"], source, wide, narrow)


def _chart(facts: Facts, said: Said) -> charts.Figure:
    """Area held by month."""
    lines = series(facts.result, front_data.control())
    areas = [row[key] for line in lines for row in line["rows"] for key in row if key != "x"]
    domain = min(areas) - 500, max(areas) + 500
    wide, narrow = (curves(lines, width, domain) for width in (theme.WIDE, theme.NARROW))
    return charts.figure("front", said, facts.about["producer"], wide, narrow)


def series(result: FrontResult, record: Control) -> list[Row]:
    """The area held, km2: band and line projected, and the record up to their start and since."""
    p = result.projected
    seen = [
        {"x": str(day), "value": float(area)}
        for day, area in zip(record.dates, record.total, strict=True)
    ]
    start = {"x": str(p.start), "low": p.start_area, "value": p.start_area, "high": p.start_area}
    ends = zip(map(str, p.dates), *(a.tolist() for a in (p.low, p.central, p.high)), strict=True)
    band = [start, *(dict(zip(start, end, strict=True)) for end in ends)]
    line = [{"x": row["x"], "value": row["value"]} for row in band]
    return [
        {"colour": "muted", "rows": band},
        {"colour": "muted", "rows": line, "dashed": True, "label": "projected"},
        {"colour": "ink", "rows": [row for row in seen if row["x"] <= start["x"]]},
        {
            "colour": "target",
            "rows": [row for row in seen if row["x"] >= start["x"]],
            "label": "record",
        },
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
