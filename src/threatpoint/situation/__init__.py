"""Situation: one TOML file says who threatens whom, with what, unless they do what.

```python
from threatpoint.situation import load_situation

situation = load_situation("ukraine-2025-03-31")
situation.policy.wedges(economy)  # the main threat carried out on all targets
```
"""

from threatpoint.situation.figure import UNITS, Figure
from threatpoint.situation.model import Assumption, Scenario, Situation
from threatpoint.situation.reader import (
    built_in,
    load_situation,
    load_support,
    load_talks,
    read_situation,
)

__all__ = [
    "UNITS",
    "Assumption",
    "Figure",
    "Scenario",
    "Situation",
    "built_in",
    "load_situation",
    "load_support",
    "load_talks",
    "read_situation",
]
