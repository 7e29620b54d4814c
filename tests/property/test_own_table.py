"""Whatever is written into a table of elasticities is read back, or is one clear error."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.economies import random_world
from threatpoint.errors import WorldError
from threatpoint.world import read_elasticities

ECONOMY = random_world(3, 3, 4).economy
SIZE = (len(ECONOMY.countries), len(ECONOMY.sectors))
positive = st.floats(1e-3, 1e3)
substitution = st.floats(0, 10)


def read(text: str, suffix: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"own{suffix}"
        path.write_text(text, encoding="utf-8")
        return read_elasticities(path, ECONOMY)


def outcome(text: str):
    """The set, or the words of the error."""
    try:
        return read(text, ".csv")
    except WorldError as error:
        return str(error)


@settings(max_examples=40)
@given(
    st.lists(positive, min_size=SIZE[1], max_size=SIZE[1]),
    st.lists(positive, min_size=SIZE[0] * SIZE[1], max_size=SIZE[0] * SIZE[1]),
    st.tuples(substitution, substitution, substitution),
)
def test_what_is_written_is_read_back(theta, supply, others):
    e = np.reshape(supply, SIZE)
    cells = [(n, j) for n in range(SIZE[0]) for j in range(SIZE[1])]
    lines = [
        "name,sector,country,value",
        *(f"theta,{code},,{x!r}" for code, x in zip(ECONOMY.sectors, theta, strict=True)),
        *(
            f"supply,{ECONOMY.sectors[j]},{ECONOMY.countries[n]},{float(e[n, j])!r}"
            for n, j in cells
        ),
        *(f"{k},,,{x!r}" for k, x in zip(("eta", "epsilon", "rho"), others, strict=True)),
    ]
    got = read("\n".join(lines), ".csv")
    np.testing.assert_array_equal(got.theta, theta)
    np.testing.assert_allclose(got.phi / (1 - got.phi), e, rtol=1e-9)
    assert (got.eta, got.epsilon, got.rho) == others


@settings(max_examples=60)
@given(st.text(max_size=60), st.sampled_from([".toml", ".csv"]))
def test_any_text_is_one_typed_error(text, suffix):
    with pytest.raises(WorldError) as error:
        read(text.encode("utf-8", "ignore").decode(), suffix)
    assert "own" in str(error.value)


@settings(max_examples=60)
@given(
    st.sampled_from(["theta", "phi", "supply", "eta", "rho", "x"]),
    st.sampled_from([*ECONOMY.sectors, "all", "", "Z"]),
    st.sampled_from([*ECONOMY.countries, "all", "", "Z"]),
    st.sampled_from(["1", "0", "-1", "nan", "inf", "1e400", "", "word"]),
)
def test_one_line_more_is_read_or_named(name, sector, country, value):
    base = "name,sector,country,value\ntheta,all,,2\nphi,all,,0.5\n"
    found = outcome(f"{base}{name},{sector},{country},{value}\n")
    if isinstance(found, str):
        assert "line 4" in found
    else:
        assert name != "x"
        assert value in ("0", "1")
        assert np.isfinite(found.theta).all()
