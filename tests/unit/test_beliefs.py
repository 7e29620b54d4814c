"""Beliefs and chances in words: rounding turns no verdict into another."""

from __future__ import annotations

import math

import pytest

from threatpoint.strategy.results import gives_in
from threatpoint.strategy.tables import giving_in
from threatpoint.words import DASH, belief, belief_span, chance, plain

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
    row = ROW | {"break_even_belief": value, "break_even_low": value, "break_even_high": value}
    cells = [plain(cell) for cell in giving_in([row]).first[0]]  # on page and terminal
    verdict = words in ("never", "anyway", "no answer")
    assert cells[7:9] == [DASH if words == "no answer" else words] * 2
    assert gives_in(value) == (words if verdict else f"from {words} on")
    assert plain(belief(value)) == (DASH if words == "no answer" else words)


def test_ranges_keep_the_verdict_of_each_end() -> None:
    said = [(0.32, 0.47), (0.996, 1.003), (-1.0, 0.3), (1.2, math.inf), (0.3, 0.3)]
    ranges = ["32 to 47 %", "100 % to never", "anyway to 30 %", "never", "30 %"]
    assert [plain(belief_span(*ends)) for ends in said] == ranges
    assert belief_span(math.nan, 1.0) == DASH


def test_a_chance_that_is_not_certain_never_reads_so() -> None:
    assert [chance(x) for x in (0.0, 1e-9, 0.3, 0.999, 1.0)] == [
        "0 %",
        "under 1 %",
        "30 %",
        "over 99 %",
        "100 %",
    ]
    assert chance(math.nan) == "no answer"
