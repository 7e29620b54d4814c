"""Beliefs and chances in words: rounding turns no verdict into another."""

from __future__ import annotations

import math

import pytest

from threatpoint.strategy.results import gives_in
from threatpoint.strategy.tables import giving_in
from threatpoint.words import DASH, belief, belief_range, belief_words, chance_words, plain

ROW = {
    "name": "A",
    "lacks": "",
    "horizon": "long",
    "buys_usd_bn": 1.0,
    "bite_usd_bn": 1.0,
    "bite_percent": 1.0,
    "compliance_cost_usd_bn": 1.0,
    "compliance_cost_percent": 1.0,
    "minimal_tariff_words": "none",
}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.003, "never"),
        (math.nextafter(1.0, 2.0), "never"),
        (math.inf, "never"),
        (1.0, "100 %"),
        (0.344, "34 %"),
        (0.065, "6.5 %"),
        (0.0004, "0.04 %"),
        (0.0, "anyway"),
        (-0.2, "anyway"),
        (math.nan, "no answer"),
    ],
)
def test_a_belief_above_one_is_never_wherever_it_is_printed(value: float, words: str) -> None:
    assert belief_words(value) == words
    row = ROW | {"break_even_belief": value, "break_even_low": value, "break_even_high": value}
    cells = [plain(cell.text) for cell in giving_in([row]).first[0]]  # on page and terminal
    verdict = words in ("never", "anyway", "no answer")
    assert cells[7:9] == [DASH if words == "no answer" else words] * 2
    assert gives_in(value) == (words if verdict else f"from {words} on")
    if words in ("never", "anyway"):
        assert belief(value) == words


def test_ranges_keep_the_verdict_of_each_end() -> None:
    assert belief_range(0.32, 0.47) == "32 % to 47 %"
    assert belief_range(0.996, 1.003) == "100 % to never"
    assert belief_range(-1.0, 0.3) == "anyway to 30 %"
    assert belief_range(1.2, math.inf) == "never"
    assert belief_range(math.nan, 1.0) == "no answer"


def test_a_chance_that_is_not_certain_never_reads_so() -> None:
    assert [chance_words(x) for x in (0.0, 1e-9, 0.3, 0.999, 1.0)] == [
        "0 %",
        "under 1 %",
        "30 %",
        "over 99 %",
        "100 %",
    ]
    assert chance_words(math.nan) == "no answer"
