"""Tables of designed threats, each declared once for page, terminal and files."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from threatpoint import words
from threatpoint.tables import Table, columns

if TYPE_CHECKING:
    from threatpoint.strategy.design.coalition import Coalition
    from threatpoint.strategy.design.designer import Design
    from threatpoint.strategy.design.designs import Beside, Designs, Frontier, Yielding
    from threatpoint.strategy.design.legal import Standing
    from threatpoint.strategy.design.made import Made

Row = Mapping[str, Any]
Name = Callable[[str], str]
UNIT = "USD bn"
TOGETHER = "all together"
ROBUST = 0.8
"""Share of draws in which a design must be better than a threat made, else it is fragile."""
EARLY = ("short", "abrupt")
"""Horizons within the first year."""
STANDS = (
    " On the frontier: the same bite cannot be had for noticeably less. Inside: it can; Saved is "
    "by how much less, with what stands under Instead."
)
DRAWN = (
    " The design that is better in both is solved again in every draw of what is uncertain: it is "
    "called fragile where it bites as much at no more cost in fewer than four draws of five."
)
DRAWN_IN = (
    " The answer at the middle of s is solved again in every draw: in what share they give in; "
    "fragile where it is not better in both than a threat made in four draws of five."
)


class Over(Protocol):
    """What is known of designs over draws."""

    def knows(self, design: Design) -> bool: ...

    def better(self, design: Design, made: Made) -> float: ...

    def gives_in(self, design: Design) -> float: ...

    def comparable(self, design: Design) -> Made | None: ...


def family(targets: Sequence[str], name: Name, every: Sequence[str] = ()) -> str:
    """Some targets in words."""
    return (
        TOGETHER
        if len(targets) > 1 and len(targets) == len(every)
        else words.listing([*map(name, targets)])
    )


def described(design: Design | None, name: Name) -> str:
    """What is done to whom: 'China: tariff of 24.5 points; India: nothing'."""
    if design is None:
        return words.DASH
    if len(design.targets) == 1:
        return design.words(design.targets[0])
    return "; ".join(f"{name(target)}: {design.words(target)}" for target in design.targets)


def frontier_rows(found: Designs, name: Name) -> list[dict[str, Any]]:
    """A row a design of every frontier."""
    return [row for each in found.frontiers for row in _frontier(each, found, name)]


def _frontier(each: Frontier, found: Designs, name: Name) -> Iterator[dict[str, Any]]:
    for k, one in enumerate(each.designs):
        yield {
            "targets": family(each.targets, name, (*found.question.parties,)),
            "target": "+".join(each.targets),
            "point": k + 1,
            "design": described(one, name),
            **worth(one),
            **sizes(one),
        }


def worth(one: Design | None) -> dict[str, float]:
    """What a design costs and does."""
    if one is None:
        return dict.fromkeys(("gain_usd_bn", "loss_usd_bn"), math.nan)
    return {"gain_usd_bn": one.gain, "loss_usd_bn": one.loss}


def sizes(one: Design) -> dict[str, str]:
    """Its sizes as shares, for files: 'CHN tariff 0.245; CHN export-ban 0.3'."""
    parts = [
        f"{lever.target} {lever.form.name} {size:.10g}"
        for lever, size in zip(one.space.levers, one.sizes, strict=True)
        if size > 0
    ]
    return {"sizes": "; ".join(parts)}


def frontier(found: Designs, name: Name) -> Table:
    """The most that targets can be made to lose, by what it costs the sender."""
    return Table(
        "design-frontier",
        "The most that the targets can be made to lose, by what it brings or costs the sender, "
        "money a year",
        columns(
            "design-frontier", "targets", "-target", "-point", "gain_usd_bn", "loss_usd_bn",
            "design", "-sizes",
        ),
        frontier_rows(found, name),
        UNIT,
        _answer(found),
        deciding=("gain_usd_bn", "loss_usd_bn"),
    )  # fmt: skip


def _answer(found: Designs) -> str:
    if not found.answered:
        return "The targets are taken not to answer."
    items = words.named(answer_words(found), found.question.economy)
    more = " All together: each is hit by a tenth of a point at least, and answers."
    return f"After the answer of those hit ({items})." + more * (len(found.families) > 1)


def caution(found: Designs) -> str:
    """What to beware of where sales may be stopped in the first year; else ""."""
    sells = any(not form.imports for form in found.forms)
    return words.REFINED_CAUTION if sells and found.question.horizon in EARLY else ""


def answer_words(found: Designs) -> str:
    """The stated answer, by codes; "" where there is none."""
    return "; ".join(item.describe() for item in found.question.rule.retaliations)


def beside_rows(found: Designs, name: Name, over: Over | None = None) -> list[dict[str, Any]]:
    """A row a threat made and family of targets."""
    return [_beside(each, found, name) | _ahead(each, found, over) for each in found.beside]


def _ahead(each: Beside, found: Designs, over: Over | None) -> dict[str, Any]:
    """In what share of draws the design better in both stays so, and what it is called for that."""
    if over is None or each.better is None or each.made.answered != found.answered:
        return {"better_share": math.nan, "verdict": words.DASH}
    share = over.better(each.better, each.made)
    return {"better_share": share, "verdict": f"{verdict(share)}, {words.percent(100 * share)}"}


def verdict(share: float) -> str:
    """What a design is called that is better in so many draws."""
    return "robust" if share >= ROBUST else "fragile"


def _beside(each: Beside, found: Designs, name: Name) -> dict[str, Any]:
    own, better = each.made, each.better
    return {
        "threat": own.words,
        "key": own.name,
        "targets": family(own.targets, name, (*found.question.parties,)),
        "target": "+".join(own.targets),
        "answer": "yes" if own.answered else "no",
        "gain_usd_bn": own.gain,
        "loss_usd_bn": own.loss,
        "frontier": _where(each),
        "saved_usd_bn": each.saved,
        "design": described(each.cheaper if each.inside else None, name),
        "better": described(better, name),
        "better_gain_usd_bn": worth(better)["gain_usd_bn"],
        "better_loss_usd_bn": worth(better)["loss_usd_bn"],
    }


def _where(each: Beside) -> str:
    """Where a threat lies."""
    if each.cheaper is None:
        return "none bites as much"
    return "on" if each.on else "inside"


def beside(found: Designs, name: Name, over: Over | None = None) -> Table | None:
    """The threats made beside what could have stood in their place; None without any."""
    rows = beside_rows(found, name, over)
    drawn = ["-better_share", "verdict"] if over else ["-better_share", "-verdict"]
    if not rows:
        return None
    return Table(
        "design-beside",
        "The threats made: whether the same bite could be had for less, money a year",
        columns(
            "design-beside", "threat", "-key", "targets", "-target", "answer", "gain_usd_bn",
            "loss_usd_bn", "frontier", "saved_usd_bn", "design", "-better",
            "-better_gain_usd_bn", "-better_loss_usd_bn", *drawn,
        ),
        rows,
        UNIT,
        "Carried out on those named, the others going on." + STANDS + DRAWN * bool(over),
        deciding=("saved_usd_bn", "frontier"),
    )  # fmt: skip


def yielding_rows(found: Designs, name: Name, over: Over | None = None) -> list[dict[str, Any]]:
    """A row a family and belief, of those whose giving in has a price."""
    asked = [each for each in found.yielding if not each.reason]
    return [_yielding(each, found, name) | _drawn(each, over) for each in asked]


def _drawn(each: Yielding, over: Over | None) -> dict[str, Any]:
    """In what share of draws it makes them give in, and whether it is better than a threat made."""
    known = over is not None and each.design is not None and over.knows(each.design)
    if over is None or each.design is None or not known:
        return {"gives_in_share": math.nan, "better_share": math.nan, "verdict": words.DASH}
    made = over.comparable(each.design)
    share = 0.0 if made is None else over.better(each.design, made)
    return {
        "gives_in_share": over.gives_in(each.design),
        "better_share": share,
        "verdict": verdict(share),
    }


def _yielding(each: Yielding, found: Designs, name: Name) -> dict[str, Any]:
    return {
        "targets": family(each.targets, name, (*found.question.parties,)),
        "target": "+".join(each.targets),
        "scale_usd_bn": each.belief.scale,
        "cost_usd_bn": sum(each.costs.values()),
        "believed": each.believed,
        "design": described(each.design, name) if each.design else "none found",
        **worth(each.design),
        "sizes": "" if each.design is None else sizes(each.design)["sizes"],
    }


def yielding(found: Designs, name: Name, over: Over | None = None) -> Table | None:
    """The cheapest threat that makes each give in, over what is not known of the sender.

    None where nobody's giving in has a price: `unasked` says so.
    """
    if not (rows := yielding_rows(found, name, over)):
        return None
    drawn = ["gives_in_share", "-better_share", "verdict"] if over else []
    return Table(
        "design-yielding",
        "The cheapest threat that makes them give in, money a year",
        columns(
            "design-yielding", "targets", "-target", "scale_usd_bn", "cost_usd_bn", "believed",
            "gain_usd_bn", "loss_usd_bn", "design", "-sizes", *drawn,
            believed=_believed,
            gives_in_share=_share("gives_in_share"),
        ),
        rows,
        UNIT,
        condition(found) + nowhere(found, name) + DRAWN_IN * bool(over),
        deciding=("scale_usd_bn", "design"),
    )  # fmt: skip


def unasked(found: Designs, name: Name) -> list[str]:
    """Why for some no threat that makes them give in is looked for, a sentence each."""
    reasons = {each.targets: each.reason for each in found.yielding if each.reason}
    alone = {targets for targets in reasons if len(targets) == 1}
    shown = alone or {*reasons}  # of all together nothing new is said
    return [
        f"No threat that makes {family(targets, name)} give in is looked for: {reason}."
        for targets, reason in reasons.items()
        if targets in shown
    ]


def nowhere(found: Designs, name: Name) -> str:
    """Whom no design makes give in, at any s of the range."""
    every = {each.targets: each for each in found.yielding if not each.reason}
    lost = [
        targets
        for targets in every
        if all(y.design is None for y in found.yielding if y.targets == targets)
    ]
    if not lost:
        return ""
    who = "; ".join(family(targets, name, (*found.question.parties,)) for targets in lost)
    at = "at this s" if len(scales(found)) == 1 else "at any s in the range"
    return f" No design {at} makes these give in: {who}."


def scales(found: Designs) -> set[float]:
    """Every s at which an answer is given."""
    return {each.belief.scale for each in found.yielding}


def _share(key: str) -> Callable[[Row], str]:
    return lambda row: words.DASH if math.isnan(row[key]) else words.percent(100 * row[key])


def _believed(row: Row) -> str:
    return words.DASH if math.isnan(row["believed"]) else words.belief(row["believed"])


def condition(found: Designs) -> str:
    """When a target gives in, and what is taken of the sender's type."""
    one = found.yielding[0].belief
    given = (
        "Here s is as given"
        if len(scales(found)) == 1
        else "The record does not tell s, so the answer is given over its range"
    )
    return (
        "A target gives in where the chance that the threat is carried out, times what it then "
        "loses, is no less than what giving in costs it. That chance rises with what carrying it "
        f"out brings the sender: {words.percent(100 * one.share)} on record where that is "
        f"nothing, and s says how many dollars weigh as much as resolve. {given}; "
        f"the punishment is taken to last {one.years:g} "
        f"year{'' if one.years == 1 else 's'}."
    )


