"""Fearon (1995): the range of bargains that both prefer to war."""

from validation.fearon_1995.replicate import checks

__all__ = ["checks"]
