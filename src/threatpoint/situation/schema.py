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

    title: Text = Field(description="what it is called; the page's heading")
    date: datetime.date = Field(
        description="the day of the text: what was known that day enters, nothing later"
    )
    question: Text = Field(description="what is asked, as a sentence")
    sender: Senders = Field(description="who threatens: a country or group, or a list of them")
    main: Text = Field(description="which of the threats is meant: NAME of [threats.NAME]")
    source: Text = Field(description="the text that the file describes")


class WhenTable(Model):
    """[threats.NAME.when]: what is punished: that somebody buys, or anything else in words."""

    buys: Words | None = Field(
        None,
        description="goods that nobody is to buy: sectors, or flows finer than a sector (crude)",
    )
    seller: Words | None = Field(
        None, alias="from", description="whose goods these are; it goes with `buys`"
    )
    min_value: Figure | None = Field(
        None, description="purchases a year from which a buyer counts; left out: any purchase"
    )
    min_share: Figure | None = Field(
        None,
        description="share of the buyer's imports of these goods from which it counts, in %; "
        "left out: any share",
    )
    purchases: dict[str, Figure] = Field(
        default_factory=dict,
        description="who buys how much, COUNTRY = figure, where the table lacks seller or goods; "
        "left out: as in the table",
    )
    demand: Text | None = Field(
        None, description="what else the targets are to do, in words, in place of `buys`"
    )
    cost: Figure | None = Field(
        None,
        description="what complying costs each target a year, in money or % of GDP; "
        "left out: not said, and no break-even belief",
    )
    costs: dict[str, Figure] = Field(
        default_factory=dict, description="the same by target, COUNTRY = figure"
    )


class ThreatTable(Model):
    """[threats.NAME]: who keeps doing `when`, or is `named`, is punished with `then`.

    A list that is not given is None: an empty one would say nothing.
    """

    words: Text = Field(description="the threat in words")
    made: MadeTable | None = Field(
        None, description="by whom and when it was made; left out: nobody is said to have made it"
    )
    offer: OfferTable | None = Field(
        None, description="what was offered to whoever complies; left out: nothing"
    )
    evasion: Figure | None = Field(
        None,
        description="share of what it hits that goes round by third countries, in %; "
        "left out: nothing",
    )
    evasion_cost: Figure | None = Field(
        None, description="what going round costs, in % of the value; left out: 10 %"
    )
    sender: Senders | None = Field(
        None, description="who threatens; left out: the sender of the situation"
    )
    when: WhenTable | None = Field(
        None,
        description="what is punished; left out: nothing is asked, the named are hit, and there "
        "is no game",
    )
    then: Annotated[list[InstrumentTable], Field(min_length=1)] = Field(
        description="the punishment: one or several instruments"
    )
    retaliation: Annotated[list[InstrumentTable], Field(min_length=1)] | None = Field(
        None, description="what a target does to the sender in return; left out: nothing"
    )
    named: Words | None = Field(
        None,
        description="who is hit, whatever the thresholds; left out: whoever `when` finds in the "
        "data",
    )
    added: Words | None = Field(
        None, description="who is hit besides those that `when` finds; left out: nobody"
    )
    exempted: Words | None = Field(
        None, description="who is never hit though `when` finds it; left out: nobody"
    )
    unions: Words | None = Field(
        None,
        description="customs unions that are tested and hit as one; left out: each member alone",
    )


class OilTable(Model):
    """[oil.NAME]: a sanction on energy itself, and what the owners of idle capacity do."""

    label: Text = Field(description="what it is called, in words")
    opec: Literal["hold", "half", "all"] = Field(
        "hold",
        description="what owners of idle oil capacity do: leave it idle, bring in what they can "
        "within 90 days as the price rises, or all of it; left out: hold",
    )
    instruments: Annotated[list[InstrumentTable], Field(min_length=1)] = Field(
        description="what is done: one or several instruments"
    )


