"""Chromium without a window, driven over a pipe, with the fonts of one family only.

The browser reads commands on its file descriptor 3 and answers on 4; messages are JSON that ends
with a zero byte (https://chromedevtools.github.io/devtools-protocol/).
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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

FLAGS = (
    "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
    "--no-first-run", "--disable-quic", "--disable-background-networking", "--disable-breakpad",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip

PIPES = 'exec "$0" "$@" 3<&0 4>&1 </dev/null >&2'
"""The shell's standard input and output become the browser's descriptors 3 and 4."""

KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " ")}
"""Key -> its Windows code and the text it types."""

FAULTS = Path(__file__).with_name("faults.js").read_text(encoding="utf-8")
"""The checks of a page, which `Browser.open` puts at hand as `faults`."""

PATIENCE = 60.0
"""Seconds until an answer of the browser counts as missing."""


class BrowserError(RuntimeError):
    """The browser died, did not answer, or refused a command."""


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


@contextmanager
def browsing(family: str, folder: Path) -> Iterator[Browser]:
    """A browser that sees the fonts of a family only; its profile and log stand in the folder.

    Skips the calling test where there is no browser or no such family.
    """
    command = ["/bin/sh", "-c", PIPES, chromium(), *FLAGS, f"--user-data-dir={folder / 'profile'}"]
    log = folder / "chromium.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command, env=only(family, folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=errors, start_new_session=True,
        )  # fmt: skip
    try:
        yield Browser(process, log)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the browser and all it started: it leaves once its pipe is closed, or is killed."""
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(BrokenPipeError):
            pipe.close() if pipe else None
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(5)


class Browser:
    """One tab of Chromium.

    Attributes:
        requests: addresses asked for since the last `open`, the page's own among them.
    """

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.requests: list[str] = []
        self._process, self._log = process, log
        self._received, self._number, self._session = b"", 0, {}
        self._happened: set[str] = set()
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        tab = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = {"sessionId": tab["sessionId"]}
        for command in ("Page.enable", "Network.enable"):
            self.call(command)
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def open(self, page: Path) -> None:
        """Load a file, wait until it is loaded, and put the checks of `faults.js` at hand."""
        self.requests.clear()
        self._happened.clear()
        answer = self.call("Page.navigate", url=page.resolve().as_uri())
        if "errorText" in answer:
            raise BrowserError(f"{page}: {answer['errorText']}")
        until = time.monotonic() + PATIENCE
        while "Page.loadEventFired" not in self._happened:
            self._note(self._message(until, f"loading {page}"))
        self.value(FAULTS + "null")

    def resize(self, width: int, height: int = 900, scale: float = 1) -> None:
        """The window in CSS pixels, and the pixels of the device to one of them."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=scale, mobile=False,
        )  # fmt: skip

    def emulate(self, media: str = "", *, dark: bool = False) -> None:
        """Lay out for a medium ("print"; "": the one in use) and a colour scheme."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def value(self, script: str) -> Any:
        """What a line of JavaScript gives, as JSON would carry it."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key of `KEYS` and let it go."""
        code, text = KEYS[key]
        event = {"key": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **event)
        self.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def picture(self, file: Path) -> None:
        """The whole page, as a PNG."""
        answer = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(answer["data"]))

    def printed(self) -> bytes:
        """The page as a PDF, on the paper its style sheet names."""
        answer = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(answer["data"])

    def call(self, method: str, **given: Any) -> dict[str, Any]:
        """The answer to a command of the protocol."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": given, **self._session}
        self._send(json.dumps(command).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while (answer := self._message(until, method)).get("id") != self._number:
            self._note(answer)
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def _send(self, message: bytes) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.write(message)
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise BrowserError(f"the browser ended\n{self._last_words()}") from error

    def _message(self, until: float, wait: str) -> dict[str, Any]:
        """The next message, be it an answer or an event."""
        assert self._process.stdout
        pipe = self._process.stdout.fileno()
        while b"\0" not in self._received:
            if not select.select([pipe], [], [], max(0, until - time.monotonic()))[0]:
                raise BrowserError(f"{wait}: no answer in {PATIENCE:.0f} s\n{self._last_words()}")
            received = os.read(pipe, 1 << 20)
            if not received:
                raise BrowserError(f"{wait}: the browser ended\n{self._last_words()}")
            self._received += received
        message, _, self._received = self._received.partition(b"\0")
        return json.loads(message)

    def _note(self, event: dict[str, Any]) -> None:
        self._happened.add(event.get("method", ""))
        if event.get("method") == "Network.requestWillBeSent":
            self.requests.append(event["params"]["request"]["url"])

    def _last_words(self) -> str:
        """The end of the browser's log."""
        return self._log.read_text(encoding="utf-8", errors="replace")[-2000:]


def pages(pdf: bytes) -> int:
    """Pages of a PDF as Chromium writes it, its objects uncompressed."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
