"""The counts that ship, and models of standing firm once a target has resisted.

A row of the source is a pair of states in a decade. Models are logits of stood firm against backed
down, fitted by Newton steps; each is scored on the decades it was not fitted to.
"""

from __future__ import annotations

import pathlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from builders.data import read, source_root
from builders.threats import SOURCE

from threatpoint.array_types import Array, Mask
from threatpoint.strategy.record import ALL, base_rate
from validation.check import Check, SourceDataMissing, compare, published
from validation.threats_1970_2000.logit import Fit, fit, log_score

TEXT = pathlib.Path(__file__).with_name("differences.md")
WHOSE = {"all senders": ALL, "United States": "USA"}
STATES = {ALL: None, "USA": "2"}
FLOOR = 0.01
"""% of trade dependence added before the logarithm is taken: one row in twenty has none."""
PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)
"""On the squared slopes of standardised predictors; one is chosen inside the decades fitted to."""

MODELS: dict[str, tuple[str, ...]] = {
    "constant": (),
    "sender's dependence, %": ("sender",),
    "sender's dependence, logarithm": ("log sender",),
    "target's dependence, %": ("target",),
    "target's dependence, logarithm": ("log target",),
    "both, logarithm": ("log sender", "log target"),
}
SHRUNK = ("sender", "target", "log sender", "log target")


def checks() -> list[Check]:
    """Row 19: every count of the shipped table."""
    computed = {
        (measure, whose): float(getattr(base_rate(code), measure.replace(" ", "_")))
        for whose, code in WHOSE.items()
        for measure in ("threats", "conceded", "stood firm", "backed down")
    }
    return compare(published(__file__), computed)


@dataclass(frozen=True)
class Sample:
    """Pairs and decades of a sender.

    Attributes:
        firm, backed: (R,) resisted threats by how they ended.
        decade: (R,) first year.
        pair: (R,) which pair of states, for errors clustered by pair.
        given: name -> (R,) predictor; dependence in %, or its logarithm.
    """

    firm: Array
    backed: Array
    decade: Array
    pair: Array
    given: dict[str, Array]

    @classmethod
    def of(cls, sender: str) -> Sample:
        """The rows of a sender that were resisted at all.

        Raises:
            SourceDataMissing: the table is not on this machine.
        """
        path = source_root() / SOURCE
        if not path.is_file():
            raise SourceDataMissing(f"no {path}; set THREATPOINT_DATA to the folder that holds it")
        state = STATES[sender]
        rows = [row for row in read(path) if state is None or row["ccode1"] == state]
        rows = [row for row in rows if int(row["sf"]) + int(row["bd"])]
        cells = {
            name: np.array([float(row[name]) for row in rows])
            for name in ("sf", "bd", "tenyear", "dyadID", "senderecondep", "targetecondep")
        }
        percent = {who: 100.0 * cells[f"{who}econdep"] for who in ("sender", "target")}
        logs = {f"log {who}": np.log(value + FLOOR) for who, value in percent.items()}
        firm, backed, decade, pair = (cells[name] for name in ("sf", "bd", "tenyear", "dyadID"))
        return cls(firm, backed, decade, pair, percent | logs)

    @property
    def threats(self) -> float:
        """Number of resisted threats."""
        return float((self.firm + self.backed).sum())

    @property
    def decades(self) -> Array:
        """The decades, each once."""
        return np.unique(self.decade)

    def without(self, decade: float) -> Mask:
        """(R,) the rows of other decades."""
        return self.decade != decade

    def matrix(self, names: tuple[str, ...]) -> Array:
        """(R, 1 + names): a constant and predictors."""
        return np.stack([np.ones_like(self.firm), *(self.given[name] for name in names)], axis=1)


@dataclass(frozen=True)
class Scored:
    """A model of one sender.

    Attributes:
        sample: what it is fitted to.
        names: its predictors.
        shrunk: slopes are penalised, by what does best inside the decades fitted to.
    """

    sample: Sample
    names: tuple[str, ...]
    shrunk: bool = False

    @cached_property
    def whole(self) -> Fit:
        """Fitted to all decades."""
        every = np.ones_like(self.sample.firm, dtype=bool)
        return self._fit(every, self._penalty(every))

    @property
    def in_sample(self) -> float:
        """Log score a threat where it was fitted, nats."""
        return self._score(self.whole, self.sample.decade > 0) / self.sample.threats

    @cached_property
    def by_decade(self) -> dict[float, float]:
        """Decade -> sum of its log scores, fitted to the others; nats."""
        found = {}
        for decade in self.sample.decades:
            rest = self.sample.without(decade)
            found[float(decade)] = self._score(self._fit(rest, self._penalty(rest)), ~rest)
        return found

    @property
    def out_of_sample(self) -> float:
        """Log score a threat, each decade by what was fitted to the others; nats."""
        return sum(self.by_decade.values()) / self.sample.threats

    def _penalty(self, rows: Mask) -> float:
        """The best in the same exercise inside the rows; none for a plain model."""
        if not self.shrunk:
            return 0.0
        inner = [(rows & self.sample.without(d), rows & ~self.sample.without(d))
                 for d in np.unique(self.sample.decade[rows])]  # fmt: skip
        scores = [
            sum(self._score(self._fit(kept, penalty), left) for kept, left in inner)
            for penalty in PENALTIES
        ]
        return PENALTIES[int(np.argmax(scores))]

    def _fit(self, rows: Mask, penalty: float) -> Fit:
        own = self.sample
        counts = own.firm[rows], own.backed[rows], own.pair[rows]
        return fit(own.matrix(self.names)[rows], *counts, penalty)

    def _score(self, found: Fit, rows: Mask) -> float:
        own = self.sample
        return log_score(found, own.matrix(self.names)[rows], own.firm[rows], own.backed[rows])


def scored(sender: str) -> dict[str, Scored]:
    """Every model of a sender by name; raises `SourceDataMissing` without the source."""
    sample = Sample.of(sender)
    plain = {name: Scored(sample, names) for name, names in MODELS.items()}
    return plain | {"all four, shrunk": Scored(sample, SHRUNK, shrunk=True)}
