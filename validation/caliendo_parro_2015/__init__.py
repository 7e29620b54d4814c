"""Caliendo & Parro (2015), "Estimates of the Trade and Welfare Effects of NAFTA", REStud 82:1."""

from validation.caliendo_parro_2015.replicate import checks

__all__ = ["checks"]
