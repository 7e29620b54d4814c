"""Arkolakis, Costinot & Rodríguez-Clare (2012), "New Trade Models, Same Old Gains?", AER 102:1."""

from validation.arkolakis_costinot_rodriguez_clare_2012.replicate import checks

__all__ = ["checks"]