class ScenarioTable(Model):
    """[scenarios.NAME]: another reading of a threat; each key given replaces the threat's own.

    Besides these there are the keys of instruments that can be given anew, see `file_model`.
    """

    label: Text = Field(description="what it is called, in words")
    threat: Text = Field(description="which threat it reads: NAME of [threats.NAME]")
    named: list[Text] | None = Field(
        None, description="who is hit instead; []: whoever `when` finds; left out: as the threat"
    )
    added: list[Text] | None = Field(
        None, description="who is hit besides, instead; left out: as the threat"
    )
    exempted: list[Text] | None = Field(
        None, description="who is never hit, instead; left out: as the threat"
    )
    min_value: Figure | None = Field(
        None, description="purchases from which a buyer counts, instead; left out: as the threat"
    )
    min_share: Figure | None = Field(
        None,
        description="share of imports from which a buyer counts, instead; left out: as the threat",
    )


class TableFlows(Model):
    """Flows of the world table to put beside a figure."""

    flows: list[list[str]] = Field(description="pairs [EXPORTER, IMPORTER] whose trade is added up")
    sectors: list[str] = Field(
        default_factory=lambda: ["goods"], description="the sectors; left out: all goods"
    )


KIND = "what is claimed, and so which other keys there are"


class ClaimTable(Model):
    """What every claim says."""

    id: Text = Field(description="its name, which is its own")
    row: RowNumber = Field(description="number of the row that states it")
    words: Text = Field(description="the claim as in the text")


class SumTable(ClaimTable):
    """The parts give the total."""

    kind: Literal["sum"] = Field(description=KIND)
    total: str = Field(description="the figure that is the total: NAME of [figures]")
    against: str | None = Field(
        None, description="the total in another series: NAME of [figures]; left out: none"
    )
    parts: Annotated[list[str], Field(min_length=1)] = Field(
        description="the figures that are added up"
    )
    table: TableFlows | None = Field(
        None, description="flows of the world table to put beside it; left out: none"
    )


class DifferenceTable(ClaimTable):
    """The first less the second gives the result."""

    kind: Literal["difference"] = Field(description=KIND)
    result: str = Field(description="the figure that is the difference: NAME of [figures]")
    first: str = Field(description="the figure from which is taken")
    second: str = Field(description="the figure that is taken away")
    against: str | None = Field(
        None, description="the result in another series: NAME of [figures]; left out: none"
    )


class JointTable(ClaimTable):
    """Several sums and differences hold at the same time."""

    kind: Literal["joint"] = Field(description=KIND)
    claims: Annotated[list[str], Field(min_length=1, max_length=6)] = Field(
        description="the sums and differences that hold together, by their id"
    )


class ReferenceTable(ClaimTable):
    """A figure agrees with the same in another series."""

    kind: Literal["reference"] = Field(description=KIND)
    figure: str = Field(description="the figure: NAME of [figures]")
    against: str = Field(description="the same in another series: NAME of [figures]")
    table: TableFlows | None = Field(
        None, description="flows of the world table to put beside it; left out: none"
    )


class RankingSource(Model):
    """[[claims.sources]]: one release of the totals by partner."""

    label: Text = Field(description="the release in words")
    totals: dict[str, str] = Field(description="COUNTRY = NAME of [figures]: trade with each")


class RankingTable(ClaimTable):
    """The partner has this rank among the trading partners of a country."""

    kind: Literal["ranking"] = Field(description=KIND)
    country: str = Field(description="whose partners are ranked")
    partner: str = Field(description="the partner")
    rank: Annotated[int, Field(ge=1, le=9999)] = Field(
        1, description="its rank by trade; left out: the largest"
    )
    sectors: list[str] = Field(
        default_factory=lambda: ["goods"], description="the sectors; left out: all goods"
    )
    sources: list[RankingSource] = Field(
        default_factory=list, description="releases that rank them; left out: the table alone"
    )


AnyClaim = Annotated[
    SumTable | DifferenceTable | JointTable | ReferenceTable | RankingTable,
    Field(discriminator="kind"),
]


