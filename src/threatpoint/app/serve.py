"""Serve: the app on a port of this machine until it is stopped."""

from __future__ import annotations

import socket
import webbrowser
from typing import Any

from threatpoint.analysis.ensemble.draws import require_draws
from threatpoint.app.desk import LOOPBACK, Desk
from threatpoint.app.ground import Source
from threatpoint.app.server import application
from threatpoint.errors import ThreatpointError
from threatpoint.situation.text import built_in, parse, read_text

MOST_OPEN = 200
"""Connections at once."""
PATIENCE = 15.0
"""Seconds within which a request is there whole: else its connection is closed."""


def sources(first: str) -> dict[str, Source]:
    """Name -> situation: the one asked for, then the built-in ones.

    Raises:
        SituationError: no such situation, or no TOML.
    """
    names = [first, *(name for name in built_in() if name != first)]
    found = [Source(name, text) for text, name in map(read_text, names)]
    parse(found[0].text, found[0].name)
    return {source.name: source for source in found}


def serve(first: str, host: str, port: int, show: bool, draws: int) -> None:
    """Listen until Ctrl-C.

    Raises:
        ThreatpointError: the port cannot be taken.
        SituationError: as `sources`.
    """
    import uvicorn

    if draws:
        require_draws(draws)
    hosts = LOOPBACK if host in LOOPBACK else ()
    app = application(Desk(sources(first), draws, hosts=hosts))
    with listening(host, port) as found:
        address = f"http://{f'[{host}]' if ':' in host else host}:{found.getsockname()[1]}/"
        print(f"Threatpoint listens on {address}; Ctrl-C stops it.", flush=True)
        if show:
            webbrowser.open(address)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, limit_concurrency=MOST_OPEN,
            timeout_keep_alive=30, server_header=False, h11_max_incomplete_event_size=16384,
            http=impatient(PATIENCE),
        )  # fmt: skip
        uvicorn.Server(config).run(sockets=[found])


def impatient(seconds: float) -> Any:
    """The protocol of the server that waits no longer for a request; a class."""
    from h11 import IDLE
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Impatient(H11Protocol):
        """A connection that sends half a request gives way to others."""

        waiting: Any = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self.waiting = self.loop.call_later(seconds, transport.close)

        def data_received(self, data: bytes) -> None:
            if self.waiting is None and self.conn.their_state is IDLE:
                self.waiting = self.loop.call_later(seconds, self.transport.close)
            super().data_received(data)
            if self.conn.their_state is not IDLE:
                self.done()

        def connection_lost(self, exc: Exception | None) -> None:
            self.done()
            super().connection_lost(exc)

        def done(self) -> None:
            """The request is there."""
            if self.waiting is not None:
                self.waiting.cancel()
                self.waiting = None

    return Impatient


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one.

    Raises:
        ThreatpointError: the port cannot be taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # a body is not held back 40 ms
    try:
        found.bind((host, port))
        found.listen(MOST_OPEN)
    except (OSError, UnicodeError) as error:
        found.close()
        text = f"--port {port}: cannot listen on {host}: {error}; choose another with --port"
        raise ThreatpointError(text) from None
    return found
