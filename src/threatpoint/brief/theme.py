"""The look of page and pictures: colours, type and sizes, each declared once, light and dark.

A chart is drawn in the CSS variables of the page, so that one drawing serves light, dark and print.
"""

from __future__ import annotations

FONT = "Arial, 'Liberation Sans', Helvetica, 'DejaVu Fitted', sans-serif"
FACE = "".join(
    f"@font-face{{font-family:'DejaVu Fitted';font-weight:{weight};src:local('{name}');"
    "size-adjust:87%}"
    for weight, name in (("normal", "DejaVu Sans"), ("bold", "DejaVu Sans Bold"))
)
"""Where no font of the width of Arial is installed: DejaVu Sans, a letter as wide as Arial's.

The charts leave room for letters of that width, and nothing of a picture may leave its frame.
"""
LIGHT = {
    "paper": "#ffffff", "ink": "#16181b", "muted": "#565b62", "line": "#d5d9de",
    "panel": "#f4f5f7", "sender": "#d55e00", "target": "#0072b2", "third": "#5f666e",
    "link": "#00568f", "on": "#ffffff",
    "loss-2": "#b35806", "loss-1": "#f3bf80", "about-0": "#e6e8eb", "gain-1": "#b2abd2",
    "gain-2": "#542788", "chosen": "#fff3d6",
}  # fmt: skip
"""CSS variable -> colour: type and lines, roles (Okabe and Ito's vermilion and blue), map classes.

"on" is text on the full colour of a target. The two ends of the map stay apart for readers who do
not see red or green; they are no colours of a role.
"""
DARK = {
    "paper": "#14171a", "ink": "#eceef0", "muted": "#aab1b9", "line": "#373d44",
    "panel": "#1e2226", "sender": "#f08030", "target": "#56b4e9", "third": "#a9b0b8",
    "link": "#8ecbf2", "on": "#0c0e10",
    "loss-2": "#e58a2c", "loss-1": "#865a2a", "about-0": "#3a4047", "gain-1": "#5d5591",
    "gain-2": "#b9adf0", "chosen": "#3a3220",
}  # fmt: skip

WIDE, NARROW = 760, 350
"""Pixels of the two drawings of a chart."""


def style(selector: str = ":root") -> str:
    """Type and colours as CSS variables of a selector, light, dark and in print."""
    light, dark, paper = (
        f"{selector}{{{''.join(f'--{name}:{value};' for name, value in look.items())}}}"
        for look in (LIGHT | {"sans": FONT}, DARK, LIGHT)
    )
    dark = f"@media (prefers-color-scheme:dark){{{dark}}}"
    return f"{FACE}{light}{dark}@media print{{{paper}}}"
