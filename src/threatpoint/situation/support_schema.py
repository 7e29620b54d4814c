"""Schema of the [support] tables of a situation file: key, periods and priors."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from threatpoint.situation.schema import Figure, Model, Number, Text
from threatpoint.talks.capability import Capability, Prior

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Period = Annotated[list[Month], Field(min_length=2, max_length=2)]


class SubstitutionTable(Model):
    """[support.substitution]: s of the capability CES, a number without unit."""

    value: Number
    range: Annotated[list[Number], Field(min_length=2, max_length=2)]
    source: Text
    prior: Literal[True]

    @model_validator(mode="after")
    def _between(self) -> SubstitutionTable:
        low, high = self.range
        if not 0 < low <= self.value <= high < 1:
            raise ValueError(f"{self.value} must lie within its range, and that within 0 and 1")
        return self


class CapabilityTable(Model):
    """[[support.capabilities]]: a kind of support, its weight, ceiling and ramp-up; all priors."""

    name: Text
    weight: Figure
    ceiling: Figure
    ramp_up: Figure

    @model_validator(mode="after")
    def _priors(self) -> CapabilityTable:
        for key, unit in (("weight", "%"), ("ceiling", "%"), ("ramp_up", "months")):
            _require_prior(self.name, key, unit, getattr(self, key))
        return self

    def capability(self) -> Capability:
        """The capability as the model takes it: shares and months."""
        return Capability(
            self.name,
            _prior(self.weight, 100.0),
            _prior(self.ceiling, 100.0),
            _prior(self.ramp_up, 1.0),
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

    @model_validator(mode="after")
    def _units(self) -> SupportTables:
        if self.horizon.unit != "months" or self.horizon.value != int(self.horizon.value):
            raise ValueError(f"horizon: {self.horizon.value} {self.horizon.unit}; use whole months")
        if not 1 <= self.horizon.value <= 600:
            raise ValueError(f"horizon: {self.horizon.value} months; use 1 to 600")
        _require_prior("support", "covered", "%", self.covered)
        names = [c.name for c in self.capabilities]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"capabilities: {', '.join(twice)} stands there twice")
        return self


def _require_prior(where: str, key: str, unit: str, figure: Figure) -> None:
    """A prior has a unit that fits, a range, and its value inside."""
    if figure.unit != unit:
        raise ValueError(f"{where}: {key} is in {figure.unit!r}; use {unit!r}")
    if not figure.prior or figure.range is None or len(figure.range) != 2:
        raise ValueError(f"{where}: {key} is a prior; give prior = true and range = [low, high]")
    low, high = figure.range
    most = 100 if unit == "%" else 600
    if not 0 < low <= figure.value <= high <= most:
        raise ValueError(f"{where}: {key} {figure.value} must lie within its range, 0 to {most}")


def _prior(figure: Figure, scale: float) -> Prior:
    """Figure to prior; percent become shares."""
    low, high = figure.range or [figure.value, figure.value]
    unit = "months" if figure.unit == "months" else "share"
    value = figure.number / scale
    return Prior(value, float(low) / scale, float(high) / scale, unit, figure.source)
