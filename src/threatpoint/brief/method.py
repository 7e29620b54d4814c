"""Method: what carries the figures, what they leave out, and how to cite and reproduce them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint import __version__, words
from threatpoint.brief.prose import say
from threatpoint.brief.section import Section
from threatpoint.situation.tables import priors
from threatpoint.situation.text import built_in
from threatpoint.world.info import sources, thetas

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading


@dataclass(frozen=True)
class Facts:
    """What the templates say something about."""

    reading: Reading
    version: str = __version__

    @property
    def meaning(self) -> str:
        """What has happened by the horizon; "" for another set of elasticities."""
        return words.MEANINGS.get(self.reading.analysis.horizon, "")

    @property
    def fingerprint(self) -> str:
        """Of the data; "" where the table has none."""
        return str(self.reading.economy.metadata.get("fingerprint") or "")

    @property
    def baseline(self) -> str:
        """The table by its title and year, and the day: 'Threatpoint world 2023, under ...'."""
        economy = self.reading.economy
        title, year = str(economy.metadata.get("title", "the baseline table")), economy.year
        dated = title if not year or str(year) in title else f"{title}, {year}"
        return f"{dated}, under {economy.standing.words}" if economy.standing else dated


def baseline(reading: Reading) -> str:
    """The table by its title and year: 'Threatpoint world 2023'."""
    return Facts(reading).baseline


def computed(reading: Reading) -> str:
    """The source of a figure."""
    return f"computed from {baseline(reading)}"


def assumptions(reading: Reading) -> Section:
    """What carries the numbers and what they leave out."""
    said = say("method.assumptions", Facts(reading))
    situation, tables = reading.analysis.situation, [sources(reading.economy)]
    tables = [priors(situation.assumptions), *tables]
    if reading.solved:
        tables = [thetas(reading.economy, reading.analysis.horizon), *tables]
    facts = [(term, text) for term, _, text in (f.partition(": ") for f in said.all("fact"))]
    shown = tuple(table for table in tables if table.rows)
    return Section.of("assumptions", said, tables=shown, facts=facts)


def headline(reading: Reading) -> str:
    """What the figures are built from, in one line."""
    return say("method.assumptions", Facts(reading))["headline"]


def reproduce(reading: Reading) -> Section:
    """Cite and reproduce."""
    said = say("method.reproduce", Facts(reading))
    return Section.of("reproduce", said, commands=(command(reading),))


def command(reading: Reading) -> str:
    """The exact command; of a situation file its name without folders."""
    analysis = reading.analysis
    if analysis.situation.command:
        return analysis.situation.command
    options = [f"--deficits {analysis.deficits}"] if analysis.deficits != "fixed" else []
    options += [f"--horizon {analysis.horizon}"] if analysis.horizon != "short" else []
    day = analysis.economy.standing and analysis.economy.standing.date
    options += [f"--date {day}"] if day and day != analysis.situation.date else []
    name = analysis.situation.name
    file = shlex.quote(name if name in built_in() else f"{name}.toml")
    return " ".join(["threatpoint brief", file, *options, "--out DIR"])
