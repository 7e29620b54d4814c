"""Odd values that the fuzzers put where something sound stood."""

from __future__ import annotations

import random

ODD_WORDS = (
    "", " ", "\t", "x", "USA", "usa", "China", "VEN", "Germany", "WORLD", "others", "target", "EU",
    "ROW", "goods", "all", "SVC", "nan", "inf", "-inf", "true", "None", "null", "0", "-1", "1e999",
    "a\x00b", "\x1b[31mred", "\u202eright", "\ufeff", "é", "٣", "🚢", "ẞ" * 40, "x" * 300,
    "x" * 20_000,
    "../../etc/passwd", "%s%n", "{0}", "${HOME}", "'; --", '"', "\\", "a\nb", "a,b", "a:b", "A/B",
)  # fmt: skip

ODD_NUMBERS = (
    "0", "-0", "1", "-1", "0.5", "100", "1e30", "1e31", "-1e30", "1e-30", "1e308", "1e309",
    "1e-400",
    "1e999999999", "-1e999999999", "1e99999999999999999999", "0e999999", "nan", "inf", "-inf",
    "1_000", "0_5", "0x1F", "0b1", "9" * 400, "9" * 5000, "0." + "3" * 500, "1.", ".5",
    "+5", "--5", "1,5", "٣",
    "1e", "1e5.5", "2147483648", "9223372036854775808", "-9223372036854775809",
)  # fmt: skip

ODD_DATES = (
    "2025-03-31",
    "0001-01-01",
    "9999-12-31",
    "2025-02-30",
    "2025-03-31T10:00:00Z",
    "10:00:00",
)


def word(rng: random.Random) -> str:
    """An odd word, now and then of random characters."""
    if rng.random() < 0.8:
        return rng.choice(ODD_WORDS)
    return "".join(chr(rng.randrange(1, 0x3000)) for _ in range(rng.randrange(1, 12)))


def number(rng: random.Random) -> str:
    """An odd number as text, now and then a random one."""
    if rng.random() < 0.6:
        return rng.choice(ODD_NUMBERS)
    if rng.random() < 0.5:
        return f"{rng.uniform(0, 10):.3g}"
    return f"{rng.choice((-1, 1)) * 10 ** rng.uniform(-6, 9):.{rng.randrange(8)}g}"


def misspelt(rng: random.Random, text: str) -> str:
    """A text with one character lost, doubled, changed or swapped."""
    if not text:
        return "x"
    k = rng.randrange(len(text))
    change = rng.randrange(4)
    if change == 0:
        return text[:k] + text[k + 1 :]
    if change == 1:
        return text[:k] + text[k] + text[k:]
    if change == 2:
        return text[:k] + rng.choice("abcXYZ019_-.%:") + text[k + 1 :]
    return text[:k] + text[k : k + 2][::-1] + text[k + 2 :]


def spoilt_text(rng: random.Random, text: str) -> bytes:
    """A text cut, with random bytes, lines lost or doubled, or far too much of something."""
    lines = text.split("\n")
    change = rng.randrange(9)
    k = rng.randrange(len(lines))
    if change == 0:
        return text.encode()[: rng.randrange(len(text))]
    if change == 1:
        data = bytearray(text.encode())
        for _ in range(rng.randrange(1, 20)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        return bytes(data)
    if change == 2:
        del lines[k : k + rng.randrange(1, 10)]
    elif change == 3:
        lines.insert(rng.randrange(len(lines)), lines[k])
    elif change == 4:
        lines.insert(
            k, rng.choice(("[", "[[", "x = [", "{", '"""', "'''")) * rng.choice((1, 50, 5000))
        )
    elif change == 5:
        lines.insert(k, rng.choice(("a.", '"a".', "a . ")) * rng.choice((5, 100, 3000)) + "b = 1")
    elif change == 6:
        lines[k:k] = [f"k{n} = {n}" for n in range(rng.choice((100, 10_000, 60_000)))]
    elif change == 7:
        return text.encode() + rng.choice((b"#", b"\n", b"\0", b"[x]\n")) * rng.choice(
            (10, 2_000_000)
        )
    else:
        return text.encode(rng.choice(("utf-16", "utf-32", "utf-8-sig", "cp037")), "replace")
    return "\n".join(lines).encode("utf-8", "replace")
