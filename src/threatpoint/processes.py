"""How worker processes begin: each anew, or as copies of a server that has imported their work.

Copies of this process itself are never made: it has threads (BLAS), and such a copy can hang.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
"""Read by linear algebra when it is loaded: one thread each, so that copies are safe."""
_SERVING: list[bool] = []


def ready(*modules: str) -> None:
    """Start a server that imports modules while this process goes on, where one is safe: on Linux.

    For a command, which has the process to itself: the server and its copies ignore Ctrl-C.
    """
    here = threading.current_thread() is threading.main_thread()
    if not (sys.platform.startswith("linux") and here) or _SERVING:
        return
    from multiprocessing import forkserver, get_context

    get_context("forkserver").set_forkserver_preload(list(modules))
    with _one_thread(), _without_interrupt():
        forkserver.ensure_running()
    _SERVING.append(True)


def context() -> BaseContext:
    """Gives processes that are copies of the server where one was started, else begin anew."""
    from multiprocessing import get_context

    return get_context("forkserver" if _SERVING else "spawn")


def begin() -> None:
    """How a worker begins: it leaves Ctrl-C to whoever started it, and ends when that is killed."""
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


@contextmanager
def _one_thread() -> Iterator[None]:
    """What starts meanwhile has one thread for linear algebra."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _without_interrupt() -> Iterator[None]:
    """What starts meanwhile ignores Ctrl-C, also while it imports."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