def legal(rows: Sequence[Standing], name: Name) -> Table:
    """Whether each form is on record as lawful for each sender."""
    from threatpoint.strategy.design.forms import FORMS

    return Table(
        "design-legal",
        "What the law lets a sender threaten",
        columns("design-legal", "sender", "form", "lawful", "source"),
        [
            {
                "sender": name(each.sender),
                "form": FORMS[each.form].words,
                "lawful": each.lawful,
                "source": each.source or words.DASH,
            }
            for each in rows
        ],
        note="What a law allows or bars, not what a court would say of this threat.",
        deciding=("lawful", "source"),
    )


def coalition_rows(found: Sequence[Coalition], name: Name) -> list[dict[str, Any]]:
    """A row a coalition that was tried."""
    return [
        {
            "joins": words.listing([*map(name, each.joins)]) or "nobody",
            "members": len(each.joins),
            "scale_usd_bn": each.answer.belief.scale,
            "believed": each.answer.believed,
            "design": described(each.answer.design, name) if each.works else "none works",
            **worth(each.answer.design),
        }
        for each in found
    ]


def coalition(found: Sequence[Coalition], name: Name, barred: Sequence[str] = ()) -> Table:
    """Whether somebody joining makes a design work; `barred` could join in nothing lawful."""
    return Table(
        "design-coalition",
        "Whether somebody joining makes a design work against all together, money a year",
        columns(
            "design-coalition", "joins", "-members", "scale_usd_bn", "believed", "gain_usd_bn",
            "loss_usd_bn", "design",
            believed=_believed,
        ),
        coalition_rows(found, name),
        UNIT,
        "For the sender: all who threaten together. A design works where all give in at some s of "
        "the range; the middle is shown where it works there. Coalitions are tried by size, up to "
        "the smallest that works." + _barred(barred, name),
        deciding=("gain_usd_bn", "design"),
    )  # fmt: skip


