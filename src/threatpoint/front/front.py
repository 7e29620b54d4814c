"""The front in one month: who holds what, how fast it moves by whose count, where it would go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from threatpoint.errors import TalksError
from threatpoint.front import MONTH, gains, projection, territory
from threatpoint.front import data as front_data
from threatpoint.front.data import Control, Oblast, Published, next_month, require_month
from threatpoint.front.gains import COMPUTED, Known
from threatpoint.front.record import Gained, gained
from threatpoint.views import Tabled

GAIN = "monthly gain"


@dataclass(frozen=True)
class Held:
    """One oblast on the day of observation.

    Attributes:
        oblast: which.
        share: of its area under control, 0 to 1.
        area: km2, share times the official area.
        gain: km2 since the last observation before the month; nan for the first.
    """

    oblast: Oblast
    share: float
    area: float
    gain: float


@dataclass(frozen=True)
class Drift:
    """Gain in one month by source, km2.

    Attributes:
        month: YYYY-MM.
        computed: from the shipped record; nan if the month is not whole in it.
        published: figures of the month.
        low, high: over all of them.
    """

    month: str
    computed: float
    published: tuple[Published, ...]
    low: float
    high: float

    @property
    def counts(self) -> tuple[tuple[str, float], ...]:
        """Source and gain, that of the record last."""
        own = ((COMPUTED, self.computed),) if np.isfinite(self.computed) else ()
        return (*((figure.source, figure.value) for figure in self.published), *own)


@dataclass(frozen=True)
class FrontResult(Tabled, view="threatpoint.front.views:FRONT"):
    """Everything the brief says about the front.

    Attributes:
        status: "exact" (read and added up), never a solver's word.
        month, observed: asked for, and the day of the observation used.
        total: km2 held, as computed from the polygons; the one figure for all that is held.
        held: by oblast.
        drift: range between sources in the month; None where the month is not whole in the record
            and nothing is published.
        gained: where and how often it gained in the record, up to the observation.
        known: gains by month known at the end of the month; None where too few were.
        claims, pockets: against control; across the border.
        lines: sides of the contact line and the oblast borders (the river needs "maps").
    """

    status: str
    month: str
    observed: date
    total: float
    held: tuple[Held, ...]
    drift: Drift | None
    gained: Gained
    known: Known | None
    claims: tuple[territory.ClaimedOblast, ...]
    pockets: tuple[territory.Pocket, ...]
    lines: tuple[territory.Side, ...]

    @property
    def claimed(self) -> frozenset[str]:
        """Codes of the oblasts that are claimed."""
        return frozenset(item.oblast.code for item in self.claims)

    @property
    def pace(self) -> int:
        """The drift of the month against the mean of the year known: 1 above, -1 below, else 0."""
        if self.drift is None or self.known is None:
            return 0
        return int(self.drift.low > self.known.year) - int(self.drift.high < self.known.year)

    @property
    def annexed(self) -> tuple[territory.ClaimedOblast, ...]:
        """The oblasts whose annexation was claimed last."""
        found = [c for c in self.claims if c.claim.claim == territory.ANNEXED]
        last = max(c.claim.date for c in found)
        return tuple(c for c in found if c.claim.date == last)

    def chosen(self, name: str | None) -> tuple[Held, ...]:
        """All oblasts, or the one asked for.

        Raises:
            TalksError: unknown.
        """
        return self.held if name is None else (self.of(name),)

    def of(self, name: str) -> Held:
        """One oblast by name or code.

        Raises:
            TalksError: unknown.
        """
        wanted = front_data.oblast(name)
        return next(item for item in self.held if item.oblast == wanted)


def solve_front(
    month: str = MONTH, record: Control | None = None, river: bool = False
) -> FrontResult:
    """The front in a month, written YYYY-MM.

    The observation is the last one dated in the month: nothing later is looked at.

    Args:
        month: YYYY-MM.
        record: of control; the shipped one by default.
        river: add the two banks of the Dnieper to the lines; needs the extra "maps".

    Raises:
        TalksError: not a month, or a month without data.
        MissingExtraError: the river without shapely and pyproj.

    Example:
        >>> front = tp.solve_front("2025-03")
        >>> front.observed.isoformat(), front.total
        ('2025-03-13', 112415.0)
    """
    data = front_data.control() if record is None else record
    k = observation(data, month)
    shares = {c: float(s) for c, s in zip(data.codes, data.shares[k], strict=True)}
    return FrontResult(
        "exact",
        month,
        data.dates[k],
        float(data.total[k]),
        held(data, k, require_month(month)),
        _drift_if_any(month, data),
        gained(data, k, month),
        _known_if_any(next_month(require_month(month)) - timedelta(days=1), data),
        territory.claimed(shares),
        territory.pockets(),
        (
            *territory.contact_line(shares, float(data.total[k])),
            *territory.oblast_borders(),
            *(territory.dnieper() if river else ()),
        ),
    )


def observation(data: Control, month: str) -> int:
    """Place of the last observation dated in a month.

    Raises:
        TalksError: none; says what months there are.
    """
    first = require_month(month)
    found = [k for k, day in enumerate(data.dates) if first <= day < next_month(first)]
    if not found:
        raise TalksError(
            f"front: no data for {month}; the record runs from {data.dates[0]:%Y-%m} to "
            f"{data.dates[-1]:%Y-%m}: choose a month in it"
        )
    return found[-1]


def held(data: Control, k: int, first: date) -> tuple[Held, ...]:
    """Every oblast in the observation k, largest area held first; gains since before `first`."""
    earlier = [shares for day, shares in zip(data.dates, data.shares, strict=True) if day < first]
    known = {item.code: item for item in front_data.oblasts()}
    found = []
    for n, code in enumerate(data.codes):
        size, share = known[code].official_area, float(data.shares[k, n])
        before = float(earlier[-1][n]) if earlier else np.nan
        found.append(Held(known[code], share, share * size, (share - before) * size))
    return tuple(sorted(found, key=lambda item: (-item.area, item.oblast.name)))


def drift(month: str, record: Control | None = None) -> Drift:
    """Gain in a month: computed from the record beside the published figures, with their range.

    Raises:
        TalksError: not a month, or no figure at all.
    """
    first = require_month(month)
    data = front_data.control() if record is None else record
    by_month = dict(zip(*projection.monthly_gains(data), strict=True))
    computed = float(by_month.get(first, np.nan))
    published = tuple(f for f in front_data.figures() if f.kind == GAIN and f.period == month)
    every = [f.value for f in published] + [computed] * bool(np.isfinite(computed))
    if not every:
        months = [f"{day:%Y-%m}" for day in by_month] or ["none"]
        raise TalksError(
            f"front: no figure for the gain in {month}; "
            f"the record has whole months from {months[0]} to {months[-1]}"
        )
    return Drift(month, computed, published, min(every), max(every))


def _drift_if_any(month: str, data: Control) -> Drift | None:
    """The drift of a month that has an observation but perhaps no whole month of them."""
    try:
        return drift(month, data)
    except TalksError:
        return None


def _known_if_any(day: date, data: Control) -> Known | None:
    """The gains known on a day, None where they are too few."""
    try:
        return gains.known_on(day, data)
    except TalksError:
        return None
