"""The change from one run's files to another's, as one step for whoever looks.

A set of files has entries: the files and folders at the top of its folder. The new run stands in a
hidden run folder beside them. For the moment of the change each entry trades places with a link
that leads through one more link, the switch, to the run folder that counts. The switch is turned in
one step; then the entries trade places again, and plain files stand there, which can be copied,
zipped or served. A kill in between leaves links that show one whole run; the next run settles them.

The whole folder is not exchanged: it may be the current one, a mount point, or hold other files.

A folder trades places in one step on Linux; elsewhere it is missing for an instant. Where there are
no links, or an entry cannot be moved, see `moves.one_by_one`.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from threatpoint.files.moves import exchange, link_or_copy, remove
from threatpoint.files.whole import sync_folder

MARKED = r"\.(.+)\.threatpoint(?:-[0-9a-f]{8}-(?:old|new|aside)(?:\.link)?)?"
"""Names of switches and run folders; the group is the key of the set."""


@dataclass(frozen=True)
class Swap:
    """The set that begins with the file `key` in `home`; `mark` is this run's own."""

    home: Path
    key: str
    mark: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def switch(self) -> Path:
        """The link to the run folder that counts; there during a change only."""
        return self.home / f".{self.key[:40]}.threatpoint"

    def run(self, which: str) -> Path:
        """A run folder, made empty: the "old" or the "new" files of this change."""
        run = self.home / f"{self.switch.name}-{self.mark}-{which}"
        run.mkdir()
        return run

    def current(self) -> Path | None:
        """The run folder that counts, during a change."""
        name = os.readlink(self.switch) if self.switch.is_symlink() else ""
        run = self.home / name
        return run if name.startswith(self.switch.name) and run.is_dir() else None

    def require_links(self, entries: Iterable[str]) -> None:
        """Refuse where links cannot serve: a user's own in an entry's place, which stays; Windows,
        where a link is made for a file or for a folder.

        Raises:
            OSError: one of `moves.UNSUPPORTED`.
        """
        if os.name == "nt":
            raise OSError(errno.ENOSYS, "links are not used here")
        for place in (self.home / entry for entry in entries):
            if place.is_symlink() and not self._is_link(place):
                raise OSError(errno.EBUSY, f"{place} is a link")

    def change(self, entries: Iterable[str], run: Path) -> None:
        """Make the entries show a run.

        Raises:
            OSError: they show what they did; `settle` makes them plain again.
        """
        old = self.current()
        if old is None:
            old = self.run("old")
            self._turn(old)
        for entry in entries:
            if not self._is_link(self.home / entry):
                self._hide(entry, old)
        self._turn(run)

    def settle(self) -> None:
        """Make entries plain again, of the run that counts; what cannot be stays a link to it."""
        run = self.current()
        links = {place.name for place in self.home.iterdir() if self._is_link(place)}
        for name in {*links, *(os.listdir(run) if run else ())}:
            if name in links or not os.path.lexists(self.home / name):
                with suppress(OSError):
                    self._show(self.home / name, None if run is None else run / name)

    def drop(self) -> None:
        """Remove the switch when nothing leads through it."""
        run = self.current()
        if run is None or not any(self._is_link(self.home / name) for name in os.listdir(run)):
            remove(self.switch)

    def clear(self, alone: bool) -> None:
        """Remove run folders that nothing shows; those of other runs only when alone."""
        self.drop()
        run = self.current()
        start = f"{self.switch.name}-" + ("" if alone else self.mark)
        for path in list(self.home.iterdir()):
            if path.name.startswith(start) and path != run:
                remove(path)

    @classmethod
    def settle_all(cls, home: Path) -> None:
        """Settle and clear what killed runs left in a folder; to be called when alone there."""
        marked = (re.fullmatch(MARKED, path.name) for path in home.iterdir())
        for key in {found[1] for found in marked if found}:
            swap = cls(home, key)
            swap.settle()
            swap.clear(alone=True)

    def _turn(self, run: Path) -> None:
        link = run.with_name(f"{run.name}.link")
        os.symlink(run.name, link)
        os.replace(link, self.switch)
        sync_folder(self.home)

    def _hide(self, name: str, run: Path) -> None:
        """Put a link through the switch in an entry's place, and the entry into the run folder."""
        place, away = self.home / name, run / name
        remove(away)  # of a change that was killed before it came to anything
        if not os.path.lexists(place):
            os.symlink(self._words(place), place)
        elif not place.is_dir():
            link_or_copy(place, away)
            link = run.with_name(f"{run.name}.link")
            os.symlink(self._words(place), link)
            os.replace(link, place)
        else:
            os.symlink(self._words(place), away)
            if not exchange(away, place):
                away.unlink()
                os.rename(place, away)
                os.symlink(self._words(place), place)

    def _show(self, place: Path, away: Path | None) -> None:
        """The way back; a link to nothing goes."""
        if away is None or not os.path.lexists(away) or self._is_link(away):
            place.unlink(missing_ok=True)
        elif not away.is_dir():
            os.replace(away, place)
        elif not os.path.lexists(place) or not exchange(away, place):
            place.unlink(missing_ok=True)
            try:
                os.rename(away, place)
            except OSError:
                os.symlink(self._words(place), place)
                raise

    def _words(self, place: Path) -> str:
        return f"{self.switch.name}/{place.name}"

    def _is_link(self, place: Path) -> bool:
        return place.is_symlink() and os.readlink(place) == self._words(place)
