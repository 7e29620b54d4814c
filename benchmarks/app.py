"""The app under load, beside one warm solve in the same run.

    python -m benchmarks.app [--users N] [--ticks N] [--no-browser]

Starts the app as a process, asks it as so many users at once, each for ticks and then for a rest,
and counts what is lost; then moves the slider by key in headless Chromium. Memory is that of the
app and its workers.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from benchmarks.timing import least
from threatpoint.oil.solve import solve
from threatpoint.policy.standing import world_on
from threatpoint.situation import load_situation

SITUATION, THREAT, HORIZON = "ukraine-2025-03-31", "oil-tariff", "short"
KEYS = 40


@contextmanager
def app() -> Iterator[tuple[str, int, float]]:
    """Address, process and seconds to the first answer."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "threatpoint", "app", "--port", "0", "--draws", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+/", process.stdout.readline())
        assert found is not None, "the app says where it listens"
        urlopen(found[0]).read()
        yield found[0], process.pid, time.perf_counter() - start
        process.terminate()


def warm_solve() -> float:
    """Seconds of one warm solve of the threat."""
    situation = load_situation(SITUATION)
    economy = world_on(situation.date)
    policy = situation.threats[THREAT].policy(economy)
    return least(lambda: solve(economy, policy, horizon=HORIZON, opec="hold"))


def megabytes(pid: int) -> float:
    """Resident memory of a process and of all below it."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return pages * 4096 / 1e6 + sum(megabytes(int(child)) for child in below)


class Users:
    """Several users at once."""

    def __init__(self, address: str, ticks: int) -> None:
        self.address, self.ticks = address, ticks
        self.took: dict[str, list[float]] = {"tick": [], "rest": []}
        self.lost: list[str] = []

    def ask(self, path: str, query: str) -> None:
        """One request, timed and checked."""
        start = time.perf_counter()
        try:
            with urlopen(f"{self.address}{path}?{query}", timeout=120) as answer:
                found = json.load(answer)
            assert query.split("&tab")[0].split("rate=")[1] in found["address"]
            self.took[path].append(time.perf_counter() - start)
        except Exception as error:
            self.lost.append(f"{path}?{query}: {error}")

    def user(self, number: int) -> None:
        """Ticks of a slider, then a rest, each time as a new page."""
        tab = f"{time.monotonic_ns()}-{number}"
        for n in range(1, self.ticks + 1):
            self.ask("tick", f"rate={27 + (7 * number + n) % 70}&tab={tab}&n={n}")
        self.ask("rest", f"rate={27 + number}&tab={tab}&n={self.ticks + 1}")

    def run(self, users: int) -> None:
        """All of them."""
        threads = [threading.Thread(target=self.user, args=(n,)) for n in range(users)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def key_to_repaint(address: str) -> list[float]:
    """Seconds from a key on the slider to its picture."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1100, "height": 900})
        page.goto(address)
        page.wait_for_selector(".said:not([aria-busy])", timeout=120_000)
        page.evaluate("window.t = []; addEventListener('painted', e => t.push(e.detail), true)")
        page.focus("#rate")
        for n in range(KEYS):
            page.keyboard.press("ArrowRight" if n % 20 < 10 else "ArrowLeft")
            while len(page.evaluate("t")) <= n:
                page.wait_for_timeout(5)
        found = page.evaluate("t")
        browser.close()
    return [ms / 1000 for ms in found]


def line(name: str, seconds: list[float], one: float) -> str:
    """Median and 95 % of some times, in ms and in solves."""
    middle = statistics.median(seconds)
    high = sorted(seconds)[max(0, round(0.95 * len(seconds)) - 1)]
    return (
        f"{name}: {len(seconds)}, median {1000 * middle:.0f} ms ({middle / one:.1f} solves), "
        f"95 % {1000 * high:.0f} ms ({high / one:.1f} solves)"
    )


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--ticks", type=int, default=10)
    parser.add_argument("--no-browser", action="store_true")
    given = parser.parse_args()
    one = warm_solve()
    print(f"one warm solve: {1000 * one:.0f} ms")
    with app() as (address, pid, start):
        print(f"from the command to the first answer: {start:.2f} s ({start / one:.0f} solves)")
        if not given.no_browser:
            print(line("key to repaint, one user", key_to_repaint(address), one))
        Users(address, 2).run(given.users)  # what is kept is kept by now
        before = megabytes(pid)
        users = Users(address, given.ticks)
        for _ in range(2):
            users.run(given.users)
        for name, took in users.took.items():
            print(line(f"{name}, {given.users} users at once", took, one))
        print(f"lost: {len(users.lost)} {users.lost[:3]}")
        print(f"memory: {before:.0f} MB before, {megabytes(pid):.0f} MB after")


if __name__ == "__main__":
    main()
