"""The world room: the baseline table, its labels, elasticities and accounting identities."""

from threatpoint.world.economy import Economy
from threatpoint.world.elasticities import Elasticities
from threatpoint.world.facts import compare
from threatpoint.world.flow import BASIS, Flow
from threatpoint.world.horizons import HORIZONS
from threatpoint.world.identities import check, require_balanced
from threatpoint.world.info import info
from threatpoint.world.own_table import elasticities_from, read_elasticities, with_horizon
from threatpoint.world.parameters import parameter
from threatpoint.world.shipped import load_world

__all__ = [
    "BASIS",
    "HORIZONS",
    "Economy",
    "Elasticities",
    "Flow",
    "check",
    "compare",
    "elasticities_from",
    "info",
    "load_world",
    "parameter",
    "read_elasticities",
    "require_balanced",
    "with_horizon",
]
