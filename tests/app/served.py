"""The app on a port of this machine, in a thread of the test."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from threatpoint.app.desk import Desk
from threatpoint.app.serve import impatient, listening, sources
from threatpoint.app.server import application

PATIENCE = 60.0


@contextmanager
def served(
    situation: str = "ukraine-2025-03-31", draws: int = 0, patience: float = PATIENCE
) -> Iterator[str]:
    """The address of the app; `draws` of trade are solved meanwhile."""
    import uvicorn

    desk = Desk(sources(situation), draws=draws, apart=False)
    with listening("127.0.0.1", 0) as found:
        config = uvicorn.Config(
            application(desk), log_level="error", access_log=False, http=impatient(patience)
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [found]}, daemon=True)
        thread.start()
        end = time.monotonic() + PATIENCE
        while not server.started and time.monotonic() < end:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{found.getsockname()[1]}/"
        server.should_exit = True
        thread.join(PATIENCE)
