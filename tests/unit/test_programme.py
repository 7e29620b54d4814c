"""The programme of announcements: by hand where it can be, and what a date knows."""

import datetime

import numpy as np
import pytest

from threatpoint.errors import ThreatpointError
from threatpoint.support.announced import LEAVES, announced, announcements, loans, refused
from threatpoint.support.data import load_support
from threatpoint.support.inputs import inputs
from threatpoint.support.programme import programme
from threatpoint.support.stages import load_stages, months_to_allocate

DATE = datetime.date(2025, 3, 31)
PLAIN = {
    "support_delivered": 1.0,
    "support_common": 1.0,
    "support_capitals": 0.0,
    "support_lag": 24.0,
    "support_stocks": 0.25,
    "support_loan": 1.0,
}


def values(**given):
    return {key: np.atleast_1d(value).astype(float) for key, value in (PLAIN | given).items()}


def known():
    found = programme(DATE)
    assert found is not None
    return found


def test_what_was_announced_by_the_date():
    found = {a.donor: a for a in announced(DATE, 2025)}
    assert set(found) == {"EU", "DEU", "NOR", "SWE", "GBR", "ESP", "FRA", "NLD", "DNK"}
    assert found["EU"].amount == 30.6
    assert found["NOR"].printed == "NOK 85 bn"
    assert found["DEU"].amount == 7.0
    assert found["GBR"].amount == pytest.approx(4.5 / 0.84662, abs=1e-3)


def test_a_day_knows_no_later_announcement():
    before = {a.donor: a for a in announced(datetime.date(2025, 3, 5), 2025)}
    assert before["NOR"].printed == "NOK 35 bn"
    assert "EU" not in before
    assert programme(datetime.date(2025, 3, 5)) is None
    assert programme(datetime.date(2024, 6, 30)) is None
    assert programme(datetime.date(2025, 4, 1)) is None  # compiled up to the day before


def test_every_announcement_and_refusal_has_a_source():
    assert all(a.source and a.by for a in announcements())
    assert all(a.date <= DATE for a in announcements())
    assert all(r.source and r.leaves in LEAVES for r in refused(DATE))
    assert {r.donor for r in refused(DATE) if r.leaves == "all"} == {"HUN", "SVK"}


def test_the_gap_with_and_without_the_loan():
    found = known()
    assert found.gap == pytest.approx([33.11, 39.39], abs=0.01)
    assert found.part == pytest.approx([0.395, 0.437], abs=0.001)
    assert loans(load_support(), "2024-12").sum() == pytest.approx(18.34)


def test_adds_by_hand():
    found = known()
    used = {"DEU": 0.448, "NOR": 0.449, "SWE": 2.150, "GBR": 3.170, "ESP": 0.006}
    base = {"DEU": 5.493, "NOR": 1.453, "SWE": 1.680, "GBR": 4.628, "ESP": 0.467,
            "FRA": 1.773, "NLD": 2.588, "DNK": 2.685}  # fmt: skip
    amount = {a.donor: a.amount for a in found.announced}
    later = amount | {"DNK": 8.4 / 7.4589}
    used |= {"FRA": 2.195, "NLD": 0.774, "DNK": 0.733}
    by_hand = sum(max(amount[d] - used[d], 0.0) + later[d] * 3.0 / 12.0 - base[d] for d in base)
    year = np.array([[12.0]])
    assert found.capitals_add(values(), year)[0, 0] == pytest.approx(by_hand, abs=0.01)
    common = 30.6 - 7.742 + 4.885 * 0.25 - 16.817
    assert found.common_adds(values(), year, True)[0, 0] == pytest.approx(common, abs=0.01)
    share = found.replaced(values(), 12)[0, -1]
    assert share == pytest.approx((by_hand + common) / 39.394, abs=0.001)


def test_without_the_loan_its_part_of_the_programme_goes_too():
    found = known()
    common = 12.5 - 3.742 + 4.885 * 0.25 - 16.817
    year = np.array([[12.0]])
    assert found.common_adds(values(), year, False)[0, 0] == pytest.approx(common, abs=0.01)
    plain = found.replaced(values(), 12, loan=False)
    assert (plain < found.replaced(values(), 12)).all()


def test_new_built_arms_come_after_the_lag():
    found = known()
    late = found.arrived(values(support_stocks=0.0, support_lag=30.0), 18)
    money = found.common_adds(values(), np.arange(1.0, 19.0)[None, :], True)
    assert late == pytest.approx(money / (39.394 * np.arange(1.0, 19.0) / 12.0), abs=1e-4)
    at_once = found.arrived(values(support_stocks=1.0), 18)
    assert at_once == pytest.approx(found.replaced(values(), 18))


def test_the_change_of_support_starts_from_the_leavers_part():
    found = known()
    change = found.change(values(), 12)
    assert change == pytest.approx(-found.part[1] * (1.0 - found.arrived(values(), 12)))
    assert found.covered(values(), 0.0)[0, 0] == pytest.approx(-found.part[1])
    assert found.covered(values(support_loan=0.0), 0.5)[0, 0] == pytest.approx(-found.part[0] / 2)
    assert found.covered(values(), 1.0)[0, 0] == 0.0


@pytest.mark.parametrize("months", [0, 19, 2.5, True])
def test_months_out_of_bounds_are_one_clear_error(months):
    with pytest.raises(ThreatpointError, match="whole months, 1 to 18"):
        known().replaced(values(), months)


def test_every_input_has_a_source_and_a_date():
    found = inputs()
    assert len({one.key for one in found}) == len(found) == len(PLAIN)
    assert all(one.source and one.known and one.key.startswith("support_") for one in found)
    assert all(np.isfinite(one.quantile(np.array([0.01, 0.5, 0.99]))).all() for one in found)


def test_stages_by_hand():
    stages = load_stages()
    assert stages.stocks("2022-01", "2022-12") == pytest.approx(21.34 / 31.40, abs=0.001)
    assert stages.stocks("2025-01", "2025-03") == pytest.approx(0.126, abs=0.001)
    waits = months_to_allocate(load_support(), "2025-03")
    assert waits == {"capitals": (11, 14), "institutions": (10, 21)}
