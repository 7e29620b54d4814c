"""Talks: every answer with its range over the priors.

Ranges are taken at the vertices: every combination of the ends of the priors an answer depends on.
They are exact where the answer is monotone in each prior (all closed forms here are; the hazard of
escalation is too). The driver is the prior that, moved alone, moves the answer most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.quantity import Quantity, Ranged
from threatpoint.talks import ceasefire, programme
from threatpoint.talks.measures import BOTH, MEASURES
from threatpoint.talks.priors import ADDED, AID_CHANGE, INPUTS, MILLIONS, Case, Priors, case
from threatpoint.talks.reasons import TESTS

if TYPE_CHECKING:
    from threatpoint.array_types import Array
    from threatpoint.talks.measures import Measure
    from threatpoint.talks.reasons import Test
    from threatpoint.talks.terms import WarTerms

AGREEMENT = 1e-6
"""Largest gap between the closed forms and value iteration, relative to the numbers compared."""


@dataclass(frozen=True)
class ReasonResult:
    """One reason for delay over the priors.

    Attributes:
        reason, definition: what is tested.
        pays: at the central values.
        always, ever: at all vertices; at any.
        number, threshold: ranged.
        flipped_by: the quantity the threshold is about.
    """

    reason: str
    definition: str
    pays: bool
    always: bool
    ever: bool
    number: Ranged
    threshold: Ranged
    flipped_by: str

    @property
    def flips(self) -> bool:
        """Some value of what it is about turns the verdict."""
        return 0.0 < self.threshold.value < np.inf


@dataclass(frozen=True)
class Agreement:
    """Closed forms against value iteration at the central values.

    Attributes:
        gap: largest relative difference of y_min, y_max and s_R*.
        tolerance: bound on it.
        status: of the worst value iteration, in words.
        converged: True if the iterations converged and the gap is within the tolerance.
    """

    gap: float
    tolerance: float
    status: str
    converged: bool


@dataclass(frozen=True, eq=False)
class TalksResult:
    """Everything the talks were asked.

    Attributes:
        priors: what went in.
        inputs: what the run adds: sanctions of the threat, a change in support.
        numbers: measure -> ranged number.
        reasons: the five reasons for delay.
        attacker_accepts, defender_accepts: a freeze in place, at the central values.
        accepts: (low, high) the same for both together: at all vertices, at any.
        agreement: the check by value iteration.
        area: km2 of the defender's whole territory; None: not known.
        basis: how ranges were taken.
    """

    priors: Priors
    inputs: Mapping[str, Quantity]
    numbers: Mapping[str, Ranged]
    reasons: tuple[ReasonResult, ...]
    attacker_accepts: bool
    defender_accepts: bool
    accepts: tuple[bool, bool]
    agreement: Agreement
    area: float | None = None
    basis: str = "vertices: every combination of the ends of the priors an answer depends on"

    @property
    def price_of_ground(self) -> float:
        """What a km2 costs the attacker on average in the cost of war, USD m."""
        lead = next(reason for reason in self.reasons if reason.reason == "positioning")
        return self.numbers["value of ground"].value - MILLIONS * lead.number.value


def solve_talks(
    priors: Mapping[str, Quantity],
    s_R: Quantity | float = 0.0,
    aid_change: Quantity | float = 0.0,
    area: float | None = None,
) -> TalksResult:
    """All answers about the talks.

    Args:
        priors: every name of `priors.NAMES`.
        s_R: what the threat adds to the sanctions a ceasefire lifts, USD bn/month, -1e6 to 1e6.
        aid_change: change in support as a share of the baseline's, -1 to 10.
        area: km2 of the defender's whole territory, so that no line is reported beyond it.

    Raises:
        TalksError: a prior or an input that is missing, unknown or out of bounds.

    Example:
        >>> situation = tp.load_situation("ukraine-2025-03-31")
        >>> talks = tp.solve_talks(situation.talks.priors, s_R=1.0)
        >>> round(talks.numbers["least line"].value)
        4651
    """
    priors, run = Priors.of(priors), inputs_of(s_R, aid_change)
    inputs = {**priors, **run}
    centre = case_of(inputs, {})
    terms, ends = centre.terms, case_of(inputs, vertices(inputs, (*BOTH, *INPUTS))).terms
    accepted = ceasefire.attacker_accepts_in_place(ends) & ceasefire.defender_accepts_in_place(ends)
    return TalksResult(
        priors=priors,
        inputs=run,
        numbers={m.name: measured(m, inputs, centre) for m in MEASURES},
        reasons=tuple(_reason(t, inputs, centre) for t in TESTS),
        attacker_accepts=bool(ceasefire.attacker_accepts_in_place(terms)),
        defender_accepts=bool(ceasefire.defender_accepts_in_place(terms)),
        accepts=(bool(accepted.all()), bool(accepted.any())),
        agreement=agreement(terms),
        area=area,
    )


def inputs_of(
    s_R: Quantity | float = 0.0, aid_change: Quantity | float = 0.0
) -> dict[str, Quantity]:
    """The two inputs of a run, checked."""
    run = {ADDED: s_R, AID_CHANGE: aid_change}
    return {name: INPUTS[name].read(given) for name, given in run.items()}


def vertices(inputs: Mapping[str, Quantity], uses: tuple[str, ...]) -> dict[str, Array]:
    """Every combination of the ends of the inputs named; those without a range stay put."""
    open_ = [name for name in uses if inputs[name].low < inputs[name].high]
    bits = (np.arange(2 ** len(open_))[:, None] >> np.arange(len(open_))) & 1
    return {
        name: np.where(bits[:, k] == 1, inputs[name].high, inputs[name].low)
        for k, name in enumerate(open_)
    }


def case_of(inputs: Mapping[str, Quantity], moved: Mapping[str, Any]) -> Case:
    """The case at the central values, some inputs moved."""
    return case({name: quantity.value for name, quantity in inputs.items()} | dict(moved))


def measured(measure: Measure, inputs: Mapping[str, Quantity], centre: Case) -> Ranged:
    """The answer of one measure; `centre` is the case at the central values."""
    return ranged(measure.formula, measure.unit, measure.uses, inputs, centre)


def ranged(
    formula: Callable[[Case], Any],
    unit: str,
    uses: tuple[str, ...],
    inputs: Mapping[str, Quantity],
    centre: Case,
) -> Ranged:
    """Value, range at the vertices and driver of one formula."""
    names = (*uses, *INPUTS)
    value = float(np.asarray(formula(centre)))
    ends = np.asarray(formula(case_of(inputs, vertices(inputs, names))), dtype=float)
    swings = {name: _swing(formula, inputs, name) for name in names}
    best = max(swings, key=lambda name: swings[name])
    known = ends[~np.isnan(ends)]
    low, high = (float(known.min()), float(known.max())) if known.size else (np.nan, np.nan)
    return Ranged(value, low, high, unit, driver=best if swings[best] > 0 else "")


def _swing(formula: Callable[[Case], Any], inputs: Mapping[str, Quantity], name: str) -> float:
    """How far the answer moves when one input goes from one end to the other, the rest central."""
    ends = vertices(inputs, (name,))
    values = np.asarray(formula(case_of(inputs, ends)), dtype=float) if ends else np.zeros(1)
    finite = np.broadcast_to(values, (2,))
    return float(abs(finite[1] - finite[0])) if np.isfinite(finite).all() else 0.0


def _reason(test: Test, inputs: Mapping[str, Quantity], centre: Case) -> ReasonResult:
    """One reason for delay, at the centre and over its vertices."""
    pays = test.formula(case_of(inputs, vertices(inputs, (*test.uses, *INPUTS)))).pays
    asked = (test.uses, inputs, centre)
    return ReasonResult(
        reason=test.reason,
        definition=test.definition,
        pays=bool(test.formula(centre).pays),
        always=bool(np.all(pays)),
        ever=bool(np.any(pays)),
        number=ranged(lambda c: test.formula(c).number, test.unit, *asked),
        threshold=ranged(lambda c: test.formula(c).threshold, test.threshold_unit, *asked),
        flipped_by=test.flipped_by,
    )


def agreement(terms: WarTerms) -> Agreement:
    """y_min, y_max and s_R* by value iteration against the closed forms."""
    line, drift, delta = (float(v) for v in (terms.line, terms.drift, terms.discount))
    low, first = programme.accepted_line(terms.attacker, line, drift, delta, 1.0)
    high, second = programme.accepted_line(terms.defender, line, drift, delta, -1.0)
    needed = (low - line) * float(terms.attacker.land_value) + float(terms.attacker.peace_gain)
    pairs = (
        (low, ceasefire.least_line(terms)),
        (high, ceasefire.largest_line(terms)),
        (max(0.0, needed), ceasefire.sanction_needed(terms)),
    )
    gap = max(abs(a - float(b)) / max(1.0, abs(float(b))) for a, b in pairs)
    worst = max((first, second), key=lambda status: status.residual)
    held = first.converged and second.converged and gap <= AGREEMENT
    return Agreement(gap, AGREEMENT, str(worst), held)
