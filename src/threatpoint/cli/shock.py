"""`threatpoint shock`: any trade policy, who loses what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from threatpoint.cli.checked import whole
from threatpoint.cli.common import (
    MOST_ROWS,
    SET_HELP,
    Date,
    Deficits,
    Opec,
    Tariffs,
    examples,
    open_console,
    world_on,
    written,
)
from threatpoint.cli.instruments import GIVEN, WithInstruments, instruments
from threatpoint.cli.outputs import (
    Map,
    Members,
    Outputs,
    Page,
    Png,
    Sectors,
    Xlsx,
    analysed,
    typed,
)
from threatpoint.errors import EquilibriumError, PolicyError

if TYPE_CHECKING:
    from threatpoint.equilibrium import Solution
    from threatpoint.policy import Policy
    from threatpoint.situation import Situation
    from threatpoint.world.economy import Economy


LEFT_OUT = (
    " Or all. Left out: long; from the first year on where a page, a workbook or pictures are "
    "written."
)
LAST = "long"
"""The horizon of a run that writes no page and names none."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        cls=WithInstruments,
        epilog=examples(
            "shock --cut-off USA:CHN,IND",
            "shock --tariff USA:Mexico:25%/vehicles --page mexico",
            "shock --tariff USA:EU,JPN:+20%/METMIN --page metals --xlsx metals.xlsx --png metals",
            "shock --tariff USA:IND:+25%@80%~5% --out results.csv",
            "shock --stop-buying IND:RUS:crude --horizon all",
            "shock --stop-buying WORLD:RUS:crude --opec all --horizon short",
            "shock --price-cap RUS:WORLD:60/crude@70%+10",
            "shock --list-ships RUS:crude@20% --release-spare SAU,ARE:crude@100%",
            "shock --export-tax RUS:WORLD:20%/OILGAS --trade-cost RUS:WORLD:10%",
            "shock --quota EU:CHN:50%/ELEC",
            "shock --cut-off USA:CHN --check-unique",
        ),
    )(shock)


def shock(
    ctx: typer.Context,
    services: Annotated[
        bool, typer.Option("--services", help="Hit services too; goods only by default.")
    ] = False,
    deficits: Deficits = "fixed",
    horizon: Annotated[str, typer.Option(help=SET_HELP + LEFT_OUT)] = "",
    tariffs: Tariffs = "collected",
    date: Date = "",
    opec: Opec = "",
    check_unique: Annotated[
        bool,
        typer.Option(
            "--check-unique",
            help="Solve again from other starts and along the path from the baseline; say what "
            "they gave.",
        ),
    ] = False,
    top: Annotated[
        int, typer.Option(parser=whole("--top", 1, MOST_ROWS), help="Countries to print.")
    ] = 12,
    out: Annotated[
        Path | None, typer.Option(help="Write all results to this .csv or .json file.")
    ] = None,
    sectors: Sectors = False,
    members: Members = False,
    page: Page = None,
    xlsx: Xlsx = None,
    png: Png = None,
    map_: Map = None,
) -> None:
    """Solve any trade policy and print who loses what."""
    outputs = Outputs(page, xlsx, png, map_)
    horizon = horizon if horizon or outputs.wanted else LAST
    setting = Setting(deficits, horizon, tariffs, date, opec, check_unique)
    show = Show(top, sectors, members)
    _answer(ctx.meta[GIVEN], services, setting, show, out, outputs)


@dataclass(frozen=True)
class Setting:
    """What a policy is solved under, in the words of the options."""

    deficits: str
    horizon: str
    tariffs: str
    date: str
    opec: str
    check_unique: bool


@dataclass(frozen=True)
class Show:
    """What is printed: so many rows, the sectors, the members of groups."""

    top: int
    sectors: bool
    members: bool


def _answer(
    given: dict[str, list[str] | None],
    services: bool,
    setting: Setting,
    wanted: Show,
    out: Path | None,
    outputs: Outputs,
) -> None:
    from threatpoint.cli import shock_tables as show
    from threatpoint.cli.common import horizons_of
    from threatpoint.files import require_writable
    from threatpoint.oil.solve import solve
    from threatpoint.policy import Policy

    outputs.require()
    economy, names = horizons_of(world_on(setting.date, setting.tariffs), setting.horizon)
    if out is not None:
        for name in names:
            require_writable(_named(out, name, len(names)))
    policy = Policy(instruments(economy, given, services, "shock"))
    opec = _opec(economy, policy, setting.opec)
    situation = _situation(policy, economy, setting) if outputs.wanted else None
    groups = _groups(policy, economy)
    console = open_console()
    answers = [
        solve(economy, policy, horizon=h, deficits=setting.deficits, opec=opec, throw=False)
        for h in names
    ]
    solved = [found for found in answers if found.status.converged]
    failed = [found.status for found in answers if not found.status.converged]
    if not solved:
        raise EquilibriumError(failed[0].message, failed[0])
    found = dict(zip(names, answers, strict=True))
    show.losses(console, found, policy.describe(), wanted.top, groups, wanted.members)
    if wanted.sectors:
        show.sectors(console, solved[0], wanted.top)
    if opec:
        show.oil(console, economy, policy, solved)
    if setting.check_unique:
        show.uniqueness(console, solved)
    if out is not None:
        written(_save(solved, [_named(out, name, len(names)) for name in names], out, groups))
    if situation is not None:
        asked = (setting.tariffs, setting.horizon, setting.deficits)
        outputs.write(analysed(situation, economy, *asked))
    if failed:
        raise EquilibriumError(failed[0].message, failed[0])


def _situation(policy: Policy, economy: Economy, setting: Setting) -> Situation:
    """What is typed as a situation, so that it has a page."""
    from threatpoint.analysis.asked import situation_of
    from threatpoint.brief.first import computed

    return situation_of(policy, economy, opec=setting.opec, command=typed(), date=computed())


def _groups(policy: Policy, economy: Economy) -> dict[str, tuple[str, ...]]:
    """Groups that are named on a side of an instrument -> their members."""
    from threatpoint.world.places import code_of

    words = [word for item in policy.items for side in item.sides for word in side]
    codes = dict.fromkeys(code_of(word, economy) or word for word in words)
    return {code: economy.groups[code] for code in codes if code in economy.groups}


def _save(
    solved: list[Solution], names: list[Path], out: Path, groups: dict[str, tuple[str, ...]]
) -> list[Path]:
    """The files of all horizons as one set; one without an answer keeps no file of a run before."""
    from threatpoint.equilibrium.export import texts
    from threatpoint.files import save

    places = [_named(out, found.calibration.elasticities.horizon, len(names)) for found in solved]
    results = {p: texts(s, p, groups) for p, s in zip(places, solved, strict=True)}
    return save(results, earlier=names)


def _named(out: Path, horizon: str, count: int) -> Path:
    """The file of one horizon: NAME-short.csv where there are several."""
    return out if count == 1 else out.with_name(f"{out.stem}-{horizon}{out.suffix}")


def _opec(economy: Economy, policy: Policy, opec: str) -> str:
    """What owners of idle oil capacity do; "" where the policy leaves that market alone."""
    from threatpoint.analysis.asked import regime_of
    from threatpoint.errors import require_label
    from threatpoint.oil.inputs import OPEC
    from threatpoint.oil.setting import require_setting

    if opec:
        require_label("regime of OPEC", opec, OPEC, PolicyError)
        require_setting(economy)
    return regime_of(policy, economy, opec)