class HappenedTable(Model):
    """[[rows.happened]]: a dated fact with its source, beside a statement that no model answers."""

    date: datetime.date = Field(description="when")
    words: Text = Field(description="what happened")
    source: Text = Field(description="who says so")


Answer = Literal[
    "agreement", "burden", "substitution", "force", "escalation", "delay", "oil", "threat",
    "yielding", "event", "positioning", "control", "drift", "pocket", "options", "expect",
]  # fmt: skip
"""What a row can be answered with; figures are answered by their claims and need no key."""


class RowTable(Model):
    """[[rows]]: one statement of the text, the part that answers it, and with what."""

    number: RowNumber = Field(description="its number, from 1")
    words: Text = Field(description="the statement as in the text")
    answered_by: Text = Field(description="the part that answers it, for the reader")
    answer: Answer | None = Field(
        None, description="what the page states for it; left out: the claims that name the row"
    )
    happened: list[HappenedTable] = Field(
        default_factory=list["HappenedTable"],
        description="dated facts beside a statement that no model answers",
    )
    mark: Literal[
        "computed", "computed with priors", "checked", "not modelled", "not modelled yet"
    ] = Field(description="how it is answered")


class LegalTable(Model):
    """[[legal]]: whether the law lets somebody threaten in a form, in place of what is shipped."""

    by: Text = Field(description="who would threaten")
    form: Literal["tariff", "import-ban", "export-tax", "export-ban"] = Field(
        description="in which form"
    )
    lawful: bool = Field(description="whether the law lets it")
    source: Text = Field(description="who says so")


class SituationFile(Model):
    """The whole file."""

    situation: SituationTable = Field(description="what is at stake, in one screen")
    groups: dict[str, Words] = Field(
        default_factory=dict,
        description="groups of the file's own, NAME = list of countries, written wherever a "
        "country can be",
    )
    parties: dict[str, Text] = Field(
        description="who takes part: country or group = its role in words"
    )
    threats: dict[str, ThreatTable] = Field(description="one or several threats, each by its name")
    scenarios: dict[str, ScenarioTable] = Field(
        default_factory=dict, description="other readings of a threat, each by its name"
    )
    oil: dict[str, OilTable] = Field(
        default_factory=dict, description="sanctions on energy itself, each by its name"
    )
    figures: dict[str, Figure] = Field(
        default_factory=dict, description="figures that claims refer to, NAME = figure"
    )
    claims: list[AnyClaim] = Field(default_factory=list, description="statements to check")
    rows: list[RowTable] = Field(
        default_factory=list, description="each statement of the text, and what answers it"
    )
    legal: list[LegalTable] = Field(
        default_factory=list["LegalTable"],
        description="what the law lets a sender threaten, in place of what is shipped",
    )
    talks: TalksTable | None = Field(
        None, description="the sides of the talks and their priors; left out: no talks, no front"
    )
    support: SupportTables | None = Field(
        None, description="what is asked about support; left out: nothing"
    )


def file_model() -> type[SituationFile]:
    """The file with the tables and keys of all instruments there are."""
    return _file_model(tuple(INSTRUMENTS.values()))


@cache
def _file_model(kinds: tuple[Any, ...]) -> type[SituationFile]:
    """The file with the tables and keys of these instruments."""
    tables: Any = Annotated[list[any_table(kinds)], Field(min_length=1)]
    threat = _narrowed(ThreatTable, then=tables, retaliation=tables | None)
    oil = _narrowed(OilTable, instruments=tables)
    scenario = _with(ScenarioTable, **scenario_keys(kinds))
    return _narrowed(
        SituationFile,
        threats=dict[str, threat],
        scenarios=dict[str, scenario],
        oil=dict[str, oil],
    )


def _narrowed(table: type[Table], **types: Any) -> type[Table]:
    """A table some of whose keys hold less; what is said of them stays."""
    return _with(table, **{name: (kind, table.model_fields[name]) for name, kind in types.items()})


def _with(table: type[Table], **keys: Any) -> type[Table]:
    """A table with more or narrower keys."""
    return create_model(table.__name__, __base__=table, __doc__=table.__doc__, **keys)
