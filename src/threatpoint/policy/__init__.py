"""Policy: instruments, rules, and the trade-cost changes they make.

```python
from threatpoint.policy import Action, CutOff, Policy, Rule

Policy([CutOff("USA", "CHN")]).wedges(economy)
Rule("USA", when=Action("OILGAS", "RUS", min_value=5, unit="USD bn"), then=CutOff("USA", "target"))
```
"""

from threatpoint.policy.bounds import PriceCap, Quota
from threatpoint.policy.buyers import Buyer, buyers
from threatpoint.policy.charges import ExportTax, TradeCost
from threatpoint.policy.demand import Cost, Demand
from threatpoint.policy.instrument import Instrument
from threatpoint.policy.instruments import CutOff, ExportBan, Tariff, percent
from threatpoint.policy.policy import Policy
from threatpoint.policy.profiles import PROFILE_MOVES, ProfileMove
from threatpoint.policy.rules import Rule
from threatpoint.policy.stop import StopBuying
from threatpoint.policy.targets import Action, stopping
from threatpoint.policy.wedges import Wedges

__all__ = [
    "PROFILE_MOVES",
    "Action",
    "Buyer",
    "Cost",
    "CutOff",
    "Demand",
    "ExportBan",
    "ExportTax",
    "Instrument",
    "Policy",
    "PriceCap",
    "ProfileMove",
    "Quota",
    "Rule",
    "StopBuying",
    "Tariff",
    "TradeCost",
    "Wedges",
    "buyers",
    "percent",
    "stopping",
]
