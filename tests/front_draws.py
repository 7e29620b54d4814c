"""Draws of the inputs of the front alone."""

from threatpoint.analysis.ensemble.draws import uniforms
from threatpoint.front import path_inputs


def front_values(count, seed=1, found=None):
    """Input key -> (count,) values."""
    items = path_inputs.inputs() if found is None else found
    points = uniforms(seed, len(items), 0, count)
    return {item.key: item.quantile(points[:, d]) for d, item in enumerate(items)}
