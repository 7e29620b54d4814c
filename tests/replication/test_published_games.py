"""Published game numbers come out; the same functions as `python -m validation`."""

from validation import mckelvey_palfrey_1995 as mp95
from validation import mckelvey_palfrey_1998 as mp98


def failures(checks):
    return [f"{c}: {c.published} published, {c.computed:.8f}" for c in checks if not c.holds]


def test_logit_equilibria_of_two_games_in_normal_form():
    checks = mp95.checks()
    assert {c.number for c in checks} == {10, 11}
    assert len(checks) == 16
    assert failures(checks) == []


def test_the_threat_game_in_agent_logit_equilibrium():
    checks = mp98.checks()
    assert len(checks) == 6
    assert failures(checks) == []
