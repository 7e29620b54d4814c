"""Print the score; with --write, write differences.md and what the package ships of it."""

from __future__ import annotations

import pathlib
import sys

from threatpoint.files import write_whole
from validation.threats_on_record.score import found, page, write


def main() -> int:
    """Print, or write, the table."""
    clocks = found()
    if "--write" not in sys.argv:
        print(page(clocks))
        return 0
    path = pathlib.Path(__file__).with_name("differences.md")
    write_whole(path, page(clocks))
    print(f"written: {', '.join(each.name for each in (path, *write(clocks)))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
