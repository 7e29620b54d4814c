"""Every key of a situation file changes something, or is refused with its line and the reason."""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import Any

import pytest

from tests.situations.every_key import POINTS, changed, dump, everything, figure, leaves
from tests.unit.markets import oil_world
from threatpoint.analysis import check_claims
from threatpoint.analysis.talks_drawn import draw_talks
from threatpoint.errors import SituationError
from threatpoint.policy import Rule
from threatpoint.situation import Situation, load_situation
from threatpoint.situation.made import made_words
from threatpoint.situation.record import clock_rows, offer_rows
from threatpoint.situation.schema import file_model
from threatpoint.support.support import solve_support
from threatpoint.talks.answers import number_rows
from threatpoint.talks.priors import BY_NAME
from threatpoint.talks.results import freeze_rows

WORLD = oil_world()
WHOLE = everything()
LISTS = ("threats.*.then[].", "threats.*.retaliation[].", "oil.*.instruments[].")
"""Where instruments stand; one function reads them all."""


def read(tmp_path: Any, raw: dict[str, Any]) -> Situation:
    path = tmp_path / "case.toml"
    path.write_text(dump(raw), encoding="utf-8")
    return load_situation(path, WORLD)


# -- what a file means, as one value ----------------------------------------------------------


def meaning(situation: Situation) -> str:
    """Everything that a change of a key could change, short of solving."""
    rules = {**situation.threats, **{k: s.rule for k, s in situation.scenarios.items()}}
    parts: list[Any] = [(name, *_rule(rule)) for name, rule in rules.items()]
    parts += [(o.label, o.opec, o.policy.describe()) for o in situation.oil.values()]
    parts += [_wedges(o.policy.wedges(WORLD)) for o in situation.oil.values()]
    parts += [repr(check) for check in check_claims(situation, WORLD)]
    parts += [made_words(situation.made.get(name), WORLD) for name in situation.threats]
    parts += [clock_rows(situation), offer_rows(situation), dict(situation.evasion)]
    parts += [offer.of for offer in situation.offers.values()]
    parts += [situation.title, situation.date, situation.question, situation.source]
    parts += [situation.sender, situation.main, dict(situation.parties), dict(situation.words)]
    parts += [
        situation.legal,
        dict(situation.groups),
        [s.label for s in situation.scenarios.values()],
    ]
    parts += [row.model_dump_json() for row in situation.rows]
    return repr(parts)


def _rule(rule: Rule) -> tuple[Any, ...]:
    back = rule.policy(WORLD, retaliating=rule.parties(WORLD)) if rule.retaliations else None
    return (
        rule.describe(),
        rule.buyers(WORLD),
        rule.parties(WORLD),
        rule.carriers(WORLD),
        rule.demand,
        _wedges(rule.wedges(WORLD)),
        back and _wedges(back.wedges(WORLD)),
    )


def _wedges(wedges: Any) -> list[bytes]:
    names = ("tariff", "survival", "export_tax", "cost", "evading", "evasion_cost")
    found = [getattr(wedges, name).tobytes() for name in names]
    found += [
        repr([v for v in vars(limit).values() if not hasattr(v, "shape")]).encode()
        for limit in wedges.volume_limits
    ]
    return [
        *found,
        repr(wedges.acts).encode(),
        repr({k: v.tolist() for k, v in wedges.kept.items()}).encode(),
    ]


def talks_of(situation: Situation) -> str:
    assert situation.talks is not None
    given = situation.talks
    found = draw_talks(given, {"nothing": 0.0, "much": 5.0}, draws=16)
    line = given.priors["line"].value  # printed beside the record of the front
    answers = (number_rows(found), freeze_rows(found))
    return repr((given.attacker, given.defender, answers, line))


def support_of(situation: Situation) -> str:
    assert situation.support is not None
    found = solve_support(**situation.support.arguments(), date=situation.date)
    return repr((found.key, found.baseline, found.added.tolist()))


# -- a change of each -------------------------------------------------------------------------

