"""Analysis: from a situation to every answer that page and terminal read, and its claims checked.

```python
from threatpoint.analysis import analyse, check_claims

analyse(situation, economy).main.status
check_claims(situation, economy)
```

Names are loaded on first use: a worker of an ensemble needs none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threatpoint.analysis.analysis import Analysis, Outcome, analyse
    from threatpoint.analysis.asked import situation_of
    from threatpoint.analysis.claims import ClaimCheck, check_claims

__all__ = ["Analysis", "ClaimCheck", "Outcome", "analyse", "check_claims", "situation_of"]
_PLACES = {"ClaimCheck": "claims", "check_claims": "claims", "situation_of": "asked"}


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'analysis')}"), name)
