"""Claims: statements with figures, checked by arithmetic, against series and against the table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from threatpoint.analysis import rounding
from threatpoint.analysis.claim_words import (
    amount_words,
    decimal_text,
    exact_value,
    formula_words,
    not_comparable,
    show,
    sources_of,
    unit_ratio,
)
from threatpoint.analysis.ranking import ranked
from threatpoint.errors import PolicyError
from threatpoint.policy.scope import sector_mask
from threatpoint.situation.schema import (
    DifferenceTable,
    Figure,
    JointTable,
    ReferenceTable,
    SumTable,
    TableFlows,
)
from threatpoint.units import money, money_words
from threatpoint.words import number_words

if TYPE_CHECKING:
    from threatpoint.situation.model import Claim, Situation
    from threatpoint.world.economy import Economy

Verdict: TypeAlias = Literal[
    "holds",
    "holds within rounding",
    "holds only if digits were cut off",
    "does not hold",
    "sources disagree",
    "cannot be checked",
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""Every verdict, from the strongest on."""

Terms: TypeAlias = list[tuple[int, str]]
Printer: TypeAlias = Callable[[Decimal, Fraction, Fraction], rounding.Interval]


@dataclass(frozen=True)
class ClaimCheck:
    """The result of checking one claim.

    Attributes:
        id, row: the claim and the statement it belongs to.
        words: the claim in the words of the text.
        verdict: one of `VERDICTS`.
        computed: what the parts, the reference or the table give, in words.
        printed: what the text prints.
        explanation: how the two compare and why they may differ.
        source: where the compared figures come from.
    """

    id: str
    row: int
    words: str
    verdict: Verdict
    computed: str
    printed: str
    explanation: str
    source: str


def check_claims(situation: Situation, economy: Economy | None = None) -> list[ClaimCheck]:
    """Every claim of a situation, in file order.

    Args:
        situation: gives claims and figures.
        economy: the baseline table; without it claims that need it cannot be checked.
    """
    return [check(claim, situation, economy) for claim in situation.claims]


def check(claim: Claim, situation: Situation, economy: Economy | None) -> ClaimCheck:
    """One claim."""
    figures = situation.figures
    if isinstance(claim, SumTable | DifferenceTable):
        return _check_identity(claim, figures, economy)
    if isinstance(claim, JointTable):
        return _check_joint(claim, situation)
    if isinstance(claim, ReferenceTable):
        return _check_reference(claim, figures, economy)
    found = ranked(claim, figures, economy)
    printed = f"rank {claim.rank}"
    return _made(claim, found.verdict, found.ranks, printed, found.explanation, found.source)


# -- arithmetic ------------------------------------------------------------------------------


def identity_terms(claim: SumTable | DifferenceTable) -> tuple[str, Terms]:
    """The printed result, and the signed figures that should give it."""
    if isinstance(claim, SumTable):
        return claim.total, [(1, part) for part in claim.parts]
    return claim.result, [(1, claim.first), (-1, claim.second)]


def _check_identity(
    claim: SumTable | DifferenceTable, figures: Mapping[str, Figure], economy: Economy | None
) -> ClaimCheck:
    """A sum or difference, as exact as the printed digits allow."""
    name, terms = identity_terms(claim)
    result = figures[name]
    table = claim.table if isinstance(claim, SumTable) else None
    used = [result, *(figures[key] for _, key in terms)]
    printed, source = show(result), sources_of(used)
    obstacle = not_comparable(used)
    if obstacle:
        return _made(claim, "cannot be checked", "", printed, obstacle, source)
    verdict, text, words = _arithmetic(result, terms, figures)
    if claim.against:
        other = figures[claim.against]
        weaker, also = _agreement(result, other)
        verdict, text = _weaker(verdict, weaker), f"{text} {also}"
        words, source = f"{words}; published: {show(other)}", sources_of([*used, other])
    text = f"{text} {_beside_table(table, result, economy)}".strip()
    return _made(claim, verdict, words, printed, text, source)


def _weaker(one: Verdict, other: Verdict) -> Verdict:
    """The verdict further down in `VERDICTS`: two checks hold only as well as the weaker."""
    return one if VERDICTS.index(one) >= VERDICTS.index(other) else other


