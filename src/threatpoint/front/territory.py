"""Territory: areas, claims against control, pockets, and what lies on each side of a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from threatpoint import words
from threatpoint.front import outlines
from threatpoint.front.data import Claim, Oblast, Published, claims, figures, oblasts

BANK = 10.0
"""Prior: the drawn river lies within so many km of the real one."""
ANNEXED = "annexation claimed"
"""The claim by treaty, in the table of claims."""
WHOLE = 1e-3
"""An oblast with less than this share on the other side counts as undivided."""


@dataclass(frozen=True)
class ClaimedOblast:
    """A claim beside what is held.

    Attributes:
        oblast, claim: which, and what is claimed.
        share: held on the day of the result, 0 to 1.
    """

    oblast: Oblast
    claim: Claim
    share: float

    @property
    def held(self) -> float:
        """Area held, km2."""
        return self.share * self.oblast.official_area

    @property
    def not_held(self) -> float:
        """The rest of it, km2."""
        return self.oblast.official_area - self.held


@dataclass(frozen=True)
class Pocket:
    """A cross-border pocket in one period: the range of the published sizes, km2.

    Attributes:
        item: as in the table.
        period: day or month of the figures.
        low, high: least and largest published.
        sources: who published them.
    """

    item: str
    period: str
    low: float
    high: float
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """One side of a scenario line.

    Attributes:
        line, side: names.
        area, area_low, area_high: km2.
        population, population_low, population_high: thousand residents, 1 January 2021; people are
            spread evenly inside an oblast (a prior); the range is without and with divided oblasts.
        without_population: oblasts on this side for which there is no figure.
    """

    line: str
    side: str
    area: float
    area_low: float
    area_high: float
    population: float
    population_low: float
    population_high: float
    without_population: tuple[str, ...]


def claimed(shares: Mapping[str, float]) -> tuple[ClaimedOblast, ...]:
    """Claims against control, by share held per oblast."""
    known = {item.code: item for item in oblasts()}
    return tuple(ClaimedOblast(known[c.code], c, shares[c.code]) for c in claims())


def pockets() -> tuple[Pocket, ...]:
    """Pockets on the other side of the border, one per item and month, sources side by side."""
    groups: dict[tuple[str, str], list[Published]] = {}
    for figure in figures():
        if figure.kind == "pocket":
            groups.setdefault((figure.item, figure.period[:7]), []).append(figure)
    return tuple(
        Pocket(
            item,
            period,
            min(f.value for f in found),
            max(f.value for f in found),
            tuple(f"{f.source} ({_when(f.period)}): {words.area(f.value)}" for f in found),
        )
        for (item, period), found in groups.items()
    )


def _when(period: str) -> str:
    """A month or a day in words."""
    return (
        words.month(period)
        if len(period) == len("2025-03")
        else words.day(date.fromisoformat(period))
    )


def sides(line: str, names: tuple[str, str], first: Mapping[str, float]) -> tuple[Side, Side]:
    """Both sides of a line that leaves share `first[code]` of each oblast on the first side."""
    second = {code: 1.0 - share for code, share in first.items()}
    return _side(line, names[0], first), _side(line, names[1], second)


def _side(line: str, name: str, share: Mapping[str, float]) -> Side:
    """Areas and people by share of each oblast, without a range of the line itself."""
    area = sum(share[o.code] * o.official_area for o in oblasts())
    counted = [(share[o.code], o.population) for o in oblasts() if o.population is not None]
    low = sum(people for part, people in counted if part >= 1 - WHOLE)
    high = sum(people for part, people in counted if part > WHOLE)
    people = sum(part * number for part, number in counted)
    gone = tuple(o.name for o in oblasts() if o.population is None and share[o.code] > WHOLE)
    return Side(line, name, area, area, area, people, min(low, people), max(high, people), gone)


def contact_line(shares: Mapping[str, float], total: float) -> tuple[Side, Side]:
    """What is held and what is not.

    Args:
        shares: code -> share of the oblast held, 0 to 1; splits the people.
        total: km2 held by the polygons. The shares times the official areas of the oblasts add up
            to a little more; the area held is one figure wherever it is printed.
    """
    held, rest = sides("contact line", ("held by the attacker", "not held"), shares)
    return _of(held, total), _of(rest, held.area + rest.area - total)


def _of(side: Side, area: float) -> Side:
    """A side with a known area."""
    return replace(side, area=area, area_low=area, area_high=area)


def oblast_borders() -> tuple[Side, Side]:
    """The oblasts whose annexation is claimed, whole, and the rest."""
    whole = {c.code for c in claims() if c.claim == ANNEXED}
    share = {o.code: float(o.code in whole) for o in oblasts()}
    return sides("oblast borders", ("claimed oblasts", "the rest"), share)


def east_shares(shift: float = 0.0) -> dict[str, float]:
    """Share of every oblast on the east bank; needs the extra "maps"."""
    east = outlines.east_of_river(shift)
    found = outlines.shapes()["oblasts"]
    return {code: shape.intersection(east).area / shape.area for code, shape in found.items()}


def dnieper() -> tuple[Side, Side]:
    """East and west bank; areas with the range of a river drawn 10 km off to either side."""
    names = ("east bank", "west bank")
    middle = sides("Dnieper", names, east_shares())
    moved = [sides("Dnieper", names, east_shares(shift)) for shift in (-BANK, BANK)]
    return _spread(middle[0], [m[0] for m in moved]), _spread(middle[1], [m[1] for m in moved])


def _spread(middle: Side, moved: list[Side]) -> Side:
    """A side with the range of its neighbours."""
    every = [middle.area, *(side.area for side in moved)]
    return replace(middle, area_low=min(every), area_high=max(every))
