"""Print the scores; with --write, solve every chain anew and write all that ships of them.

python -m validation.chain_scored [--write] [--draws 256] [--store FOLDER]
"""

from __future__ import annotations

import argparse
import pathlib
import sys

from threatpoint.analysis.chain.chain import Drawing
from validation.chain_scored.ship import DRAWS, page, write


def main() -> int:
    """Print, or write."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--write", action="store_true")
    given.add_argument("--draws", type=int, default=DRAWS)
    given.add_argument("--store", type=pathlib.Path, help="folder that keeps the solved draws")
    asked = given.parse_args()
    if asked.write:
        for path in write(Drawing(asked.draws, workers=2), asked.store):
            print(f"written: {path.name}")
    else:
        print(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
