"""Print the comparison; with --write, write it to its files."""

from __future__ import annotations

import sys

from threatpoint.files import write_whole
from validation.crude_first_pass.replicate import TABLE, TEXT, rows
from validation.crude_first_pass.written import table, texts


def main() -> None:
    """Print or write."""
    if "--write" not in sys.argv:
        print(table(rows()))
        return
    for path, text in zip((TABLE, TEXT), texts(), strict=True):
        write_whole(path, text)


if __name__ == "__main__":
    main()
