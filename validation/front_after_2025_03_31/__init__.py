"""The front after 31 March 2025 against the band drawn on that day; scored, never fitted to."""

from validation.front_after_2025_03_31.replicate import checks, lines

__all__ = ["checks", "lines"]
