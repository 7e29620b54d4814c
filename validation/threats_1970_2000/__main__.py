"""Print the models of standing firm; with --write, write the table of differences.md."""

from __future__ import annotations

import sys

from threatpoint.files import write_whole
from validation.check import SourceDataMissing
from validation.threats_1970_2000.replicate import TEXT, checks
from validation.threats_1970_2000.written import table, text


def main() -> int:
    """Print or write; 1 if a count does not hold."""
    try:
        if "--write" in sys.argv:
            write_whole(TEXT, text())
        else:
            print(table())
    except SourceDataMissing as missing:
        print(f"NOT RUN, {missing}")
    found = checks()
    for check in found:
        print(check, f"{check.computed:.0f}", "holds" if check.holds else "DOES NOT HOLD")
    return 0 if all(check.holds for check in found) else 1


if __name__ == "__main__":
    sys.exit(main())
