"""The front: who holds what, the area held month by month with its band, and whose count moves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threatpoint.brief import theme
from threatpoint.brief.front_figures import chart_figure, map_figure, map_svg
from threatpoint.brief.prose import Said, say, sentence
from threatpoint.brief.section import Section
from threatpoint.errors import MissingExtraError
from threatpoint.files import require_writable, write_whole
from threatpoint.front import data as front_data
from threatpoint.front.front import COMPUTED
from threatpoint.front.results import areas, drift, sides

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading
    from threatpoint.front.front import FrontResult, Held
    from threatpoint.front.territory import Pocket, Side
    from threatpoint.quantity import Quantity

LEAST, MOST = 0.01, 0.98
"""Shares from and below which an oblast is held in part; it is named from the first on."""


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
    def partly(self) -> list[Held]:
        """Oblasts held in part, largest share first."""
        held = (item for item in self.result.held if LEAST <= item.share < MOST)
        return sorted(held, key=lambda item: -item.share)

    @property
    def unclaimed(self) -> list[Held]:
        """Oblasts held in part or whole that nobody claims."""
        claimed = self.result.claimed
        return [
            item
            for item in self.result.held
            if item.share >= LEAST and item.oblast.code not in claimed
        ]

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


def section(facts: Facts | None) -> Section | None:
    """Map, chart and tables; None without a result, no map without the extra "maps"."""
    if facts is None:
        return None
    said, result = say("front.section", facts), facts.result
    drawn = [chart_figure(result, said, facts.about["producer"])]
    try:
        drawn.insert(0, map_figure(result, say("front.map", facts), facts.about["producer"]))
    except MissingExtraError as error:
        said["lead"] += "\n" + sentence("front.no_map", error)
    tables = [table for table in (areas(result), drift(result), sides(result)) if table.rows]
    return Section.of("front", said, figures=drawn, tables=tables)


def headline(reading: Reading) -> str:
    """The area held, and how far the line moved."""
    facts = Facts.of(reading)
    return f"{sentence('front.finding', facts.result)}." if facts else ""


# -- answers -----


def control(reading: Reading, row: Any) -> Said | None:
    """Claim against control, oblast by oblast, and the pockets the words name."""
    facts = Facts.of(reading)
    return say("front.control", facts, facts.named(row.words)) if facts else None


def drifted(reading: Reading, row: Any) -> Said | None:
    """Drift of the month with the range between sources, and the record since."""
    facts = Facts.of(reading)
    return say("front.drift", facts) if facts and facts.result.drift else None


def pocket(reading: Reading, row: Any) -> Said | None:
    """The pockets that the words name: size and date."""
    facts = Facts.of(reading)
    found = facts.named(row.words) if facts else []
    return say("front.pocket", found) if found else None


def line_sentences(reading: Reading) -> str:
    """Area and people on each side of the river, or of the contact line without it."""
    facts = Facts.of(reading)
    return sentence("front.banks", facts) if facts else ""


def line_ranges(reading: Reading) -> str:
    """Their ranges; the river is drawn by hand, so its sides have some."""
    facts = Facts.of(reading)
    return sentence("front.bank_ranges", facts) if facts else ""


def write_map(result: FrontResult, path: Path) -> Path:
    """Write the map as an SVG file of its own, light and dark.

    Raises:
        MissingExtraError: a package of the extra "maps" is not installed.
        ThreatpointError: another suffix, or the file cannot be written.
    """
    require_writable(path, "--map", (".svg",))
    text = map_svg(result, say("front.map", Facts(result)), theme.WIDE)
    write_whole(path, theme.standalone(text))
    return path
