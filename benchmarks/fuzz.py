"""Fuzzed input: no traceback, no hang above 10 s, no more than 1 GB of memory.

    python -m benchmarks.fuzz --files 2000 --lines 1000 --tables 1000 --seed 1

Situation files, command lines and tables of elasticities are made from a seed, sound ones spoiled
in odd ways (`fuzz_files`, `fuzz_lines`, `fuzz_tables`). Each is read in a worker process that stops
itself after 10 s of processor time, may not use more than 1 GB of address space, and takes every
warning for an error. What is not answered must be refused with a typed error, in a message of
bounded length.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import signal
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks import fuzz_files, fuzz_lines, fuzz_tables
from threatpoint.errors import MOST_SHOWN, ThreatpointError

SECONDS = 10
"""Processor time of a case; a machine that is busy with other things is no hang."""
PATIENCE = 60
"""Seconds after which a worker that waits, or does not even stop itself, is killed."""
MEMORY = 1 << 30
LONGEST = 1600 * MOST_SHOWN
"""Characters of a message: its lines, each cut where nobody reads on."""
KINDS = {"files": fuzz_files, "lines": fuzz_lines, "tables": fuzz_tables}
BAD = ("traceback", "hang", "memory", "long message")


class Hang(BaseException):
    """Raised in a worker by its own timer."""


@dataclass
class Tally:
    """Outcomes of one kind of case."""

    count: Counter[str] = field(default_factory=Counter[str])

    @property
    def bad(self) -> int:
        """Number of failures."""
        return sum(self.count[name] for name in BAD)


def outcome(kind: str, seed: int, folder: Path) -> tuple[str, str]:
    """Make and read one case: what happened, in a word, and the last lines said."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            said = KINDS[kind].read(seed, folder)
    except ThreatpointError as error:
        said = f"refused: {error}"
    except Hang:
        return "hang", "".join(traceback.format_exc()[-1500:])
    except MemoryError:
        return "memory", "".join(traceback.format_exc()[-1500:])
    except Exception:
        return "traceback", "".join(traceback.format_exc()[-1500:])
    if len(said) > LONGEST:
        return "long message", said[:500]
    return said.partition(":")[0], said


def work(pipe: Connection, folder: str) -> None:
    """A worker: cases in, outcomes out, until it is told to stop."""

    def stop(*_: Any) -> None:
        raise Hang

    signal.signal(signal.SIGPROF, stop)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while (case := pipe.recv()) is not None:
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            found = outcome(*case, Path(folder))
        except Hang:
            found = "hang", "while the outcome was put together"
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send((found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
    pipe.close()


class Worker:
    """A worker process that is replaced when it dies or does not answer."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._start()

    def _start(self) -> None:
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=work, args=(theirs, self.folder), daemon=True)
        self.process.start()

    def ask(self, kind: str, seed: int) -> tuple[tuple[str, str], int]:
        """The outcome of a case, and the most memory the worker has held, kB."""
        self.pipe.send((kind, seed))
        try:
            if self.pipe.poll(PATIENCE):
                return self.pipe.recv()
            found = "hang", "the worker did not answer and was killed"
        except EOFError:
            found = "memory", "the worker died"
        self.process.kill()
        self._start()
        return found, 0

    def stop(self) -> None:
        """Let it end."""
        self.pipe.send(None)
        self.process.join(PATIENCE)


def run(counts: dict[str, int], seed: int) -> tuple[dict[str, Tally], int]:
    """All cases of every kind, failures printed; the tallies, and the most memory held, kB."""
    tallies, most = {kind: Tally() for kind in counts}, 0
    with tempfile.TemporaryDirectory() as folder:
        worker = Worker(folder)
        for kind, count in counts.items():
            for number in range(count):
                (what, said), memory = worker.ask(kind, 1_000_000 * seed + number)
                tallies[kind].count[what] += 1
                most = max(most, memory)
                if what in BAD:
                    print(f"--- {kind} {1_000_000 * seed + number}: {what}\n{said}", flush=True)
        worker.stop()
    return tallies, most


def main() -> int:
    """Print the counts; 1 if anything failed. `--case KIND NUMBER` shows one case."""
    parser = argparse.ArgumentParser(description=__doc__)
    for kind in KINDS:
        parser.add_argument(f"--{kind}", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", nargs=2, metavar=("KIND", "NUMBER"))
    given = parser.parse_args()
    if given.case:
        with tempfile.TemporaryDirectory() as folder:
            print(outcome(given.case[0], int(given.case[1]), Path(folder)))
        return 0
    tallies, most = run({kind: getattr(given, kind) for kind in KINDS}, given.seed)
    for kind, tally in tallies.items():
        print(f"{kind}: {sum(tally.count.values())} cases; {dict(tally.count.most_common())}")
    print(f"most memory held: {most / 1024:.0f} MB")
    return 1 if any(tally.bad for tally in tallies.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
