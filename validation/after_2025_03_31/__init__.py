"""What the model said for the threat of March 2025, against what happened; nothing tuned to it."""

from validation.after_2025_03_31.score import Line, lines, table

__all__ = ["Line", "lines", "table"]
