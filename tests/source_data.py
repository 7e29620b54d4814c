"""Where the source files are that the project itself does not carry."""

from __future__ import annotations

import os
import pathlib

import pytest


def source_data() -> pathlib.Path:
    """The folder of source data; skips the calling test when it is absent.

    Looked for in the environment variable THREATPOINT_DATA, then in ../shared/data beside the
    repository.
    """
    root = pathlib.Path(__file__).resolve().parents[1]
    folder = pathlib.Path(os.environ.get("THREATPOINT_DATA", root.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no source data at {folder}; set THREATPOINT_DATA to the folder that holds it")
    return folder
