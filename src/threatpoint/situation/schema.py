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


def _decimal(value: Any) -> Any:
    """Numbers as printed: TOML integers and floats keep their digits."""
    is_integer = isinstance(value, int) and not isinstance(value, bool)
    return Decimal(value) if is_integer else value


def _unit(value: Any) -> Any:
    if value not in UNITS:
        from threatpoint.errors import unknown

        raise ValueError(unknown("unit", str(value), UNITS))
    return value


Number = Annotated[Decimal, BeforeValidator(_decimal)]
Unit = Annotated[str, BeforeValidator(_unit)]
Text = Annotated[str, Field(min_length=1)]


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
    page: str | None = None
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
    sender: list[str]
    targets: list[str]
    sectors: list[str] = ["goods"]
    direction: Literal["both", "imports", "exports"] = "both"
    enforcement: Figure | None = None


class TariffTable(Model):
    """An instrument: a tariff set or added."""

    instrument: Literal["tariff"]
    importers: list[str]
    exporters: list[str]
    sectors: list[str] = ["goods"]
    mode: Literal["set", "add"]
    rate: Figure


class ExportBanTable(Model):
    """An instrument: one side stops selling."""

    instrument: Literal["export-ban"]
    exporters: list[str]
    importers: list[str]
    sectors: list[str] = ["goods"]
    enforcement: Figure | None = None


InstrumentTable = Annotated[
    CutOffTable | TariffTable | ExportBanTable, Field(discriminator="instrument")
]


class WhenTable(Model):
    """The action a threat punishes."""

    buys: list[str]
    seller: list[str] = Field(alias="from")
    min_value: Figure | None = None
    min_share: Figure | None = None


class ThreatTable(Model):
    """[threats.NAME]: who keeps doing `when` is punished with `then`."""

    words: Text
    sender: str | None = None
    when: WhenTable
    then: list[InstrumentTable]
    named: list[str] = []
    added: list[str] = []
    exempted: list[str] = []
    unions: list[str] = []


class ScenarioTable(Model):
    """[scenarios.NAME]: another reading of a threat; each key given replaces the threat's own."""

    label: Text
    threat: Text
    named: list[str] | None = None
    added: list[str] | None = None
    exempted: list[str] | None = None
    sectors: list[str] | None = None
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
    row: int
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
    rank: Annotated[int, Field(ge=1)] = 1
    sectors: list[str] = ["goods"]
    sources: list[RankingSource] = []


AnyClaim = Annotated[
    SumTable | DifferenceTable | JointTable | ReferenceTable | RankingTable,
    Field(discriminator="kind"),
]


class RowTable(Model):
    """[[rows]]: one statement of the text and the part that answers it."""

    number: int
    words: Text
    answered_by: Text
    mark: Literal["computed", "computed with priors", "checked", "not modelled", "not modelled yet"]


class SituationFile(Model):
    """The whole file."""

    situation: SituationTable
    parties: dict[str, str]
    threats: dict[str, ThreatTable]
    scenarios: dict[str, ScenarioTable] = {}
    figures: dict[str, Figure] = {}
    claims: list[AnyClaim] = []
    rows: list[RowTable] = []
