"""Tables of the game as it is played: how much a target stops, and two models of the sender."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.strategy.evasion import COST
from threatpoint.tables import Table, columns

if TYPE_CHECKING:
    from threatpoint.tables import Row


def stopping(rows: Sequence[Row]) -> Table | None:
    """How much of its purchases each target stops; None without rows."""
    known = [row for row in rows if row["status"] == "found"]
    if not known:
        return None
    when = words.when(known[0]["horizon"])
    return Table(
        "stopping",
        f"How much each target stops, by size of the punishment and by what it is on, {when}",
        columns(
            "stopping", "name", "-target", "punishment", "belief", "first_share_usd_bn",
            "last_share_usd_bn", "expected_bite_usd_bn", "stops_step_percent",
            "stops_scaled_percent", "stops_proportional_percent", "-stops_unthreatened_percent",
            "-revenue_lost_usd_bn", "-bite_usd_bn",
        ),
        [{**row, "punishment": words.capital(row["punishment"])} for row in known],
        "USD bn",
        "In money alone, the others going on and spared. In full unless all is stopped; in size, "
        "or in likelihood, in proportion to what goes on: only the last gives something between "
        "nothing and all where stopping gets dearer.",
        deciding=("punishment", "stops_proportional_percent", "stops_step_percent"),
    )  # fmt: skip


def models(rows: Sequence[Row]) -> Table | None:
    """The sender's type beside quantal response, the middle s first; None without rows."""
    if not rows:
        return None
    scales = sorted({row["s_usd_bn"] for row in rows})
    middle = scales[len(scales) // 2]
    return Table(
        "models",
        "Chance that a target that goes on is punished: the sender's type beside quantal response",
        columns(
            "models", "name", "-target", "s_usd_bn", "type_probability", "type_alone",
            "quantal_probability", "-lambda_per_usd_bn", "-type_concept", "-quantal_concept",
            "-status",
        ),
        sorted(rows, key=lambda row: row["s_usd_bn"] != middle),
        "USD bn",
        "In the type model the sender knows what it will do and the target does not; in quantal "
        "response the sender errs, with lambda = 1/s. Without the record both say the same: they "
        "differ by what past threats add, and by how long the punishment lasts.",
        lead=sum(row["s_usd_bn"] == middle for row in rows),
        fold="At the ends of the range of dollars",
        deciding=("s_usd_bn", "type_probability", "quantal_probability"),
    )  # fmt: skip


def evasion(rows: Sequence[Row]) -> Table | None:
    """What re-routing leaves of the punishment; None without rows."""
    known = [row for row in rows if row["status"] == "found"]
    if not known:
        return None
    return Table(
        "evasion",
        "What re-routing leaves of the punishment of each target alone, "
        f"{words.when(known[0]['horizon'])}, money a year",
        columns(
            "evasion", "name", "-target", "rerouted_percent", "bite_usd_bn",
            "bite_lost_percent", "sender_usd_bn", "tariff_revenue_lost_usd_bn",
        ),
        known,
        "USD bn",
        f"Part of what is punished goes through third countries at a cost of {100 * COST.value:g} "
        f"% of its value; share and cost are priors.",
        deciding=("rerouted_percent", "bite_usd_bn", "bite_lost_percent"),
    )  # fmt: skip


def carriers(rows: Sequence[Row]) -> Table | None:
    """Third countries that could carry it; None without rows."""
    if not rows:
        return None
    return Table(
        "carriers",
        "Third countries with most room to carry what is re-routed, money a year",
        columns(
            "carriers", "name", "-country", "target_name", "-target", "-rank", "carries_usd_bn",
            "buys_more_usd_bn", "sells_more_usd_bn", "main_sector",
        ),
        rows,
        "USD bn",
        "Room: by sector the lesser of how much more it buys of the target and sells to the "
        "sender, where the target alone is hit. Trade that is merely diverted counts too, so it "
        "is a bound from above.",
        deciding=("target_name", "carries_usd_bn"),
    )  # fmt: skip
