"""A grouped logit by Newton steps, its standard errors, and a penalty on standardised slopes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from threatpoint.array_types import Array

STEPS, STILL = 50, 1e-10


@dataclass(frozen=True)
class Fit:
    """A fitted logit.

    Attributes:
        coefficients: (P,) the constant first, in units of the predictors.
        errors: (P,) standard errors, from the curvature.
        clustered: (P,) from scores summed by pair of states (sandwich).
        penalty: on the squared slopes.
    """

    coefficients: Array
    errors: Array
    clustered: Array
    penalty: float


def fit(given: Array, firm: Array, backed: Array, pair: Array, penalty: float = 0.0) -> Fit:
    """The logit of firm against backed.

    Args:
        given: (R, P), a constant first.
        firm: (R,) counts of one outcome.
        backed: (R,) counts of the other.
        pair: (R,) clusters.
        penalty: half of it times the squared slopes of standardised predictors is taken off the
            log likelihood.

    Raises:
        ValueError: no convergence, as where a predictor tells the outcomes apart entirely (a
            `LinAlgError` where the curvature is lost on the way).
    """
    middle, width = given.mean(axis=0), given.std(axis=0)
    middle[0], width[0] = 0.0, 1.0
    x, shrink = (given - middle) / width, np.diag([0.0, *[penalty] * (given.shape[1] - 1)])
    at = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = chance(x, at)
        slope = x.T @ (firm - (firm + backed) * p) - shrink @ at
        curvature = (x * ((firm + backed) * p * (1.0 - p))[:, None]).T @ x + shrink
        step = np.linalg.solve(curvature, slope)
        at = at + step
        if np.abs(step).max() < STILL:
            break
    else:
        raise ValueError("the logit does not converge")
    back = np.diag(1.0 / width)
    back[0, 1:] = -middle[1:] / width[1:]  # standardised coefficients in the predictors' units
    spread = np.linalg.inv(curvature)
    sums = _by_pair(x * (firm - (firm + backed) * p)[:, None], pair)
    return Fit(
        back @ at,
        np.sqrt(np.diag(back @ spread @ back.T)),
        np.sqrt(np.diag(back @ spread @ (sums.T @ sums) @ spread @ back.T)),
        penalty,
    )


def _by_pair(each: Array, pair: Array) -> Array:
    return np.stack([each[pair == one].sum(axis=0) for one in np.unique(pair)])


def chance(given: Array, coefficients: Array) -> Array:
    """Probability of standing firm."""
    return 1.0 / (1.0 + np.exp(-given @ coefficients))


def log_score(found: Fit, given: Array, firm: Array, backed: Array) -> float:
    """Sum of the logs of the probabilities of what happened, nats."""
    p = chance(given, found.coefficients)
    return float(firm @ np.log(p) + backed @ np.log1p(-p))
