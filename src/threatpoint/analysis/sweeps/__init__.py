"""Sweeps: a threat at other rates, enforcement and targets, solved before anybody asks."""
