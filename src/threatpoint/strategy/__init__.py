"""Strategy: the threat as a game. Who would give in, is it believed, what would make it so.

```python
from threatpoint.strategy import Terms, solve_threat
from threatpoint.strategy.results import target_rows

threat = solve_threat(world, rule, horizon="long", terms=Terms(kappa=20.0))
threat.equilibria().status
target_rows(threat)
```
"""

from threatpoint.strategy.bargain import Bargain
from threatpoint.strategy.carriers import carrier_rows
from threatpoint.strategy.evasion import evaded, evasion_rows
from threatpoint.strategy.game import Game, NoWorld, Payoff
from threatpoint.strategy.history import Step
from threatpoint.strategy.motive import Motive, motive_rows, motives
from threatpoint.strategy.offer_rows import bargain_rows, offer_rows
from threatpoint.strategy.offers import bargain
from threatpoint.strategy.opinions import Opinions, giving_in_rows, opinions, share_giving_in
from threatpoint.strategy.partial import Stopping, stoppings
from threatpoint.strategy.partial_rows import stopping_rows
from threatpoint.strategy.perfect import Equilibria, Equilibrium, equilibria
from threatpoint.strategy.quantal import Quantal, quantal_response
from threatpoint.strategy.question import Question
from threatpoint.strategy.record import BaseRate, base_rate, base_rate_of
from threatpoint.strategy.resolve import Resolve, beliefs
from threatpoint.strategy.store import Store, World
from threatpoint.strategy.tariffs import OptimalTariff, TariffWar, nash_tariffs, optimal_tariff
from threatpoint.strategy.terms import Terms
from threatpoint.strategy.threat import ThreatGame, pose, solve_threat
from threatpoint.strategy.thresholds import Threshold, minimal_enforcement, minimal_tariff
from threatpoint.strategy.type_compared import compared, gains_of
from threatpoint.strategy.type_priors import TypePrior, type_priors
from threatpoint.strategy.worlds import require_solvable

__all__ = [
    "Bargain",
    "BaseRate",
    "Equilibria",
    "Equilibrium",
    "Game",
    "Motive",
    "NoWorld",
    "Opinions",
    "OptimalTariff",
    "Payoff",
    "Quantal",
    "Question",
    "Resolve",
    "Step",
    "Stopping",
    "Store",
    "TariffWar",
    "Terms",
    "ThreatGame",
    "Threshold",
    "TypePrior",
    "World",
    "bargain",
    "bargain_rows",
    "base_rate",
    "base_rate_of",
    "beliefs",
    "carrier_rows",
    "compared",
    "equilibria",
    "evaded",
    "evasion_rows",
    "gains_of",
    "giving_in_rows",
    "minimal_enforcement",
    "minimal_tariff",
    "motive_rows",
    "motives",
    "nash_tariffs",
    "offer_rows",
    "opinions",
    "optimal_tariff",
    "pose",
    "quantal_response",
    "require_solvable",
    "share_giving_in",
    "solve_threat",
    "stopping_rows",
    "stoppings",
    "type_priors",
]
