"""Tariffs for their own sake: those that are best for a country, and those of a tariff war."""

from threatpoint.strategy.tariffs.optimal import OptimalTariff, optimal_tariff
from threatpoint.strategy.tariffs.war import TariffWar, nash_tariffs

__all__ = ["OptimalTariff", "TariffWar", "nash_tariffs", "optimal_tariff"]
