"""Views of support: what each donor must add."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from threatpoint.support.results import announced, donors, kinds
from threatpoint.support.three_tests import three_tests
from threatpoint.views import About, Named, View

if TYPE_CHECKING:
    from threatpoint.support.support import SupportResult


def about(result: SupportResult) -> About:
    """The gap, by which key it is shared, and who has most to add."""
    most = max(range(len(result.donors)), key=lambda n: float(result.added[n]))
    facts = {
        "date": str(result.date),
        "gap": f"EUR {result.gap:.3g} bn a year",
        "shared by": result.key_name,
        "baseline": " to ".join(result.baseline),
        "adds most": f"{result.names[most]}: EUR {result.added[most]:.3g} bn a year",
        "refused": ", ".join(refusal.donor for refusal in result.refused) or "nobody",
    }
    return About("Support: what donors must add", facts, ".to_pandas(), .shared, .programme")


def tables_of(result: SupportResult) -> Mapping[str, Named]:
    """Tables of support."""
    found = {
        "donors": Named("what each donor gives and must add", lambda: donors(result)),
        "tests": Named("ready, willing and able", lambda: three_tests(result)),
        "kinds": Named("kinds of arms, and which money replaces", lambda: kinds(result)),
        "announced": Named("what had been announced", lambda: announced(result)),
    }
    return {k: made for k, made in found.items() if k != "announced" or result.programme}


SUPPORT = View(about, tables_of)
