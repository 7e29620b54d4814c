"""Policy: instruments, rules, and the trade-cost changes they make.

```python
from threatpoint.policy import Action, CutOff, Policy, Rule

Policy([CutOff("USA", "CHN")]).wedges(economy)
Rule("USA", when=Action("OILGAS", "RUS", min_value=5, unit="USD bn"), then=CutOff("USA", "target"))
```
"""

from threatpoint.policy.buyers import Buyer, buyers
from threatpoint.policy.instruments import CutOff, ExportBan, Instrument, Tariff, percent
from threatpoint.policy.policy import Policy
from threatpoint.policy.rules import Rule
from threatpoint.policy.targets import Action, stopping
from threatpoint.policy.wedges import Wedges

__all__ = [
    "Action",
    "Buyer",
    "CutOff",
    "ExportBan",
    "Instrument",
    "Policy",
    "Rule",
    "Tariff",
    "Wedges",
    "buyers",
    "percent",
    "stopping",
]
