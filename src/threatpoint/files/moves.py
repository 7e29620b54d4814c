"""Moving files and folders: in one step where the system can, else one by one."""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

UNSUPPORTED = {
    errno.EPERM, errno.EACCES, errno.EBUSY, errno.EXDEV, errno.EINVAL, errno.ENOSYS,
    errno.ENOTSUP, errno.EOPNOTSUPP,
}  # fmt: skip
"""What a file system answers that has no links, or whose entry cannot be moved."""


def one_by_one(home: Path, new: list[str], gone: Iterable[str], run: Path, aside: Path) -> None:
    """Replace files singly: the first one goes away first and comes last.

    A failure is undone. A kill leaves no mixed set: the first file, the page, is missing.

    Raises:
        OSError: a file cannot be moved.
    """
    away: list[str] = []
    there: list[str] = []
    try:
        for name in [*new, *gone]:
            if os.path.lexists(home / name):
                move(home / name, aside / name)
                away.append(name)
        for name in reversed(new):
            move(run / name, home / name)
            there.append(name)
    except OSError:
        for name in there:
            (home / name).unlink(missing_ok=True)
        for name in reversed(away):
            move(aside / name, home / name)
        raise


def link_or_copy(path: Path, place: Path) -> None:
    """The same file under a second name; a copy where that cannot be."""
    try:
        if path.is_symlink():
            raise OSError
        os.link(path, place)
    except OSError:
        shutil.copy2(path, place, follow_symlinks=False)


def exchange(one: Path, other: Path) -> bool:
    """Let two names trade places in one step; False where the system cannot.

    Raises:
        OSError: it can, but not these.
    """
    rename = _renameat2()
    if rename is None:
        return False
    if rename(-100, os.fsencode(one), -100, os.fsencode(other), 2) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))


@cache
def _renameat2() -> Any:
    """The call of the C library on Linux; -100 means paths from here, 2 means exchange."""
    try:
        return ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return None


def move(source: Path, place: Path) -> None:
    """Move a file, whole, to another file system too."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.replace(source, place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = place.with_name(f".{source.name}.{secrets.token_hex(4)}.part")
        shutil.copy2(source, part)
        os.replace(part, place)
        source.unlink()


def remove(path: Path) -> None:
    """Remove a link, a file or a folder, as far as it can be."""
    with suppress(OSError):
        if path.is_symlink() or not path.is_dir():
            path.unlink(missing_ok=True)
        else:
            shutil.rmtree(path)
