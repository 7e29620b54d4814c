"""Costinot & Rodríguez-Clare (2018): what the United States gains from trade."""

from validation.costinot_rodriguez_clare_2018.replicate import checks

__all__ = ["checks"]
