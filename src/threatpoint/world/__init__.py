"""The world room: the baseline table, its labels, elasticities and accounting identities."""

from threatpoint.world.economy import BASIS, Economy, Flow
from threatpoint.world.elasticities import Elasticities
from threatpoint.world.facts import FactCheck, compare
from threatpoint.world.identities import IdentityCheck, check, require_balanced
from threatpoint.world.info import InfoTable, info
from threatpoint.world.shipped import load_world

__all__ = [
    "BASIS",
    "Economy",
    "Elasticities",
    "FactCheck",
    "Flow",
    "IdentityCheck",
    "InfoTable",
    "check",
    "compare",
    "info",
    "load_world",
    "require_balanced",
]
