"""The closed forms of the moving-front model against value iteration."""

from validation.ceasefire_value_iteration.replicate import checks

__all__ = ["checks"]
