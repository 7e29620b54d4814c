"""Headlines: the name of each part of the page and its finding, in one line.

The page's contents list and the terminal say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint.brief import (
    bargain,
    course,
    design,
    first_facts,
    front,
    happened,
    horizons,
    leverage,
    oil,
    support,
    talks,
)
from threatpoint.brief.prose import say

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading

NAMES = {
    "expect": "What to expect",
    "losses": "Losses",
    "giving-in": "Would they give in",
    "options": "Is it believed, the options",
    "carried": "Will it be carried out",
    "bargain": "What an offer could do",
    "leverage": "Which flow hurts whom",
    "design": "What else could be threatened",
    "oil": "Oil",
    "talks": "Talks",
    "support": "Support",
    "front": "Front",
    "happened": "What happened since",
    "text": "The text line by line",
    "method": "Method, assumptions, data",
}
"""Part -> its name, in the order of the page."""
FACTS = {
    "giving-in": ("choices.giving_in", first_facts.Facts),
    "options": ("choices.bill", first_facts.Facts),
    "carried": ("course.section", course.Facts.of),
    "bargain": ("bargain.section", bargain.Facts.of),
    "leverage": ("leverage.section", leverage.Facts.of),
    "design": ("design.section", design.Facts.of),
    "oil": ("oil.section", oil.Facts.of),
    "talks": ("talks.section", talks.Facts.of),
    "support": ("support.section", support.Facts.of),
    "front": ("front.section", front.Facts.of),
    "happened": ("happened.section", happened.Facts.of),
}
"""Part -> the macro that says its headline, or else its title; and its facts."""


def finding(part: str, facts: Any) -> str:
    """The line of a part with facts, without the full stop that the terminal needs no more."""
    said = say(FACTS[part][0], facts)
    return said.get("headline", said["title"])


def headlines(reading: Reading) -> list[str]:
    """Name and finding, for every part that was computed."""
    found = {"losses": horizons.headline(reading)}
    for part, (_, of) in FACTS.items():
        facts = of(reading)
        if facts is not None and getattr(facts, "options", True):
            found[part] = finding(part, facts)
    return [f"{NAMES[part]}: {text}" for part, text in found.items() if text]
