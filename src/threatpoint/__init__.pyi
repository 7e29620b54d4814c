"""The public names, each with the module that has it; `__init__.py` loads them from here."""

from threatpoint.analysis import analyse as analyse
from threatpoint.analysis.ensemble import ask as ask
from threatpoint.analysis.ensemble import draw_ensemble as draw_ensemble
from threatpoint.analysis.ensemble import open_ensemble as open_ensemble
from threatpoint.brief import write_brief as write_brief
from threatpoint.equilibrium import Calibration as Calibration
from threatpoint.equilibrium import Given as Given
from threatpoint.equilibrium import Solution as Solution
from threatpoint.equilibrium import Solutions as Solutions
from threatpoint.equilibrium import balanced_trade as balanced_trade
from threatpoint.equilibrium import check_unique as check_unique
from threatpoint.errors import ThreatpointError as ThreatpointError
from threatpoint.front.front import solve_front as solve_front
from threatpoint.oil.solve import oil_outcome as oil_outcome
from threatpoint.oil.solve import solve as solve
from threatpoint.oil.solve import solve_many as solve_many
from threatpoint.policy import Action as Action
from threatpoint.policy import CutOff as CutOff
from threatpoint.policy import CutOutput as CutOutput
from threatpoint.policy import ExportBan as ExportBan
from threatpoint.policy import ExportTax as ExportTax
from threatpoint.policy import ListShips as ListShips
from threatpoint.policy import MoveCap as MoveCap
from threatpoint.policy import Policy as Policy
from threatpoint.policy import PriceCap as PriceCap
from threatpoint.policy import Quota as Quota
from threatpoint.policy import ReleaseSpare as ReleaseSpare
from threatpoint.policy import Rule as Rule
from threatpoint.policy import SanctionProducers as SanctionProducers
from threatpoint.policy import StopBuying as StopBuying
from threatpoint.policy import Tariff as Tariff
from threatpoint.policy import TradeCost as TradeCost
from threatpoint.policy.standing import on_day as on_day
from threatpoint.policy.standing import standing_policy as standing_policy
from threatpoint.situation import load_situation as load_situation
from threatpoint.strategy import Terms as Terms
from threatpoint.strategy import solve_threat as solve_threat
from threatpoint.support.support import solve_support as solve_support
from threatpoint.talks.talks import solve_talks as solve_talks
from threatpoint.world import load_world as load_world
from threatpoint.world.draw import draw_world as draw_world
from threatpoint.world.economy import Economy as Economy
from threatpoint.world.elasticities import Elasticities as Elasticities

__version__: str
