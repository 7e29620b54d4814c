"""What holds for every test: one profile for the property tests, whatever the machine is doing.

No verdict depends on time: there is no deadline, and slow generation of examples is no failure.
Examples are the same in every run; `HYPOTHESIS_PROFILE=search` looks for new ones.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

BUSY = (HealthCheck.too_slow,)

settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=BUSY)
settings.register_profile("search", deadline=None, suppress_health_check=BUSY)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
