"""McKelvey & Palfrey (1995), "Quantal Response Equilibria for Normal Form Games", GEB 10:1."""

from validation.mckelvey_palfrey_1995.replicate import checks

__all__ = ["checks"]
