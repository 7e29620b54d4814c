"""Schema of the [support] tables of a situation file: key, periods and priors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field

from threatpoint.quantity import Quantity
from threatpoint.situation.figure import Figure, Model, Number, Text
from threatpoint.situation.lines import Path
from threatpoint.situation.problems import Problem
from threatpoint.support.capability import Capability
from threatpoint.support.support import LONGEST

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Period = Annotated[list[Month], Field(min_length=2, max_length=2)]


class SubstitutionTable(Model):
    """[support.substitution]: s of the capability CES, a number without unit."""

    value: Number
    range: Annotated[list[Number], Field(min_length=2, max_length=2)]
    source: Text
    prior: Literal[True]


class CapabilityTable(Model):
    """[[support.capabilities]]: a kind of support, its weight, ceiling and ramp-up; all priors."""

    name: Text
    weight: Figure
    ceiling: Figure
    ramp_up: Figure

    def capability(self) -> Capability:
        """The capability as the model takes it: shares and months."""
        return Capability(
            self.name,
            _share(self.weight),
            _share(self.ceiling),
            self.ramp_up.quantity,
        )


class SupportTables(Model):
    """[support]: everything the support room is asked with."""

    key: Literal["gdp", "effort", "capacity"]
    horizon: Figure
    baseline: Period
    afterwards: Period
    covered: Figure
    substitution: SubstitutionTable
    capabilities: Annotated[list[CapabilityTable], Field(min_length=1)]

    def arguments(self) -> dict[str, Any]:
        """Everything `threatpoint.solve_support` is asked with."""
        return {
            "key": self.key,
            "horizon": int(self.horizon.value),
            "baseline": tuple(self.baseline),
            "afterwards": tuple(self.afterwards),
            "capabilities": tuple(table.capability() for table in self.capabilities),
            "substitution": float(self.substitution.value),
            "covered": self.covered.share,
        }


def support_problems(tables: SupportTables) -> Iterator[Problem]:
    """Units and bounds of [support], and kinds that stand there twice.

    Ranges that are none are found with those of the rest of the file.
    """
    months = tables.horizon
    if months.unit != "months" or months.value != int(months.value):
        yield ("support", "horizon"), f"is {months.value} {months.unit}; use whole months"
    elif not 1 <= months.value <= LONGEST:
        yield ("support", "horizon"), f"is {months.value} months; use 1 to {LONGEST}"
    low, high = tables.substitution.range
    if not 0 < low <= tables.substitution.value <= high < 1:
        text = f"{tables.substitution.value} must lie within its range, and that within 0 and 1"
        yield ("support", "substitution"), text
    yield from _prior_problems(("support", "covered"), tables.covered, "%", 100)
    names = [kind.name for kind in tables.capabilities]
    for position, kind in enumerate(tables.capabilities):
        path: Path = ("support", "capabilities", position)
        if kind.name in names[:position]:
            yield (*path, "name"), f"{kind.name!r} stands there twice"
        yield from _prior_problems((*path, "weight"), kind.weight, "%", 100)
        yield from _prior_problems((*path, "ceiling"), kind.ceiling, "%", 100)
        yield from _prior_problems((*path, "ramp_up"), kind.ramp_up, "months", LONGEST)


def _prior_problems(path: Path, figure: Figure, unit: str, most: int) -> Iterator[Problem]:
    """A prior has a unit that fits, and a range above 0 and at most `most`."""
    if figure.unit != unit:
        yield path, f"is in {figure.unit!r}; use {unit!r}"
    elif not figure.prior or figure.range is None:
        yield path, "is a prior; give prior = true and range = [low, high]"
    elif min(figure.range, default=0) <= 0 or max(figure.range, default=0) > most:
        yield (*path, "range"), f"must lie above 0 and be at most {most}"


def _share(percent: Figure) -> Quantity:
    """A quantity in percent as a share."""
    value, low, high = (end / 100.0 for end in percent.ends)
    return replace(percent.quantity, value=value, low=low, high=high, unit="share")