F, A, N = (("threats", name, "then") for name in ("found", "asked", "named"))
DAY = datetime.date
THERE = {"importers": ["USA"], "exporters": ["target"]}
EDITS: dict[str, tuple[tuple[str | int, ...], Any]] = {
    "situation.title": (("situation", "title"), "Another"),
    "situation.date": (("situation", "date"), DAY(2025, 4, 1)),
    "situation.question": (("situation", "question"), "Who gains?"),
    "situation.sender": (("situation", "sender"), ["USA", "TUR"]),
    "situation.main": (("situation", "main"), "named"),
    "situation.source": (("situation", "source"), "another"),
    "groups.*": (("groups", "PAIR"), ["CHN", "TUR", "IND"]),
    "parties.*": (("parties", "NOR"), "another role"),
    "threats.*.words": (("threats", "found", "words"), "others pay"),
    "threats.*.made.by": (("threats", "found", "made", "by"), "RUS"),
    "threats.*.made.date": (("threats", "found", "made", "date"), DAY(2025, 3, 29)),
    "threats.*.made.source": (("threats", "found", "made", "source"), "radio"),
    "threats.*.made.words": (("threats", "found", "made", "words"), "whispered"),
    "threats.*.made.rate": (("threats", "found", "made", "rate"), None),
    "threats.*.made.clock": (("threats", "found", "made", "clock"), DAY(2025, 5, 1)),
    "threats.*.made.clocks[].date": (
        ("threats", "found", "made", "clocks", 1, "date"),
        DAY(2025, 6, 2),
    ),
    "threats.*.made.clocks[].words": (("threats", "found", "made", "clocks", 1, "words"), "kept"),
    "threats.*.made.clocks[].source": (("threats", "found", "made", "clocks", 1, "source"), None),
    "threats.*.made.clocks[].hit": (("threats", "found", "made", "clocks", 1, "hit"), ["CHN"]),
    "threats.*.offer.by": (("threats", "found", "offer", "by"), "NOR"),
    "threats.*.offer.date": (("threats", "found", "offer", "date"), DAY(2025, 7, 2)),
    "threats.*.offer.source": (("threats", "found", "offer", "source"), "radio"),
    "threats.*.offer.words": (("threats", "found", "offer", "words"), None),
    "threats.*.offer.cut": (("threats", "found", "offer", "cut"), figure(10, POINTS)),
    "threats.*.offer.of": (("threats", "found", "offer", "of"), None),
    "threats.*.offer.pledge": (("threats", "found", "offer", "pledge"), None),
    "threats.*.evasion": (("threats", "found", "evasion"), figure(20)),
    "threats.*.evasion_cost": (("threats", "found", "evasion_cost"), None),
    "threats.*.when.purchases.*": (
        ("threats", "given", "when", "purchases", "IND"),
        figure(2, "USD bn"),
    ),
    "threats.*.sender": (("threats", "found", "sender"), ["USA", "NOR", "ROW"]),
    "threats.*.when.buys": (("threats", "found", "when", "buys"), ["OILGAS", "refined"]),
    "threats.*.when.from": (("threats", "found", "when", "from"), ["NOR"]),
    "threats.*.when.min_value": (("threats", "found", "when", "min_value"), figure(14, "USD bn")),
    "threats.*.when.min_share": (("threats", "found", "when", "min_share"), figure(30)),
    "threats.*.when.demand": (("threats", "asked", "when", "demand"), "opens the border"),
    "threats.*.when.cost": (("threats", "asked", "when", "cost"), figure(2, "USD bn")),
    "threats.*.when.costs.*": (
        ("threats", "asked", "when", "costs", "IND"),
        figure(1, "% of GDP"),
    ),
    "threats.*.named": (("threats", "asked", "named"), ["PAIR", "EU", "TUR"]),
    "threats.*.added": (("threats", "found", "added"), ["DEU", "HUN"]),
    "threats.*.exempted": (("threats", "found", "exempted"), ["IND"]),
    "threats.*.unions": (("threats", "asked", "unions"), None),
    "cut-off.instrument": (
        (*A, 0),
        {"instrument": "cut-off", "sender": ["USA"], "targets": ["target"]},
    ),
    "cut-off.sender": ((*A, 0, "sender"), ["USA", "TUR"]),
    "cut-off.targets": ((*A, 0, "targets"), ["target", "TUR"]),
    "cut-off.sectors": ((*A, 0, "sectors"), ["REFPET"]),
    "cut-off.direction": ((*A, 0, "direction"), "exports"),
    "cut-off.enforcement": ((*A, 0, "enforcement"), figure(70)),
    "cut-off.evasion_cost": ((*A, 0, "evasion_cost"), figure(20)),
    "tariff.instrument": (
        (*N, 1),
        {"instrument": "tariff", "importers": ["USA"], "exporters": ["target"], "mode": "add"}
        | {"rate": figure(20)},
    ),
    "tariff.importers": ((*F, 0, "importers"), ["USA", "NOR"]),
    "tariff.exporters": ((*F, 0, "exporters"), ["target", "DEU"]),
    "tariff.sectors": ((*F, 0, "sectors"), ["REFPET", "ELEC"]),
    "tariff.mode": ((*N, 1, "mode"), "set"),
    "tariff.rate": ((*F, 0, "rate"), figure(30, "percentage points", range=[25, 30])),
    "tariff.enforcement": ((*F, 0, "enforcement"), figure(60)),
    "tariff.evasion_cost": ((*F, 0, "evasion_cost"), figure(6)),
    "export-ban.instrument": (
        (*A, 1),
        {"instrument": "export-ban", "exporters": ["USA"], "importers": ["target"]}
        | {"sectors": ["SVC"]},
    ),
    "export-ban.exporters": ((*A, 1, "exporters"), ["USA", "TUR"]),
    "export-ban.importers": ((*A, 1, "importers"), ["target", "TUR"]),
    "export-ban.sectors": ((*A, 1, "sectors"), ["REFPET"]),
    "export-ban.enforcement": ((*A, 1, "enforcement"), figure(50)),
    "export-ban.evasion_cost": ((*A, 1, "evasion_cost"), figure(4)),
    "quota.instrument": (
        (*N, 0),
        {
            "instrument": "quota",
            "importers": ["USA"],
            "exporters": ["target"],
            "volume": figure(50),
        },
    ),
    "quota.importers": ((*N, 0, "importers"), ["USA", "NOR"]),
    "quota.exporters": ((*N, 0, "exporters"), ["target", "DEU"]),
    "quota.sectors": ((*N, 0, "sectors"), ["REFPET"]),
    "quota.volume": ((*N, 0, "volume"), figure(40)),
    "quota.payee": ((*N, 0, "payee"), "importer"),
    "export-tax.instrument": (
        (*N, 2),
        {"instrument": "export-tax", "exporters": ["USA"], "importers": ["target"]}
        | {"rate": figure(20)},
    ),
    "export-tax.exporters": ((*N, 2, "exporters"), ["USA", "NOR"]),
    "export-tax.importers": ((*N, 2, "importers"), ["target", "DEU"]),
    "export-tax.sectors": ((*N, 2, "sectors"), ["REFPET"]),
    "export-tax.rate": ((*N, 2, "rate"), figure(25)),
    "trade-cost.instrument": (
        (*F, 1),
        {"instrument": "trade-cost", "exporters": ["target"], "importers": ["USA"]}
        | {"rate": figure(10)},
    ),
    "trade-cost.exporters": ((*F, 1, "exporters"), ["target", "DEU"]),
    "trade-cost.importers": ((*F, 1, "importers"), ["USA", "NOR"]),
    "trade-cost.sectors": ((*F, 1, "sectors"), ["ELEC"]),
    "trade-cost.rate": ((*F, 1, "rate"), figure(12)),
    "iceberg.instrument": (
        (*F, 2),
        {"instrument": "trade-cost", **THERE, "rate": figure(7)},
    ),
    "iceberg.exporters": ((*F, 2, "exporters"), ["target", "DEU"]),
    "iceberg.importers": ((*F, 2, "importers"), ["USA", "NOR"]),
    "iceberg.sectors": ((*F, 2, "sectors"), ["ELEC"]),
    "iceberg.rate": ((*F, 2, "rate"), figure(12)),
    "price-cap.instrument": (
        (*N, 3),
        {"instrument": "price-cap", "sellers": ["RUS"], "buyers": ["target"], "good": "crude"}
        | {"cap": figure(48, "USD/bbl")},
    ),
    "price-cap.sellers": ((*N, 3, "sellers"), ["WORLD"]),
    "price-cap.buyers": ((*N, 3, "buyers"), ["target", "TUR"]),
    "price-cap.good": ((*N, 3, "good"), "refined"),
    "price-cap.cap": ((*N, 3, "cap"), figure(40, "USD/bbl")),
    "price-cap.served": ((*N, 3, "served"), figure(60)),
    "price-cap.evasion_cost": ((*N, 3, "evasion_cost"), figure(8, "USD/bbl")),
    "stop-buying.instrument": (
        (*N, 4),
        {
            "instrument": "stop-buying",
            "buyers": ["IND"],
            "sellers": ["target"],
            "goods": ["REFPET"],
        },
    ),
    "stop-buying.buyers": ((*N, 4, "buyers"), ["IND", "TUR"]),
    "stop-buying.sellers": ((*N, 4, "sellers"), ["target", "DEU"]),
    "stop-buying.goods": ((*N, 4, "goods"), ["SVC"]),
    "stop-buying.enforcement": ((*N, 4, "enforcement"), figure(70)),
    "move-cap.instrument": (
        (*N, 5),
        {"instrument": "trade-cost", **THERE, "rate": figure(7)},
    ),
    "move-cap.sellers": ((*N, 5, "sellers"), ["WORLD"]),
    "move-cap.good": ((*N, 5, "good"), "refined"),
    "move-cap.price": ((*N, 5, "price"), "lifted"),
    "list-ships.instrument": (
        (*N, 6),
        {"instrument": "trade-cost", **THERE, "rate": figure(7)},
    ),
    "list-ships.sellers": ((*N, 6, "sellers"), ["WORLD"]),
    "list-ships.good": ((*N, 6, "good"), "refined"),
    "list-ships.share": ((*N, 6, "share"), figure(30)),
    "sanction-producers.instrument": (
        (*N, 7),
        {"instrument": "trade-cost", **THERE, "rate": figure(7)},
    ),
    "sanction-producers.sellers": ((*N, 7, "sellers"), ["WORLD"]),
    "sanction-producers.good": ((*N, 7, "good"), "refined"),
    "sanction-producers.share": ((*N, 7, "share"), figure(60)),
    "cut-output.instrument": (
        (*N, 8),
        {"instrument": "trade-cost", **THERE, "rate": figure(7)},
    ),
    "cut-output.producers": ((*N, 8, "producers"), ["NOR"]),
    "cut-output.good": ((*N, 8, "good"), "refined"),
    "cut-output.cut": ((*N, 8, "cut"), figure(3, "mb/d")),
    "release-spare.instrument": (
        (*N, 9),
        {"instrument": "trade-cost", **THERE, "rate": figure(7)},
    ),
    "release-spare.producers": ((*N, 9, "producers"), ["NOR", "EU"]),
    "release-spare.good": ((*N, 9, "good"), "refined"),
    "release-spare.share": ((*N, 9, "share"), figure(80)),
    "scenarios.*.label": (("scenarios", "names", "label"), "Yet other names"),
    "scenarios.*.threat": (("scenarios", "names", "threat"), "asked"),
    "scenarios.*.named": (("scenarios", "names", "named"), ["IND"]),
    "scenarios.*.added": (("scenarios", "lists", "added"), ["DEU", "TUR"]),
    "scenarios.*.exempted": (("scenarios", "lists", "exempted"), ["IND"]),
    "scenarios.*.sectors": (("scenarios", "cut", "sectors"), ["goods"]),
    "scenarios.*.direction": (("scenarios", "cut", "direction"), "exports"),
    "scenarios.*.enforcement": (("scenarios", "cut", "enforcement"), figure(40)),
    "scenarios.*.evasion_cost": (("scenarios", "cut", "evasion_cost"), figure(9)),
    "scenarios.*.rate": (("scenarios", "sizes", "rate"), figure(35)),
    "scenarios.*.volume": (("scenarios", "sizes", "volume"), figure(25)),
    "scenarios.*.cap": (("scenarios", "sizes", "cap"), figure(36, "USD/bbl")),
    "scenarios.*.served": (("scenarios", "sizes", "served"), figure(80)),
    "scenarios.*.price": (("scenarios", "sizes", "price"), "lifted"),
    "scenarios.*.share": (("scenarios", "sizes", "share"), figure(35)),
    "scenarios.*.cut": (("scenarios", "sizes", "cut"), figure(3, "mb/d")),
    "scenarios.*.min_value": (("scenarios", "lists", "min_value"), figure(55, "USD bn")),
    "scenarios.*.min_share": (("scenarios", "lists", "min_share"), figure(26)),
    "oil.*.label": (("oil", "stops", "label"), "It stops now"),
    "oil.*.opec": (("oil", "stops", "opec"), "all"),
    "figures.*": (("figures", "in"), figure(1.9, "USD bn")),
    "claims[].sum.id": (("claims",), [{**WHOLE["claims"][0], "id": "total"}]),
    "claims[].sum.row": (("claims", 0, "row"), 2),
    "claims[].sum.words": (("claims", 0, "words"), "three"),
    "claims[].sum.kind": (("claims", 0), {**WHOLE["claims"][3], "id": "sum2"}),
    "claims[].sum.total": (("claims", 0, "total"), "gap"),
    "claims[].sum.against": (("claims", 0, "against"), "gap"),
    "claims[].sum.parts": (("claims", 0, "parts"), ["in", "in"]),
    "claims[].sum.table.flows": (("claims", 0, "table", "flows"), [["CHN", "USA"], ["USA", "CHN"]]),
    "claims[].sum.table.sectors": (("claims", 0, "table", "sectors"), ["goods"]),
    "claims[].difference.id": (("claims", 1, "id"), "gap-2"),
    "claims[].difference.row": (("claims", 1, "row"), 2),
    "claims[].difference.words": (("claims", 1, "words"), "the gap"),
    "claims[].difference.kind": (("claims", 1), {**WHOLE["claims"][3], "id": "gap-2"}),
    "claims[].difference.result": (("claims", 1, "result"), "in"),
    "claims[].difference.first": (("claims", 1, "first"), "total"),
    "claims[].difference.second": (("claims", 1, "second"), "total"),
    "claims[].difference.against": (("claims", 1, "against"), None),
    "claims[].joint.id": (("claims", 2, "id"), "all"),
    "claims[].joint.row": (("claims", 2, "row"), 2),
    "claims[].joint.words": (("claims", 2, "words"), "all"),
    "claims[].joint.kind": (("claims", 2), {**WHOLE["claims"][3], "id": "both"}),
    "claims[].joint.claims": (("claims", 2, "claims"), ["gap"]),
    "claims[].reference.id": (("claims", 3, "id"), "reference"),
    "claims[].reference.row": (("claims", 3, "row"), 2),
    "claims[].reference.words": (("claims", 3, "words"), "as published"),
    "claims[].reference.kind": (("claims", 3), {**WHOLE["claims"][0], "id": "sum-2"}),
    "claims[].reference.figure": (("claims", 3, "figure"), "in"),
    "claims[].reference.against": (("claims", 3, "against"), "in"),
    "claims[].reference.table.flows": (
        ("claims", 3, "table", "flows"),
        [["CHN", "RUS"], ["USA", "IND"]],
    ),
    "claims[].reference.table.sectors": (("claims", 3, "table", "sectors"), ["goods"]),
    "claims[].ranking.id": (("claims", 4, "id"), "first"),
    "claims[].ranking.row": (("claims", 4, "row"), 2),
    "claims[].ranking.words": (("claims", 4, "words"), "first of all"),
    "claims[].ranking.kind": (("claims", 4), {**WHOLE["claims"][0], "id": "sum-2"}),
    "claims[].ranking.country": (("claims", 4, "country"), "IND"),
    "claims[].ranking.partner": (("claims", 4, "partner"), "RUS"),
    "claims[].ranking.rank": (("claims", 4, "rank"), 2),
    "claims[].ranking.sectors": (("claims", 4, "sectors"), ["goods"]),
    "claims[].ranking.sources[].label": (("claims", 4, "sources", 0, "label"), "Another source"),
    "claims[].ranking.sources[].totals.*": (("claims", 4, "sources", 0, "totals", "USA"), "other"),
    "rows[].number": (("rows", 2, "number"), 4),
    "rows[].words": (("rows", 2, "words"), "another call"),
    "rows[].answered_by": (("rows", 2, "answered_by"), "calendar"),
    "rows[].answer": (("rows", 1, "answer"), "options"),
    "rows[].happened[].date": (("rows", 2, "happened", 0, "date"), DAY(2025, 5, 2)),
    "rows[].happened[].words": (("rows", 2, "happened", 0, "words"), "it did not"),
    "rows[].happened[].source": (("rows", 2, "happened", 0, "source"), "radio"),
    "rows[].mark": (("rows", 1, "mark"), "computed with priors"),
    "legal[].by": (("legal", 0, "by"), "TUR"),
    "legal[].form": (("legal", 0, "form"), "export-tax"),
    "legal[].lawful": (("legal", 0, "lawful"), False),
    "legal[].source": (("legal", 0, "source"), "another law"),
}
"""Key of the schema -> where it stands in the file, and another value; None takes it out."""

