"""McKelvey & Palfrey (1998), "Quantal Response Equilibria for Extensive Form Games", ExpEc 1:1."""

from validation.mckelvey_palfrey_1998.replicate import checks

__all__ = ["checks"]
