"""Files that belong together: all of one run, or all of the run before."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

from threatpoint.files.moves import UNSUPPORTED, link_or_copy, one_by_one
from threatpoint.files.swap import Swap
from threatpoint.files.whole import create, locked, reported, sync, sync_folder

Files = Mapping[str, str | bytes]


def write_together(
    folder: Path, files: Files, earlier: Callable[[], Collection[str]] = tuple
) -> None:
    """Replace a set of files as one.

    Args:
        folder: made when it does not exist.
        files: content by name within the folder, such as "data/losses.csv"; text is UTF-8 with the
            line ends given. The first name stands for the set.
        earlier: gives the names of the run before, asked when this run is alone in the folder.
            Those not written again are removed. Files of other names stay where they are.

    Raises:
        ThreatpointError: they cannot be written; what was there before is still there.
    """
    first = next(iter(files))
    with reported(folder / first):
        folder.mkdir(parents=True, exist_ok=True)
        home = folder.resolve()
        with locked(home) as alone:
            if alone:
                Swap.settle_all(home)
            swap = Swap(home, first)
            try:
                _replace(swap, files, set(earlier()) - set(files))
            finally:
                swap.settle()
                swap.clear(alone)
                sync_folder(home)


def require_places(folder: Path, names: Iterable[str]) -> None:
    """Refuse a file where a folder is needed, and a folder where a file is.

    Raises:
        OSError: with the place.
    """
    for name in names:
        place = folder / name
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, f"{place} is a folder, not a file")
        above = [folder / part for part in PurePosixPath(name).parents]
        for path in above:
            if path.exists() and not path.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, f"{path} is a file, not a folder")


def _replace(swap: Swap, files: Files, gone: Collection[str]) -> None:
    """Write the run folder, then change over to it."""
    home, run, entries = swap.home, swap.run("new"), _entries([*files, *gone])
    require_places(home, files)
    _fill(home, run, files)
    try:
        swap.require_links(entries)
        _carry(home, run, [e for e in entries if (home / e).is_dir()], {*files, *gone})
        swap.change(entries, run)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
        swap.settle()
        swap.drop()
        one_by_one(home, list(files), gone, run, swap.run("aside"))


def _entries(names: Iterable[str]) -> list[str]:
    """What stands at the top: "data" of "data/losses.csv"."""
    return list(dict.fromkeys(PurePosixPath(name).parts[0] for name in names))


def _fill(home: Path, run: Path, files: Files) -> None:
    """Write every file into the run folder; then all down to the disk, which is faster."""
    for name, content in files.items():
        (run / name).parent.mkdir(parents=True, exist_ok=True)
        create(run / name, content, like=home / name)
    for name in files:
        sync(run / name)
    for folder in {(run / name).parent for name in files} | {run}:
        sync_folder(folder)


def _carry(home: Path, run: Path, entries: Iterable[str], ours: Collection[str]) -> None:
    """Take along what stands in the folders of the set but is not of it.

    Raises:
        OSError: a folder cannot be read, so that what is in it would be left behind.
    """

    def refuse(error: OSError) -> None:
        raise error

    for entry in entries:
        for above, folders, files in os.walk(home / entry, onerror=refuse):
            for path in (Path(above) / name for name in [*folders, *files]):
                name = path.relative_to(home)
                if path.is_dir() and not path.is_symlink():
                    (run / name).mkdir(parents=True, exist_ok=True)
                elif name.as_posix() not in ours:
                    (run / name).parent.mkdir(parents=True, exist_ok=True)
                    link_or_copy(path, run / name)
