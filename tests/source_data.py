"""Where the source data are; tests that need them skip with a reason where they are absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def source_data() -> Path:
    """The folder of the source files: THREATPOINT_DATA, or ../shared/data beside the repository."""
    root = Path(__file__).resolve().parents[1]
    given = os.environ.get("THREATPOINT_DATA")
    folder = Path(given) if given else root.parent / "shared" / "data"
    if not (folder / "world").is_dir():
        pytest.skip(
            f"source data not found in {folder}: set THREATPOINT_DATA to the folder that holds "
            "world/, oil/ and elasticities/"
        )
    return folder
