"""Chromium without a window, with the fonts of one family only where that is asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

FONTS = {
    "DejaVu": "fonts/truetype/dejavu",
    "Liberation": "fonts/truetype/liberation",
}
"""Family -> its folder under /usr/share, as Debian lays it out."""

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>FONTS</dir><cachedir>CACHE</cachedir></fontconfig>
"""


def chromium() -> str:
    """The browser's path; skips the calling test where there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), "")
    if not found:
        pytest.skip("no chromium here to lay the page out")
    return found


def only(family: str, folder: Path) -> dict[str, str]:
    """The environment in which a program sees no font but those of a family.

    Skips the calling test where the family is not installed.
    """
    fonts = Path("/usr/share") / FONTS[family]
    if not any(fonts.glob("*.ttf")):
        pytest.skip(f"no {family} fonts in {fonts}")
    words = CONFIGURATION.replace("FONTS", str(fonts)).replace("CACHE", str(folder / "fontcache"))
    (folder / "fonts.conf").write_text(words, encoding="utf-8")
    return os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}


def dump(page: Path, folder: Path, environment: dict[str, str] | None = None) -> str:
    """The page as the browser has it once it is laid out."""
    command = [
        chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage", f"--user-data-dir={folder / 'profile'}",
        "--virtual-time-budget=8000", "--dump-dom", "--window-size=1300,1000", page.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout
