"""The record of threats of sanctions, 1970 to 2000: how often a resisted sender stands firm.

Counts by sender and decade ship in `threats.csv`, built by `builders.threats`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from threatpoint.errors import PolicyError, require_label
from threatpoint.files import read_csv

TABLE = Path(__file__).with_name("threats.csv")
ALL = "all"
"""Every sender of the record together."""
COUNTS = ("threats", "conceded", "resisted", "stood_firm", "backed_down")


@dataclass(frozen=True)
class BaseRate:
    """How the threats of a sender ended.

    Attributes:
        sender: its code, or `ALL`.
        threats: number of threats; the sum of the next two.
        conceded: the target gave in.
        resisted: it did not; the sum of the next two.
        stood_firm: the sender then carried the threat out.
        backed_down: or did not.
        first, last: years of the record.
        source: who counted.
    """

    sender: str
    threats: int
    conceded: int
    resisted: int
    stood_firm: int
    backed_down: int
    first: int
    last: int
    source: str

    @property
    def share(self) -> float:
        """Share of the resisted threats that were carried out."""
        return self.stood_firm / self.resisted

    @property
    def standard_error(self) -> float:
        """Of the share, as if the threats were independent."""
        return math.sqrt(self.share * (1.0 - self.share) / self.resisted)

    @property
    def logit(self) -> float:
        """b, the logit of the share."""
        return math.log(self.stood_firm / self.backed_down)

    def row(self) -> dict[str, Any]:
        """The counts and what follows from them."""
        found = {name: getattr(self, name) for name in ("sender", *COUNTS)}
        rates = {"share": self.share, "standard_error": self.standard_error, "logit": self.logit}
        return found | rates | {"years": f"{self.first}-{self.last}", "source": self.source}


def base_rate(sender: str) -> BaseRate:
    """How the threats of a sender ended.

    Args:
        sender: "USA", or `ALL`; the record is told apart no further.

    Raises:
        PolicyError: another sender.

    Example:
        >>> from threatpoint.strategy import base_rate
        >>> found = base_rate("USA")
        >>> found.stood_firm, found.resisted, round(found.share, 3), round(found.logit, 3)
        (132, 201, 0.657, 0.649)
    """
    known = _record()
    return known[require_label("sender of the record", sender, tuple(known), PolicyError)]


def base_rate_of(senders: Sequence[str]) -> BaseRate:
    """That of a threat's senders: the sender's own where it acts alone and is told apart."""
    alone = senders[0] if len(senders) == 1 else ALL
    return base_rate(alone if alone in _record() else ALL)


@cache
def _record() -> dict[str, BaseRate]:
    """Sender -> its counts over all decades."""
    rows = read_csv(TABLE)
    by = {sender: [r for r in rows if r["sender"] == sender] for sender in _senders(rows)}
    decades = [int(row["decade"]) for row in rows]
    return {
        sender: BaseRate(
            sender,
            *(sum(int(row[name]) for row in own) for name in COUNTS),
            first=min(decades),
            last=max(decades) + 10,
            source=own[0]["source"],
        )
        for sender, own in by.items()
    }


def _senders(rows: Sequence[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(row["sender"] for row in rows))
