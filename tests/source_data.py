"""Where the source files are that the project itself does not carry."""

from __future__ import annotations

import pathlib

import pytest
from builders.data import source_root


def source_data() -> pathlib.Path:
    """The folder of source data; skips the calling test when it is absent.

    Looked for in the environment variable THREATPOINT_DATA, then in ../shared/data beside the
    repository.
    """
    folder = source_root()
    if not folder.is_dir():
        pytest.skip(f"no source data at {folder}; set THREATPOINT_DATA to the folder that holds it")
    return folder