def _arithmetic(
    result: Figure, terms: Terms, figures: Mapping[str, Figure]
) -> tuple[Verdict, str, str]:
    """Verdict, explanation and formula of a sum or difference, by interval arithmetic."""
    unit = result.unit
    total = sum((sign * exact_value(figures[k], unit) for sign, k in terms), Fraction(0))
    gap = Fraction(result.value) - total
    words = formula_words(result, terms, figures, total)
    if gap == 0:
        return "holds", "The parts give the printed figure.", words
    reach = _reach(terms, figures, unit, rounding.rounded)
    allowed = rounding.rounded(result.value)
    near = (
        f"The printed figure differs by {amount_words(gap, unit)}. Before rounding the parts give "
        f"{decimal_text(reach.low)} to {decimal_text(reach.high)}; the printed figure stands for "
        f"{decimal_text(allowed.low)} to {decimal_text(allowed.high)}."
    )
    hair = _hair([result, *(figures[k] for _, k in terms)], unit)

    def fits(*rules: Printer) -> bool:
        """Whether one way of printing explains the gap."""
        return any(
            _reach(terms, figures, unit, lambda v, s, rule=rule: rule(v, s, hair)).meets(
                rule(result.value, Fraction(1), hair)
            )
            for rule in rules
        )

    if fits(*ROUNDING):
        text = f"{near} The two ranges overlap: rounding of the parts explains it."
        return "holds within rounding", text, words
    text = f"{near} No value lies in both ranges: rounding does not explain it."
    if fits(rounding.cut_off):
        return "holds only if digits were cut off", f"{text} {CUT}", words
    return "does not hold", text, words


CUT = "It fits if later digits were cut off instead of rounded."
ROUNDING: tuple[Printer, ...] = (rounding.half_up, rounding.half_even)
"""The usual rules for a half: away from 0, and to the even digit."""


def _reach(
    terms: Terms,
    figures: Mapping[str, Figure],
    unit: str,
    printer: Callable[[Decimal, Fraction], rounding.Interval],
) -> rounding.Interval:
    """The values that signed parts can add up to, given how they were printed."""
    reach = rounding.Interval(Fraction(0), Fraction(0))
    for sign, key in terms:
        part = printer(figures[key].value, unit_ratio(figures[key].unit, unit))
        reach = reach + part if sign > 0 else reach - part
    return reach


def _hair(figures: Sequence[Figure], unit: str) -> Fraction:
    """A margin far below the last printed digit, to leave out one end of a range."""
    return min(rounding.step(f.value, unit_ratio(f.unit, unit)) for f in figures) / 10**6


def _check_joint(claim: JointTable, situation: Situation) -> ClaimCheck:
    """Whether one set of exact values fits every printed figure of several identities at once."""
    by_id = {c.id: c for c in situation.claims if isinstance(c, SumTable | DifferenceTable)}
    identities = [identity_terms(by_id[key]) for key in claim.claims]
    names = list(
        dict.fromkeys(k for res, terms in identities for k in (res, *(t[1] for t in terms)))
    )
    figures = [situation.figures[name] for name in names]
    printed, source = "; ".join(map(show, figures)), sources_of(figures)
    obstacle = not_comparable(figures)
    if obstacle:
        return _made(claim, "cannot be checked", "", printed, obstacle, source)
    equalities = [_coefficients(identity, names) for identity in identities]

    unit = figures[0].unit
    hair = _hair(figures, unit)

    def fits(*printers: Printer) -> bool:
        """Whether one way of printing fits all figures."""
        ranges = ([p(f.value, unit_ratio(f.unit, unit), hair) for f in figures] for p in printers)
        return any(rounding.feasible(equalities, intervals) for intervals in ranges)

    exact = [Fraction(f.value) * unit_ratio(f.unit, unit) for f in figures]
    if all(sum(c * x for c, x in zip(row, exact, strict=True)) == 0 for row in equalities):
        return _made(claim, "holds", "all hold exactly", printed, "No rounding needed.", source)
    if fits(*ROUNDING):
        text = "One set of exact values rounds to all the printed figures."
        return _made(claim, "holds within rounding", "consistent", printed, text, source)
    why = (
        "Rounding reconciles them only at a single point, where one half is rounded up and "
        "another down, which no one rule does."
        if fits(lambda value, scale, _: rounding.rounded(value, scale))
        else "Each may hold alone, but no set of exact values rounds to all of them."
    )
    if fits(rounding.cut_off):
        text = f"{why} They fit if later digits were cut off instead."
        verdict: Verdict = "holds only if digits were cut off"
        return _made(claim, verdict, "consistent if cut off", printed, text, source)
    text = f"{why} Cutting off later digits instead does not reconcile them either."
    return _made(claim, "does not hold", "inconsistent", printed, text, source)


