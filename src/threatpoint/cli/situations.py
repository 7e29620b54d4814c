"""`threatpoint situations`: the situations that come with the software."""

from __future__ import annotations

from threatpoint.cli.common import command, open_console


def situations() -> None:
    """List the built-in situations, with what is threatened and when it was due."""
    from threatpoint.situation import built_in, load_situation
    from threatpoint.situation.tables import library

    open_console().print(library([load_situation(name) for name in built_in()]).terminal())


register = command(situations, "situations")
"""Add the command to an app."""
