"""Kiel Policy Brief 186 (2025): what Europe must give to replace US support for Ukraine."""

from validation.kiel_2025.replicate import checks, explained

__all__ = ["checks", "explained"]
