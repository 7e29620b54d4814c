"""Played: what one threat game says beyond who gives in and what is believed, at one horizon."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from threatpoint.analysis import bargains, course, dated
from threatpoint.errors import PolicyError
from threatpoint.strategy import motive, partial_rows, quantity_tables, type_tables
from threatpoint.strategy.carriers import carrier_rows
from threatpoint.strategy.evasion import evasion_rows
from threatpoint.strategy.game import NoWorld
from threatpoint.strategy.record import base_rate_of
from threatpoint.strategy.type_compared import compared, scales_of
from threatpoint.views import Shown

if TYPE_CHECKING:
    from threatpoint.analysis.course import Course
    from threatpoint.analysis.dated import Dated
    from threatpoint.quantity import Quantity
    from threatpoint.situation.model import Situation
    from threatpoint.strategy import ThreatGame
    from threatpoint.tables import Table

Rows = list[dict[str, Any]]


@dataclass(frozen=True, eq=False)
class Played(Shown):
    """Rows of one game; a list is empty where there is nothing to say.

    Attributes:
        beside: every threat of the situation on its own day.
        course: how likely each threat made by the situation's day is carried out; None unknown.
        record: the same over all that is on file, later threats and clocks too.
        motive: what the sender would do anyway, and the threat net of it.
        stopping: how much each target stops, by size and form of the punishment.
        models: the sender's type beside quantal response.
        priors: of the sender's type.
        bargains: where bargaining with each target would end.
        offers: what an offer on record is worth, on its day.
        evasion: what re-routing leaves of the punishment.
        carriers: third countries with room for it.
        unknown: sentences on what has no answer, and why.
    """

    beside: tuple[Dated, ...] = ()
    course: Course | None = None
    record: Course | None = None
    motive: Rows = field(default_factory=Rows)
    stopping: Rows = field(default_factory=Rows)
    models: Rows = field(default_factory=Rows)
    priors: Rows = field(default_factory=Rows)
    bargains: Rows = field(default_factory=Rows)
    offers: Rows = field(default_factory=Rows)
    evasion: Rows = field(default_factory=Rows)
    carriers: Rows = field(default_factory=Rows)
    unknown: tuple[str, ...] = ()

    def tables(self) -> Iterator[Table]:
        """Every table that has rows, in the order in which they are read."""
        found = (
            dated.table(self.beside) if len(self.beside) > 1 else None,
            course.table(self.course),
            course.path(self.record),
            motive.table(self.motive),
            *self.on_models(),
            *self.on_targets(),
            *self.on_offers(),
        )
        yield from (table for table in found if table is not None)

    def on_models(self) -> list[Table]:
        """The sender's type beside quantal response."""
        return _made((type_tables.models, self.models))

    def on_targets(self) -> list[Table]:
        """How much each target stops, and what goes round the punishment."""
        return _made(
            (quantity_tables.stopping, self.stopping),
            (quantity_tables.evasion, self.evasion),
            (quantity_tables.carriers, self.carriers),
        )

    def on_offers(self) -> list[Table]:
        """Where bargaining would end, and every offer on record."""
        return _made((quantity_tables.bargain, self.bargains), (quantity_tables.offer, self.offers))

    @property
    def lacking(self) -> list[str]:
        """A sentence on each threat, offer on record and question that has no answer."""
        offers = quantity_tables.unanswered(self.offers)
        return [*dated.lacking(self.beside), *offers, *self.unknown]

    def rows(self) -> dict[str, Rows]:
        """Name of a table in a file -> its rows."""
        return {
            "side_by_side": dated.rows(self.beside) if len(self.beside) > 1 else [],
            "carried_out": [] if self.record is None else self.record.rows,
            "motive": self.motive,
            "stopping": self.stopping,
            "models": self.models,
            "type_priors": self.priors,
            "bargains": self.bargains,
            "offers": self.offers,
            "evasion": self.evasion,
            "carriers": self.carriers,
        }


def _made(*pairs: tuple[Callable[[Rows], Table], Rows]) -> list[Table]:
    """The tables that have rows."""
    return [table(rows) for table, rows in pairs if rows]


def solve_played(
    threat: ThreatGame,
    situation: Situation,
    beside: tuple[Dated, ...] = (),
    scale: Quantity | None = None,
) -> Played:
    """Everything about a game that is solved, and the threats of the situation beside it.

    Args:
        threat: the game.
        situation: its record and offers.
        beside: the threats on their days.
        scale: s of the sender's type, USD bn, in place of its prior.

    Raises:
        PolicyError: an s out of range.
    """
    asked = threat.question
    key = next((each.name for each in beside if each.rule == asked.rule), "")
    record = course.solve_course(situation, beside, key, scale)
    now = record.known_on(situation.date) if record else None
    priors = course.priors_of(asked.senders, scale)
    beliefs = _beliefs(threat, now.tough(key) if now else {})
    own, no_own = _tried("What the sender would do anyway", partial(motive.motive_rows, threat))
    stopping, no_stopping = _stopping(threat, beliefs)
    deals, no_deals = bargains.ends(threat)
    return Played(
        beside=beside,
        course=now,
        record=record,
        motive=own,
        stopping=stopping,
        models=_models(threat, priors),
        priors=[prior.row() for prior in priors.values()],
        bargains=deals,
        offers=bargains.offered(
            situation, asked.economy, asked.horizon, asked.deficits, threat.game.terms
        ),
        evasion=_evasion(threat),
        carriers=_carriers(threat),
        unknown=(*no_own, *no_stopping, *no_deals),
    )


def _stopping(
    threat: ThreatGame, beliefs: Mapping[str, float]
) -> tuple[list[dict[str, Any]], list[str]]:
    """How much each target stops buying; nothing where the demand is no trade."""
    if threat.question.rule.demand is not None:
        return [], []
    asked = partial(partial_rows.stopping_rows, threat, beliefs)
    return _tried("How much each target stops", asked)


def _beliefs(threat: ThreatGame, known: Mapping[str, float]) -> dict[str, float]:
    """Target -> belief that it is hit for good: of the sender's type, else the base rate."""
    share = base_rate_of(threat.question.senders).share
    return {target: known.get(target, share) for target in threat.game.targets}


def _tried(what: str, rows: Callable[[], Rows]) -> tuple[Rows, list[str]]:
    """The rows; or none, and a sentence on why."""
    try:
        return rows(), []
    except PolicyError as error:
        return [], [f"{what} is not known: {str(error).rstrip('.')}."]


def _models(threat: ThreatGame, priors: Mapping[str, Any]) -> Rows:
    """None where some profile is not solved, or has no equilibrium."""
    if threat.game.partial or threat.game.unpriced:
        return []
    try:
        found = compared(threat.game, priors, scales_of(priors["s"].quantity))
    except NoWorld:
        return []
    return [row | {"name": threat.name(row["target"])} for row in found]


def _evasion(threat: ThreatGame) -> Rows:
    """None where nothing can go round, or the file says already how much does."""
    if any(getattr(item, "enforcement", 1.0) < 1 for item in threat.question.rule.templates):
        return []
    try:
        return evasion_rows(threat)
    except PolicyError:
        return []


def _carriers(threat: ThreatGame) -> Rows:
    return [row | {"target_name": threat.name(row["target"])} for row in carrier_rows(threat)]
