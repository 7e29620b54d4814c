"""Where and how often the attacker gained, up to an observation of the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from threatpoint.front import data as front_data
from threatpoint.front.data import Control, Oblast, Published
from threatpoint.front.projection import monthly_gains
from threatpoint.views import Shown

NET = "net gain"


@dataclass(frozen=True)
class Gained(Shown):
    """Gains of the record from its first observation on.

    Attributes:
        first: day of that observation.
        by_oblast: oblast and km2 since then, largest first; losses are below 0.
        months: whole months observed.
        advancing: those of them with a gain.
        spans: published net gains over longer spans that ended before the month.
    """

    first: date
    by_oblast: tuple[tuple[Oblast, float], ...]
    months: int
    advancing: int
    spans: tuple[Published, ...]

    @property
    def total(self) -> float:
        """Of all oblasts, km2."""
        return sum(gain for _, gain in self.by_oblast)

    @property
    def largest(self) -> tuple[tuple[Oblast, float], ...]:
        """Oblasts with at least one in a hundred of the total, and their shares of it."""
        shares = ((oblast, gain / self.total) for oblast, gain in self.by_oblast if self.total > 0)
        return tuple((oblast, share) for oblast, share in shares if share >= 0.01)

    def of(self, code: str) -> float:
        """One oblast, km2."""
        return next(gain for oblast, gain in self.by_oblast if oblast.code == code)


def gained(record: Control, k: int, month: str) -> Gained:
    """Up to the observation k, of a month written YYYY-MM."""
    known = {item.code: item for item in front_data.oblasts()}
    change = zip(record.codes, record.shares[k] - record.shares[0], strict=True)
    found = [(known[code], float(part) * known[code].official_area) for code, part in change]
    gains = monthly_gains(record.until(record.dates[k]))[1]
    return Gained(
        record.dates[0],
        tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].name))),
        len(gains),
        int((gains > 0).sum()),
        tuple(f for f in front_data.figures() if f.kind == NET and f.period[-7:] < month),
    )
