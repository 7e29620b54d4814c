"""The example of every public name, run as it stands in its docstring."""

from __future__ import annotations

import doctest
import inspect
import re
from functools import cache

import pytest

import threatpoint

AFTER = re.compile(r"Example, after that of `(\w+)`:")
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.REPORT_ONLY_FIRST_FAILURE


def example(name: str) -> str:
    """The docstring of a public name; of the package for its own name."""
    return inspect.getdoc(getattr(threatpoint, name, threatpoint)) or ""


@cache
def names_after(name: str) -> dict[str, object]:
    """What an example starts with: `tp`, and what the one that it names has left."""
    first = AFTER.search(example(name))
    return run(first[1]) if first else {"tp": threatpoint}


def run(name: str) -> dict[str, object]:
    """Run an example; the names it leaves."""
    parsed = doctest.DocTestParser().get_doctest(example(name), names_after(name), name, None, None)
    assert parsed.examples, f"the docstring of {name} shows no example"
    seen: list[str] = []
    failed, _ = doctest.DocTestRunner(optionflags=FLAGS).run(
        parsed, out=seen.append, clear_globs=False
    )
    assert not failed, "".join(seen)
    return parsed.globs


@pytest.mark.parametrize("name", [*threatpoint._places(), "threatpoint"])
def test_the_example_runs(name, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    run(name)
