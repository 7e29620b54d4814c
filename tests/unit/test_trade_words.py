"""Who buys less from whom, and who replaces it, in words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from threatpoint import words
from threatpoint.brief.prose import say, sentence
from threatpoint.brief.reading import MANY, Reading

NAMES = {"C00": "India", "C01": "Russia", "C02": "Norway", "A+B": "Ayland and Beeland"}


def reading(sender: str, *hit: str) -> Any:
    situation = SimpleNamespace(sender=sender, groups={})
    economy = SimpleNamespace(names=NAMES, groups={})
    given = Reading(SimpleNamespace(situation=situation, economy=economy))  # type: ignore[arg-type]
    return SimpleNamespace(
        stated=given.stated, several=given.several, hit=hit, unit="USD million", place=NAMES.get
    )


def said(sender: str, hit: tuple[str, ...], lost: float, gained: float | None) -> str:
    best = SimpleNamespace(exporter="C02") if gained and gained > 0 else None
    facts = SimpleNamespace(lost=lost, gained=gained, best=best)
    return words.plain(sentence("losses.replaced", reading(sender, *hit), facts))


@pytest.mark.parametrize(
    ("gained", "text"),
    [
        (30_000, "Other suppliers replace USD 30 bn of the USD 48 bn that India no longer buys "),
        (49_000, "Other suppliers replace all of the USD 48 bn that India no longer buys "),
    ],
)
def test_others_replace_no_more_than_is_lost(gained, text):
    assert said("C00", ("C01",), 48_000, gained) == f"{text}from Russia, Norway the most"
    assert "from the targets, Norway" in said("C00", ("C01", "C02"), 48_000, gained)


def test_one_buys_and_several_buy():
    assert said("C00", ("C01",), 3_000, None) == "India buys USD 3.0 bn less abroad"
    assert said("C00+C01", ("C02",), 3_000, None) == "India and Russia buy USD 3.0 bn less abroad"


def test_a_long_list_of_senders_is_a_count():
    assert reading("+".join(["C00"] * MANY)).stated.count("India") == MANY
    assert reading("+".join(["C00"] * 31)).stated == "the 31 senders"


def test_losses_and_gains_are_added_up_as_they_are():
    """Nobody loses visibly, yet all together lose: no sentence says losses where none stand."""
    rows = [{"real_income_money": -100.0}, {"real_income_money": 20.0}]
    row = {"country": "C00", "real_income_percent": 0.04}
    facts = SimpleNamespace(
        countries=rows, case="in the first year", when="", unit="USD million", place=NAMES.get,
        varied=0, has_ranges=False, answered=None, as_one=(),
        split=lambda: SimpleNamespace(losers=[], gainers=[row]),
    )  # fmt: skip
    title = say("losses.losses", facts, [])["title"]
    assert words.plain(title) == (
        "In the first year no economies lose, one gains; all together they lose USD 80 million "
        "a year"
    )
