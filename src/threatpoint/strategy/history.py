"""What has come of threats so far: made, asked about, and clocks that passed or were kept."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from threatpoint.errors import PolicyError, require_label, shown, unknown
from threatpoint.policy.standing import day_of

MADE, CLOCK, ASKED = "made", "clock", "asked"
KINDS = (MADE, CLOCK, ASKED)
Gains = Mapping[str, Mapping[str, float]]
"""Threat -> target -> Gamma: what hitting it brings the sender against sparing, USD bn a year."""


@dataclass(frozen=True)
class Step:
    """One day in the history of a threat.

    Attributes:
        date: the day, or its text as 2025-03-31.
        threat: its name.
        kind: "made"; "clock", the day on which it was to be carried out; "asked", a day on which
            somebody asks and nothing happens (the threat need not have been made).
        hit: the targets on whom it was carried out at this clock; none: the clock passed.

    Raises:
        PolicyError: no date; another kind; somebody is hit though no clock ran out.

    Example:
        >>> from threatpoint.strategy import Step
        >>> Step("2025-08-27", "india-order", "clock", hit=frozenset({"IND"})).date.month
        8
    """

    date: date
    threat: str
    kind: str
    hit: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        require_label("kind of step", self.kind, KINDS, PolicyError)
        object.__setattr__(self, "date", day_of(self.date))
        if isinstance(self.hit, str):
            raise PolicyError(f"hit is {shown(self.hit)}; give a set of targets")
        object.__setattr__(self, "hit", frozenset(self.hit))
        if self.hit and self.kind != CLOCK:
            names = ", ".join(sorted(self.hit))
            raise PolicyError(f"{self.title}: only at a clock can {names} be hit")

    @property
    def title(self) -> str:
        """Day and threat, to begin a message with."""
        return f"{self.date}, {self.threat}"


@dataclass(frozen=True)
class Evidence:
    """What a history says of the sender.

    Attributes:
        passed: threat -> number of its clocks that passed with nobody hit.
        struck: threat -> the targets on whom it was carried out.
    """

    passed: Mapping[str, int] = field(default_factory=dict[str, int])
    struck: Mapping[str, frozenset[str]] = field(default_factory=dict[str, "frozenset[str]"])

    @classmethod
    def of(cls, history: Iterable[Step]) -> Evidence:
        """That of a history."""
        passed, struck = dict[str, int](), dict[str, frozenset[str]]()
        for step in history:
            if step.kind == CLOCK and step.hit:
                struck[step.threat] = step.hit
            elif step.kind == CLOCK:
                passed[step.threat] = passed.get(step.threat, 0) + 1
        return cls(passed, struck)


def require_gains(gains: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse threats without targets, and gains that are no numbers.

    Raises:
        PolicyError: names threat and target.
    """
    if not gains:
        raise PolicyError("beliefs need a threat: threat -> target -> USD bn a year")
    for threat, own in gains.items():
        if not own:
            raise PolicyError(f"{threat}: a threat needs targets; none is given")
        for target, gain in own.items():
            real = isinstance(gain, int | float) and not isinstance(gain, bool)
            if not real or not math.isfinite(gain):
                words = f"must be a number of USD bn a year, not {shown(gain)}"
                raise PolicyError(f"{threat}: the gain from hitting {target} {words}")


def require_history(history: Sequence[Step], gains: Gains) -> None:
    """Refuse a history that cannot have been.

    Raises:
        PolicyError: unknown threat or target; steps out of order; a threat made twice; a clock of
            a threat that was not made before, or that was carried out already.
    """
    made, done = set[str](), set[str]()
    for before, step in zip((None, *history), history, strict=False):
        require_label("threat", step.threat, tuple(gains), PolicyError, str(step.date))
        if before is not None and step.date < before.date:
            raise PolicyError(f"{step.title}: the step before it is of {before.date}; order them")
        _require_targets(step, tuple(gains[step.threat]))
        _require_turn(step, made, done)


def _require_targets(step: Step, targets: Sequence[str]) -> None:
    for target in sorted(step.hit):
        if target not in targets:
            raise PolicyError(unknown("target", target, targets, step.title))


def _require_turn(step: Step, made: set[str], done: set[str]) -> None:
    """The threats made and carried out so far, this step among them."""
    if step.kind == MADE:
        if step.threat in made:
            raise PolicyError(f"{step.title}: the threat was made already")
        made.add(step.threat)
    elif step.kind == CLOCK:
        if step.threat not in made:
            raise PolicyError(f"{step.title}: a clock before the threat was made")
        if step.threat in done:
            raise PolicyError(f"{step.title}: a clock after the threat was carried out")
        if step.hit:
            done.add(step.threat)
