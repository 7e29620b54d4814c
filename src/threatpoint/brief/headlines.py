"""Headlines: one line for each part behind the losses, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threatpoint.brief import front, game, horizons, oil, support, talks
from threatpoint.brief.prose import say

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading

LINES = {
    "Giving in": ("game.giving_in", game.Facts.of),
    "Believed": ("game.bill", game.Facts.of),
    "Oil": ("oil.section", oil.Facts.of),
    "Talks": ("talks.section", talks.Facts.of),
    "The threat in the talks": ("talks.moved", talks.Facts.of),
    "Support": ("support.section", support.Facts.of),
    "Front": ("front.section", front.Facts.of),
}
"""Part -> the macro that says its headline, or else its title; and its facts."""


def headlines(reading: Reading) -> list[str]:
    """Part and finding, for every part that was computed."""
    found = {"Horizons": horizons.headline(reading)}
    for part, (macro, of) in LINES.items():
        facts = of(reading)
        if facts is not None and getattr(facts, "games", True):
            said = say(macro, facts)
            found[part] = said.get("headline", said["title"])
    return [f"{part}: {text}" for part, text in found.items() if text]
