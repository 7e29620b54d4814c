"""Plain: numbers and texts as people type them, with nothing read that a reader would not see."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the reading direction: shown text would differ from what is read."""

LARGEST_EXPONENT = 30
"""Numbers lie within 1e-30 and 1e30, or are 0: nothing measured lies outside."""

SMALLEST = -330
"""Exponent of the smallest number typed; Python's own floats end there."""

LONGEST_EXPONENT = 6
"""Digits of an exponent: what is longer is not even read."""

LONGEST_NUMBER = 400
"""Characters of a number."""

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)


def number(text: str) -> Decimal:
    """A number as typed: ASCII digits, a point, a sign, an exponent; nothing else.

    Python itself would also read '0_5' as 5 and digits of other scripts.

    Raises:
        ValueError: with what is wrong, to follow the number in a message.
    """
    plain = text.strip().replace("\N{MINUS SIGN}", "-")
    if _NOT_FINITE.fullmatch(plain):
        raise ValueError("is not finite")
    if not _NUMBER.fullmatch(plain):
        raise ValueError("is not a number")
    if len(plain) > LONGEST_NUMBER:
        raise ValueError(f"has {len(plain):,} characters; a number has at most {LONGEST_NUMBER}")
    exponent = plain.lower().partition("e")[2].lstrip("+-")
    value = Decimal(plain) if len(exponent) <= LONGEST_EXPONENT else None
    if value is None or (value and not SMALLEST <= value.adjusted() <= LARGEST_EXPONENT):
        raise ValueError(f"is not within 1e{SMALLEST} and 1e{LARGEST_EXPONENT}, nor 0")
    return value or Decimal(0)  # a zero of many digits would be printed with all of them


_STROKES = str.maketrans("øłđħŧıæœþð", "oldhtiaotd")
"""Letters with a stroke or joined, which no decomposition takes apart."""


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """How a name is compared: any case, with or without diacritics, dots, hyphens and "the".

    'Türkiye' -> 'turkiye', 'The U.S.' -> 'us', "Côte d'Ivoire" -> 'cote divoire'.
    """
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_STROKES)
    plain = "".join(c for c in apart if not unicodedata.combining(c) and c not in ".'\u2019`")
    words = re.findall(r"[^\W_]+", plain.replace("&", " and "))
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def hidden(text: str, allowed: str = "") -> str:
    """The first control character of a text in words, '' if there is none."""
    for character in text:
        control = unicodedata.category(character) in ("Cc", "Zl", "Zp") or character in BIDI
        if control and character not in allowed:
            name = unicodedata.name(character, "a control character").lower()
            return f"{name} (U+{ord(character):04X})"
    return ""


def printable(text: str) -> str:
    """The text with hidden characters written as escapes, for messages."""
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )
