"""Which flow hurts whom: the senders' flows with their targets, power by pair, friends, enemies."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint import words
from threatpoint.analysis.leverage import pair_rows, tables
from threatpoint.analysis.leverage.found import SMALL
from threatpoint.analysis.leverage.parties import Who
from threatpoint.brief import charts
from threatpoint.brief.heat_layout import LESS, MORE, Cell, heat
from threatpoint.brief.method import computed
from threatpoint.brief.prose import say
from threatpoint.brief.section import Section
from threatpoint.brief.theme import NARROW, WIDE
from threatpoint.world.places import name_of

if TYPE_CHECKING:
    from threatpoint.analysis.leverage import Leverage
    from threatpoint.analysis.leverage.of_situation import Levers
    from threatpoint.array_types import Array
    from threatpoint.brief.charts import Figure
    from threatpoint.brief.reading import Reading
    from threatpoint.brief.svg import Drawn

Row = Mapping[str, Any]
MOST = 9
"""Economies of a heat map, so that its numbers can be read on a phone."""
TOLD = 4
"""Targets that are told one by one."""
FULL = 30.0
"""Power from which a cell has all its colour."""
HUNDREDTHS = 100.0
"""Of a percent."""
BOX = '<rect width="12" height="12" fill-opacity=".45" style="fill:var(--{})"/>'
"""The mark of a colour in a legend."""


@dataclass(frozen=True, eq=False)
class Facts:
    """What the templates say something about.

    Attributes:
        reading: names and sources.
        levers: what the senders can cut.
    """

    reading: Reading
    levers: Levers

    @classmethod
    def of(cls, reading: Reading) -> Facts | None:
        """The facts of an analysis; None where senders and targets do not trade."""
        levers = reading.analysis.levers
        return None if levers is None else cls(reading, levers)

    @property
    def found(self) -> Leverage:
        """The map."""
        return self.levers.found

    @cached_property
    def most(self) -> list[Row]:
        """For each target the flow that hurts it most, the largest loss first."""
        first: dict[str, Row] = {}
        for row in sorted(map(self._known, self.levers.rows), key=lambda row: -row["loss"]):
            first.setdefault(row["over"], row)
        return list(first.values())

    def _known(self, row: Row) -> Row:
        """A flow with the best numbers there are: of crude those solved in barrels."""
        found = self.solved(row) if row["barrels"] else None
        if found is None:
            return row
        return {**row, "loss": found["loss_exact"], "own_cost": found["own_cost_exact"]}

    @property
    def told(self) -> list[Row]:
        """The same for the targets that are told one by one."""
        return self.most[:TOLD]

    def power(self, row: Row) -> Row:
        """What the senders are to a target."""
        trade = self.found.solution.trade.sum(axis=2)
        of, over = (Who.named(self.found, row[k], row[f"{k}_members"]) for k in ("of", "over"))
        return pair_rows.pair(self.found, trade, of, over)

    @cached_property
    def weaker(self) -> set[str]:
        """Targets that depend more on their trade with the senders than these do."""
        return {row["over"] for row in self.most if self.power(row)["power"] > 1}

    def solved(self, row: Row) -> Row | None:
        """A flow solved anew; None where it is none of the largest."""
        same = ("importer", "exporter", "sector", "over")
        found = (x for x in self.levers.exact if all(x[key] == row[key] for key in same))
        return next((x for x in found if not x["failure"]), None)

    def imports(self, row: Row) -> bool:
        """Whether the senders buy what flows."""
        return row["importer"] == row["of"]

    def good(self, row: Row) -> str:
        """Its sector inside a sentence."""
        code = row["sector"]
        return self.reading.economy.sector_names.get(code, code).lower()

    @property
    def barrels(self) -> bool:
        """Whether a flow that was solved anew goes through the market of crude."""
        return any(row["barrels"] for row in self.levers.exact)

    @property
    def caution(self) -> str:
        """Of refined products in the first year, where they stand in a table before its fold."""
        rows = [*self.levers.rows[: tables.LEAD], *self.levers.exact]
        return tables.caution(self.found.horizon, rows)

    # -- heat maps -----

    @cached_property
    def shown(self) -> list[Who]:
        """Of the heat maps: senders, targets, sellers, then the largest others; a union as one."""
        reading, economy = self.reading, self.reading.economy
        rule = reading.analysis.situation.policy
        sellers = rule.when.sellers if rule.when else ()
        size = dict(zip(economy.countries, economy.gdp.tolist(), strict=True))
        first = sorted({*reading.senders, *reading.targets, *sellers} & set(size))
        others = sorted(size, key=lambda code: -size[code])
        ranked = sorted(first, key=lambda c: (reading.role(c) != "sender", -size[c]))
        single = [
            code for code in reading.joined([*ranked, *others]) if code not in economy.residuals
        ]
        return [Who.named(self.found, code, reading.members(code)) for code in single[:MOST]]

    def ends(self, kind: str) -> list[tuple[str, str, float]]:
        """Names of the row and the column and the number, of the cells shown, the least first."""
        values, names = _values(self.found, kind, self.shown), self.shown
        cells = [
            (self.reading.place(one.label), self.reading.place(other.label), float(values[a, b]))
            for a, one in enumerate(names)
            for b, other in enumerate(names)
            if a != b and not math.isnan(values[a, b])
        ]
        return sorted(cells, key=lambda cell: cell[2])


def section(facts: Facts) -> Section:
    """What the senders can cut, two heat maps, and how far the first order carries."""
    said, found = say("leverage.section", facts), facts.found
    shown = [tables.flows(found, facts.levers.rows, SMALL)]
    shown += [tables.exact(found, facts.levers.exact, SMALL)] if facts.levers.exact else []
    figures = [_figure(facts, kind) for kind in ("power", "friends")]
    pairs = pair_rows.rows(found)
    data = [tables.power(found, pairs)]
    return Section.of("levers", said, figures=figures, tables=shown, data=data)


def _figure(facts: Facts, kind: str) -> Figure:
    said = say(f"leverage.{kind}", facts)
    wide, narrow = (_drawn(facts.found, kind, facts.shown, width) for width in (WIDE, NARROW))
    source = computed(facts.reading)
    return charts.figure(f"levers-{kind}", said, source, wide, narrow, legend=_legend(kind))


def _legend(kind: str) -> list[tuple[str, str]]:
    said = say("leverage.legend", kind)
    return [(BOX.format(colour), said[end]) for colour, end in ((MORE, "more"), (LESS, "less"))]


def _drawn(found: Leverage, kind: str, shown: Sequence[Who], width: float) -> Drawn:
    """The heat map of some economies."""
    values, codes = _values(found, kind, shown), [who.label for who in shown]
    cell = _power if kind == "power" else _friend(values)
    rows = [
        [None if a == b else cell(float(x)) for b, x in enumerate(row)]
        for a, row in enumerate(values)
    ]
    return heat([name_of(code, found.economy) for code in codes], codes, rows, width)


def _values(found: Leverage, kind: str, shown: Sequence[Who]) -> Array:
    """(M row, M column) power of row over column, or what growth of the column does to the row."""
    trade = found.solution.trade.sum(axis=2)
    values = np.full((len(shown), len(shown)), math.nan)
    for a, one in enumerate(shown):
        for b, other in enumerate(shown):
            if a != b:
                row = pair_rows.pair(found, trade, one, other)
                values[(a, b) if kind == "power" else (b, a)] = row[KEYS[kind]]
    return values


KEYS = {"power": "power", "friends": "friend"}
"""Kind of a heat map -> its number in a row of a pair."""


def _power(value: float) -> Cell:
    """More colour the further from 1, in logarithms."""
    if math.isnan(value):
        return Cell(0.0, "")
    most = math.log(FULL)
    size = math.log(value) / most if 0 < value < math.inf else math.copysign(1.0, value - 1.0)
    return Cell(size, "∞" if math.isinf(value) else words.number(value))


def _friend(values: Array) -> Any:
    """Hundredths of a percent; the root of its size is the colour, since few pairs have most."""
    most = float(np.nanmax(np.abs(values), initial=0.0)) or 1.0

    def cell(value: float) -> Cell:
        shade = math.copysign(math.sqrt(abs(value) / most), value)
        return Cell(shade, _short(HUNDREDTHS * value))

    return cell


def _short(value: float) -> str:
    """In four letters: '+0.4', '−36', '0'."""
    if abs(value) < 0.05:
        return "0"
    return words.number(value, True, 1 if abs(value) < 9.95 else 0)


def write_heat(found: Leverage, path: str | Path) -> Path:
    """Write the power of each pair as .svg or .png.

    Raises:
        ThreatpointError: another ending; it cannot be written.
        MissingExtraError: a .png without the extra "brief".
    """
    from threatpoint.brief.standalone import png, standalone
    from threatpoint.files import require_writable, write_whole

    place = Path(path)
    require_writable(place, "--heat", (".svg", ".png"))
    figure = _alone(found)
    write_whole(place, png(figure) if place.suffix == ".png" else standalone(figure))
    return place


def _alone(found: Leverage) -> Figure:
    """The heat map of every economy, wide enough for its numbers."""
    codes = [c for c in found.economy.countries if c not in found.economy.residuals]
    shown = [Who.named(found, code, (code,)) for code in codes]
    wide = _drawn(found, "power", shown, max(WIDE, 160 + ROOM * len(shown)))
    said = say("leverage.alone", found, words.when(found.horizon))
    source = say("leverage.source", found)["source"]
    return charts.figure("power", said, source, wide, legend=_legend("power"))


ROOM = 42
"""Pixels of a column with numbers."""