REFUSED = {
    "threats.*.when.from": "nobody reports these flows for this seller",
    "move-cap.instrument": "'price' has no effect: threat 'named' has no move of the price cap",
    "cut-output.instrument": "'cut' has no effect: threat 'named' has no output cut",
    "cut-output.producers": "cut output and release idle capacity on the market of crude",
    **dict.fromkeys(
        (
            "price-cap.good",
            "move-cap.good",
            "list-ships.good",
            "sanction-producers.good",
            "cut-output.good",
            "release-spare.good",
        ),
        "unknown market 'refined'",
    ),
    "claims[].sum.id": "no claim reads it",
    "claims[].sum.kind": "unknown sum or difference 'sum'",
    "claims[].difference.id": "unknown sum or difference 'gap'",
    "claims[].difference.kind": "unknown sum or difference 'gap'",
    "claims[].difference.result": "figures.gap: no claim reads it",
    "claims[].difference.against": "figures.gap-elsewhere: no claim reads it",
}
"""Changes of these are refused, each with its line and the reason; all others change something."""

ELSEWHERE = ("talks.", "support.")
"""Tables of parts of their own, changed below."""


@cache
def instrument_keys(prefix: str) -> frozenset[str]:
    return frozenset(
        key.removeprefix(prefix) for key in leaves(file_model()) if key.startswith(prefix)
    )


