"""Kiel Policy Brief 170 (2024): Germany under a hard break with China and Russia."""

from validation.kiel_2024.replicate import TEXT, losses, rows

__all__ = ["TEXT", "losses", "rows"]
