"""Fajgelbaum et al. (2020): pass-through and real income under the US tariffs of 2018."""

from validation.fajgelbaum_2020.replicate import TEXT, pass_through, rows, war

__all__ = ["TEXT", "pass_through", "rows", "war"]