def test_every_key_of_the_schema_has_a_change_here():
    keys = {
        next((key.removeprefix(p) for p in LISTS if key.startswith(p)), key)
        for key in leaves(file_model())
        if not key.startswith(ELSEWHERE)
    }
    assert keys == set(EDITS)
    assert len({instrument_keys(prefix) for prefix in LISTS}) == 1


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Situation:
    return read(tmp_path_factory.mktemp("whole"), WHOLE)


@pytest.mark.parametrize("key", EDITS)
def test_a_change_of_a_key_changes_what_the_file_means_or_is_refused(key, before, tmp_path):
    raw = changed(WHOLE, *EDITS[key])
    if key in REFUSED:
        with pytest.raises(SituationError, match=re.escape(REFUSED[key])) as caught:
            read(tmp_path, raw)
        assert all(text.startswith("line ") for text in caught.value.problems)
    else:
        assert meaning(read(tmp_path, raw)) != meaning(before)


# -- keys without effect ----------------------------------------------------------------------

F_, A_ = ("threats", "found"), ("threats", "asked")
BACK = {"instrument": "tariff", "importers": ["target"], "exporters": ["USA"], "mode": "add"}
LAW = {"by": "USA", "form": "tariff", "lawful": True, "source": "a law"}
IDLE: dict[str, tuple[tuple[str | int, ...], Any, str]] = {
    "a law of nobody": (
        ("legal", 0, "by"),
        "USSA",
        "legal[0].by: unknown sender 'USSA' (did you mean 'USA'?)",
    ),
    "a law of one for whom a union decides": (
        ("legal", 0, "by"),
        "DEU",
        "legal[0].by: DEU has no effect: EU decides for it; name that",
    ),
    "a law that stands there twice": (
        ("legal",),
        [LAW, LAW],
        "legal[1].form: 'tariff' by USA stands there twice",
    ),
    "exempted, but no target anyway": (
        (*F_, "exempted"),
        ["TUR", "HUN"],
        "threats.found.exempted: HUN in 'exempted' has no effect: it would be no target anyway",
    ),
    "added, but found": (
        (*F_, "added"),
        ["DEU", "CHN"],
        "threats.found.added: CHN in 'added' has no effect: it is a target anyway",
    ),
    "a threshold of nothing": (
        (*F_, "when", "min_share"),
        figure(0),
        "threats.found.when.min_share: 'min_share' has no effect: everybody buys 0 or more",
    ),
    "thresholds beside names": (
        ("threats", "both"),
        {"words": "w", "named": ["CHN"], "then": [{**BACK, **THERE, "rate": figure(5)}]}
        | {"when": {"buys": ["crude"], "from": ["RUS"], "min_value": figure(5, "USD bn")}},
        "threats.both.when.min_value: 'min_value' has no effect: `named` says who is hit",
    ),
    "a sender that the situation states": (
        (*F_, "sender"),
        ["USA"],
        "threats.found.sender: 'sender' changes nothing: the situation says the same",
    ),
    "a union of which nobody takes part": (
        (*A_, "named"),
        ["CHN", "IND"],
        "threats.asked.unions: EU in 'unions' has no effect: no member is a sender or named",
    ),
    "a cost of nobody": (
        (*A_, "when", "costs"),
        {"INDD": figure(1, "USD bn")},
        "threats.asked.when.costs.INDD: unknown target 'INDD' (did you mean 'IND'?)",
    ),
    "one cost for all, and one for each": (
        (*A_, "when", "costs"),
        {code: figure(1, "USD bn") for code in ("CHN", "IND", "EU")},
        "threats.asked.when.cost: has no effect: every target has its own in `costs`",
    ),
    "a cost in tonnes": (
        (*A_, "when", "cost"),
        figure(1, "Mt"),
        "threats.asked.when.cost: is in 'Mt'; use money, such as 'USD bn', or '% of GDP'",
    ),
    "a cost below 0": (
        (*A_, "when", "cost"),
        figure(-1, "USD bn"),
        "threats.asked.when.cost: a cost of -1 USD bn",
    ),
    "a threshold of a demand": (
        (*A_, "when", "min_value"),
        figure(1, "USD bn"),
        "threats.asked.when.min_value: has no effect beside `demand`, which is no trade",
    ),
    "a cost of stopping to buy": (
        (*F_, "when", "cost"),
        figure(1, "USD bn"),
        "threats.found.when.cost: has no effect: what it costs to stop buying is computed",
    ),
    "neither purchases nor a demand": (
        (*A_, "when"),
        {"cost": figure(1, "USD bn")},
        "threats.asked.when: key 'buys' is missing; or say in `demand`",
    ),
    "a scenario that is the main threat": (
        ("scenarios", "names"),
        {"label": "The same", "threat": "found"},
        "scenarios.names: changes nothing: it is the main threat as it stands",
    ),
    "a figure that nobody reads": (
        ("figures", "spare"),
        figure(1, "USD bn"),
        "figures.spare: no claim reads it",
    ),
    "a figure against itself": (
        ("claims", 3, "against"),
        "total",
        "claims[3].against: has no effect: 'total' is the figure that is checked",
    ),
    "a group that nothing uses": (
        ("groups", "IDLE"),
        ["CHN"],
        "groups.IDLE: 'IDLE' is used nowhere",
    ),
    "a group with the name of a country": (
        ("groups", "CHN"),
        ["IND"],
        "groups.CHN: 'CHN' means something already",
    ),
    "a group of strangers": (
        ("groups", "PAIR"),
        ["CHN", "INDD"],
        "groups.PAIR: unknown country or group 'INDD' (did you mean 'IND'?)",
    ),
    "a group as a customs union": (
        (*A_, "unions"),
        ["PAIR"],
        "threats.asked.unions: 'PAIR' is a group of this file",
    ),
    "made by a stranger": (
        (*F_, "made", "by"),
        "UAS",
        "threats.found.made.by: unknown party 'UAS' (did you mean 'USA'?)",
    ),
    "the main threat made after the situation": (
        (*F_, "made", "date"),
        DAY(2025, 4, 1),
        "situation.main: 'found' was made on 2025-04-01, after the situation's own date, "
        "2025-03-31",
    ),
    "a clock that had run out": (
        (*F_, "made", "clock"),
        DAY(2025, 3, 1),
        "threats.found.made.clock: 2025-03-01 is before the threat was made, 2025-03-30",
    ),
    "a rate in money": (
        (*F_, "made", "rate"),
        figure(25, "USD bn"),
        "threats.found.made.rate.unit: unit 'USD bn' is no rate; use one of %, percentage points",
    ),
    "a rate that no instrument has": (
        (*F_, "made", "rate"),
        figure(60, "percentage points"),
        "threats.found.made.rate: no instrument of `then` has a rate of 60 percentage points",
    ),
}


