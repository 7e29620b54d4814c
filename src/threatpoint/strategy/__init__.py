"""Strategy: the threat as a game. Who would give in, is it believed, what would make it so.

```python
from threatpoint.strategy import Terms, solve_threat
from threatpoint.strategy.results import target_rows

threat = solve_threat(world, rule, horizon="long", terms=Terms(kappa=20.0))
threat.equilibria().status
target_rows(threat)
```
"""

from threatpoint.strategy.game import Game, NoWorld, Payoff
from threatpoint.strategy.perfect import Equilibria, Equilibrium, equilibria
from threatpoint.strategy.quantal import Quantal, quantal_response
from threatpoint.strategy.question import Question
from threatpoint.strategy.store import Store, World
from threatpoint.strategy.terms import Terms
from threatpoint.strategy.threat import ThreatGame, pose, solve_threat
from threatpoint.strategy.thresholds import Threshold, minimal_enforcement, minimal_tariff
from threatpoint.strategy.worlds import require_solvable

__all__ = [
    "Equilibria",
    "Equilibrium",
    "Game",
    "NoWorld",
    "Payoff",
    "Quantal",
    "Question",
    "Store",
    "Terms",
    "ThreatGame",
    "Threshold",
    "World",
    "equilibria",
    "minimal_enforcement",
    "minimal_tariff",
    "pose",
    "quantal_response",
    "require_solvable",
    "solve_threat",
]
