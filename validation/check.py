"""One published number against the computed one, and where the source data are."""

from __future__ import annotations

import pathlib
import re
from dataclasses import dataclass

from builders.data import read, source_root


@dataclass(frozen=True)
class Check:
    """A number that must come out.

    Attributes:
        number: the row it belongs to.
        what: quantity and country.
        unit: of both values.
        published: as printed.
        computed: by this software.
        tolerance: largest difference that is accepted.
        source: where the published number stands.
    """

    number: int
    what: str
    unit: str
    published: float
    computed: float
    tolerance: float
    source: str

    @property
    def difference(self) -> float:
        """Computed minus published."""
        return self.computed - self.published

    @property
    def holds(self) -> bool:
        """True if the difference is within the tolerance (never for nan)."""
        return abs(self.difference) <= self.tolerance

    def __str__(self) -> str:
        return f"{self.number}: {self.what}"


class SourceDataMissing(FileNotFoundError):  # noqa: N818
    """The data of a publication are not on this machine; its rows were not run."""


def source_folder(name: str) -> pathlib.Path:
    """Folder `name` of the source data: THREATPOINT_DATA, or ../shared/data beside the project.

    Raises:
        SourceDataMissing: it is absent.
    """
    folder = source_root() / "validation" / name
    if not folder.is_dir():
        raise SourceDataMissing(
            f"no source data in {folder}; set THREATPOINT_DATA to the folder that holds validation/"
        )
    return folder


def published(file: str) -> list[dict[str, str]]:
    """Rows of the `published.csv` that stands beside `file`."""
    return read(pathlib.Path(file).with_name("published.csv"))


def given(words: str) -> tuple[float, ...]:
    """The numbers in the words of a row, in order: the case that it is about."""
    return tuple(map(float, re.findall(r"\d+(?:\.\d+)?", words)))


def compare(rows: list[dict[str, str]], computed: dict[tuple[str, str], float]) -> list[Check]:
    """Pair published rows with computed values by (measure, item); every row must be met."""
    return [
        Check(
            int(row["number"]),
            f"{row['measure']}, {row['item']}",
            row["unit"],
            float(row["value"]),
            computed[row["measure"], row["item"]],
            float(row["tolerance"]),
            row["source"],
        )
        for row in rows
    ]
