"""The world room: the baseline table, its labels, elasticities and accounting identities."""

from threatpoint.world.economy import BASIS, Economy, Flow
from threatpoint.world.elasticities import Elasticities
from threatpoint.world.shipped import load_world

__all__ = ["BASIS", "Economy", "Elasticities", "Flow", "load_world"]
