"""The horizon picks the values of the elasticities; the equations are the same at every horizon."""

from __future__ import annotations

from threatpoint.errors import WorldError, require_label, require_type
from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import SUBSTITUTION, Elasticities

LEAST = 0.001
"""The smallest substitution elasticity that is solved."""


def elasticities_for(
    economy: Economy, horizon: str = "long", given: Elasticities | None = None
) -> Elasticities:
    """The economy's elasticities at a horizon, or the ones given, checked against its shape.

    Raises:
        WorldError: no such horizon, a set of another shape, or a substitution elasticity of 0: no
            input could be replaced at all, and prices are then not determined.
    """
    require_type("economy", economy, Economy, WorldError)
    if given is None:
        if not economy.elasticities:
            raise WorldError(
                "this economy carries no elasticities; pass elasticities=Elasticities.of(...)"
            )
        name = require_label("horizon", horizon, economy.elasticities, WorldError)
        given = economy.elasticities[name]
    require_type("elasticities", given, Elasticities, WorldError)
    shape = (len(economy.countries), len(economy.sectors))
    if given.theta.shape != shape[1:] or given.phi.shape != shape:
        raise WorldError(
            f"elasticities have theta {given.theta.shape} and phi {given.phi.shape}; this economy "
            f"needs {shape[1:]} and {shape} (sectors, and countries by sectors)"
        )
    none = [name for name in SUBSTITUTION if given.sectoral(name).min() < LEAST]
    if none:
        raise WorldError(
            f"elasticity {', '.join(none)} is below {LEAST:g}: prices are then not determined. "
            f"Use a small value such as {LEAST:g}"
        )
    return given
