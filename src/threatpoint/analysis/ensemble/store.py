"""The store: a zarr folder in which every draw has its place, filled block by block.

It is made beside its place and moved there whole. A block's chunks are written first, each moved
into place; its check comes last. A kill leaves a block without a check, or whole.
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

from threatpoint.analysis.ensemble.chunks import LEVEL, PART, empty, read_chunk, write_chunk
from threatpoint.analysis.ensemble.schema import CHECK, DONE, SCHEMAS, Schema, Variable
from threatpoint.analysis.ensemble.template import Part, template
from threatpoint.errors import ThreatpointError, shown
from threatpoint.files.whole import locked, reported

if TYPE_CHECKING:
    import xarray as xr

    from threatpoint.analysis.ensemble.sampled import Sampled
    from threatpoint.analysis.ensemble.schema import Block
    from threatpoint.analysis.ensemble.summary import Drawn

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
    schema = SCHEMAS.get(str(found.get("schema")))
    if schema is None:
        raise ThreatpointError(f"{path} is no store of draws; {OTHER}")
    if found.get("schema_version") != schema.version:
        raise ThreatpointError(
            f"{path} has version {shown(found.get('schema_version'))} of the schema, this "
            f"threatpoint writes and reads version {schema.version}; {OTHER}, or use the "
            f"threatpoint that wrote it ({shown(found.get('version of threatpoint'))})"
        )
    missing = [v.name for v in schema.variables if v.name not in names]
    if missing or DONE not in names:
        lost = ", ".join(missing or [DONE])
        raise ThreatpointError(f"{path} is not whole: {lost} is missing; {OTHER}")
    return found


def require_same(path: Path, asked: Sampled) -> None:
    """Refuse to go on with a store that was made for something else.

    Raises:
        ThreatpointError: says what differs.
    """
    found = attributes(path)
    if found["schema"] != asked.schema.name:
        raise ThreatpointError(
            f"{path} is another kind of store, {found['schema']}, not {asked.schema.name}; {OTHER}"
        )
    differs = [
        f"{name}: {_said(found.get(name))} there, {_said(value)} asked"
        for name, value in asked.identity.items()
        if found.get(name) != value
    ]
    if differs:
        raise ThreatpointError(
            f"{path} holds draws of something else; {OTHER}\n  - " + "\n  - ".join(differs)
        )


def give_way(path: Path, asked: Sampled) -> None:
    """Make room for a store: the folder, and a store of something else in its place removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_dir():
        return
    try:
        require_same(path, asked)
    except ThreatpointError:
        with reported(path):
            shutil.rmtree(path)


def _said(value: object) -> str:
    return (
        value if isinstance(value, str) else f"{value:,}" if isinstance(value, int) else "nothing"
    )


def create(path: Path, asked: Sampled) -> None:
    """Make an empty store, whole or not at all; nothing where one is."""
    if path.exists():
        return
    with reported(path):
        for left in path.parent.glob(f".{path.name}.*.part"):
            shutil.rmtree(left, ignore_errors=True)
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            _lay(part, *template(asked))
            os.rename(part, path)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _lay(place: Path, parts: Mapping[str, Part], about: dict[str, Any]) -> None:
    """Write an empty store as xarray writes one: axes of an array stand in its attributes."""
    import numcodecs
    import zarr

    group = zarr.open_group(str(place), mode="w", zarr_format=2, attributes=about)
    for name, part in parts.items():
        said: dict[str, Any] = {**part.about, "_ARRAY_DIMENSIONS": [*part.axes]}
        array = group.create_array(
            name,
            shape=tuple(part.axes.values()),
            dtype=part.kind,
            chunks=part.chunks,
            fill_value=empty(part.kind),
            compressors=numcodecs.Zlib(LEVEL),
            attributes=said,
        )
        if part.values is not None:
            array[:] = part.values
    zarr.consolidate_metadata(str(place), zarr_format=2)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Write in a store while no other run does; what a killed run left is removed first.

    Raises:
        ThreatpointError: another run still writes in it.
    """
    with reported(path), locked(path) as sure:
        if sure:
            for left in path.rglob(f"*{PART}"):
                left.unlink(missing_ok=True)
        yield


def write_block(path: Path, block: int, values: Block, schema: Schema) -> None:
    """Write a block's chunks, then its check."""
    with reported(path):
        for variable in schema.variables:
            write_chunk(path / variable.name, block, values[variable.name], variable.kind)
        write_chunk(path / DONE, block, np.array([check(values, schema.variables)]), CHECK)


def missing(path: Path) -> list[int]:
    """Blocks that are not complete: without a check, or with numbers that do not fit theirs."""
    import zarr

    group: Any = zarr.open_group(str(path), mode="r", zarr_format=2)
    variables = SCHEMAS[group.attrs["schema"]].variables
    shapes = {v: tuple(group[v.name].chunks) for v in variables}
    return [b for b in range(group[DONE].shape[0]) if not _complete(path, b, shapes)]


def _complete(path: Path, block: int, shapes: Mapping[Variable, tuple[int, ...]]) -> bool:
    """Whether a block has a check, and one that fits what stands there."""
    try:
        found = read_chunk(path / DONE, block, (1,), CHECK)[0]
        if not found:
            return False
        read = {v.name: read_chunk(path / v.name, block, s, v.kind) for v, s in shapes.items()}
    except Exception:  # a cut chunk raises almost anything; the block is solved again
        return False
    return check(read, tuple(shapes)) == found


def check(values: Mapping[str, np.ndarray], variables: tuple[Variable, ...]) -> int:
    """A number other than 0 that depends on every bit of a block."""
    digest = hashlib.sha256()
    for variable in variables:
        digest.update(np.ascontiguousarray(values[variable.name].astype(variable.kind)).tobytes())
    return int.from_bytes(digest.digest()[:7], "big") | 1


def arrays(path: Path) -> Drawn:
    """The store without labels, its arrays read when they are used.

    Raises:
        ThreatpointError: as `attributes`.
    """
    import zarr

    attributes(path)
    return zarr.open_group(str(path), mode="r", zarr_format=2)


def read(path: Path) -> xr.Dataset:
    """The store as a dataset, its arrays read when they are used.

    Raises:
        ThreatpointError: as `attributes`.
    """
    import xarray as xr

    attributes(path)
    return xr.open_zarr(str(path), chunks=None)
