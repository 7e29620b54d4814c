"""The comparison with published ranges runs, and says why where it does not."""

import math
from pathlib import Path

import pytest
from validation.ossa_2014 import replicate as ossa
from validation.published_ranges.replicate import PUBLISHED, import_cut, rows, scenarios

from threatpoint.words import HORIZONS
from threatpoint.world import load_world


def test_every_case_and_horizon_has_a_number_or_a_reason():
    found = rows()
    assert set(PUBLISHED) == {row.case for row in found}
    assert len(found) == len(scenarios()) * len(HORIZONS)
    for row in found:
        assert (row.loss is None) == bool(row.said)
        assert row.loss is None or math.isfinite(row.loss)
    assert all(row.loss is not None for row in found if row.horizon == "long")


@pytest.mark.parametrize("kind", ["quota", "iceberg"])
def test_no_cut_costs_nothing(kind):
    assert import_cut(load_world(), 0.0, kind, "long") == pytest.approx(0.0, abs=1e-8)


def test_a_deeper_iceberg_cut_costs_more():
    world = load_world()
    assert import_cut(world, 0.1, "iceberg", "long") < import_cut(world, 0.3, "iceberg", "long")


def test_the_table_of_optimal_tariffs_is_what_is_computed():
    text = Path(ossa.__file__).with_name("differences.md").read_text(encoding="utf-8")
    printed = {name: next(x for x in text.splitlines() if x.startswith(f"| {name}"))
               for name in ("first year", "7–10 years")}  # fmt: skip
    for horizon, line in zip(ossa.HORIZONS, printed.values(), strict=True):
        rate, _ = ossa.best("USA", horizon)
        assert line.split("|")[2].strip() == f"{rate:.1f}"
    assert [row["value"] for row in ossa.PUBLISHED] == ["62", "63", "2.9", "20"]
