"""The score of the projection is the one written down."""

from validation import front_after_2025_03_31 as after
from validation.front_after_2025_03_31.replicate import table


def test_the_score_is_the_one_written_down():
    assert [str(check) for check in after.checks() if not check.holds] == []
    assert len(table()) == 18
    assert [day for day, *_, inside in table() if not inside] == ["2026-08-22"]
