"""Builders: they turn the published source files into the tables that ship.

They run only when somebody rebuilds a table (`python -m builders.world2023`), never in use.
What was typed in, each number with its source, stands in `builders/data`.
"""
