"""Tariffs for their own sake: those that are best for a country, and those of a tariff war."""

from threatpoint.strategy.tariffs.optimal import OptimalTariff, optimal_tariff

__all__ = ["OptimalTariff", "optimal_tariff"]
