"""The models as a table to read."""

from __future__ import annotations

from validation.compared import filled
from validation.threats_1970_2000.replicate import TEXT, WHOSE, Scored, scored

START = "<!-- table: python -m validation.threats_1970_2000 --write -->"
HEAD = (
    "senders", "model", "slope", "s.e.", "s.e. by pair", "in sample", "other decades",
    "against the constant", "better in",
)  # fmt: skip


def table() -> str:
    """Markdown; raises `SourceDataMissing` without the source."""
    lines = [HEAD, ("---",) * len(HEAD)]
    for whose, code in WHOSE.items():
        models = scored(code)
        lines += [_cells(whose, name, own, models["constant"]) for name, own in models.items()]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _cells(whose: str, name: str, own: Scored, constant: Scored) -> tuple[str, ...]:
    threats = own.sample.threats
    pairs = zip(own.by_decade.items(), constant.by_decade.values(), strict=True)
    better = sum(score > plain for (_, score), plain in pairs)
    gain = own.out_of_sample - constant.out_of_sample
    scores = f"{own.in_sample:.4f}", f"{own.out_of_sample:.4f}"
    against = (f"{gain:+.4f}", f"{better} of {len(own.by_decade)}") if own.names else ("", "")
    return tuple(
        cell.replace("-", "−")
        for cell in (f"{whose} ({threats:.0f})", name, *_slopes(own), *scores, *against)
    )


def _slopes(own: Scored) -> tuple[str, str, str]:
    """Slopes and errors; the share for the constant; the penalty alone where they are shrunk."""
    found = own.whole
    first = 1 if own.names else 0
    if own.shrunk:
        return f"penalty {found.penalty:g}", "", ""
    columns = (found.coefficients, found.errors, found.clustered)
    cells = [" / ".join(f"{x:.3f}" for x in column[first:]) for column in columns]
    return cells[0], cells[1], cells[2]


def text() -> str:
    """The text with its table as it should be now."""
    return filled(TEXT.read_text(encoding="utf-8"), table(), START)
