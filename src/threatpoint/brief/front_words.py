"""Numbers, days and findings of the front in words."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from threatpoint import words
from threatpoint.front import data as front_data

if TYPE_CHECKING:
    from threatpoint.front.front import FrontResult, Held

THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


def map_title(result: FrontResult) -> str:
    """The finding in one line."""
    first = ", ".join(f"{h.oblast.name} {percent(h.share)}" for h in partly(result))
    return f"{held_words(result)}; of it in part: {first}"


def map_description(result: FrontResult) -> str:
    """Alt text: every oblast with a share, the claims without one, the pockets."""
    what = front_data.about()["front_control.csv"]["what"]
    shares = "; ".join(f"{h.oblast.name} {percent(h.share)}" for h in result.held if h.share)
    none = ", ".join(c.oblast.name for c in result.claims if not c.share)
    pockets = "; ".join(f"{p.item} {span(p.low, p.high)} km² ({p.period})" for p in result.pockets)
    return (
        f"Map of oblasts: {what}, {day_words(result)}. {shares}. "
        f"Claimed, none held: {none or 'no oblast'}. All other oblasts 0 %. Across the border: "
        f"{pockets}. The front inside an oblast is not drawn."
    )


def held_words(result: FrontResult) -> str:
    """The area held, with its day: '112 415 km² held on 13 March 2025'."""
    return f"{words.number(result.total)}{words.SPACE}km² held on {day_words(result)}"


def counts() -> str:
    """What counts as held, in the words of the table."""
    return front_data.about()["front_control.csv"]["counts"]


def day_words(result: FrontResult) -> str:
    """The day of observation in words."""
    return f"{result.observed.day} {result.observed:%B %Y}"


def partly(result: FrontResult) -> list[Held]:
    """Oblasts held in part, 1 to 98 %, largest share first."""
    return sorted((h for h in result.held if 0.01 <= h.share < 0.98), key=lambda h: -h.share)


def percent(share: float) -> str:
    """A share in percent; one digit below 10, never rounded to 0 or 100."""
    return f"{100 * share:.1f} %" if share < 0.1 or share > 0.985 else f"{100 * share:.0f} %"


def span(low: float, high: float) -> str:
    """A range, or one number."""
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def chart_title(result: FrontResult) -> str:
    """The finding in one line."""
    s = result.score
    inside = round(s.coverage * s.observations)
    return (
        f"Since {result.projected.start:%B %Y} the line moved {s.monthly_record:,.0f} km² a month, "
        f"against {s.monthly_fitted:,.0f} before; {inside} of {s.observations} observations lie "
        "in the band"
    )


def chart_description(result: FrontResult) -> str:
    """What the band is made from, and how far off it was."""
    s, p = result.score, result.projected
    return (
        f"The band starts on {p.start} and is drawn from the drift of the area held by the "
        f"attacker in the {len(result.fitted.gains)} months before, {result.fitted.mean:,.0f} km² "
        f"a month with deviation {result.fitted.deviation:,.0f}. On the last day the projection "
        f"was {s.last_error:+,.0f} km² off the record."
    )


def month(text: str) -> str:
    """'2025-03' -> 'March 2025'."""
    return f"{datetime.date.fromisoformat(f'{text}-01'):%B %Y}"


def thin(text: str) -> str:
    """Thousands apart as on the rest of the page."""
    return THOUSANDS.sub(words.THIN, text)


def producer() -> str:
    """How the shares were made."""
    return front_data.about()["front_control.csv"]["producer"]
