"""Rooms: what support, front and talks of a situation draw, and what they are in each draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.analysis.ensemble.draws import drawn as sampled
from threatpoint.errors import TalksError, ThreatpointError
from threatpoint.front import ahead, path_inputs
from threatpoint.front.paths import solve_paths
from threatpoint.support import inputs as support_inputs
from threatpoint.support import programme
from threatpoint.support.drawn import drawn
from threatpoint.talks import freeze_inputs
from threatpoint.talks.attacker import PREFIX, Attacker
from threatpoint.talks.freeze import drift_after
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.drawn_input import Input
    from threatpoint.front.ahead import Ahead
    from threatpoint.front.paths import Paths
    from threatpoint.situation.model import Situation
    from threatpoint.support.drawn import SupportDrawn
    from threatpoint.support.programme import Programme

YEAR = 12
PATHS = 4096
"""Paths of the front behind them."""
POINTS = 64
"""Equally likely drifts over which the chance of a freeze within a year is taken."""


@dataclass(frozen=True, eq=False)
class Rooms(Shown):
    """What a situation has beside trade and the threat.

    Attributes:
        situation: whose.
        inputs: what these rooms draw.
        support: what had been announced; None without [support], or where nothing is on record.
        values: input key -> (K,); empty before the draws.
        ahead: front and force in each draw; None without [talks], or where too little was known.
        attacker: who may accept a freeze; None without [talks].
        missing: room -> why it is not there although the file has it.
    """

    situation: Situation
    inputs: tuple[Input, ...] = ()
    support: Programme | None = None
    values: Mapping[str, Array] = field(default_factory=dict)
    ahead: Ahead | None = None
    attacker: Attacker | None = None
    missing: Mapping[str, str] = field(default_factory=dict)

    def on(self, values: Mapping[str, Array]) -> Rooms:
        """The same in each draw."""
        talks = self.situation.talks
        missing, front = dict(self.missing), None
        if talks is not None:
            try:
                front = ahead.solve_ahead(values, self.situation.date)
            except TalksError as error:
                missing["front"] = str(error)
        attacker = None if talks is None else Attacker.of(values)
        return replace(self, values=values, ahead=front, attacker=attacker, missing=missing)

    @property
    def front(self) -> Paths | None:
        """Gains of the next months."""
        return None if self.ahead is None else self.ahead.paths

    # -- what the table asks -----

    def support_change(self, covers: float | None) -> Array:
        """(K, 12) change of all support if the leaver ends its own and the others cover a share.

        None: what had been announced, as it arrives.
        """
        if covers is None:
            return self._support.change(self.values, YEAR)
        found = self._support.covered(self.values, covers)
        return np.broadcast_to(found, (len(found), YEAR))

    def support_pays(self, covers: float | None) -> Array:
        """(K,) what the others pay for that, EUR bn a year."""
        support = self._support
        counted = (self.values["support_loan"] > 0.5).astype(int)
        gap = support.gap[counted]
        if covers is not None:
            return covers * gap
        shares = [support.replaced(self.values, YEAR, loan)[:, -1] for loan in (False, True)]
        return np.where(counted == 1, shares[1], shares[0]) * gap

    @property
    def support_drawn(self) -> SupportDrawn | None:
        """What the page says of support, in each draw; None where nothing is on record."""
        return drawn(self.support, self.values)

    def more_pays(self, change: float) -> Array:
        """(K,) what a rise of all support by a share costs, EUR bn a year."""
        support = self._support
        counted = (self.values["support_loan"] > 0.5).astype(int)
        return change * support.gap[counted] / support.part[counted]

    @property
    def _support(self) -> Programme:
        if self.support is None:
            raise ThreatpointError("support is not part of this situation")
        return self.support

    def drift_factor(self, change: Array | float) -> Array:
        """(1 + x)^-eta: the drift after a change of support, (K,) or (K, M)."""
        if self.attacker is None:
            raise ThreatpointError("talks are not part of this situation")
        if np.ndim(change) < 2:
            return drift_after(self.attacker, change)
        columns = [drift_after(self.attacker, column) for column in np.asarray(change).T]
        return np.stack(columns, axis=1)

    @property
    def expected(self) -> Array:
        """(K,) drift that was expected on the date, km2 a month."""
        return self.values[f"{PREFIX}drift"]

    @property
    def slowing(self) -> Array:
        """(K,) mean drift of the next twelve months over that expected on the date."""
        if self.front is None:
            return np.ones(len(self.expected))
        return self.front.mean_of_year / self.expected

    @property
    def drifts(self) -> Array:
        """(`POINTS`, K) the same for equally likely means of the year, each in every draw.

        1 where nothing is known of the front. An integral, not a draw: from many more paths than
        there are draws, whose error all draws would share (2 points of a chance with 256 paths).
        """
        if self.front is None:
            return self.slowing[None, :]
        return np.divide.outer(self._means, self.expected)

    @cached_property
    def _means(self) -> Array:
        """(`POINTS`,) means of the year, km2 a month, rising."""
        values = sampled(path_inputs.inputs(), PATHS, 0)
        found = np.sort(solve_paths(values, self.situation.date).mean_of_year)
        return np.array([part.mean() for part in np.array_split(found, POINTS)])


def rooms_of(situation: Situation) -> Rooms:
    """The rooms of a situation, before the draws."""
    inputs: list[Input] = []
    missing: dict[str, str] = {}
    support = None
    if situation.support is not None:
        asked = situation.support.arguments()
        support = programme.programme(situation.date, asked["baseline"])
        if support is None:
            missing["support"] = f"no announcements by {situation.date.isoformat()} are on record"
        else:
            inputs += support_inputs.inputs()
    if situation.talks is not None:
        inputs += (
            *freeze_inputs.inputs(situation.talks.priors, situation.talks.known),
            *ahead.inputs(),
        )
    return Rooms(situation, tuple(inputs), support, missing=missing)
