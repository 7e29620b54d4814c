"""The score of the programme of announcements is the one written down."""

import numpy as np
import pytest
from validation import support_after_2025_03_31 as after
from validation.support_after_2025_03_31.replicate import crps, table


def test_the_score_is_the_one_written_down():
    assert [str(check) for check in after.checks() if not check.holds] == []
    assert all(case.inside for case in table())
    nine = table()[2]
    assert nine.spread.high - nine.seen < 0.1  # at the upper end
    best = [min(case.scores, key=case.scores.__getitem__) for case in table()]
    assert best[0] == "half"
    assert best[2] == "anything"


def test_crps_by_hand():
    assert crps(np.array([2.0]), 5.0) == 3.0
    # mean distance 1, less half the mean distance of two draws, 1/2
    assert crps(np.array([0.0, 2.0]), 1.0) == pytest.approx(0.5)


def test_its_lines_are_right_within_the_range():
    assert [line.verdict for line in after.lines()] == ["right", "right"]
