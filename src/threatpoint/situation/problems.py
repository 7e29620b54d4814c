"""Problems of a situation file, collected with their key path."""

from __future__ import annotations

from typing import Any

from threatpoint.errors import PolicyError
from threatpoint.situation.lines import Path

Problem = tuple[Path, str]


class Problems(list[Problem]):
    """Problems found so far; `at` runs a step and records its `PolicyError`."""

    def at(self, path: Path, step: Any, *arguments: Any) -> Any:
        """The step's result, or None after recording one problem per line of its message."""
        try:
            return step(*arguments)
        except PolicyError as error:
            self.extend((path, line.strip(" -")) for line in str(error).split("\n"))
            return None
