"""Numbers and names as readers see them."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threatpoint import words
from threatpoint.tables import Column, Table


@pytest.mark.parametrize(
    ("value", "signed", "text"),
    [
        (-0.6, False, "−0.60"),
        (0.459, True, "+0.46"),
        (-1.183, False, "−1.2"),
        (0.996, False, "1.0"),
        (9.96, False, "10"),
        (-12.6, True, "−13"),
        (12345.6, False, "12\u202f346"),
        (0.0, True, "0"),
        (-0.001, True, "−0.001"),
        (-0.00096, False, "−0.001"),
        (0.0037, True, "+0.004"),
        (-4e-6, True, "0.00"),
        (math.nan, False, "–"),
        (math.inf, False, "–"),
    ],
)
def test_numbers_have_two_digits_and_a_true_minus(value, signed, text):
    assert words.number(value, signed) == text


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_no_scientific_notation_and_no_hyphen(value):
    text = words.number(value, True)
    assert "e" not in text
    assert "-" not in text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (87_000, "USD million", "USD 87 bn"),
        (-169_523, "USD million", "USD 170 bn"),
        (1_200_000, "USD million", "USD 1.2 tn"),
        (832, "USD million", "USD 832 million"),
        (0.2, "USD million", "USD 200 thousand"),
        (1e-5, "USD million", "USD 10"),
        (1e-9, "USD million", "less than USD 1"),
        (4.4, "EUR bn", "EUR 4.4 bn"),
        (12, "money", "12 money"),
    ],
)
def test_money(value, unit, text):
    assert words.money(value, unit).replace(words.SPACE, " ") == text


def test_a_money_column_takes_one_scale():
    assert words.money_scale("USD million", [3.0, -170_000.0]) == (1000.0, "USD bn")
    assert words.money_scale("USD million", [3.0]) == (1.0, "USD million")
    assert words.money_scale("USD bn", [0.0, float("nan")]) == (1.0, "USD bn")
    assert words.money_scale("shells", [3.0]) == (1.0, "shells")


def test_residuals_without_scientific_notation():
    assert words.tiny(5.8e-11) == "0.58 in 10 billion"
    assert words.tiny(2e-7) == "0.20 in a million"
    assert words.tiny(0.0) == "0"
    assert words.tiny(1e-14) == "less than 0.1 in 10 billion"


def test_text_from_elsewhere_reads_as_the_page_does():
    economy = SimpleNamespace(
        groups={},
        names={"USA": "United States", "IND": "India", "A": "Aland"},
        sector_names={"OILGAS": "Crude oil"},
    )
    text = "USA buys OILGAS from IND: residual 6.9e-01, range -1.75 to 2, FY 2023-24, A to INDIGO"
    assert words.named(text, economy) == (  # type: ignore[arg-type]
        "the United States buys crude oil from India: residual 0.69, range −1.75 to 2, "
        "FY 2023-24, A to INDIGO"
    )


def test_lists_and_counts():
    assert words.listing([]) == ""
    assert words.listing(["a"]) == "a"
    assert words.listing(["a", "b", "c"]) == "a, b and c"
    assert words.count(1, "target") == "one target"
    assert words.count(27, "economy", "economies") == "27 economies"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (words.numbers([23.1, 23.4]), "23"),
        (words.numbers([-1.31, -1.44, 1.6], True), "−1.3, −1.4 and +1.6"),
        (words.ends([4.1, 0.03, 2.0]), "0.03 to 4.1"),
        (words.ends([-9.2, -9.2], True), "−9.2"),
        (words.area(112415), "112\u202f415\u00a0km²"),
        (words.area(130, 240.2), "130 to 240\u00a0km²"),
        (words.part(0.6859), "69\u00a0%"),
        (words.part(0.0046), "0.5\u00a0%"),
        (words.part(0.9905), "99.1\u00a0%"),
        (words.part(0), "0\u00a0%"),
        (words.part(1), "100\u00a0%"),
        (words.day(date(2025, 3, 13)), "13 March 2025"),
        (words.month("2025-03-13"), "March 2025"),
    ],
)
def test_several_numbers_areas_shares_and_days(text, said):
    assert text == said


def test_csv_keeps_full_precision_and_disarms_formulas():
    rows = ({"name": "=1+1", "a": 0.1 + 0.2}, {"name": 'say "x", y', "a": math.nan})
    table = Table("t", "T", (Column("name", "Name"), Column("a", "A", "percent")), rows)
    assert table.csv() == 'name,a\n\'=1+1,0.30000000000000004\n"say ""x"", y",\n'
    assert table.first[0][1] == f"0.30{words.SPACE}%"
    assert replace(table, rows=[{"name": "", "a": 1}]).csv() == "name,a\n,1\n"


def test_columns_that_are_not_shown_are_in_the_file():
    columns = (Column("a", "A"), Column("b", "B", shown=False))
    table = Table("t", "T", columns, ({"a": 1, "b": 2},))
    assert [column.key for column in table.shown] == ["a"]
    assert table.csv() == "a,b\n1,2\n"


def test_the_fold_loses_no_row():
    rows = tuple({"a": k} for k in range(5))
    table = Table("t", "T", (Column("a", "A"),), rows, lead=2)
    assert (len(table.first), len(table.folded)) == (2, 3)
    whole = Table("t", "T", (Column("a", "A"),), rows)
    assert (len(whole.first), len(whole.folded)) == (5, 0)


@pytest.mark.parametrize(
    ("number", "unit", "shown"),
    [("582.40", "USD bn", "USD 582.40 bn"), ("5", "USD", "USD 5"), ("12", "%", "12 %")],
)
def test_the_currency_stands_first(number, unit, shown):
    assert words.printed_words(number, unit) == shown


def test_one_unit_per_chart_and_quotation_marks_inside():
    scale, label = words.money_scale("USD million", [200_000.0, 976.0])
    assert words.money_as(976.0, scale, label).replace(words.SPACE, " ") == "+USD 0.98 bn"
    assert words.money_as(-3.0, 1.0, "shells").replace(words.SPACE, " ") == "−3.0 shells"
    assert words.quoted("set “low”") == "“set ‘low’”"
