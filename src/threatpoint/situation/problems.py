"""Problems of a situation file, collected with their key path."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from threatpoint.errors import MOST_FOUND, PolicyError
from threatpoint.situation.lines import Path

Problem = tuple[Path, str]


class Problems(list[Problem]):
    """Problems found so far, at most `MOST_FOUND`: nobody reads more, and each takes time.

    `at` runs a step and records its `PolicyError`; `take` adds what another check finds.
    """

    def take(self, found: Iterable[Problem]) -> None:
        """Add problems up to the limit; what is left is not even looked for."""
        self.extend(islice(found, max(0, MOST_FOUND - len(self))))

    def at(self, path: Path, step: Any, *arguments: Any) -> Any:
        """The step's result, or None after recording one problem per line of its message."""
        if len(self) >= MOST_FOUND:
            return None
        try:
            return step(*arguments)
        except PolicyError as error:
            self.extend((path, line.strip(" -")) for line in str(error).split("\n"))
            return None
