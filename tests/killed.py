"""Writers that are killed: a script of its own, since a fork wants a process without threads.

    python -m tests.killed FOLDER HOW [SYSTEM]

HOW is "steps" (die before the first step on the disk, then the second, and so on) or "moments"
(20 times SIGKILL at a random moment). SYSTEM is "no-exchange" or "no-links" for a file system that
lacks what the change rests on. Prints for each kill what then stood in FOLDER, see `found`.
"""

from __future__ import annotations

import errno
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from threatpoint.files import swap, write_together

STEPS = ("open", "os.rename", "os.link", "os.symlink", "os.remove", "os.mkdir", "os.rmdir")
RUNS = {
    "old": ("index.html", "data/a.csv", "data/only-old.csv", "charts/a.svg", "charts/only-old.svg"),
    "new": ("index.html", "data/a.csv", "data/only-new.csv", "maps/a.svg"),
}
TEXT = {run: f"{run}\n" * 2000 for run in RUNS}
MINE = "data/mine.csv"


def write(folder: Path, run: str) -> None:
    """One run's files; each says in full whose it is."""
    names = {name for listed in RUNS.values() for name in listed}
    write_together(folder, dict.fromkeys(RUNS[run], TEXT[run]), lambda: names)


def found(folder: Path) -> str:
    """What a reader sees: "old" or "new", "part of" one of them, "no page", or "mixed"."""
    tops = [folder / top for top in ("index.html", "data", "charts", "maps")]
    seen = {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in [*tops, *(path for top in tops for path in top.glob("*"))]
        if path.is_file()
    }
    mine = seen.pop(MINE, None)
    if "index.html" not in seen:
        return "no page"
    for run, names in RUNS.items():
        whole = dict.fromkeys(names, TEXT[run])
        if seen.items() <= whole.items():
            return run if seen == whole and mine == "mine" else f"part of {run}"
    return "mixed"


def child(work: Callable[[], object]) -> int:
    """A forked process that does the work; its id."""
    number = os.fork()
    if number:
        return number
    work()
    os._exit(0)


def prepare(folder: Path) -> None:
    """An older run, and a file of the user's."""
    write(folder, "old")
    (folder / MINE).write_text("mine")


def steps(folder: Path) -> Iterator[str]:
    """Die before step 1, 2, ... of a change; at last it comes through."""
    for last in count(1):
        prepare(folder)
        number = child(lambda last=last: dying(folder, last))
        if os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) == 0:
            return
        yield found(folder)


def dying(folder: Path, last: int) -> None:
    """Write the new run, and stop dead before the step of that number."""
    done = count(1)

    def step(event: str, _: object = None) -> None:
        if event in STEPS and next(done) == last:
            os._exit(9)

    real = swap.exchange

    def exchange(one: Path, other: Path) -> bool:
        step("os.rename")
        return real(one, other)

    swap.exchange = exchange  # it calls the C library, which no hook sees
    sys.addaudithook(step)
    write(folder, "new")


def moments(folder: Path) -> Iterator[str]:
    """Two runs by turns without end, killed at a random moment."""
    prepare(folder)
    for _ in range(20):
        number = child(lambda: [write(folder, run) for _ in count() for run in ("new", "old")])
        time.sleep(random.uniform(0.0, 0.1))
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        yield found(folder)


def refused(*_: object) -> None:
    """What a file system without links answers."""
    raise OSError(errno.EPERM, "Operation not permitted")


if __name__ == "__main__":
    where, how, *system = sys.argv[1:]
    os.fsync = lambda _: None  # the machine stays on
    if system == ["no-exchange"]:
        swap.exchange = lambda *_: False
    if system == ["no-links"]:
        os.symlink = refused
    for line in {"steps": steps, "moments": moments}[how](Path(where)):
        print(line)
