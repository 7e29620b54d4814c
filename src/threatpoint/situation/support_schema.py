"""Schema of the [support] table of a situation file: key and baseline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from threatpoint.situation.figure import Model
from threatpoint.situation.problems import Problem

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Period = Annotated[list[Month], Field(min_length=2, max_length=2)]
GONE = ("afterwards", "horizon", "covered", "substitution", "capabilities")
"""Keys of files written before support was told from announcements."""


class SupportTables(Model):
    """[support]: how the burden is shared; what was announced is shipped."""

    key: Literal["gdp", "effort", "capacity"] = Field(
        description="how the burden is shared: the same share of GDP for all (gdp), in proportion "
        "to what each gives (effort), or those below a common share rise to it (capacity)"
    )
    baseline: Period = Field(
        description='first and last month of the record, ["2024-01", "2024-12"]'
    )

    @model_validator(mode="before")
    @classmethod
    def _known(cls, given: Any) -> Any:
        """One message for all keys that are gone."""
        gone = [key for key in GONE if isinstance(given, dict) and key in given]
        if gone:
            raise ValueError(
                f"{', '.join(gone)}: leave out; support is told from what donors had announced, "
                "which is shipped, and no longer from priors of capability"
            )
        return given

    def arguments(self) -> dict[str, Any]:
        """What `threatpoint.solve_support` is asked with, but for the date."""
        return {"key": self.key, "baseline": tuple(self.baseline)}


def support_problems(tables: SupportTables) -> Iterator[Problem]:
    """A baseline that ends before it begins."""
    first, last = tables.baseline
    if last < first:
        yield ("support", "baseline"), f"the last month {last} is before the first, {first}"
