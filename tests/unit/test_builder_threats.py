"""The builder of the counts of threats of sanctions."""

import pytest
from builders import threats as builder

from tests.source_data import source_data
from threatpoint.errors import WorldError


def source():
    folder = source_data()
    if not (folder / builder.SOURCE).is_file():
        pytest.skip(f"no {builder.SOURCE} in {folder}")
    return folder


def test_the_shipped_table_is_rebuilt_byte_for_byte(tmp_path):
    builder.build(source(), tmp_path / "built.csv")
    assert (tmp_path / "built.csv").read_bytes() == builder.TABLE.read_bytes()


def test_a_source_that_lacks_a_threat_is_refused():
    rows = builder.data.read(source() / builder.SOURCE)
    short = [row | {"cd": "0"} if row["gameID"] == "002020_1990" else row for row in rows]
    with pytest.raises(WorldError, match="threats of all add up to 631, not 633"):
        builder.table(short)
