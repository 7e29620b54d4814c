"""Headlines: one line for each part behind the losses, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from threatpoint import words
from threatpoint.brief import front, game, horizons, oil, support, talks
from threatpoint.brief.prose import say, sentence

if TYPE_CHECKING:
    from threatpoint.brief.reading import Reading


def headlines(reading: Reading) -> list[str]:
    """Part and finding, for every part that was computed."""
    threat = game.Facts.of(reading)
    found = {
        "Horizons": horizons.headline(reading),
        "Giving in": _game("finding", threat),
        "Believed": _game("price", threat),
        "Oil": oil.headline(reading),
        "Talks": _title("talks", talks.Facts.of(reading)),
        "The threat in the talks": _moved(reading),
        "Support": _title("support", support.Facts.of(reading)),
        "Front": front.headline(reading),
    }
    return [f"{part}: {text}" for part, text in found.items() if text]


def _game(macro: str, facts: game.Facts) -> str:
    """A heading of the page on the game."""
    return words.capital(sentence(f"game.{macro}", facts)) if facts.games else ""


def _title(part: str, facts: Any) -> str:
    """The heading of the page on a part."""
    return "" if facts is None else say(f"{part}.section", facts)["title"]


def _moved(reading: Reading) -> str:
    """What the threat does to them."""
    facts = talks.Facts.of(reading)
    return "" if facts is None else sentence("talks.in_short", facts)
