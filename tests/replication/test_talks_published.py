"""The published numbers of the talks come out."""

from __future__ import annotations

import pytest
from validation import ceasefire_value_iteration, fearon_1995, rubinstein_1982, smith_stam_2004


@pytest.mark.parametrize(
    ("module", "number", "count"),
    [
        (rubinstein_1982, 7, 3),
        (fearon_1995, 8, 3),
        (smith_stam_2004, 9, 6),
        (ceasefire_value_iteration, 15, 12),
    ],
)
def test_every_number_holds(module, number, count):
    checks = module.checks()
    assert {c.number for c in checks} == {number}
    assert len(checks) == count
    assert [f"{c}: {c.published} and {c.computed}" for c in checks if not c.holds] == []
