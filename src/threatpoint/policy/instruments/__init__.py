"""Instruments: one file each; this package loads every file that stands in it.

An instrument outside the package is registered when its class is defined, and can then be used
like these: from Python, in a situation file and on the command line.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from threatpoint.policy.instruments.base import INSTRUMENTS, Instrument

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["INSTRUMENTS", "Instrument"]
