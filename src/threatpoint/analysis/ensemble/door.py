"""Filling and reading a store: what Python and the command line call."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from threatpoint.errors import ThreatpointError, require_extra, require_type

if TYPE_CHECKING:
    import xarray as xr

    from threatpoint.analysis.ensemble.sampled import Sampled

EXTRA = ("xarray", "zarr", "dask", "distributed")
"""Packages of the extra."""
Progress = Callable[[int, int], None]


def has_packages() -> bool:
    """Whether draws can be kept: the extra "ensemble" is installed."""
    return all(find_spec(name) is not None for name in EXTRA)


def require_packages() -> None:
    """Refuse before any work is done; raises `MissingExtraError`."""
    require_extra("ensemble", "an ensemble", *EXTRA)


def draw_ensemble(
    asked: Sampled,
    path: str | Path,
    *,
    workers: int = 1,
    scheduler: str = "",
    progress: Progress | None = None,
) -> xr.Dataset:
    """Solve what a store lacks, and read it. A store that is complete is only read.

    Whatever ends a run, the blocks of 32 draws that were written stay; the same call goes on from
    there, and the store has the same bits as one made in one go.

    Args:
        asked: what is solved, from `ask`.
        path: of the store, a name that ends in .zarr.
        workers: processes. A script that asks for more than one must stand under
            `if __name__ == "__main__":`, as Python requires.
        scheduler: address of a Dask scheduler; its workers solve then.
        progress: called with (draws done, all draws) at the start and after each block.

    Raises:
        MissingExtraError: the packages of the extra "ensemble" are not installed.
        ThreatpointError: a place that cannot be written or holds something else, another policy,
            world, horizon, seed or number of draws than the store's; no scheduler or worker.

    Example:
        >>> world = tp.load_world()
        >>> asked = tp.ask(world, tp.load_situation("ukraine-2025-03-31"), draws=2)
        >>> draws = tp.draw_ensemble(asked, "threat.zarr")
        >>> draws.status.values.tolist(), draws.sizes["input"]
        (['converged', 'converged'], 68)
    """
    from threatpoint.analysis.ensemble import store

    fill(asked, Path(path), workers, scheduler, progress)
    return store.read(Path(path))


def fill(
    asked: Sampled,
    path: Path,
    workers: int = 1,
    scheduler: str = "",
    progress: Progress | None = None,
) -> None:
    """Solve what a store lacks, as `draw_ensemble`, without reading it: xarray takes a while."""
    from threatpoint.analysis.ensemble import store
    from threatpoint.analysis.ensemble.run import run

    require_packages()
    require_type("workers", workers, int, ThreatpointError)
    store.require_place(path)
    store.create(path, asked)
    store.require_same(path, asked)
    with store.alone(path):
        left = store.missing(path)
        done = asked.draws - sum(_size(asked, block) for block in left)
        say = progress or (lambda _done, _all: None)
        say(done, asked.draws)
        for block, values in run(asked, left, workers, scheduler):
            store.write_block(path, block, values, asked.schema)
            done += _size(asked, block)
            say(done, asked.draws)


def _size(asked: Sampled, block: int) -> int:
    begin, end = asked.span(block)
    return end - begin


def open_ensemble(path: str | Path) -> xr.Dataset:
    """A store as an `xarray.Dataset`, complete or not; `xr.open_zarr` reads it just as well.

    Draws that are not solved yet have the status "".

    Raises:
        MissingExtraError: the packages of the extra "ensemble" are not installed.
        ThreatpointError: no store, one that is not whole, or one of another version.

    Example, after that of `draw_ensemble`:
        >>> tp.open_ensemble("threat.zarr").attrs["deficits"]
        'fixed'
    """
    from threatpoint.analysis.ensemble import store

    require_packages()
    return store.read(Path(path))
