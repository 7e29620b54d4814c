"""Laws of uncertain numbers, each as its quantile function: one uniform number a draw.

| law | value | low and high |
|---|---|---|
| lognormal | median | 5 and 95 %; a spread of its own on each side |
| triangular | mode | ends |
| beta22 | middle | ends of a Beta(2, 2) scaled between them |
| uniform | middle | ends |
| loguniform | geometric middle | ends, above 0 |
| ends | middle | the two values it can have, each in half of the draws |
"""

from __future__ import annotations

import math
from importlib import import_module
from statistics import NormalDist
from typing import Any

import numpy as np

from threatpoint.array_types import Array
from threatpoint.errors import QuantityError, require_label
from threatpoint.quantity import Quantity

LAWS = ("lognormal", "triangular", "beta22", "uniform", "loguniform", "ends")
TAIL = NormalDist().inv_cdf(0.95)
"""Standard deviations from the median to the 95 % quantile of a normal law."""


def quantile(given: Quantity, law: str, at: Array) -> Array:
    """The value of each draw.

    Args:
        given: value, low and high; equal ends give the value itself.
        law: one of `LAWS`.
        at: probabilities, inside 0 to 1.

    Raises:
        QuantityError: unknown law; a log-normal number that is not above 0; a middle that is none.
    """
    require_label("law", law, LAWS, QuantityError)
    if given.low == given.high:
        return np.full_like(at, given.value)
    if law == "lognormal":
        return _lognormal(given, at)
    if law == "triangular":
        return _triangular(given, at)
    if law == "loguniform":
        return _loguniform(given, at)
    if abs(given.value - (given.low + given.high) / 2.0) > 1e-9 * abs(given.high):
        raise QuantityError(f"{law}: {given.value:g} is not the middle of its range")
    return given.low + (given.high - given.low) * _part(law, at)


def _part(law: str, at: Array) -> Array:
    """How far between its ends a number with the middle for its value is."""
    if law == "ends":
        return (at >= 0.5).astype(np.float64)
    return _special().betaincinv(2.0, 2.0, at) if law == "beta22" else at


def _loguniform(given: Quantity, at: Array) -> Array:
    if not given.low > 0.0:
        raise QuantityError(f"loguniform: a range from {given.low:g} must begin above 0")
    middle = math.sqrt(given.low * given.high)
    if abs(given.value - middle) > 1e-9 * middle:
        words = f"is not the geometric middle of its range, {middle:.10g}"
        raise QuantityError(f"loguniform: {given.value:g} {words}")
    return given.low * (given.high / given.low) ** at


def _lognormal(given: Quantity, at: Array) -> Array:
    if not 0.0 < given.low < given.value < given.high:
        raise QuantityError("lognormal: low, value and high must rise and be above 0")
    z = normal(at) / TAIL
    down, up = math.log(given.value / given.low), math.log(given.high / given.value)
    return given.value * np.exp(z * np.where(z < 0.0, down, up))


def _triangular(given: Quantity, at: Array) -> Array:
    low, mode, high = given.low, given.value, given.high
    width, left = high - low, mode - low
    rising = low + np.sqrt(at * width * left)
    falling = high - np.sqrt((1.0 - at) * width * (high - mode))
    return np.where(at * width < left, rising, falling)


def normal(at: Array) -> Array:
    """Quantiles of the standard normal law."""
    return _special().ndtri(at)


def probability(z: Array) -> Array:
    """Probabilities below points of the standard normal law."""
    return _special().ndtr(z)


def _special() -> Any:
    """Takes a tenth of a second to load, and only draws need it."""
    return import_module("scipy.special")
