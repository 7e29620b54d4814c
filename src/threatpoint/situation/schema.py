"""Schema of a situation file: what keys there are and what their values must look like.

Every figure is a table {value, unit, period, source, page?, range?, prior?}. Unknown keys are
errors. `threatpoint.situation.reader` turns these models into the objects people work with.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from threatpoint.policy.units import MONEY_UNITS

QUANTITY_UNITS = ("Mt", "mb/d", "USD/bbl", "USD/t", "km2", "months", "people")
SHARE_UNITS = ("%", "percentage points")
UNITS = (*MONEY_UNITS, *SHARE_UNITS, *QUANTITY_UNITS)
"""The closed list of units a figure can have."""

MARKS = ("computed", "computed with priors", "checked", "not modelled", "not modelled yet")


class Model(BaseModel):
    """A table of the file: unknown keys and wrong types are errors, nothing is converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


LARGEST_EXPONENT = 30
"""Figures lie within 1e-30 and 1e30, or are 0: nothing measured lies outside."""
MOST_DECIMALS = 60


def _decimal(value: Any) -> Any:
    """Numbers as printed: TOML integers and floats keep their digits.

    The bounds keep exact arithmetic short: 1e999999999 as a fraction has a billion digits.
    """
    limit = LARGEST_EXPONENT
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > 10**limit:  # before any conversion: an integer may have 4000 digits
            raise ValueError(f"is too large: a number is at most 1e{limit}")
        return Decimal(value)
    if isinstance(value, Decimal) and value.is_finite():
        if value and not -limit <= value.adjusted() <= limit:
            raise ValueError(f"{value:.3g} is not within 1e-{limit} and 1e{limit}, nor 0")
        if not -MOST_DECIMALS <= int(value.as_tuple().exponent) <= limit:
            raise ValueError(f"has more than {MOST_DECIMALS} decimals or {limit} zeros")
    return value


def _written(value: Any) -> Any:
    """Text that is not blank."""
    if isinstance(value, str) and not value.strip():
        raise ValueError("is blank")
    return value


def _unit(value: Any) -> Any:
    if value not in UNITS:
        from threatpoint.errors import unknown

        raise ValueError(unknown("unit", str(value), UNITS))
    return value


Number = Annotated[Decimal, BeforeValidator(_decimal)]
Unit = Annotated[str, BeforeValidator(_unit)]
Text = Annotated[str, BeforeValidator(_written)]
Words = Annotated[list[Text], Field(min_length=1)]
RowNumber = Annotated[int, Field(ge=1, le=9999)]


class Figure(Model):
    """One number with all that is needed to check it.

    Attributes:
        value: as printed, digits kept.
        unit: one of `UNITS`.
        period: the year, fiscal year or date it is about.
        source: producer and document.
        page: where in the document.
        range: [low, high] in the same unit.
        prior: True when nobody has measured it: a choice, with a range.
    """

    value: Number
    unit: Unit
    period: Text
    source: Text
    page: Text | None = None
    range: list[Number] | None = None
    prior: bool = False

    @property
    def number(self) -> float:
        """The value as a float, in `unit`."""
        return float(self.value)

    @property
    def share(self) -> float:
        """The value of a figure in percent, as a share."""
        return float(self.value / 100)


class SituationTable(Model):
    """[situation]: what is at stake, in one screen."""

    title: Text
    date: datetime.date
    question: Text
    sender: Text
    main: Text
    source: Text


class CutOffTable(Model):
    """An instrument: trade between two sides is cut off."""

    instrument: Literal["cut-off"]
    sender: Words
    targets: Words
    sectors: Words = ["goods"]
    direction: Literal["both", "imports", "exports"] = "both"
    enforcement: Figure | None = None


class TariffTable(Model):
    """An instrument: a tariff set or added."""

    instrument: Literal["tariff"]
    importers: Words
    exporters: Words
    sectors: Words = ["goods"]
    mode: Literal["set", "add"]
    rate: Figure