def _barred(barred: Sequence[str], name: Name) -> str:
    if not barred:
        return ""
    are = "is" if len(barred) == 1 else "are"
    return (
        f" Left out {are} {words.listing([*map(name, barred)])}: no form is on record as lawful "
        "both there and for the sender."
    )


def burden_rows(found: Coalition, name: Name) -> list[dict[str, Any]]:
    """A row a member of a coalition."""
    return [
        {
            "member": name(each.member),
            "income_usd_bn": each.income,
            "change_usd_bn": each.change,
            "change_percent": 100 * each.change / each.income,
            "transfer_usd_bn": each.transfer,
            "after_percent": 100 * each.share,
        }
        for each in found.burdens
    ]


def burdens(found: Coalition, name: Name) -> Table | None:
    """What it costs each member, and transfers that make that even; None for one member."""
    if len(found.burdens) < 2:
        return None
    return Table(
        "design-burden",
        "What the smallest coalition that works costs each member, and transfers that make it even",
        columns(
            "design-burden", "member", "-income_usd_bn", "change_usd_bn", "change_percent",
            "transfer_usd_bn", "after_percent",
        ),
        burden_rows(found, name),
        UNIT,
        "After transfers all change by the same share of real income; they add up to nothing.",
        deciding=("change_usd_bn", "transfer_usd_bn"),
    )  # fmt: skip
