"""Will it be carried out, what an offer could do, and the path, on the pages of small worlds."""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

import pytest

from tests.told import sure
from tests.unit.test_brief_page import small_economy, small_situation
from threatpoint.analysis import Analysis, analyse
from threatpoint.brief import bargain, course
from threatpoint.brief.folds import folds
from threatpoint.brief.reading import Reading
from threatpoint.policy import Action, Rule, Tariff
from threatpoint.policy.demand import Cost, Demand
from threatpoint.situation.figure import Figure
from threatpoint.situation.made_schema import ClockTable, MadeTable, OfferTable

DAY = datetime.date(2025, 3, 31)
OIL = Action("S00", "C03")
TARGETS = ("C01", "C02", "C04", "C05", "C06")


def tariff(sender: str = "C00", rate: float = 0.25) -> Tariff:
    return Tariff(sender, "target", rate=rate, mode="add")


def rule(n: int = 2, when: Any = OIL, sender: str = "C00", **changes: Any) -> Rule:
    return Rule(sender, when, tariff(sender), named=TARGETS[:n], **changes)


def made(*clocks: tuple[datetime.date, list[str]], when: datetime.date = DAY) -> MadeTable:
    due = [ClockTable(date=date, hit=hit) for date, hit in clocks]
    return MadeTable(by="C00", date=when, source="a note", clocks=due or None)


def offered(cut: float, when: datetime.date = DAY) -> OfferTable:
    points = Figure(value=Decimal(cut), unit="percentage points", period="2025", source="a note")
    return OfferTable(by="C00", date=when, source="a note", cut=points)


def later(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days=days)


def solved(threats: dict[str, Rule], **changes: Any) -> Analysis:
    said = {name: f"words of {name}" for name in threats}
    stated = {"threats": MappingProxyType(threats), "words": MappingProxyType(said), **changes}
    situation = small_situation(threats["threat"], **stated)
    return analyse(situation, small_economy(7))


@cache
def reading(n: int = 2, *, clocks: bool = False) -> Reading:
    """A threat to n buyers; its first clock passed, at the second the first target was hit."""
    due = [(later(9), []), (later(20), [TARGETS[0]])] if clocks else []
    offers = {"threat": offered(10)}
    return Reading(solved({"threat": rule(n)}, made={"threat": made(*due)}, offers=offers))


def titles(found: Reading) -> dict[str, list[str]]:
    """Fold -> the titles of its sections."""
    return {fold.key: [section.title for section in fold.sections] for fold in folds(found)}


def words_of(found: Reading, fold: str) -> str:
    """All words of a fold but those of its tables."""
    sections = next(f.sections for f in folds(found) if f.key == fold)
    return " ".join(text for s in sections for text in (s.title, *s.lead, *s.method))


# -- will it be carried out


def test_no_section_where_nobody_made_a_threat():
    found = titles(Reading(solved({"threat": rule()})))
    assert "carried" not in found
    assert "happened" not in found


def test_one_target_has_one_chance():
    (title,) = titles(reading(1))["carried"]
    assert title.startswith("A 25-point tariff hits Land C01, if it goes on, at the next clock")
    assert "chances" not in title


@pytest.mark.parametrize("n", [2, 5])
def test_several_targets_each_have_theirs(n):
    (title,) = titles(reading(n))["carried"]
    assert title.startswith("A 25-point tariff hits who goes on at the next clock with these")
    assert title.count("%") == title.count("Land") == n


@pytest.mark.parametrize("n", [1, 2, 5])
def test_the_words_have_no_gaps(n):
    for fold in ("carried", "bargain"):
        said = words_of(reading(n), fold)
        for fault in ("  ", " ,", ",,", " .", "..", "()", "nan", "None", "from 0 % to"):
            assert fault not in said, (fold, fault)


def test_a_chance_that_is_the_same_over_s_is_no_range():
    facts = sure(course.Facts.of(reading(2)))
    said = course.section(facts).lead[1]
    for row in facts.lead:
        assert f"% for {row['place']}" in said
    assert "from" not in said.partition("the chance is")[2]


def test_a_threat_that_was_made_has_a_fold_of_its_own():
    assert "carried" in titles(reading(1))


# -- the path


