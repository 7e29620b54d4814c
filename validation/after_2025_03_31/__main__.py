"""Print the score; with --write, write differences.md and what the package ships of it."""

from __future__ import annotations

import pathlib
import sys

from threatpoint.files import write_whole
from validation import happened
from validation.after_2025_03_31.score import judge, page


def main() -> int:
    """Print, or write, the table."""
    found = judge()
    text = page(found)
    if "--write" in sys.argv:
        path = pathlib.Path(__file__).with_name("differences.md")
        write_whole(path, text)
        print(f"written: {path.name}, {happened.write(found.lines).name}")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
