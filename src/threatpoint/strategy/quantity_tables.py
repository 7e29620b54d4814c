"""Tables of how much a target stops, of offers and of evasion, each declared once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from threatpoint import words
from threatpoint.strategy.evasion import COST, SHARE
from threatpoint.tables import Table, columns

Row = Mapping[str, Any]
UNIT = "USD bn"
MIDDLE = 0.25
"""B of a headline: near the middle of its range in logs."""


def stopping(rows: Sequence[Row]) -> Table:
    """How much each target stops, by punishment and form of the threat."""
    return Table(
        "stopping",
        f"How much of its purchases each target stops, by punishment and form of the threat"
        f"{_when(rows)}",
        columns(
            "stopping", "name", "-target", "-horizon", "punishment", "-as_threatened", "belief",
            "first_share_usd_bn", "last_share_usd_bn", "-bite_usd_bn", "expected_bite_usd_bn",
            "-stops_unthreatened_percent", "stops_step_percent", "stops_scaled_percent",
            "stops_proportional_percent", "-revenue_lost_usd_bn", "-corners", "-status",
        ),
        rows,
        UNIT,
        "A target stops as long as the next share costs it less than what it expects to be spared. "
        "The others go on and are spared; shares are of volume. Step: punished in full unless all "
        "is stopped; scaled, in proportion: by size, or by likelihood, as what goes on.",
        deciding=(
            *("punishment", "stops_proportional_percent", "stops_step_percent"),
            *("stops_scaled_percent", "belief"),
        ),
    )  # fmt: skip


def offer(rows: Sequence[Row]) -> Table:
    """What both gain by each part of an offer; with threat and day where the rows have them."""
    dated = "date" in rows[0]
    return Table(
        "offer",
        f"What sender and target gain by the offer and by its parts{_when(rows)}, money a year",
        columns(
            "offer", "name", "-target", *(("threat", "date") if dated else ()), "-horizon", "part",
            "cut_points", "pledge_percent", "target_gain_usd_bn", "sender_gain_usd_bn",
            "revenue_lost_usd_bn", "-sender_gain_with_b_usd_bn", "pays_sender_from_b",
            "-pays_both_from_b", "explained_by", *(["-status"] if dated else []),
        ),
        rows,
        UNIT,
        "Without an agreement the threat is carried out, or what stands goes on standing. B is "
        "what a dollar that the seller loses is worth to the sender: "
        f"{' '.join(['a prior, nobody measured it.', *unanswered(rows)])}",
        deciding=("part", "target_gain_usd_bn", "sender_gain_usd_bn"),
    )  # fmt: skip


def unanswered(rows: Sequence[Row]) -> list[str]:
    """A sentence on every offer that has no answer, and why."""
    lost = [row for row in rows if row.get("status", "found") != "found"]
    return [
        f"No answer to the offer to {row['name']}: {row['status'].rstrip('.')}." for row in lost
    ]


def bargain(rows: Sequence[Row]) -> Table:
    """Where bargaining would end, at the middle B first."""
    middle = [row for row in rows if row["b_usd_per_usd"] == MIDDLE]
    rest = [row for row in rows if row not in middle]
    return Table(
        "bargain",
        f"Where bargaining over the share that is stopped and the tariff would end{_when(rows)}",
        columns(
            "bargain", "name", "-target", "-horizon", "b_usd_per_usd", "-concept", "stops_percent",
            "added_points", "-cut_points", "target_gain_usd_bn", "sender_gain_usd_bn",
            "-sender_gain_with_b_usd_bn", "revenue_lost_usd_bn", "pledge_from_b", "-status",
        ),
        [*middle, *rest],
        UNIT,
        f"{'; '.join(dict.fromkeys(row['concept'] for row in rows))}. Money a year, against no "
        "agreement: the threat is then carried out. The tariff is never lower than the table's.",
        lead=len(middle) if rest else 0,
        fold="At other values of B",
        deciding=("b_usd_per_usd", "stops_percent", "added_points"),
    )  # fmt: skip


def evasion(rows: Sequence[Row]) -> Table:
    """What re-routing leaves of the bite, at the middle share first."""
    middle = [row for row in rows if row["rerouted_percent"] == 100 * SHARE.value]
    rest = [row for row in rows if row not in middle]
    return Table(
        "evasion",
        "What re-routing through third countries leaves of the punishment"
        f"{_when(rows)}, money a year",
        columns(
            "evasion", "name", "-target", "-horizon", "rerouted_percent", "bite_usd_bn",
            "bite_lost_percent", "sender_usd_bn", "tariff_revenue_lost_usd_bn", "-status",
        ),
        [*middle, *rest],
        UNIT,
        f"At a cost of {100 * COST.value:g} % of the value; share and cost are priors. The target "
        "alone is punished.",
        lead=len(middle) if rest else 0,
        fold="At other shares, and none",
        deciding=("rerouted_percent", "bite_usd_bn", "bite_lost_percent"),
    )  # fmt: skip


def carriers(rows: Sequence[Row]) -> Table:
    """Who could carry what is re-routed."""
    return Table(
        "carriers",
        "Third countries that could carry what is re-routed, money a year",
        columns(
            "carriers", "name", "-country", "target_name", "-target", "-horizon", "-rank",
            "carries_usd_bn", "buys_more_usd_bn", "sells_more_usd_bn", "main_sector",
        ),
        rows,
        UNIT,
        "Read from the model's trade once the target is punished; nobody saw these flows. Trade "
        "that is merely diverted counts too, so it is a bound from above.",
        deciding=("target_name", "carries_usd_bn"),
    )  # fmt: skip


def _when(rows: Sequence[Row]) -> str:
    """', in the first year'."""
    return f", {words.when(rows[0]['horizon'])}"
