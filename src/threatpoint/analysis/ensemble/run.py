"""Blocks solved in this process, in several, or on the machines of a Dask scheduler.

Every way runs the same function on the same words and gives the same bits: a block depends on its
number alone, and the linear algebra has one thread.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from threatpoint.analysis.ensemble.sampled import Sampled
from threatpoint.analysis.ensemble.schema import Block
from threatpoint.errors import ThreatpointError
from threatpoint.processes import begin, context

PATIENCE = 5.0
"""Seconds to wait for a scheduler, and for its first worker."""
TRIES = 3
"""Times that processes are started anew after one was killed."""
AHEAD = 2
"""Blocks in flight for each worker."""

Solved = Iterator[tuple[int, Block]]


def run(asked: Sampled, blocks: Sequence[int], workers: int = 1, scheduler: str = "") -> Solved:
    """Solve blocks; gives each as it is ready, in any order.

    Args:
        asked: what is solved.
        blocks: their numbers.
        workers: processes of this machine; not used with a scheduler.
        scheduler: address of a Dask scheduler, such as "tcp://10.0.0.1:8786"; "" for none.

    Raises:
        ThreatpointError: no such scheduler, no workers, other versions there, or processes that
            are killed again and again. What was given before is whole.
    """
    if not blocks:
        return
    packed = pickle.dumps(asked)
    if scheduler:
        yield from _far(packed, blocks, scheduler)
    elif min(workers, len(blocks)) == 1:
        for block in blocks:
            yield block, _one(packed, block, _version())
    else:
        yield from _near(packed, blocks, min(workers, len(blocks)))


def _one(packed: bytes, block: int, version: str) -> Block:
    """What a worker does.

    Raises:
        ThreatpointError: another version of this package works here.
    """
    from threadpoolctl import threadpool_limits

    if version != _version():
        raise ThreatpointError(f"a worker has threatpoint {_version()}, this run has {version}")
    with threadpool_limits(limits=1):
        return _unpacked(packed).solve(block)


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Sampled:
    """The same object for all blocks of a run: what is computed once an economy is kept with it."""
    return pickle.loads(packed)


def _version() -> str:
    from threatpoint import __version__

    return __version__


def _near(packed: bytes, blocks: Sequence[int], workers: int) -> Solved:
    """In processes of this machine; those killed are replaced, their blocks solved again."""
    from concurrent.futures.process import BrokenProcessPool

    left = dict.fromkeys(blocks)
    for _ in range(TRIES):
        try:
            for block, values in _pooled(packed, tuple(left), workers):
                yield block, values
                del left[block]
            return
        except BrokenProcessPool:
            continue
    raise ThreatpointError(
        f"worker processes were killed {TRIES} times, perhaps for lack of memory; what is solved "
        "is kept: start the same command again, with fewer --workers"
    )


def _pooled(packed: bytes, blocks: Sequence[int], workers: int) -> Solved:
    from concurrent.futures import ProcessPoolExecutor, as_completed

    pool = ProcessPoolExecutor(workers, context(), begin)
    try:
        given = {pool.submit(_one, packed, block, _version()): block for block in blocks}
        for future in as_completed(given):
            yield given[future], future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _far(packed: bytes, blocks: Sequence[int], address: str) -> Solved:
    """On the workers of a Dask scheduler, which replaces those that die."""
    from distributed import as_completed

    client, workers = _client(address)
    with client:
        waiting, numbers = iter(blocks), dict[Any, int]()

        def ask(count: int) -> list[Any]:
            """Hand out some more blocks."""
            new = {
                client.submit(_one, packed, block, _version(), pure=False, retries=TRIES): block
                for block in islice(waiting, count)
            }
            numbers.update(new)
            return list(new)

        queue = as_completed(ask(AHEAD * workers))
        for future in queue:
            yield numbers.pop(future), _result(future, address)
            queue.update(ask(1))


def _client(address: str) -> tuple[Any, int]:
    """A connection to a scheduler, and its number of threads.

    Raises:
        ThreatpointError: nobody answers there, or it has no workers.
    """
    from distributed import Client

    client: Any = None
    try:
        client = Client(address, timeout=PATIENCE)
        client.wait_for_workers(1, timeout=PATIENCE)
    except Exception as error:  # addresses can be wrong in many ways
        if client is None:
            raise ThreatpointError(
                f"--scheduler {address}: no Dask scheduler answers there within {PATIENCE:g} s; "
                "start one with `dask scheduler`, and give the address it prints"
            ) from error
        client.close()
        raise ThreatpointError(
            f"--scheduler {address} has no workers; start some with `dask worker {address}`"
        ) from error
    return client, sum(client.nthreads().values())


def _result(future: Any, address: str) -> Block:
    """What a worker solved.

    Raises:
        ThreatpointError: it could not.
    """
    try:
        return future.result()
    except ThreatpointError:
        raise
    except Exception as error:  # whatever goes wrong on another machine
        raise ThreatpointError(
            f"--scheduler {address}: a worker failed ({type(error).__name__}: {error}); every "
            "worker needs this version of threatpoint with the extra: "
            "pip install 'threatpoint[ensemble]'. What is solved is kept"
        ) from error
