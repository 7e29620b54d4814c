"""Commands as typed, in this process, at a width of 100 columns."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

import threatpoint.analysis.typed
from threatpoint.analysis.analysis import Analysis, analyse
from threatpoint.cli import main


@dataclass(frozen=True)
class Brief:
    """What `threatpoint brief` solved, printed and wrote."""

    analysis: Analysis
    terminal: str
    page: Path


def typed(*words: str, folder: Path) -> str:
    """What a command prints, run in a folder, which is named <folder> in it."""
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(out):
        patch.setattr(sys, "argv", ["threatpoint", *words])
        patch.setenv("COLUMNS", "100")
        patch.delenv("FORCE_COLOR", raising=False)
        patch.chdir(folder)
        with pytest.raises(SystemExit) as end:
            main()
    assert not end.value.code, out.getvalue()
    said = out.getvalue().replace("python -m pytest.threatpoint", "threatpoint")
    return said.replace(str(folder), "<folder>")


def brief(folder: Path) -> Brief:
    """The command on the built-in situation, and the analysis it made on the way."""
    found: list[Analysis] = []

    def kept(*given, **more) -> Analysis:
        found.append(analyse(*given, **more))
        return found[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threatpoint.analysis.typed, "analyse", kept)
        terminal = typed("brief", "--workers", "1", folder=folder)
    return Brief(found[0], terminal, folder / "brief" / "index.html")
