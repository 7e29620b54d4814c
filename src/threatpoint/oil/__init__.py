"""The market of crude oil in barrels and dollars, linked to the equilibrium of all trade."""
