"""What the later sections of the page show, all of it optional."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threatpoint.situation.analysis import Outcome
    from threatpoint.strategy.threat import ThreatGame
    from threatpoint.talks.front import FrontResult
    from threatpoint.talks.support import SupportResult
    from threatpoint.talks.talks import TalksResult


@dataclass(frozen=True, eq=False)
class Parts:
    """Results beside the main outcome; a section is left out where its result is absent.

    Attributes:
        by_horizon: horizon -> the main threat carried out.
        games: horizon -> the threat as a game.
        talks, support, front: results of their solvers.
        oil: rows of the oil model, see `oil_section`.
    """

    by_horizon: Mapping[str, Outcome] = field(default_factory=dict)
    games: Mapping[str, ThreatGame] = field(default_factory=dict)
    talks: TalksResult | None = None
    support: SupportResult | None = None
    front: FrontResult | None = None
    oil: Sequence[Mapping[str, Any]] = ()


NOTHING = Parts()
