"""The store: a zarr folder in which every draw has its place, filled block by block.

It is made beside its place and moved there whole. A block's chunks are written first, each moved
into place by zarr; its check comes last. A kill leaves a block without a check, or whole.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.analysis.ensemble.asked import BLOCK
from threatpoint.analysis.ensemble.schema import DONE, NAME, VARIABLES, VERSION
from threatpoint.analysis.ensemble.template import template
from threatpoint.errors import ThreatpointError, shown
from threatpoint.files.whole import locked, reported

if TYPE_CHECKING:
    import xarray as xr

    from threatpoint.analysis.ensemble.asked import Asked
    from threatpoint.analysis.ensemble.solve import Block

SUFFIX = ".zarr"
OTHER = "give another --out, or remove it"


def require_place(path: Path) -> None:
    """Refuse a place where no store can be, before anything is solved.

    Raises:
        ThreatpointError: another ending, a file, a missing folder, no right, a folder that is no
            store of draws.
    """
    where = f"--out {path}"
    if path.suffix != SUFFIX:
        raise ThreatpointError(f"{where}: use a name that ends in {SUFFIX}")
    if not path.parent.is_dir():
        raise ThreatpointError(f"{where}: the folder {path.parent} does not exist")
    if path.exists() and not path.is_dir():
        raise ThreatpointError(f"{where} is a file, not a store; {OTHER}")
    if not os.access(path if path.is_dir() else path.parent, os.W_OK):
        raise ThreatpointError(f"{where}: no right to write there")
    if path.is_dir():
        attributes(path)


def attributes(path: Path) -> dict[str, Any]:
    """What a store says of itself.

    Raises:
        ThreatpointError: no store, one that is not whole, or one of another schema.
    """
    import zarr

    try:
        group = zarr.open_group(str(path), mode="r", zarr_format=2)
        found = dict(group.attrs)
        names = {array.parent.name for array in path.glob("*/.zarray")}
    except Exception as error:  # zarr raises almost anything on a damaged folder
        raise ThreatpointError(f"{path} is no store of draws; {OTHER}") from error
    if found.get("schema") != NAME:
        raise ThreatpointError(f"{path} is no store of draws; {OTHER}")
    if found.get("schema_version") != VERSION:
        raise ThreatpointError(
            f"{path} has version {shown(found.get('schema_version'))} of the schema, this "
            f"threatpoint writes and reads version {VERSION}; {OTHER}, or use the threatpoint that "
            f"wrote it ({shown(found.get('version of threatpoint'))})"
        )
    missing = [v.name for v in VARIABLES if v.name not in names]
    if missing or DONE not in names:
        lost = ", ".join(missing or [DONE])
        raise ThreatpointError(f"{path} is not whole: {lost} is missing; {OTHER}")
    return found


def require_same(path: Path, asked: Asked) -> None:
    """Refuse to go on with a store that was made for something else.

    Raises:
        ThreatpointError: says what differs.
    """
    found = attributes(path)
    differs = [
        f"{name}: {_said(found.get(name))} there, {_said(value)} asked"
        for name, value in asked.identity.items()
        if found.get(name) != value
    ]
    if differs:
        raise ThreatpointError(
            f"{path} holds draws of something else; {OTHER}\n  - " + "\n  - ".join(differs)
        )


def _said(value: object) -> str:
    return (
        value if isinstance(value, str) else f"{value:,}" if isinstance(value, int) else "nothing"
    )


def create(path: Path, asked: Asked) -> None:
    """Make an empty store, whole or not at all; nothing where one is."""
    if path.exists():
        return
    with reported(path):
        for left in path.parent.glob(f".{path.name}.*.part"):
            shutil.rmtree(left, ignore_errors=True)
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        empty, encoding = template(asked)
        try:
            whole = {"zarr_format": 2, "consolidated": True, "compute": False}
            empty.to_zarr(part, mode="w", encoding=encoding, **whole)
            os.rename(part, path)
        finally:
            shutil.rmtree(part, ignore_errors=True)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Write in a store while no other run does; what a killed run left is removed first.

    Raises:
        ThreatpointError: another run still writes in it.
    """
    with reported(path), locked(path) as sure:
        if sure:
            for left in path.rglob("*.partial"):
                left.unlink(missing_ok=True)
        yield


def write_block(path: Path, block: int, values: Block) -> None:
    """Write a block's chunks, then its check."""
    import zarr

    group: Any = zarr.open_group(str(path), mode="r+", zarr_format=2)
    begin = block * BLOCK
    with reported(path):
        for variable in VARIABLES:
            kept = values[variable.name].astype(variable.kind)
            group[variable.name][begin : begin + len(kept)] = kept
        group[DONE][block : block + 1] = np.array([check(values)])


def missing(path: Path) -> list[int]:
    """Blocks that are not complete: without a check, or with numbers that do not fit theirs."""
    import zarr

    group: Any = zarr.open_group(str(path), mode="r", zarr_format=2)
    checks = group[DONE][:]
    return [int(b) for b in range(len(checks)) if not checks[b] or _read(group, b) != checks[b]]


def _read(group: Any, block: int) -> int:
    """The check of what stands in a block; 0 where it cannot be read."""
    span = slice(block * BLOCK, (block + 1) * BLOCK)
    try:
        return check({v.name: group[v.name][span] for v in VARIABLES})
    except Exception:  # a cut chunk raises almost anything; the block is solved again
        return 0


def check(values: Mapping[str, np.ndarray]) -> int:
    """A number other than 0 that depends on every bit of a block."""
    digest = hashlib.sha256()
    for variable in VARIABLES:
        digest.update(np.ascontiguousarray(values[variable.name].astype(variable.kind)).tobytes())
    return int.from_bytes(digest.digest()[:7], "big") | 1


def read(path: Path) -> xr.Dataset:
    """The store as a dataset, its arrays read when they are used.

    Raises:
        ThreatpointError: as `attributes`.
    """
    import xarray as xr

    attributes(path)
    return xr.open_zarr(str(path), chunks=None)
