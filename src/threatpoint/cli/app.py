"""`threatpoint app`: the page with sliders, on this machine."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from threatpoint.cli.checked import whole
from threatpoint.cli.common import BUILT_IN, Situation, command

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_DRAWS = 4096


def app(
    situation: Situation = BUILT_IN,
    host: Annotated[
        str, typer.Option(help="Address to listen on; another than this machine's own is open.")
    ] = LOOPBACK[0],
    port: Annotated[
        int, typer.Option(parser=whole("--port", 0, 65535), help="Port; 0 takes a free one.")
    ] = 8050,
    open_: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    draws: Annotated[
        int,
        typer.Option(
            parser=whole("--draws", 0, MOST_DRAWS),
            help="Draws of trade too that are solved meanwhile for a situation as it stands, a "
            "power of 2; 0 for none.",
        ),
    ] = 64,
) -> None:
    """Serve the app: move a slider, see who loses what and who gives in; everything stays here."""
    from threatpoint.errors import require_extra

    require_extra("app", "the app", "starlette", "uvicorn")
    from threatpoint.app.serve import serve

    if host not in LOOPBACK:
        print(f"warning: {host} is open to others; whoever reaches it can let this machine work",
              file=sys.stderr)  # fmt: skip
    serve(situation, host, port, open_, draws)


register = command(app, "app", "app my-situation.toml --port 8060 --open")
"""Add the command to an app."""
