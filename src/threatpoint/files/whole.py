"""One file: written under a name of its own beside its place, flushed to the disk, moved there.

A failure removes the part. A kill leaves it, and the next writer of the file removes it.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from threatpoint.errors import ThreatpointError

try:
    import fcntl
except ImportError:  # no locks of this kind outside POSIX
    fcntl = None

PATIENCE = 30.0
"""Seconds to wait for another run that writes in the same folder; a run needs one at most."""


def write_whole(path: Path, content: str | bytes) -> None:
    """Replace a file, a link followed; text is UTF-8 with the line ends given.

    Raises:
        ThreatpointError: it cannot be written; what was there before is still there.
    """
    with reported(path):
        place = followed(path)
        with locked(place.parent) as alone:
            if alone:
                _remove_parts(place)
            part = place.with_name(f"{_stem(place)}{secrets.token_hex(4)}.part")
            try:
                create(part, content, like=place)
                sync(part)
                os.replace(part, place)
            finally:
                part.unlink(missing_ok=True)
            sync_folder(place.parent)


def followed(path: Path) -> Path:
    """The place of a file, links followed but for those that a killed change left."""
    place = path.resolve()
    run = re.fullmatch(r"\..+\.threatpoint-[0-9a-f]{8}-(old|new)", place.parent.name)
    return place.parent.parent / place.name if run else place


def create(path: Path, content: str | bytes, like: Path) -> None:
    """Make a new file with the permissions of the one it replaces; see `sync`.

    Raises:
        OSError: it is there, or cannot be written.
    """
    with path.open("xb") as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)
    if like.is_file():
        shutil.copymode(like, path)


def sync(path: Path) -> None:
    """Bring a file to the disk.

    Raises:
        OSError: the disk has no room for what was written.
    """
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    with suppress(OSError):
        sync(folder)


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turn an error of the system into one message.

    Raises:
        ThreatpointError: names the path and the reason.
    """
    try:
        yield
    except OSError as error:
        raise ThreatpointError(
            f"{path} could not be written: {error.strerror or error}; "
            "what was there before is still there"
        ) from error


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Write in a folder alone; gives False where the file system has no locks.

    The lock is on the folder itself: it leaves no file, and a killed run frees it.

    Raises:
        OSError: no such folder, or another run writes in it for longer than `PATIENCE`.
    """
    try:
        handle = None if fcntl is None else os.open(folder, os.O_RDONLY)
    except PermissionError:
        handle = None
    if handle is None:
        yield False
        return
    try:
        yield _lock(handle)
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Wait for the lock; False where there are none."""
    assert fcntl is not None
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.02)
        except OSError:
            return False
        else:
            return True
    raise TimeoutError(errno.ETIMEDOUT, f"another run is still writing here after {PATIENCE:.0f} s")


def _stem(place: Path) -> str:
    """How names of parts begin; short, since names are limited to 255 bytes."""
    return f".{place.name[:40]}."


def _remove_parts(place: Path) -> None:
    """Remove what killed writers left; the lock says that none of them lives."""
    for path in place.parent.iterdir():
        if re.fullmatch(re.escape(_stem(place)) + r"[0-9a-f]{8}\.part", path.name):
            path.unlink(missing_ok=True)
