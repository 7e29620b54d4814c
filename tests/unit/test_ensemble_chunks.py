"""Chunks: what is written without zarr is what zarr would write, and reads."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from threatpoint.analysis.ensemble.chunks import LEVEL, empty, read_chunk, write_chunk
from threatpoint.analysis.ensemble.schema import CHECK, VARIABLES

zarr = pytest.importorskip("zarr", reason="the extra 'ensemble' is not installed")
KINDS = sorted({CHECK, *(variable.kind for variable in VARIABLES)})


def values(kind):
    """Blocks of a type, and more often than by chance one that holds nothing."""
    shapes = array_shapes(max_dims=3, max_side=4)
    nothing = empty(kind)
    some = arrays(np.dtype(kind), shapes)
    none = shapes.map(lambda shape: np.full(shape, "" if "U" in kind else 0, kind))
    return some | (none if nothing is None else shapes.map(lambda s: np.full(s, nothing, kind)))


@settings(max_examples=40, deadline=None)
@given(data=st.data(), kind=st.sampled_from(KINDS), block=st.integers(0, 2))
def test_zarr_writes_the_same_bytes_and_reads_them(tmp_path_factory, data, kind, block) -> None:
    import numcodecs

    wanted, folder = data.draw(values(kind)), tmp_path_factory.mktemp("chunks")
    count, *rest = wanted.shape
    group = zarr.open_group(str(folder), mode="w", zarr_format=2)
    laid = {"shape": (3 * count, *rest), "chunks": wanted.shape, "dtype": kind}
    how = {"fill_value": empty(kind), "compressors": numcodecs.Zlib(LEVEL)}
    for name in ("ours", "theirs"):
        group.create_array(name, **laid, **how)
    span = slice(block * count, (block + 1) * count)
    group["theirs"][span] = wanted
    write_chunk(folder / "ours", block, wanted, kind)
    np.testing.assert_array_equal(group["ours"][span], wanted)
    again = read_chunk(folder / "ours", block, wanted.shape, kind)
    assert again.tobytes() == wanted.astype(kind).tobytes()
    ours, theirs = (
        {p.name: p.read_bytes() for p in (folder / n).iterdir()} for n in ("ours", "theirs")
    )
    other = "f" in kind and np.isnan(wanted).all()  # NaN of other bits is kept here, not by zarr
    assert other or ours == theirs


def test_a_chunk_that_holds_nothing_has_no_file(tmp_path) -> None:
    write_chunk(tmp_path, 1, np.ones((2, 3)), "<f8")
    assert [p.name for p in tmp_path.iterdir()] == ["1.0"]
    write_chunk(tmp_path, 1, np.full((2, 3), np.nan), "<f8")
    assert not list(tmp_path.iterdir())
    assert np.isnan(read_chunk(tmp_path, 1, (2, 3), "<f8")).all()


@pytest.mark.parametrize("cut", [0, 5])
def test_a_cut_chunk_is_no_values(tmp_path, cut) -> None:
    write_chunk(tmp_path, 0, np.arange(6.0).reshape(2, 3), "<f8")
    place = tmp_path / "0.0"
    place.write_bytes(place.read_bytes()[:cut])
    with pytest.raises(Exception, match="incomplete"):
        read_chunk(tmp_path, 0, (2, 3), "<f8")
