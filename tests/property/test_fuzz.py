"""A small fixed piece of `benchmarks.fuzz`: spoiled input is answered or refused, never a crash."""

from __future__ import annotations

import pytest
from benchmarks import fuzz


@pytest.mark.parametrize(("kind", "count"), [("files", 30), ("lines", 20), ("tables", 30)])
def test_spoiled_input_is_answered_or_refused(tmp_path, kind, count):
    seen = set()
    for seed in range(count):
        what, said = fuzz.outcome(kind, seed, tmp_path)
        assert what not in fuzz.BAD, f"{kind} {seed}: {what}\n{said}"
        seen.add(what)
    assert "refused" in seen
    assert len(seen) > 1
