"""What holds for every test: one profile for the property tests, whatever the machine is doing.

No verdict depends on time: there is no deadline, and slow generation of examples is no failure.
Examples are the same in every run; `HYPOTHESIS_PROFILE=search` looks for new ones.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.commands import Brief

BUSY = (HealthCheck.too_slow,)

settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=BUSY)
settings.register_profile("search", deadline=None, suppress_health_check=BUSY)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(autouse=True)
def no_server_is_left():
    """A server of workers that a command started has one thread: what follows here has not."""
    yield
    from threatpoint import processes

    processes._SERVING.clear()


@pytest.fixture(scope="session")
def built_in(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    """`threatpoint brief` on the built-in situation, run once by all tests that look at it."""
    from tests.commands import brief

    return brief(tmp_path_factory.mktemp("built-in"))