def test_clocks_on_record_are_shown_without_a_score():
    found = titles(reading(2, clocks=True))["happened"]
    assert found[0].startswith("Land C01 was hit on 20 April 2025, which had a chance of ")


def test_a_path_ends_before_the_clock_that_was_kept():
    section = sure(course.record(reading(2, clocks=True)))
    (figure,) = section.figures
    assert figure.title.startswith("The chance of being hit at the next clock: ")
    assert "31 March 2025" in figure.title
    assert figure.title.endswith("on 9 April 2025")
    assert "–" not in figure.title


def test_another_sender_s_threat_is_another_story_and_named():
    """Who was hit by it was hit; these clocks are not those."""
    other = Rule("C06", OIL, tariff("C06"), named=("C01",))
    due = {"threat": made((later(9), [])), "other": made((later(5), ["C01"]))}
    found = Reading(solved({"threat": rule(), "other": other}, made=due))
    assert titles(found)["happened"] == ["Nobody was hit at these clocks"]
    for fold in ("carried", "happened"):
        sections = next(f.sections for f in folds(found) if f.key == fold)
        assert any("“words of other”" in str(t.note) for s in sections for t in s.tables)
    assert "“words of other”" in words_of(found, "happened")


# -- what an offer could do


def test_an_offer_for_what_is_bought_names_the_worth_of_the_seller_s_loss():
    facts = sure(bargain.Facts.of(reading(2)))
    assert facts.priced
    (title,) = titles(reading(2))["bargain"]
    assert title.startswith("If a dollar that the seller loses is worth 25 cents to ")
    assert "The offer of 31 March 2025 to Land C01, " in words_of(reading(2), "bargain")


def test_an_offer_for_what_is_no_trade_is_about_money_alone():
    found = no_trade(1.5)
    facts = sure(bargain.Facts.of(found))
    assert not facts.priced
    said = words_of(found, "bargain")
    assert said.startswith("By money alone bargaining ends with ")
    assert "of what is demanded: the lower tariff alone" in said
    assert "for stopping" not in said
    assert "the seller loses is worth" not in said.partition("The target gains")[0]


def no_trade(rate: float) -> Reading:
    """A threat of so high a tariff for what is no trade, and an offer."""
    cost = Cost(0.1, 0.05, 0.2, "USD bn", source="a note", prior=True)
    asked = Rule("C00", None, tariff(rate=rate), ("C01",), demand=Demand("stop the flow", cost))
    offers = {"threat": offered(10)}
    return Reading(solved({"threat": asked}, made={"threat": made()}, offers=offers))


def test_an_offer_on_record_is_told_where_no_bargain_is():
    found = no_trade(0.25)
    assert sure(found.analysis.played).bargains == []
    assert titles(found)["bargain"] == ["No bargain over the tariff pays both sides"]
    assert "The offer of 31 March 2025 to Land C01" in words_of(found, "bargain")
    (table,) = bargain.section(sure(bargain.Facts.of(found))).tables
    assert table.key == "offer"


def test_two_offers_to_one_target_each_have_their_own_parts():
    """Of two threats to the same target the second is not told with the first's figures."""
    threats = {"threat": rule(1), "second": rule(1)}
    due = {name: made() for name in threats}
    offers = {"threat": offered(10), "second": offered(20)}
    facts = sure(bargain.Facts.of(Reading(solved(threats, made=due, offers=offers))))
    rows = sorted(facts.whole, key=lambda row: row["cut_points"])
    assert [row["cut_points"] for row in rows] == pytest.approx([10, 20])


# -- is it believed


def test_what_pays_after_the_stated_answer_says_so():
    """With an answer stated first screen and this line count it: fewer targets pay."""
    duty = tariff(rate=0.02)
    plain = Rule("C00", OIL, duty, named=TARGETS[:2])
    back = Tariff("target", "C00", rate=0.01, mode="add")
    answered = Rule("C00", OIL, duty, named=TARGETS[:2], retaliation=back)
    free, bound = (
        next(title for title in titles(Reading(solved({"threat": each})))["options"])
        for each in (plain, answered)
    )
    assert " pays " in free
    assert free.endswith("against all")
    assert bound.endswith("against Land C02, after the stated answer")