@pytest.mark.parametrize("case", IDLE)
def test_a_key_without_effect_is_refused_with_its_line_and_the_reason(case, tmp_path):
    path, value, part = IDLE[case]
    with pytest.raises(SituationError) as caught:
        read(tmp_path, changed(WHOLE, path, value))
    found = [text for text in caught.value.problems if part in text]
    assert found, caught.value.problems
    assert all(text.startswith("line ") for text in found)


def test_a_text_in_place_of_a_list_says_how_to_write_it(tmp_path):
    with pytest.raises(SituationError, match=r"must be a list, not 'IND': write \[\"IND\"\]"):
        read(tmp_path, changed(WHOLE, ("threats", "found", "named"), "IND"))


def test_a_rate_outside_its_range_is_one_problem(tmp_path):
    rate = figure(25, "percentage points") | {"range": [30, 50]}
    with pytest.raises(SituationError) as caught:
        read(tmp_path, changed(WHOLE, (*F_, "made", "rate"), rate))
    (problem,) = (text for text in caught.value.problems if "made.rate" in text)
    assert "outside its range" in problem


def test_a_retaliation_that_changes_nothing_is_refused(tmp_path):
    cut = {"instrument": "cut-off", "sender": ["USA"], "targets": ["target"]}
    threat = {"words": "no trade", "named": ["CHN"], "then": [cut]}
    threat["retaliation"] = [{**BACK, "rate": figure(10)}]
    with pytest.raises(SituationError, match=r"threats\.bare\.retaliation: .*has no effect: what"):
        read(tmp_path, changed(WHOLE, ("threats", "bare"), threat))


