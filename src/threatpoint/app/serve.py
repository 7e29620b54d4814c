"""Serve: the app on a port of this machine until it is stopped."""

from __future__ import annotations

import socket
import webbrowser

from threatpoint.analysis.ensemble.draws import require_draws
from threatpoint.app.desk import LOOPBACK, Desk
from threatpoint.app.ground import Source
from threatpoint.app.server import application
from threatpoint.errors import ThreatpointError
from threatpoint.situation.text import built_in, parse, read_text

MOST_OPEN = 200
"""Connections at once."""


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
        )  # fmt: skip
        uvicorn.Server(config).run(sockets=[found])


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
