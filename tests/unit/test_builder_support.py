"""The builder of the support tables."""

import pytest
from builders import support as builder

from tests.source_data import source_data
from threatpoint.errors import ThreatpointError

ROW = {"iso": "AAA", "year": "2024", "month": "1", "total": "3",
       "military": "1", "financial": "2", "humanitarian": "0"}  # fmt: skip
TOTAL = {"year": "2024", "month": "1", "total_allocations": "3"}


def test_shipped_tables_are_rebuilt_byte_for_byte(tmp_path):
    folder = source_data()
    if not (folder / "aid").is_dir():
        pytest.skip(f"no folder aid in {folder}")
    builder.build(folder, tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == sorted(path.name for path in builder.TABLES.iterdir())
    for name in names:
        assert (tmp_path / name).read_bytes() == (builder.TABLES / name).read_bytes()


def test_an_amount_is_in_euro_at_the_rate_of_the_year_before():
    (norway,) = [row for row in builder.announcements() if row[:2] == ["NOR", "2025-03-06"]]
    assert norway[3:6] == ["7.309", "7.309", "0.000"]
    assert float(norway[3]) == pytest.approx(85.0 / 11.629, abs=1e-3)


def test_a_good_source_passes_and_is_sorted():
    builder.check([ROW], [TOTAL])
    assert builder.monthly([ROW]) == [["AAA", "2024-01", "1.000000", "2.000000", "0.000000"]]


@pytest.mark.parametrize(
    ("row", "total", "words"),
    [
        (ROW | {"military": "-1"}, TOTAL, "negative"),
        (ROW | {"military": "nan"}, TOTAL, "negative or missing"),
        (ROW | {"total": "4"}, TOTAL, "types sum to"),
        (ROW, TOTAL | {"total_allocations": "5"}, "donors sum to"),
    ],
)
def test_a_bad_source_is_refused(row, total, words):
    with pytest.raises(ThreatpointError, match=words):
        builder.check([row], [total])
