"""Claims: arithmetic on printed digits, reference series, ranking."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from tests.situations.bad_files import GOOD
from tests.situations.small_world import small_world
from threatpoint.analysis import check_claims
from threatpoint.analysis.rounding import (
    Interval,
    cut,
    cut_off,
    feasible,
    half_even,
    half_up,
    rounded,
)
from threatpoint.brief.prose import sentence
from threatpoint.errors import SituationError
from threatpoint.situation import load_situation

WORLD = small_world()
CUT = "holds only if digits were cut off"


def checks(tmp_path, figures: dict[str, str], claims: str, economy=WORLD):
    """Check claims over figures given as 'name': 'value unit period'."""
    lines = ["[figures]"]
    for name, words in figures.items():
        value, currency, scale, period = words.split()
        lines.append(
            f'{name} = {{ value = {value}, unit = "{currency} {scale}", '
            f'period = "{period}", source = "office {name}" }}'
        )
    text = GOOD[: GOOD.index("[figures]")] + "\n".join(lines) + "\n" + claims
    text += '\n[[rows]]\nnumber = 1\nwords = "w"\nanswered_by = "claims"\nmark = "checked"\n'
    path = tmp_path / "claims.toml"
    path.write_text(text, encoding="utf-8")
    return {c.id: c for c in check_claims(load_situation(path, WORLD), economy)}


SUM = (
    '[[claims]]\nid = "sum"\nrow = 1\nkind = "sum"\nwords = "w"\ntotal = "t"\nparts = ["a", "b"]\n'
)
DIFFERENCE = (
    '[[claims]]\nid = "gap"\nrow = 1\nkind = "difference"\nwords = "w"\n'
    'result = "d"\nfirst = "a"\nsecond = "b"\n'
)
JOINT = '[[claims]]\nid = "both"\nrow = 1\nkind = "joint"\nwords = "w"\nclaims = ["sum", "gap"]\n'
REFERENCE = """
[[claims]]
id = "ref"
row = 1
kind = "reference"
words = "w"
figure = "t"
against = "a"
"""


@pytest.mark.parametrize(
    ("total", "parts", "verdict"),
    [
        ("582.4 USD bn 2024", ("143.5 USD bn 2024", "438.9 USD bn 2024"), "holds"),
        ("119.71 USD bn 2024", ("77.51 USD bn 2024", "42.19 USD bn 2024"), "holds within rounding"),
        ("119.72 USD bn 2024", ("77.51 USD bn 2024", "42.19 USD bn 2024"), "does not hold"),
        ("119.8 USD bn 2024", ("77.51 USD bn 2024", "42.19 USD bn 2024"), "does not hold"),
        ("120 USD bn 2024", ("77.51 USD bn 2024", "42.19 USD bn 2024"), "holds within rounding"),
        ("3.00 USD bn 2024", ("1.01 USD bn 2024", "2.0 USD bn 2024"), "holds within rounding"),
        ("3 USD bn 2024", ("1000 USD million 2024", "2000 USD million 2024"), "holds"),
        ("3 USD bn 2024", ("1 USD bn 2024", "2 USD bn 2023"), "cannot be checked"),
        ("3 USD bn 2024", ("1 USD bn 2024", "2 EUR bn 2024"), "cannot be checked"),
    ],
)
def test_sums_are_as_exact_as_their_digits(tmp_path, total, parts, verdict):
    found = checks(tmp_path, {"t": total, "a": parts[0], "b": parts[1]}, SUM)["sum"]
    assert found.verdict == verdict, found
    assert found.printed.startswith("USD")
    assert found.explanation


def test_the_explanation_shows_both_ranges(tmp_path):
    figures = {"t": "119.71 USD bn y", "a": "77.51 USD bn y", "b": "42.19 USD bn y"}
    found = checks(tmp_path, figures, SUM)["sum"]
    assert found.computed == "USD 119.70 bn = 77.51 + 42.19"
    assert "119.69 to 119.71" in found.explanation
    assert "119.705 to 119.715" in found.explanation
    assert "office t; office a; office b" in found.source


@pytest.mark.parametrize(
    ("values", "verdict", "part"),
    [
        (("119.70", "77.51", "42.19", "35.32"), "holds", "No rounding"),
        (("119.71", "77.51", "42.19", "35.32"), "holds within rounding", "One set"),
        (
            ("119.71", "77.51", "42.19", "35.31"),
            CUT,
            "a single point",
        ),
        (("119.69", "77.51", "42.19", "35.33"), "does not hold", "does not reconcile"),
        # 0.995 + 0.005 = 1.00, 0.995 - 0.005 = 0.99: fits where every half goes up
        (("1.00", "1.00", "0.01", "0.99"), "holds within rounding", "One set"),
        (("2.0", "0.9", "0.9", "0.0"), "does not hold", "no set of exact values"),
        (("119.75", "77.51", "42.19", "35.32"), "does not hold", "no set of exact values"),
    ],
)
def test_several_identities_at_once(tmp_path, values, verdict, part):
    figures = {k: f"{v} USD bn y" for k, v in zip("tabd", values, strict=True)}
    found = checks(tmp_path, figures, SUM + DIFFERENCE + JOINT)["both"]
    assert found.verdict == verdict
    assert part in found.explanation


@pytest.mark.parametrize(
    ("figure", "against", "verdict"),
    [
        ("143.5 USD bn 2024", "143.5 USD bn 2024", "holds"),
        ("143.5 USD bn 2024", "143546 USD million 2024", "holds within rounding"),
        ("143.5 USD bn 2024", "143.6 USD bn 2024", CUT),
        ("143.5 USD bn 2024", "143.4 USD bn 2024", "does not hold"),
        ("143.5 USD bn 2024", "143.7 USD bn 2024", "does not hold"),
        ("143.5 USD bn 2024", "143.5 USD bn 2023", "cannot be checked"),
    ],
)
def test_reference_series_and_table(tmp_path, figure, against, verdict):
    claim = REFERENCE + 'table = { flows = [["USA", "CHN"], ["CHN", "USA"]] }\n'
    found = checks(tmp_path, {"t": figure, "a": against}, claim)["ref"]
    assert found.verdict == verdict
    assert "The baseline table of 2023 has USD 6 bn" in found.explanation
    assert "of another source or year" in sentence("lines.beside", [found.explanation])
    without = checks(tmp_path, {"t": figure, "a": against}, claim, None)["ref"]
    assert "baseline" not in without.explanation


@pytest.mark.parametrize(
    ("published", "verdict"),
    [
        ("119.71 USD bn y", "holds within rounding"),  # the sum is the weaker of the two
        ("119.72 USD bn y", CUT),
        ("120.71 USD bn y", "does not hold"),
        ("119.71 USD bn z", "cannot be checked"),
    ],
)
def test_a_sum_and_its_published_total_are_one_claim(tmp_path, published, verdict):
    figures = {"t": "119.71 USD bn y", "a": "77.51 USD bn y", "b": "42.19 USD bn y", "p": published}
    found = checks(tmp_path, figures, SUM + 'against = "p"\n')["sum"]
    assert found.verdict == verdict
    assert "published: USD" in found.computed
    assert "office p" in found.source
    with pytest.raises(SituationError, match="publishd"):
        checks(tmp_path, figures, SUM + 'against = "publishd"\n')


def test_many_parts_may_have_lost_their_digits(tmp_path):
    """Four parts of 1.0 reach at most 4.2 when rounded, but 4.39 when cut off."""
    figures = dict.fromkeys("abcd", "1.0 USD bn y") | {"t": "4.3 USD bn y"}
    claim = SUM.replace('["a", "b"]', '["a", "b", "c", "d"]')
    assert checks(tmp_path, figures, claim)["sum"].verdict == CUT
    joint = JOINT.replace('["sum", "gap"]', '["sum"]')
    assert checks(tmp_path, figures, claim + joint)["both"].verdict == CUT
    figures["t"] = "4.4 USD bn y"
    assert checks(tmp_path, figures, claim)["sum"].verdict == "does not hold"


def test_parts_in_another_unit_show_it(tmp_path):
    figures = {"t": "3 USD bn y", "a": "1000 USD million y", "b": "2000 USD million y"}
    found = checks(tmp_path, figures, SUM)["sum"]
    assert found.computed == "USD 3 bn = USD 1000 million + USD 2000 million"


def ranking(country: str, partner: str, rank: int, sources: str = "") -> str:
    return (
        f'[[claims]]\nid = "rank"\nrow = 1\nkind = "ranking"\nwords = "w"\ncountry = "{country}"\n'
        f'partner = "{partner}"\nrank = {rank}\n{sources}'
    )


def test_ranking_by_the_table(tmp_path):
    figures: dict[str, str] = {}
    found = checks(tmp_path, figures, ranking("CHN", "NOR", 1))["rank"]
    assert found.verdict == "holds"
    assert "NOR USD 155 bn" in found.explanation
    assert checks(tmp_path, figures, ranking("CHN", "RUS", 1))["rank"].verdict == "does not hold"
    assert checks(tmp_path, figures, ranking("CHN", "RUS", 2))["rank"].verdict == "holds"
    nothing = checks(tmp_path, figures, ranking("CHN", "RUS", 2), None)["rank"]
    assert nothing.verdict == "cannot be checked"


def test_ranking_says_when_sources_disagree(tmp_path):
    figures = {"t": "118.3 USD bn y", "a": "118.4 USD bn y", "b": "119.71 USD bn y"}
    sources = (
        "sources = [\n"
        '  { label = "First", totals = { USA = "t", CHN = "a" } },\n'
        '  { label = "Later", totals = { USA = "b", CHN = "a" } },\n]\n'
    )
    found = checks(tmp_path, figures, ranking("IND", "USA", 1, sources), None)["rank"]
    assert found.verdict == "sources disagree"
    assert found.computed == "First ranks USA 2; Later ranks USA 1"
    assert "First ranks USA 2: CHN USD 118.4 bn" in found.explanation


def test_ways_to_print_leave_out_the_right_end():
    """Each value lies in the range of exactly the figure it is printed as."""
    one, hair = Fraction(1), Fraction(1, 10**6)
    prints = {
        half_up: {"1.25": "1.3", "-1.25": "-1.3", "1.35": "1.4", "1.24": "1.2"},
        half_even: {"1.25": "1.2", "-1.25": "-1.2", "1.35": "1.4", "1.26": "1.3"},
        cut_off: {"1.25": "1.2", "-1.25": "-1.2", "1.29": "1.2", "1.3": "1.3", "-1.3": "-1.3"},
    }
    for rule, cases in prints.items():
        for exact, printed in cases.items():
            found = [
                figure
                for figure in (f"{tenths / 10:.1f}" for tenths in range(-20, 21) if tenths)
                if (r := rule(Decimal(figure), one, hair)).low <= Fraction(exact) <= r.high
            ]
            assert found == [printed], (rule.__name__, exact)


def test_what_printed_digits_stand_for():
    assert rounded(Decimal("42.10")) == Interval(Fraction("42.095"), Fraction("42.105"))
    assert rounded(Decimal("40")) == Interval(Fraction("39.5"), Fraction("40.5"))
    assert cut(Decimal("-1.2")) == Interval(Fraction("-1.3"), Fraction("-1.2"))


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 5)), min_size=2, max_size=3))
def test_elimination_agrees_with_the_sum_of_ranges(ends):
    """X + y (+ z) = 0 within ranges has a solution iff 0 lies in the sum of the ranges."""
    ranges = [Interval(Fraction(low), Fraction(low + width)) for low, width in ends]
    total = list(itertools.accumulate(ranges, lambda a, b: a + b))[-1]
    assert feasible([[1] * len(ranges)], ranges) == (total.low <= 0 <= total.high)


@given(
    st.lists(st.lists(st.integers(-1, 1), min_size=4, max_size=4), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 2)), min_size=4, max_size=4),
)
def test_feasible_agrees_with_a_linear_programme(equalities, ends):
    """A floating-point solver gives the same answer on small integer systems."""
    ranges = [Interval(Fraction(low), Fraction(low + width)) for low, width in ends]
    limits = [(low, low + width) for low, width in ends]
    zeros = [0.0] * len(equalities)
    solved = optimize.linprog([0.0] * 4, A_eq=equalities, b_eq=zeros, bounds=limits)
    assert feasible(equalities, ranges) == (solved.status == 0)
