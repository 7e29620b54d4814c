"""The builder of the tariffs added by day."""

import pytest
from builders import standing as builder

from tests.source_data import source_data
from threatpoint.errors import WorldError


def test_the_shipped_table_is_rebuilt_byte_for_byte(tmp_path):
    folder = source_data()
    if not (folder / builder.SOURCE).is_file():
        pytest.skip(f"no {builder.SOURCE} in {folder}")
    builder.build(folder, tmp_path / "built.csv")
    assert (tmp_path / "built.csv").read_bytes() == builder.TABLE.read_bytes()


def test_a_partner_left_out_on_a_date_is_refused():
    rows = [
        {"date": day, "country": name, "added_since_2025_percent": "1", "imports_2024_usd": "1"}
        for day, name in (("2025-02-04", "CHINA"), ("2025-02-04", "INDIA"), ("2025-03-06", "INDIA"))
    ]
    with pytest.raises(WorldError, match="leaves out CHINA on 2025-03-06"):
        builder.table(rows, ["USA", "CHN", "IND"])
