"""Rows 18 and 20: what a shock to oil costs, and what less volume or a discount costs Russia."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from validation import baqaee_farhi_2019, wachtmeister_2022
from validation.baqaee_farhi_2019 import replicate as shock
from validation.check import Check
from validation.wachtmeister_2022 import replicate as fifth

from threatpoint.oil.clearing import clear


def broken(found: list[Check]) -> list[str]:
    return [f"{c}: {c.computed}" for c in found if not c.holds]


def test_the_printed_orders_come_out():
    found = baqaee_farhi_2019.checks()
    assert len(found) == 2
    assert broken(found) == []


def test_all_orders_lie_between_the_first_and_the_second():
    case = shock.SHARE, shock.AFTER, shock.CUT
    first, second = shock.first_order(shock.SHARE, shock.CUT), shock.second_order(*case)
    assert first < shock.exact(*case) < second
    assert shock.exact(*case) == pytest.approx(0.563, abs=5e-4)
    assert shock.elasticity(*case) == pytest.approx(0.085, abs=5e-4)


def test_a_share_that_stays_leaves_the_first_order():
    share, cut = 0.05, 0.01
    assert shock.second_order(share, share, cut) == shock.first_order(share, cut)
    assert shock.elasticity(share, share, cut) == pytest.approx(1.0)
    assert 100 * -share * math.log1p(-cut) == pytest.approx(shock.first_order(share, cut), rel=0.01)


def test_the_market_at_the_stated_base_is_760_million_a_day():
    base = fifth.market("low_case", "short")
    assert fifth.PRICE * float(base.bought.sum()) == pytest.approx(760.0)
    found = clear(base)
    assert found.log_price[0] == pytest.approx(0.0, abs=1e-12)
    assert abs(found.imbalance[0]) <= 1e-9


def test_a_fifth_less_and_a_fifth_off_within_a_quarter_of_what_is_published():
    found = wachtmeister_2022.checks()
    assert len(found) == 4
    assert broken(found) == []


def test_the_gaps_are_those_that_are_explained():
    found = wachtmeister_2022.explained()
    assert len(found) == 4
    assert not any(c.holds for c in found)
    text = Path(fifth.__file__).with_name("differences.md").read_text(encoding="utf-8")
    for c in [*found, *wachtmeister_2022.checks()]:
        assert f"{c.computed:.1f}".replace("-", "\u2212") in text, c.what
