"""`threatpoint talks`: is there a line both accept, does delay pay, what would flip it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from threatpoint.cli.checked import Command, real
from threatpoint.cli.common import examples, open_console, print_table, written
from threatpoint.errors import TalksError

if TYPE_CHECKING:
    from rich.console import Console

    from threatpoint.situation.talks_input import TalksInput
    from threatpoint.talks.talks import TalksResult


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        cls=Command,
        epilog=examples("talks", "talks --sanctions 3.5", "talks --aid-change -40 --out talks.csv"),
    )(talks)


def talks(
    situation: Annotated[
        str, typer.Argument(help="A built-in situation or a TOML file with a table [talks].")
    ] = "ukraine-2025-03-31",
    sanctions: Annotated[
        float,
        typer.Option(
            parser=real("--sanctions"),
            help="What the threat adds to the sanctions a ceasefire lifts, USD bn/month.",
        ),
    ] = 0.0,
    aid_change: Annotated[
        float,
        typer.Option(
            parser=real("--aid-change"),
            help="Change in support, % of the baseline's; -40 is a cut by 40 %.",
        ),
    ] = 0.0,
    out: Annotated[
        Path | None, typer.Option(help="Write all results to this .csv or .json file.")
    ] = None,
) -> None:
    """Bargain while the front moves: lines both accept, reasons for delay, guarantees."""
    from threatpoint.files import require_writable
    from threatpoint.situation import load_talks
    from threatpoint.talks import results
    from threatpoint.talks.talks import solve_talks

    if out is not None:
        require_writable(out)
    given = load_talks(situation)
    _require_possible(given, sanctions, aid_change)
    result = solve_talks(given.priors, sanctions, aid_change / 100.0, given.area)
    _print(open_console(), given, result)
    if out is not None:
        written([results.write(result, out)])


def _require_possible(given: TalksInput, sanctions: float, aid_change: float) -> None:
    """Refuse a threat that costs the attacker more than it earns, and support out of bounds."""
    from threatpoint.talks.priors import MOST_AID
    from threatpoint.talks.threat_link import monthly_income
    from threatpoint.world import load_world

    if not -100.0 <= aid_change <= 100.0 * MOST_AID:
        bounds = f"-100 (all of it) to {100 * MOST_AID:.0f} % of the baseline's"
        raise TalksError(f"--aid-change {aid_change:g} is outside {bounds}")
    most = monthly_income(load_world(), given.attacker)
    if most is not None and abs(sanctions) > most:
        raise TalksError(
            f"--sanctions {sanctions:g} is outside {-most:.0f} to {most:.0f} USD bn/month: "
            f"{given.attacker} earns no more than that a month"
        )


def _print(console: Console, given: TalksInput, result: TalksResult) -> None:
    from threatpoint.talks.results import number_rows, possible_lines, reason_rows

    print(
        f"A freeze in place: {given.attacker} {_accepts(result.attacker_accepts)}, "
        f"{given.defender} {_accepts(result.defender_accepts)}. "
        f"Over the priors both accept it {_quantifier(*result.accepts)}."
    )
    ends = possible_lines(result)
    numbers = [_shown(row, ends) for row in number_rows(result)]
    print_table(console, "The talks, with ranges over the priors", numbers)
    print(_ends_words(given, ends))
    reasons = [
        {
            "reason for delay": row["reason"],
            "holds": "yes" if row["pays"] else "no",
            "over the priors": _quantifier(row["always"], row["ever"]),
            "flips at": f"{_number(row['threshold'])} {row['threshold_unit']}",
            "of": row["flipped_by"],
        }
        for row in reason_rows(result)
    ]
    print_table(console, "Does delay pay the attacker?", reasons)
    print(f"Ranges: {result.basis}.")
    check = result.agreement
    print(
        f"Status: closed forms {'agree' if check.converged else 'DO NOT AGREE'} with value "
        f"iteration to {check.gap:.1e}; {check.status}."
    )


def _shown(row: dict[str, Any], ends: tuple[float, float]) -> dict[str, str]:
    return {
        "measure": row["measure"],
        **{key: _line(row, key, ends) for key in ("value", "low", "high")},
        "unit": row["unit"],
        "driven by": row["driver"].replace("_", " "),
    }


def _line(row: dict[str, Any], key: str, ends: tuple[float, float]) -> str:
    """A number; of a line the closed forms put beyond the country, which end of it."""
    sign = "" if key not in row["beyond"] else "≤ " if row[key] == ends[0] else "≥ "
    return sign + _number(row[key])


def _ends_words(given: TalksInput, ends: tuple[float, float]) -> str:
    """What the marked lines mean."""
    low, high = (_number(end) for end in ends)
    text = f"A line lies within the country: ≤ {low} is all given back by {given.attacker}"
    more = "" if given.area is None else f", ≥ {high} all given up by {given.defender}"
    return f"{text}{more}."


def _accepts(yes: bool) -> str:
    return "accepts" if yes else "refuses"


def _quantifier(always: bool, ever: bool) -> str:
    return "always" if always else "for some values" if ever else "never"


def _number(value: float) -> str:
    """Three digits; a value that does not exist is a dash."""
    if value != value:
        return "–"
    if abs(value) == float("inf"):
        return "any" if value > 0 else "none"
    digits = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return digits.replace("-", "−")
