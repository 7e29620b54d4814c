"""Policy: instruments, rules, and the trade-cost changes they make.

```python
from threatpoint.policy import Action, CutOff, Policy, Rule

Policy([CutOff("USA", "CHN")]).wedges(economy)
Rule("USA", when=Action("OILGAS", "RUS", min_value=5, unit="USD bn"), then=CutOff("USA", "target"))
```
"""

from threatpoint.policy.demand import Cost, Demand
from threatpoint.policy.instruments import Instrument
from threatpoint.policy.instruments.cut_off import CutOff
from threatpoint.policy.instruments.cut_output import CutOutput
from threatpoint.policy.instruments.export_ban import ExportBan
from threatpoint.policy.instruments.export_tax import ExportTax
from threatpoint.policy.instruments.iceberg import Iceberg
from threatpoint.policy.instruments.list_ships import ListShips
from threatpoint.policy.instruments.move_cap import MoveCap
from threatpoint.policy.instruments.price_cap import PriceCap
from threatpoint.policy.instruments.quota import Quota
from threatpoint.policy.instruments.release_spare import ReleaseSpare
from threatpoint.policy.instruments.sanction_producers import SanctionProducers
from threatpoint.policy.instruments.stop_buying import StopBuying
from threatpoint.policy.instruments.tariff import Tariff
from threatpoint.policy.instruments.trade_cost import TradeCost
from threatpoint.policy.measure import Measure
from threatpoint.policy.numbers import percent
from threatpoint.policy.policy import Policy
from threatpoint.policy.profiles import PROFILE_MOVES, ProfileMove
from threatpoint.policy.rules import Rule
from threatpoint.policy.targets import Action, stopping
from threatpoint.policy.verdicts import Buyer
from threatpoint.policy.wedges import Wedges

__all__ = [
    "PROFILE_MOVES",
    "Action",
    "Buyer",
    "Cost",
    "CutOff",
    "CutOutput",
    "Demand",
    "ExportBan",
    "ExportTax",
    "Iceberg",
    "Instrument",
    "ListShips",
    "Measure",
    "MoveCap",
    "Policy",
    "PriceCap",
    "ProfileMove",
    "Quota",
    "ReleaseSpare",
    "Rule",
    "SanctionProducers",
    "StopBuying",
    "Tariff",
    "TradeCost",
    "Wedges",
    "percent",
    "stopping",
]
