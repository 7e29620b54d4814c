"""What the model said for the threat of March 2025, against what happened; nothing tuned to it."""

from validation.after_2025_03_31.score import dated, lines, table
from validation.scored import Line

__all__ = ["Line", "dated", "lines", "table"]
