"""Kiel Policy Brief 186: what holds, and that what does not is explained."""

from pathlib import Path

from validation import kiel_2025


def test_published_numbers_hold():
    checks = kiel_2025.checks()
    assert len(checks) == 16
    assert [str(c) for c in checks if not c.holds] == []


def test_the_two_that_do_not_hold_are_explained():
    text = (Path(kiel_2025.__file__).parent / "differences.md").read_text(encoding="utf-8")
    found = {c.what: c for c in kiel_2025.explained()}
    assert set(found) == {"now, FRA", "needed, other donors"}
    assert f"{found['now, FRA'].computed:.2f} against 1.5" in text
    assert f"{found['needed, other donors'].computed:.1f} against 16.5" in text
