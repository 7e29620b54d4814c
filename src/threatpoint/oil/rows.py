"""An outcome of the oil market as rows and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from threatpoint.words import number_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from threatpoint.oil.outcome import OilOutcome
    from threatpoint.world.economy import Economy


def buyer_rows(outcome: OilOutcome, economy: Economy) -> list[dict[str, Any]]:
    """Volume and revenue by buyer, largest baseline first; buyers of nothing are left out.

    After the policy both are NaN where the volumes of the outcome do not add up.
    """
    before, after = outcome.buyers
    paid = outcome.paid[1]
    if not outcome.adds_up:
        after = paid = np.full_like(before, np.nan)
    rows = [
        {
            "horizon": outcome.horizon,
            "buyer": code,
            "name": economy.names.get(code, code),
            "volume_baseline": float(before[n]),
            "volume": float(after[n]),
            "revenue_month_baseline": float(outcome.paid[0][n]),
            "revenue_month": float(paid[n]),
        }
        for n, code in enumerate(economy.countries)
        if before[n] > 0
    ]
    return sorted(rows, key=lambda row: -row["volume_baseline"])


def absorbed_words(outcome: OilOutcome, economy: Economy | None = None, least: float = 0.01) -> str:
    """Which economies pump more than before, and how much, in words; '' if none does.

    Where the volumes of the outcome do not add up, the words say so instead.
    """
    if outcome.withheld:
        return outcome.withheld
    more = sorted(outcome.output.items(), key=lambda item: -item[1])
    unit = outcome.units[1]
    names: Mapping[str, str] = {} if economy is None else economy.names
    return ", ".join(
        f"{names.get(code, code)} {number_words(more_of_it, True, 2)} {unit}"
        for code, more_of_it in more
        if more_of_it >= least
    )
