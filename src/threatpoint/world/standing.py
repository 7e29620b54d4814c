"""The tariffs in force on a day: what stood before anybody acted.

The table is of one year; a situation is of one day. The day's tariffs are a standing policy on the
table, never new rates on old trade: what an action does is compared with the equilibrium of the
table under them (`threatpoint.equilibrium.standing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from threatpoint.views import Shown

if TYPE_CHECKING:
    from datetime import date

    from threatpoint.array_types import Array


@dataclass(frozen=True, eq=False)
class Standing(Shown):
    """Tariffs in force.

    Attributes:
        date: the day.
        tariff: (N importer, N exporter, S) ad valorem, as a share.
        words: what they are, for a page.
        source: who says so.
    """

    date: date
    tariff: Array
    words: str
    source: str
