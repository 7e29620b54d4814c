"""Four tariff shocks with a published table: real income, and real income before tariff revenue."""

from validation.tariff_shocks.replicate import TEXT, rows

__all__ = ["TEXT", "rows"]
