"""Schema of a situation file: what keys there are and what their values must look like.

Every figure is a table {value, unit, period, source, page?, range?, prior?}. Unknown keys are
errors. `threatpoint.situation.reader` turns these models into the objects people work with.
"""

from __future__ import annotations

import datetime
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, create_model

from threatpoint.policy.instruments import INSTRUMENTS
from threatpoint.situation.figure import Figure, Model, RowNumber, Senders, Text, Words
from threatpoint.situation.instrument_tables import InstrumentTable, any_table, scenario_keys
from threatpoint.situation.made_schema import MadeTable, OfferTable
from threatpoint.situation.support_schema import SupportTables
from threatpoint.situation.talks_schema import TalksTable

Table = TypeVar("Table", bound=Model)

MARKS = ("computed", "computed with priors", "checked", "not modelled", "not modelled yet")


class SituationTable(Model):
    """[situation]: what is at stake, in one screen."""

    title: Text
    date: datetime.date
    question: Text
    sender: Senders
    main: Text
    source: Text


class WhenTable(Model):
    """The action a threat punishes: what is bought, or anything else in words (`demand`).

    `cost` is what complying with a demand costs every target; `costs` gives it by target.
    `purchases` are figures of who buys how much, where the table lacks the seller or the goods.
    """

    buys: Words | None = None
    seller: Words | None = Field(alias="from", default=None)
    min_value: Figure | None = None
    min_share: Figure | None = None
    purchases: dict[str, Figure] = Field(default_factory=dict)
    demand: Text | None = None
    cost: Figure | None = None
    costs: dict[str, Figure] = Field(default_factory=dict)


class ThreatTable(Model):
    """[threats.NAME]: who keeps doing `when`, or is `named`, is punished with `then`.

    `retaliation` is what a target may do to the sender; `offer` what it was offered. `evasion` is
    the share of the flows hit that goes round by third countries, at `evasion_cost`, in % of their
    value. A list that is not given is None: an empty one would say nothing.
    """

    words: Text
    made: MadeTable | None = None
    offer: OfferTable | None = None
    evasion: Figure | None = None
    evasion_cost: Figure | None = None
    sender: Senders | None = None
    when: WhenTable | None = None
    then: Annotated[list[InstrumentTable], Field(min_length=1)]
    retaliation: Annotated[list[InstrumentTable], Field(min_length=1)] | None = None
    named: Words | None = None
    added: Words | None = None
    exempted: Words | None = None
    unions: Words | None = None


class OilTable(Model):
    """[oil.NAME]: a sanction on energy itself, and what the owners of idle capacity do."""

    label: Text
    opec: Literal["hold", "half", "all"] = "hold"
    instruments: Annotated[list[InstrumentTable], Field(min_length=1)]


class ScenarioTable(Model):
    """[scenarios.NAME]: another reading of a threat; each key given replaces the threat's own.

    Besides these there are the keys of instruments that can be given anew, see `file_model`.
    """

    label: Text
    threat: Text
    named: list[Text] | None = None
    added: list[Text] | None = None
    exempted: list[Text] | None = None
    min_value: Figure | None = None
    min_share: Figure | None = None


class TableFlows(Model):
    """Flows of the baseline table to put beside a figure: pairs [exporter, importer]."""

    flows: list[list[str]]
    sectors: list[str] = Field(default_factory=lambda: ["goods"])


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
    sectors: list[str] = Field(default_factory=lambda: ["goods"])
    sources: list[RankingSource] = Field(default_factory=list)


AnyClaim = Annotated[
    SumTable | DifferenceTable | JointTable | ReferenceTable | RankingTable,
    Field(discriminator="kind"),
]


class HappenedTable(Model):
    """[[rows.happened]]: a dated fact with its source, beside a statement that no model answers."""

    date: datetime.date
    words: Text
    source: Text


Answer = Literal[
    "agreement", "burden", "substitution", "force", "escalation", "delay", "oil", "threat",
    "yielding", "event", "positioning", "control", "drift", "pocket", "options", "expect",
]  # fmt: skip
"""What a row can be answered with; figures are answered by their claims and need no key."""


class RowTable(Model):
    """[[rows]]: one statement of the text, the part that answers it, and with what."""

    number: RowNumber
    words: Text
    answered_by: Text
    answer: Answer | None = None
    happened: list[HappenedTable] = Field(default_factory=list["HappenedTable"])
    mark: Literal["computed", "computed with priors", "checked", "not modelled", "not modelled yet"]


class LegalTable(Model):
    """[[legal]]: whether the law lets somebody threaten in a form, in place of what is shipped."""

    by: Text
    form: Literal["tariff", "import-ban", "export-tax", "export-ban"]
    lawful: bool
    source: Text


class SituationFile(Model):
    """The whole file."""

    situation: SituationTable
    groups: dict[str, Words] = Field(default_factory=dict)
    parties: dict[str, Text]
    threats: dict[str, ThreatTable]
    scenarios: dict[str, ScenarioTable] = Field(default_factory=dict)
    oil: dict[str, OilTable] = Field(default_factory=dict)
    figures: dict[str, Figure] = Field(default_factory=dict)
    claims: list[AnyClaim] = Field(default_factory=list)
    rows: list[RowTable] = Field(default_factory=list)
    legal: list[LegalTable] = Field(default_factory=list["LegalTable"])
    talks: TalksTable | None = None
    support: SupportTables | None = None


def file_model() -> type[SituationFile]:
    """The file with the tables and keys of all instruments there are."""
    return _file_model(tuple(INSTRUMENTS.values()))


@cache
def _file_model(kinds: tuple[Any, ...]) -> type[SituationFile]:
    """The file with the tables and keys of these instruments."""
    tables: Any = Annotated[list[any_table(kinds)], Field(min_length=1)]
    threat = _with(ThreatTable, then=(tables, ...), retaliation=(tables | None, None))
    oil = _with(OilTable, instruments=(tables, ...))
    scenario = _with(ScenarioTable, **scenario_keys(kinds))
    none = Field(default_factory=dict[str, Any])
    return _with(
        SituationFile,
        threats=(dict[str, threat], ...),
        scenarios=(dict[str, scenario], none),
        oil=(dict[str, oil], none),
    )


def _with(table: type[Table], **keys: Any) -> type[Table]:
    """A table with more or narrower keys."""
    return create_model(table.__name__, __base__=table, __doc__=table.__doc__, **keys)
