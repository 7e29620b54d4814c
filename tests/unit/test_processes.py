"""Worker processes: copies of a server where one was started, else begun anew."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from threatpoint import processes

SERVED = """
import os, signal, threading
from concurrent.futures import ProcessPoolExecutor
from threatpoint import processes

def main():
    before = dict(os.environ)
    assert processes.context().get_start_method() == "spawn"
    processes.ready("threatpoint.units", "no.such.module")
    processes.ready("threatpoint.words")
    assert dict(os.environ) == before
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert processes.context().get_start_method() == "forkserver"
    with ProcessPoolExecutor(1, processes.context()) as pool:
        print(pool.submit(eval, "'threatpoint.units' in __import__('sys').modules").result())
        print(pool.submit(eval, "'threatpoint.words' in __import__('sys').modules").result())
        print(pool.submit(os.getenv, "OPENBLAS_NUM_THREADS").result())
        print(pool.submit(signal.getsignal, signal.SIGINT).result() is signal.SIG_IGN)

if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no server is safe elsewhere")
def test_workers_are_copies_of_a_server_that_has_imported_their_work(tmp_path) -> None:
    (tmp_path / "served.py").write_text(SERVED)
    command = [sys.executable, "-W", "error", str(tmp_path / "served.py")]
    found = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    assert not found.returncode, found.stderr
    assert found.stdout.split() == ["True", "False", "1", "True"]
    assert not found.stderr


def test_elsewhere_workers_begin_anew(monkeypatch) -> None:
    monkeypatch.setattr(processes, "_SERVING", [])
    monkeypatch.setattr(sys, "platform", "darwin")
    processes.ready("threatpoint.words")
    assert processes.context().get_start_method() == "spawn"
