"""Every published number comes out; the same functions as `python -m validation`."""

import numpy as np
import pytest
from validation import arkolakis_costinot_rodriguez_clare_2012 as acr
from validation import caliendo_parro_2015 as cp
from validation import costinot_rodriguez_clare_2018 as us_gains
from validation import gros_1987 as gros
from validation.check import Check, SourceDataMissing, published, source_folder

from tests import oracle
from tests.source_data import source_data


def need(name: str) -> None:
    """Skip, with the reason, where the data of a publication are absent."""
    source_data()
    try:
        source_folder(name)
    except SourceDataMissing as missing:
        pytest.skip(str(missing))


def failures(checks: list[Check]) -> list[str]:
    return [
        f"{c}: {c.published} published, {c.computed:.7f} computed" for c in checks if not c.holds
    ]


def test_caliendo_parro_2015():
    need("cp2015")
    checks = cp.checks()
    assert len(checks) == len(published(cp.replicate.__file__)) == 18
    assert failures(checks) == []


def test_arkolakis_costinot_rodriguez_clare_2012():
    checks = acr.checks()
    assert {c.number for c in checks} == {4, 5}
    assert failures(checks) == []


def test_gros_1987():
    """Row 16: nearer to 1 / theta the smaller the country, and there to 1e-3."""
    checks = gros.checks()
    assert {c.number for c in checks} == {16}
    assert failures(checks) == []


def test_costinot_rodriguez_clare_2018():
    checks = us_gains.checks()
    assert {c.number for c in checks} == {17}
    assert failures(checks) == []


def test_a_wrong_or_missing_number_does_not_hold():
    check = Check(1, "x", "%", 1.0, 1.006, 0.005, "nowhere")
    assert not check.holds
    assert not Check(1, "x", "%", 1.0, float("nan"), 0.005, "nowhere").holds
    assert Check(1, "x", "%", 1.0, 1.004, 0.005, "nowhere").holds


def test_missing_data_are_named_not_passed(monkeypatch, tmp_path):
    monkeypatch.setenv("THREATPOINT_DATA", str(tmp_path))
    with pytest.raises(SourceDataMissing, match="THREATPOINT_DATA"):
        source_folder("cp2015")


def test_the_oracle_finds_the_same_nafta_equilibrium():
    """An independent statement of the equations, from the published shares, on 31 x 40."""
    need("cp2015")
    world, after = cp.replicate.nafta()
    data = cp.replicate.read()
    names = ("pi", "gamma", "gamma_in", "alpha", "tariff", "value_added", "deficit", "theta")
    raw = oracle.Baseline(*(data[name] for name in names), phi=np.ones_like(data["gamma"]))
    base = oracle.solve(raw, closure="balanced", tolerance=1e-11)
    np.testing.assert_allclose(world.trade, base.trade, rtol=1e-6, atol=1e-9 * base.trade.max())
    b = oracle.baseline(world, data["theta"])
    found = oracle.solve(b, data["nafta"], closure="balanced", tolerance=1e-11)
    np.testing.assert_allclose(after.welfare.percent / 100 + 1, found.real_income, atol=1e-9)
    np.testing.assert_allclose(after.prices, found.prices, rtol=1e-8)