# -- talks and support ------------------------------------------------------------------------

TALKS = [key for key in leaves(file_model()) if key.startswith("talks.")]
SUPPORT: dict[str, tuple[tuple[str | int, ...], Any]] = {
    "support.key": (("support", "key"), "effort"),
    "support.baseline": (("support", "baseline"), ["2023-01", "2024-12"]),
}


@pytest.mark.parametrize("key", TALKS)
def test_every_key_of_the_talks_changes_their_answer(key, before, tmp_path):
    name = key.removeprefix("talks.")
    if name in ("attacker", "defender"):
        change = (("talks", name), "USA")
    else:
        given = WHOLE["talks"][name]
        low, high = given.get("range", [0.9 * float(given["value"]), 0])
        value, low, high = (float(number) for number in (given["value"], low, high))
        middles = {"uniform": (value + high) / 2.0, "loguniform": (value * high) ** 0.5}
        if middle := middles.get(BY_NAME[name].law):  # of another range
            change = (("talks", name), given | {"value": middle, "range": [value, high]})
        else:
            change = (("talks", name, "value"), low + 0.4 * (value - low) if high else low)
    assert talks_of(read(tmp_path, changed(WHOLE, *change))) != talks_of(before)


def test_every_key_of_support_has_a_change():
    keys = {key for key in leaves(file_model()) if key.startswith("support.")}
    assert keys == set(SUPPORT)


@pytest.mark.parametrize("key", SUPPORT)
def test_every_key_of_support_changes_its_answer(key, before, tmp_path):
    after = read(tmp_path, changed(WHOLE, *SUPPORT[key]))
    assert support_of(after) != support_of(before)
