"""The counts of threats hold; the models of standing firm are fitted and scored as they say."""

import numpy as np
import pytest
from validation.check import SourceDataMissing, published
from validation.threats_1970_2000 import checks, replicate
from validation.threats_1970_2000.logit import chance, fit, log_score
from validation.threats_1970_2000.replicate import TEXT, Sample, Scored, scored
from validation.threats_1970_2000.written import text

from tests.source_data import source_data


@pytest.fixture(scope="module")
def models():
    source_data()
    try:
        return {sender: scored(sender) for sender in ("all", "USA")}
    except SourceDataMissing as missing:
        pytest.skip(str(missing))


def test_every_count_is_exact():
    found = checks()
    assert len(found) == len(published(replicate.__file__)) == 8
    assert [str(check) for check in found if check.difference != 0] == []


def test_the_table_is_the_one_that_is_written_down(models):
    """To write it anew: python -m validation.threats_1970_2000 --write."""
    assert TEXT.read_text(encoding="utf-8") == text()


def test_the_constant_is_the_share(models):
    for sender, (firm, backed) in {"all": (349, 140), "USA": (132, 69)}.items():
        own = models[sender]["constant"]
        assert own.whole.coefficients == pytest.approx([np.log(firm / backed)])
        assert own.whole.errors == pytest.approx([np.sqrt(1 / firm + 1 / backed)])
        share = firm / (firm + backed)
        entropy = share * np.log(share) + (1 - share) * np.log(1 - share)
        assert own.in_sample == pytest.approx(entropy)
        assert own.in_sample > own.out_of_sample


def test_dependence_in_percent_does_not_show_in_the_record(models):
    found = models["all"]["sender's dependence, %"].whole
    assert found.coefficients[1] == pytest.approx(-0.016, abs=5e-4)
    assert found.errors[1] == pytest.approx(0.063, abs=5e-4)


def test_no_model_beats_the_constant_by_much_on_other_decades(models):
    for own in models.values():
        best = max(model.out_of_sample for model in own.values())
        assert best - own["constant"].out_of_sample < 0.015


def test_a_logit_with_groups_is_solved_by_hand():
    """Two groups: the slope is the difference of their logits, with the usual error."""
    x = np.array([[1.0, 0.0], [1.0, 1.0]])
    firm, backed = np.array([30.0, 10.0]), np.array([10.0, 30.0])
    found = fit(x, firm, backed, np.array([1.0, 2.0]))
    assert found.coefficients == pytest.approx([np.log(3), -2 * np.log(3)])
    assert found.errors == pytest.approx(np.sqrt([1 / 30 + 1 / 10, 2 * (1 / 30 + 1 / 10)]))
    assert found.clustered == pytest.approx([0.0, 0.0], abs=1e-6)  # each pair fits exactly
    assert chance(x, found.coefficients) == pytest.approx([0.75, 0.25])
    assert log_score(found, x, firm, backed) == pytest.approx(60 * np.log(0.75) + 20 * np.log(0.25))


def test_a_penalty_shrinks_the_slope_and_not_the_share():
    x = np.array([[1.0, 0.0], [1.0, 1.0]])
    firm, backed = np.array([30.0, 10.0]), np.array([10.0, 30.0])
    slopes = [fit(x, firm, backed, np.arange(2.0), p).coefficients[1] for p in (0, 10, 1e3, 1e7)]
    assert slopes == sorted(slopes)
    assert slopes[-1] == pytest.approx(0.0, abs=1e-4)
    last = fit(x, firm, backed, np.arange(2.0), 1e7)
    assert chance(x, last.coefficients) == pytest.approx([0.5, 0.5], abs=1e-4)


def test_a_predictor_that_tells_all_apart_has_no_fit():
    x = np.array([[1.0, 0.0], [1.0, 1.0]])
    with pytest.raises(ValueError, match=r"does not converge|Singular"):
        fit(x, np.array([10.0, 0.0]), np.array([0.0, 10.0]), np.arange(2.0))


def test_each_decade_is_scored_by_the_others():
    sample = Sample(
        np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0]), np.array([1970.0, 1980.0, 1990.0]),
        np.arange(3.0), {},
    )  # fmt: skip
    found = Scored(sample, ()).by_decade
    assert found[1970.0] == pytest.approx(3 * np.log(3 / 6) + np.log(3 / 6))
    assert found[1980.0] == pytest.approx(np.log(5 / 8) + np.log(3 / 8))


def test_without_the_table_it_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("THREATPOINT_DATA", str(tmp_path))
    with pytest.raises(SourceDataMissing, match="THREATPOINT_DATA"):
        scored("all")
