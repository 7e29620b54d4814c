"""The page on paper: printed by a browser of the Chromium family, as one PDF file."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from threatpoint.errors import ThreatpointError
from threatpoint.files import require_writable, write_whole

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
"""Commands looked for, in this order."""
VARIABLE = "THREATPOINT_BROWSER"
"""Environment variable with the path of a browser, where it is not on the PATH."""
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-sandbox",  # a container has none; the page has no script and comes from here
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # nothing is looked up
    "--no-pdf-header-footer",
)
PATIENCE = 120.0
"""Seconds that a browser may take; it needs two."""


def write_pdf(page: str | Path, path: str | Path, *, full: bool = False) -> Path:
    """Print the page as a PDF file: its first screen on one A4, or all of it.

    Args:
        page: its file, or its HTML as text.
        path: ends in .pdf; replaced whole.
        full: everything, with all folds open.

    Raises:
        ThreatpointError: no browser here, it fails, or the file cannot be written.
    """
    place, browser = require_pdf(path)
    text = page.read_text(encoding="utf-8") if isinstance(page, Path) else page
    write_whole(place, _printed(browser, opened(text) if full else text))
    return place


def require_pdf(path: str | Path) -> tuple[Path, str]:
    """The file and the browser that prints it, before anything is solved.

    Raises:
        ThreatpointError: no browser here, another suffix, or the file cannot be written.
    """
    require_writable(Path(path), "--pdf", (".pdf",))
    return Path(path), require_browser()


def require_browser() -> str:
    """The path of a browser that prints.

    Raises:
        ThreatpointError: there is none; says what to install.
    """
    named = os.environ.get(VARIABLE, "")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found
    what = f"{VARIABLE} is {named!r}, which is no program" if named else "none is on the PATH"
    raise ThreatpointError(
        f"--pdf needs Chromium, Chrome or Edge to print the page, and {what}; install one "
        f"(Debian and Ubuntu: apt install chromium), or set {VARIABLE} to its path"
    )


def opened(page: str) -> str:
    """The page as it is printed in full: all folds open."""
    return page.replace("<html ", '<html class="full" ', 1).replace("<details", "<details open")


def _printed(browser: str, page: str) -> bytes:
    """What the browser makes of a page, in a folder and with a profile of its own."""
    with tempfile.TemporaryDirectory(prefix="threatpoint-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, made = folder / "page.html", folder / "page.pdf"
        source.write_text(page, encoding="utf-8")
        own = (f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}", source.as_uri())
        said = _run([browser, *FLAGS, *own], folder / "said.txt")
        if not made.is_file() or not made.stat().st_size:
            raise ThreatpointError(f"{browser} printed no page: {said or 'it said nothing'}")
        return made.read_bytes()


def _run(command: list[str], said: Path) -> str:
    """The last line of what a program says; kept in a file, since its children hold on to pipes."""
    try:
        with said.open("wb") as file:
            subprocess.run(command, stdout=file, stderr=file, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise ThreatpointError(
            f"{command[0]} printed no page within {PATIENCE:.0f} s; try again when less is running"
        ) from None
    except OSError as error:
        raise ThreatpointError(f"{command[0]} cannot be run: {error.strerror}") from error
    lines = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
