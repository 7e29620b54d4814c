"""Analysis: from a situation to every answer that page and terminal read, and its claims checked.

```python
from threatpoint.analysis import analyse, check_claims

analyse(situation, economy).main.status
check_claims(situation, economy)
```
"""

from threatpoint.analysis.analysis import Analysis, Outcome, analyse
from threatpoint.analysis.asked import situation_of
from threatpoint.analysis.claims import ClaimCheck, check_claims

__all__ = ["Analysis", "ClaimCheck", "Outcome", "analyse", "check_claims", "situation_of"]
