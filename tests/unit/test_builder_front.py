"""The builder gives the shipped bytes, twice, and refuses what it does not know."""

import shutil

import pytest
from builders import data, front

from tests.source_data import source_data

NAMES = (*data.toml("front"), "front.json")


@pytest.fixture
def source(tmp_path):
    """A copy of the source files that may be spoiled."""
    pytest.importorskip("shapely", reason="the outlines are cut with shapely")
    for folder in ("front", "maps"):
        shutil.copytree(
            source_data() / folder, tmp_path / "in" / folder, copy_function=shutil.copyfile
        )
        (tmp_path / "in" / folder).chmod(0o755)
    return tmp_path / "in"


def test_the_same_input_gives_the_shipped_bytes(source, tmp_path):
    front.build(source, tmp_path / "one")
    front.build(source, tmp_path / "two")
    for name in NAMES:
        found = (tmp_path / "one" / name).read_bytes()
        assert found == (tmp_path / "two" / name).read_bytes(), name
        assert found == (front.TABLES / name).read_bytes(), f"{name}: run the builder"
    assert (tmp_path / "one" / "outlines.json").stat().st_size < 150_000


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [("Cherkasy", "Atlantis", "Atlantis"), ("0.9905", "1.9905", "out of range"),
     ("109361", "-5", "out of range")],
)  # fmt: skip
def test_a_spoiled_table_is_refused(source, tmp_path, old, new, says):
    path = source / "front" / "occupied_share_by_oblast_monthly.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=says):
        front.build(source, tmp_path / "out")
