"""What stands where in a drawing: the boxes of its texts, as wide as the widest font, and marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from threatpoint.brief import svg

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Drawing:
    """A drawing as read from its SVG."""

    width: float
    height: float
    texts: list[tuple[str, Box]]
    marks: list[Box]
    described: str

    @classmethod
    def of(cls, text: str) -> Drawing:
        """Read a drawing."""
        root = ElementTree.fromstring(text)
        width, height = svg.frame(text)
        texts = [(_words(e), _text_box(e)) for e in root.iter("text")]
        marks = [_mark(e) for e in root if e.tag in ("rect", "circle", "path")]
        return cls(width, height, texts, marks, root.findtext("desc") or "")

    def outside(self) -> list[object]:
        """Texts and marks that leave the frame."""
        placed = [*self.texts, *((box, box) for box in self.marks)]
        return [what for what, box in placed if not self._holds(box)]

    def over(self) -> list[tuple[str, str]]:
        """Texts that stand over each other."""
        return [(a, b) for (a, p), (b, q) in combinations(self.texts, 2) if _meet(p, q)]

    def _holds(self, box: Box) -> bool:
        left, top, right, bottom = box
        return (
            left >= -0.1
            and top >= -0.1
            and right <= self.width + 0.1
            and (bottom <= self.height + 0.1)
        )


def _words(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


def _text_box(element: ElementTree.Element) -> Box:
    """The room that is kept for a text."""
    size = float(element.get("font-size", "13"))
    bold = element.get("font-weight") == "700" or len(element) > 0
    wide = svg.reserve(_words(element), size, bold)
    x, y = float(element.get("x", "0")), float(element.get("y", "0"))
    left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[element.get("text-anchor", "start")]
    return left, y - 0.78 * size, left + wide, y + 0.22 * size


def _mark(element: ElementTree.Element) -> Box:
    """The box of a rectangle, a circle or a path of absolute points."""
    got = {
        name: float(value) for name, value in element.items() if re.fullmatch(r"-?[\d.]+", value)
    }
    if element.tag == "rect":
        x, y = got.get("x", 0.0), got.get("y", 0.0)
        return x, y, x + got["width"], y + got["height"]
    if element.tag == "circle":
        x, y, r = got["cx"], got["cy"], got["r"]
        return x - r, y - r, x + r, y + r
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", element.get("d", ""))]
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
