"""Tables of designed threats, each declared once for page, terminal and files."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.tables import Table, columns

if TYPE_CHECKING:
    from threatpoint.strategy.design.designer import Design
    from threatpoint.strategy.design.designs import Beside, Designs, Frontier, Yielding
    from threatpoint.strategy.design.legal import Standing

Row = Mapping[str, Any]
Name = Callable[[str], str]
UNIT = "USD bn"
TOGETHER = "all together"


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
            "targets": family(each.targets, name, found.families[-1]),
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
    items = "; ".join(item.describe() for item in found.question.rule.retaliations)
    more = " All together: each is hit by a tenth of a point at least, and answers."
    return f"After the answer of those hit ({items})." + more * (len(found.families) > 1)


def beside_rows(found: Designs, name: Name) -> list[dict[str, Any]]:
    """A row a threat made and family of targets."""
    return [_beside(each, found, name) for each in found.beside]


def _beside(each: Beside, found: Designs, name: Name) -> dict[str, Any]:
    own, better = each.made, each.better
    return {
        "threat": own.words,
        "key": own.name,
        "targets": family(own.targets, name, found.families[-1]),
        "target": "+".join(own.targets),
        "answer": "answered" if own.answered else "not answered",
        "gain_usd_bn": own.gain,
        "loss_usd_bn": own.loss,
        "frontier": "on it" if each.on else "inside it",
        "saved_usd_bn": each.saved,
        "design": described(None if each.on else each.cheaper, name),
        "better": described(better, name),
        "better_gain_usd_bn": worth(better)["gain_usd_bn"],
        "better_loss_usd_bn": worth(better)["loss_usd_bn"],
    }


def beside(found: Designs, name: Name) -> Table | None:
    """The threats made beside what could have stood in their place; None without any."""
    rows = beside_rows(found, name)
    if not rows:
        return None
    return Table(
        "design-beside",
        "The threats made: whether the same bite could be had for less, money a year",
        columns(
            "design-beside", "threat", "-key", "targets", "-target", "answer", "gain_usd_bn",
            "loss_usd_bn", "frontier", "saved_usd_bn", "design", "-better",
            "-better_gain_usd_bn", "-better_loss_usd_bn",
        ),
        rows,
        UNIT,
        "Carried out on those named, the others going on.",
        deciding=("saved_usd_bn", "frontier"),
    )  # fmt: skip


def yielding_rows(found: Designs, name: Name) -> list[dict[str, Any]]:
    """A row a family and belief."""
    return [_yielding(each, found, name) for each in found.yielding]


def _yielding(each: Yielding, found: Designs, name: Name) -> dict[str, Any]:
    return {
        "targets": family(each.targets, name, found.families[-1]),
        "target": "+".join(each.targets),
        "scale_usd_bn": each.belief.scale,
        "cost_usd_bn": sum(each.costs.values()),
        "believed": each.believed,
        "design": each.reason or (described(each.design, name) if each.design else "none found"),
        **worth(each.design),
        "sizes": "" if each.design is None else sizes(each.design)["sizes"],
    }


def yielding(found: Designs, name: Name) -> Table:
    """The cheapest threat that makes each give in, over what is not known of the sender."""
    return Table(
        "design-yielding",
        "The cheapest threat that makes them give in, money a year",
        columns(
            "design-yielding", "targets", "-target", "scale_usd_bn", "cost_usd_bn", "believed",
            "gain_usd_bn", "loss_usd_bn", "design", "-sizes",
            believed=_believed,
        ),
        yielding_rows(found, name),
        UNIT,
        condition(found),
        deciding=("scale_usd_bn", "design"),
    )  # fmt: skip


def _believed(row: Row) -> str:
    return words.DASH if math.isnan(row["believed"]) else words.belief(row["believed"])


def condition(found: Designs) -> str:
    """When a target gives in, and what is taken of the sender's type."""
    one = found.yielding[0].belief
    return (
        "A target gives in where the chance that the threat is carried out, times what it then "
        "loses, is no less than what giving in costs it. That chance rises with what carrying it "
        f"out brings the sender: {words.percent(100 * one.share)} on record where that is "
        f"nothing, and s says how many dollars weigh as much as resolve. The record does not tell "
        f"s, so the answer is given over its range; the punishment is taken to last {one.years:g} "
        "years."
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
