"""Labels: codes of a situation file must exist in the world table, and rules must bite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from threatpoint.errors import PolicyError
from threatpoint.policy import Action, Instrument, Rule
from threatpoint.policy.idle import require_retaliation
from threatpoint.policy.scope import TARGET, country_mask, member_codes, sector_mask
from threatpoint.policy.targets import purchases, unions_of
from threatpoint.situation.build import Problems
from threatpoint.situation.lines import Path
from threatpoint.situation.schema import RankingTable, ReferenceTable, SituationFile, SumTable
from threatpoint.world.places import unknown_place

if TYPE_CHECKING:
    from threatpoint.situation.model import OilScenario, Scenario
    from threatpoint.world.economy import Economy

    Found = list[tuple[Path, str]]


def label_problems(
    file: SituationFile,
    threats: Mapping[str, Rule],
    scenarios: Mapping[str, Scenario],
    economy: Economy,
) -> Found:
    """Unknown countries, groups, sectors and goods; rules that hit nobody or contradict."""
    problems = Problems()
    for code in file.parties:
        words = file.groups.get(code, [code])
        problems.at(("parties", code), member_codes, economy, words)
    problems.at(("situation", "sender"), member_codes, economy, file.situation.sender)
    sound: set[str] = set()
    for name, rule in threats.items():
        before = len(problems)
        _check_rule(("threats", name), rule, economy, problems)
        if len(problems) == before:
            sound.add(name)
    for name, scenario in scenarios.items():
        if scenario.threat in sound:
            _check_rule(("scenarios", name), scenario.rule, economy, problems)
    for position, claim in enumerate(file.claims):
        if isinstance(claim, SumTable | ReferenceTable | RankingTable):
            _check_claim(("claims", position), claim, economy, problems)
    return problems


def oil_problems(scenarios: Mapping[str, OilScenario], economy: Economy) -> Found:
    """Sanctions on energy whose labels are unknown, or that hit nothing."""
    problems = Problems()
    for name, scenario in scenarios.items():
        problems.at(("oil", name, "instruments"), scenario.policy.wedges, economy)
    return problems


def _check_rule(path: Path, rule: Rule, economy: Economy, problems: Problems) -> None:
    """Every label of a rule; then, if they are all known, whom it hits and with what."""
    before = len(problems)
    if rule.buys is not None:
        _check_action((*path, "when"), rule.buys, economy, problems)
    problems.at((*path, "sender"), member_codes, economy, rule.senders)
    problems.at((*path, "unions"), unions_of, economy, rule.unions)
    for field in ("named", "added", "exempted"):
        problems.at((*path, field), member_codes, economy, getattr(rule, field))
    for key, templates in (("then", rule.templates), ("retaliation", rule.retaliations)):
        for position, template in enumerate(templates):
            _check_template((*path, key, position), template, economy, problems)
    if len(problems) == before and problems.at(path, rule.parties, economy) is not None:
        problems.at((*path, "then"), rule.wedges, economy)
        if rule.retaliations and len(problems) == before:
            problems.at((*path, "retaliation"), require_retaliation, rule, economy)


def _check_template(path: Path, template: Instrument, economy: Economy, problems: Problems) -> None:
    """Both sides and the goods of a template."""
    nobody = np.zeros(len(economy.countries), dtype=np.bool_)
    for key, side in zip(template.side_names, template.sides, strict=True):
        words = [word for word in side if word != TARGET]
        problems.at((*path, key), country_mask, economy, words, nobody, "")
    problems.at((*path, template.goods_name), template.sector_mask, economy)


def _check_action(path: Path, action: Action, economy: Economy, problems: Problems) -> None:
    """Seller, goods and money unit of an action."""
    if action.figures:
        problems.at((*path, "purchases"), purchases, economy, action)
    elif problems.at((*path, "from"), member_codes, economy, action.sellers) is not None:
        problems.at((*path, "buys"), purchases, economy, action)
    problems.at((*path, "min_value"), action.floor, economy)


def _check_claim(
    path: Path,
    claim: SumTable | ReferenceTable | RankingTable,
    economy: Economy,
    problems: Problems,
) -> None:
    """Countries and sectors that a claim looks up in the table."""

    def codes(key: str, words: Iterable[str]) -> None:
        problems.at((*path, key), member_codes, economy, list(words))

    if isinstance(claim, RankingTable):
        problems.at((*path, "country"), _state, economy, claim.country)
        problems.at((*path, "partner"), _state, economy, claim.partner)
        if claim.partner == claim.country:
            problems.append(((*path, "partner"), f"{claim.partner} is the country itself"))
        problems.at((*path, "sectors"), sector_mask, economy, claim.sectors, "sectors")
        for source in claim.sources:
            codes("sources", source.totals)
    elif claim.table is not None:
        for pair in claim.table.flows:
            if len(pair) != 2:
                problems.append(((*path, "table"), f"a flow is [exporter, importer], not {pair}"))
            for code in pair:
                problems.at((*path, "table"), _country, economy, code)
        problems.at((*path, "table"), sector_mask, economy, claim.table.sectors, "sectors")


def _country(economy: Economy, code: str) -> None:
    """Raises `PolicyError` unless the table has this country."""
    if code not in economy.countries:
        raise PolicyError(unknown_place(economy, code, economy.countries))


def _state(economy: Economy, code: str) -> None:
    """Raises `PolicyError` unless the table has this country, and it is one state."""
    _country(economy, code)
    if code in economy.residuals:
        raise PolicyError(f"{code} stands for many states and has no rank")