class ExportBanTable(Model):
    """An instrument: one side stops selling."""

    instrument: Literal["export-ban"]
    exporters: Words
    importers: Words
    sectors: Words = ["goods"]
    enforcement: Figure | None = None


InstrumentTable = Annotated[
    CutOffTable | TariffTable | ExportBanTable, Field(discriminator="instrument")
]


class WhenTable(Model):
    """The action a threat punishes."""

    buys: Words
    seller: Words = Field(alias="from")
    min_value: Figure | None = None
    min_share: Figure | None = None


class ThreatTable(Model):
    """[threats.NAME]: who keeps doing `when`, or is `named`, is punished with `then`.

    A list that is not given is None: an empty one would say nothing.
    """

    words: Text
    sender: Text | None = None
    when: WhenTable | None = None
    then: Annotated[list[InstrumentTable], Field(min_length=1)]
    named: Words | None = None
    added: Words | None = None
    exempted: Words | None = None
    unions: Words | None = None


class ScenarioTable(Model):
    """[scenarios.NAME]: another reading of a threat; each key given replaces the threat's own."""

    label: Text
    threat: Text
    named: list[Text] | None = None
    added: list[Text] | None = None
    exempted: list[Text] | None = None
    sectors: Words | None = None
    direction: Literal["both", "imports", "exports"] | None = None
    enforcement: Figure | None = None
    rate: Figure | None = None
    min_value: Figure | None = None
    min_share: Figure | None = None


class TableFlows(Model):
    """Flows of the baseline table to put beside a figure: pairs [exporter, importer]."""

    flows: list[list[str]]
    sectors: list[str] = ["goods"]


class ClaimTable(Model):
    """What every claim says: an id, its row of the text, its words."""

    id: Text
    row: RowNumber
    words: Text


class SumTable(ClaimTable):
    """total = sum of the parts; where given, `against` is the total in a reference series."""

    kind: Literal["sum"]
    total: str
    against: str | None = None
    parts: Annotated[list[str], Field(min_length=1)]
    table: TableFlows | None = None


class DifferenceTable(ClaimTable):
    """result = first - second; where given, `against` is the result in a reference series."""

    kind: Literal["difference"]
    result: str
    first: str
    second: str
    against: str | None = None


class JointTable(ClaimTable):
    """Several sums and differences hold at the same time."""

    kind: Literal["joint"]
    claims: Annotated[list[str], Field(min_length=1, max_length=6)]


class ReferenceTable(ClaimTable):
    """A figure agrees with a reference series, and where given with the baseline table."""

    kind: Literal["reference"]
    figure: str
    against: str
    table: TableFlows | None = None


class RankingSource(Model):
    """One release of the totals by partner: country code -> figure name."""

    label: Text
    totals: dict[str, str]


class RankingTable(ClaimTable):
    """`partner` is number `rank` among the trading partners of `country`."""

    kind: Literal["ranking"]
    country: str
    partner: str
    rank: Annotated[int, Field(ge=1, le=9999)] = 1
    sectors: list[str] = ["goods"]
    sources: list[RankingSource] = []


AnyClaim = Annotated[
    SumTable | DifferenceTable | JointTable | ReferenceTable | RankingTable,
    Field(discriminator="kind"),
]


class RowTable(Model):
    """[[rows]]: one statement of the text and the part that answers it."""

    number: RowNumber
    words: Text
    answered_by: Text
    mark: Literal["computed", "computed with priors", "checked", "not modelled", "not modelled yet"]


class SituationFile(Model):
    """The whole file."""

    situation: SituationTable
    parties: dict[str, Text]
    threats: dict[str, ThreatTable]
    scenarios: dict[str, ScenarioTable] = {}
    figures: dict[str, Figure] = {}
    claims: list[AnyClaim] = []
    rows: list[RowTable] = []
