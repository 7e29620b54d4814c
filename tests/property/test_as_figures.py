"""Purchases as figures: who is a target follows the figures alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.situations.small_world import COUNTRIES, small_world
from threatpoint.errors import PolicyError
from threatpoint.policy import Action, Demand, Rule, Tariff
from threatpoint.quantity import Quantity

WORLD = small_world()
BUYERS = tuple(code for code in COUNTRIES if code not in ("USA", "ROW", "REU", "NOR"))
FIGURES = st.dictionaries(
    st.sampled_from(BUYERS), st.floats(0.01, 100).map(lambda x: round(x, 3)), min_size=1
)
FLOOR = st.floats(0, 100).map(lambda x: round(x, 3))
DUTY = Tariff("USA", "target", rate=0.25, mode="add")


def rule(bought: dict[str, float], floor: float, unit: str = "USD bn", scale: float = 1) -> Rule:
    figures = tuple((c, Quantity.exactly(v * scale, unit)) for c, v in bought.items())
    buying = Action("crude", "Venezuela", floor, unit="USD bn", figures=figures)
    return Rule("USA", then=DUTY, demand=Demand("stops", buying=buying))


def hit(asked: Rule) -> tuple[str, ...]:
    try:
        return asked.targets(WORLD)
    except PolicyError:  # nobody is above the threshold
        return ()


@settings(deadline=None)
@given(FIGURES, FLOOR)
def test_targets_are_those_at_or_above_the_threshold_largest_first(bought, floor):
    found = hit(rule(bought, floor))
    assert set(found) == {code for code, value in bought.items() if value >= floor}
    sizes = [bought[code] for code in found]
    assert sizes == sorted(sizes, reverse=True)


@settings(deadline=None)
@given(FIGURES, FLOOR, FLOOR)
def test_a_higher_threshold_never_adds_a_target(bought, one, other):
    low, high = sorted((one, other))
    assert set(hit(rule(bought, high))) <= set(hit(rule(bought, low)))


@settings(deadline=None)
@given(FIGURES)
def test_stopping_changes_no_trade_whoever_stops(bought):
    asked = rule(bought, 0.0)
    parties = asked.parties(WORLD)
    stopped = asked.profile_policy(WORLD, dict.fromkeys(parties, "comply"))
    assert not stopped.items
    shares = {buyer.country: buyer.share_of_exports for buyer in asked.buyers(WORLD)}
    assert abs(sum(shares.values()) - 1) < 1e-12


@settings(deadline=None)
@given(FIGURES)
def test_the_unit_of_a_figure_does_not_matter(bought):
    one, other = rule(bought, 0.0), rule(bought, 0.0, "USD million", 1000)
    assert hit(one) == hit(other)
