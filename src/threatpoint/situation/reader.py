"""Reader: a situation file in, a `Situation` out, or every problem of the file at once."""

from __future__ import annotations

import types
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, NoReturn

from pydantic import ValidationError

from threatpoint.errors import SituationError, WorldError, require_type
from threatpoint.situation import build
from threatpoint.situation.coded import coded, repeated
from threatpoint.situation.effects import idle_problems, unread_problems
from threatpoint.situation.groups import expanded, group_problems
from threatpoint.situation.labels import label_problems, oil_problems
from threatpoint.situation.legal import legal_of, legal_problems
from threatpoint.situation.lines import line_numbers
from threatpoint.situation.made import later, made_problems
from threatpoint.situation.messages import problem, sentences
from threatpoint.situation.model import Later, Situation
from threatpoint.situation.record import record_problems
from threatpoint.situation.references import reference_problems
from threatpoint.situation.schema import SituationFile, file_model
from threatpoint.situation.support_schema import SupportTables, support_problems
from threatpoint.situation.talks_input import TalksInput, talks_input, talks_problems
from threatpoint.situation.text import built_in, parse, printable, read_text, text_problems

if TYPE_CHECKING:
    from threatpoint.policy import Rule
    from threatpoint.situation.model import OilScenario, Scenario
    from threatpoint.world.economy import Economy

__all__ = ["built_in", "load_situation", "load_support", "load_talks", "read_situation"]


def load_situation(name_or_path: str | FilePath, economy: Economy | None = None) -> Situation:
    """Read a situation by built-in name or from a TOML file.

    Args:
        name_or_path: e.g. "ukraine-2025-03-31" or "my/situation.toml".
        economy: the table whose codes the file uses; None is the shipped table.

    Raises:
        SituationError: with every problem of the file: file, line, key, nearest spelling.

    Example:
        >>> situation = tp.load_situation("ukraine-2025-03-31")
        >>> situation.main, situation.policy.targets(tp.load_world())
        ('oil-cutoff', ('CHN', 'IND', 'TUR', 'BRA'))
    """
    text, name = read_text(name_or_path)
    return read_situation(text, name, printable(str(name_or_path)), economy)


def read_situation(
    text: str, name: str, source: str = "", economy: Economy | None = None
) -> Situation:
    """The situation of a text.

    Args:
        text: of a TOML file.
        name: what the situation is called.
        source: what messages call the text; its name where nothing is said.
        economy: as of `load_situation`.

    Raises:
        SituationError: as `load_situation`.
    """
    source = source or printable(name)
    raw = parse(text, source)
    problems = build.Problems()
    problems.take(text_problems(raw))
    situation = None
    try:
        file = file_model().model_validate(raw)
    except ValidationError as error:
        problems.take(problem(item) for item in error.errors(include_url=False))
    else:
        if not problems:
            situation, problems = _situation(name, file, _economy(economy))
    if problems or situation is None:
        raise SituationError(source, sentences(problems, line_numbers(text)))
    return situation


def tables_of_text(text: str, source: str) -> SituationFile:
    """The tables of a text that `read_situation` has read, countries and sectors as written.

    Raises:
        SituationError: not TOML.
    """
    return file_model().model_validate(parse(text, source))


def load_talks(name_or_path: str | FilePath, economy: Economy | None = None) -> TalksInput:
    """The talks of a situation; arguments as `load_situation`.

    Raises:
        SituationError: as `load_situation`, or the file has no [talks].
    """
    found = load_situation(name_or_path, economy).talks
    return found or _require_table(name_or_path, "talks")


def load_support(name_or_path: str | FilePath, economy: Economy | None = None) -> SupportTables:
    """What a situation asks about support; arguments as `load_situation`.

    Raises:
        SituationError: as `load_situation`, or the file has no [support].
    """
    found = load_situation(name_or_path, economy).support
    return found or _require_table(name_or_path, "support")


def _require_table(name_or_path: str | FilePath, table: str) -> NoReturn:
    words = f"has no table [{table}]; add one, see docs/{table}.md"
    raise SituationError(printable(str(name_or_path)), [words])


def _economy(given: object) -> Economy:
    """The economy given, or the shipped one."""
    from threatpoint.world import Economy, load_world

    return load_world() if given is None else require_type("economy", given, Economy, WorldError)


def _situation(
    name: str, file: SituationFile, economy: Economy
) -> tuple[Situation | None, build.Problems]:
    """The situation, and what is wrong with its meaning."""
    problems = build.Problems()
    problems.take(build.figure_problems(file))
    problems.take(repeated(file, economy))
    file = coded(file, economy)
    problems.take(made_problems(file))
    problems.take(group_problems(file, economy))
    main = file.threats.get(file.situation.main)
    stated = (main and main.sender) or file.situation.sender
    file = expanded(file)
    made = {
        key: build.threat_rule(key, table, file.situation.sender, problems)
        for key, table in file.threats.items()
    }
    threats = {key: rule for key, rule in made.items() if rule is not None}
    read = {
        key: build.scenario(key, table, threats, problems) for key, table in file.scenarios.items()
    }
    scenarios = {key: scenario for key, scenario in read.items() if scenario is not None}
    oil = {key: build.oil_scenario(key, table, problems) for key, table in file.oil.items()}
    sanctions = {key: scenario for key, scenario in oil.items() if scenario is not None}
    problems.take(reference_problems(file))
    problems.take(unread_problems(file))
    problems.take(label_problems(file, threats, scenarios, economy))
    problems.take(() if problems else idle_problems(file, threats, scenarios, economy))
    problems.take(() if problems else record_problems(file, threats, economy))
    problems.take(oil_problems(sanctions, economy))
    problems.take(legal_problems(file, economy))
    problems.take(talks_problems(file.talks, file.parties) if file.talks else ())
    problems.take(support_problems(file.support) if file.support else ())
    if problems:
        return None, problems
    sender = "+".join(stated)
    return _built(name, sender, file, threats, scenarios, sanctions), problems


def _built(
    name: str,
    sender: str,
    file: SituationFile,
    threats: dict[str, Rule],
    scenarios: dict[str, Scenario],
    oil: dict[str, OilScenario],
) -> Situation:
    """The situation of a file without problems; threats made later stand apart."""
    fields = file.situation.model_dump(exclude={"sender"})
    unknown = {k: Later(threats[k], build.given_in(file, k)) for k in later(file)}
    return Situation(
        name=name,
        sender=sender,
        groups=types.MappingProxyType({key: tuple(g) for key, g in file.groups.items()}),
        parties=types.MappingProxyType(file.parties),
        threats=types.MappingProxyType({k: r for k, r in threats.items() if k not in unknown}),
        later=types.MappingProxyType(unknown),
        words=types.MappingProxyType({key: t.words for key, t in file.threats.items()}),
        made=types.MappingProxyType({k: t.made for k, t in file.threats.items() if t.made}),
        offers=types.MappingProxyType({k: t.offer for k, t in file.threats.items() if t.offer}),
        evasion=types.MappingProxyType(
            {k: e for k, t in file.threats.items() if (e := build.evasion(t))}
        ),
        scenarios=types.MappingProxyType(scenarios),
        oil=types.MappingProxyType(oil),
        figures=types.MappingProxyType(file.figures),
        claims=tuple(file.claims),
        rows=tuple(file.rows),
        assumptions=build.assumptions(file, unknown),
        given=build.given(file, unknown),
        talks=file.talks and talks_input(file.talks),
        support=file.support,
        legal=legal_of(file),
        **fields,
    )
