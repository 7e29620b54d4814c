"""Labels on a map: sizes, places tried in turn, none on top of another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

ADVANCE = 0.56
"""Mean width of a letter over the size of the type."""
CAPITAL = 0.76
"""The same for spaced capitals."""
LEADING = 1.12
GAP = 1.5
STEPS = ((0, 0), (0, -1), (0, 1), (-1, 0), (1, 0), (-1, -1), (1, -1), (-1, 1), (1, 1))

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """Lines of text about a point.

    Attributes:
        lines: text, top to bottom.
        x, y: middle wanted, pixels.
        size: of the type, pixels.
        style: class of the text.
        reach: farthest it may move, pixels.
        needed: True if it must be placed even where it cannot be free.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    style: str
    reach: float = 24.0
    needed: bool = False

    def box(self, x: float, y: float) -> Box:
        """Left, top, right, bottom with the middle at (x, y)."""
        advance = CAPITAL if self.lines[0].isupper() else ADVANCE
        half = advance * self.size * max(map(len, self.lines)) / 2 + GAP
        tall = LEADING * self.size * len(self.lines) / 2 + GAP
        return x - half, y - tall, x + half, y + tall


@dataclass(frozen=True)
class Placed:
    """A label and its final middle."""

    label: Label
    x: float
    y: float

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.label.box(self.x, self.y)

    def svg(self) -> str:
        """As a text element, one tspan per line."""
        size, lines = self.label.size, self.label.lines
        top = self.y - LEADING * size * (len(lines) - 1) / 2 + 0.35 * size
        spans = "".join(
            f'<tspan x="{self.x:.1f}" y="{top + LEADING * size * k:.1f}">{escape(line)}</tspan>'
            for k, line in enumerate(lines)
        )
        return f'<text class="{self.label.style}" font-size="{size:g}">{spans}</text>'


def overlap(a: Box, b: Box) -> bool:
    """True if two boxes share more than an edge."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def place(labels: Iterable[Label], taken: Sequence[Box], frame: Box) -> list[Placed]:
    """Place labels in order, nearest free place first; those that find none are left out.

    A needed label looks ever farther until it is free.
    """
    boxes, done = list(taken), []
    for label in labels:
        found = _free(label, boxes, frame)
        if found is not None:
            done.append(found)
            boxes.append(found.box)
    return done


def _free(label: Label, boxes: list[Box], frame: Box) -> Placed | None:
    """The nearest free place of a label."""
    far = max(frame[2] - frame[0], frame[3] - frame[1]) if label.needed else label.reach
    distance = 0.0
    while distance <= far:
        for dx, dy in STEPS if distance else STEPS[:1]:
            here = Placed(label, label.x + dx * distance, label.y + dy * distance)
            if _inside(here.box, frame) and not any(overlap(here.box, box) for box in boxes):
                return here
        distance += 4.0
    return None


def _inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]