def _coefficients(identity: tuple[str, Terms], names: Sequence[str]) -> list[int]:
    """The coefficients of: signed parts - result = 0, over the named figures."""
    result, terms = identity
    coefficients = [0] * len(names)
    coefficients[names.index(result)] -= 1
    for sign, key in terms:
        coefficients[names.index(key)] += sign
    return coefficients


# -- reference series ------------------------------------------------------------------------


def _check_reference(
    claim: ReferenceTable, figures: Mapping[str, Figure], economy: Economy | None
) -> ClaimCheck:
    """A figure against a reference series; the table's value is put beside it."""
    figure, other = figures[claim.figure], figures[claim.against]
    beside = _beside_table(claim.table, figure, economy)
    obstacle = not_comparable([figure, other])
    source = other.source
    if obstacle:
        text = f"{obstacle} {beside}".strip()
        return _made(claim, "cannot be checked", show(other), show(figure), text, source)
    verdict, text = _agreement(figure, other)
    return _made(claim, verdict, show(other), show(figure), f"{text} {beside}".strip(), source)


def _agreement(figure: Figure, other: Figure) -> tuple[Verdict, str]:
    """Verdict and explanation of a figure against the same figure of another series."""
    obstacle = not_comparable([figure, other])
    if obstacle:
        return "cannot be checked", obstacle
    gap = exact_value(other, figure.unit) - Fraction(figure.value)
    if gap == 0:
        return "holds", f"The same figure for {other.period}: {other.source}."
    scale, hair = unit_ratio(other.unit, figure.unit), _hair([figure, other], figure.unit)
    apart = f"{other.source}: {show(other)}, {amount_words(abs(gap), figure.unit)} apart"
    for rule in ROUNDING:
        there = rule(other.value, scale, hair)
        if rule(figure.value, Fraction(1), hair).meets(there):
            return "holds within rounding", f"{apart}, within the printed digits."
    there = rounding.half_up(other.value, scale, hair)
    if rounding.cut_off(figure.value, Fraction(1), hair).meets(there):
        return "holds only if digits were cut off", f"{apart}, more than rounding. {CUT}"
    return "does not hold", f"{apart}, more than rounding."


def _beside_table(table: TableFlows | None, figure: Figure, economy: Economy | None) -> str:
    """What the baseline table has."""
    if table is None or economy is None:
        return ""
    try:
        level = money(_flows(table, economy), economy.unit, figure.unit)
    except PolicyError as error:
        return f"The table cannot be put beside it: {error}."
    off = 100 * (level / figure.number - 1) if figure.value else math.nan
    change = f" ({number_words(off, True, 1)} %)" if figure.value else ""
    return (
        f"The baseline table of {economy.year} has {money_words(level, figure.unit)}"
        f"{change.replace('-', '−')}."
    )


def _flows(table: TableFlows, economy: Economy) -> float:
    """Sum of the flows [exporter, importer] over sectors, in the economy's unit."""
    sectors = sector_mask(economy, table.sectors, "table")
    pairs = [(economy.country(importer), economy.country(e)) for e, importer in table.flows]
    return float(sum(economy.trade[n, i, sectors].sum() for n, i in pairs))


# -- words -----------------------------------------------------------------------------------


def _made(
    claim: Claim, verdict: Verdict, computed: str, printed: str, explanation: str, source: str
) -> ClaimCheck:
    return ClaimCheck(
        claim.id, claim.row, claim.words, verdict, computed, printed, explanation, source
    )
