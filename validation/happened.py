"""What the package ships of the scores: threats, chain, front and support, misses first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from threatpoint import __version__
from threatpoint.analysis.happened import COLUMNS
from threatpoint.analysis.happened import place as place_of
from threatpoint.files import as_csv, write_whole
from threatpoint.front import data as front_data
from threatpoint.support.data import load_support
from validation import after_2025_03_31 as threat
from validation import front_after_2025_03_31 as front
from validation import support_after_2025_03_31 as support
from validation.chain_scored.lines import lines as chain_lines
from validation.scored import ORDER, SITUATION, Line


def rows(found: Iterable[Line] | None = None) -> list[dict[str, str]]:
    """The lines of the threat game, those given or computed anew; of chain, front and support."""
    lines = [(line, threat.dated(line)) for line in found or threat.lines()]
    lines += chain_lines(SITUATION)
    record, producer = front_data.control(), front_data.about()["front_control.csv"]["producer"]
    seen = {"date": str(record.dates[-1]), "source": producer}
    lines += [(line, seen) for line in front.lines()]
    given = load_support().about
    told = {"date": f"{given['last']}-30", "source": f"{given['producer']}, {given['release']}"}
    lines += [(line, told) for line in support.lines()]
    said = Counter((line.verdict, line.part) for line, _ in lines)
    parts = list(dict.fromkeys(line.part for line, _ in lines))

    def place(pair: tuple[Line, dict[str, str]]) -> tuple[int, int, int]:
        """Of one verdict, what has it at most horizons first; a part stays together."""
        verdict, part = pair[0].verdict, pair[0].part
        return ORDER.index(verdict), -said[verdict, part], parts.index(part)

    return [row(*pair) for pair in sorted(lines, key=place)]


def row(line: Line, dated: dict[str, str], situation: str = SITUATION) -> dict[str, str]:
    """The columns of the shipped file."""
    return {
        **{"verdict": line.verdict, "part": line.part, "horizon": line.when},
        **{"happened": line.happened, **dated},
        **{"measure": line.measure, "said": line.said, "reason": line.reason},
        **{"version": __version__, "situation": situation},
    }


def write(found: Iterable[Line] | None = None) -> Path:
    """Write the shipped file; see `rows`."""
    made = rows(found)
    path = place_of(SITUATION)
    write_whole(path, as_csv([COLUMNS, *([line[key] for key in COLUMNS] for line in made)]))
    return path
