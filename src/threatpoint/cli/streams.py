"""The two output streams: no sign, and no reader that stops early, ends a command."""

from __future__ import annotations

import io
import os
import sys
from typing import Any


def ready() -> None:
    """Make standard output and error forgiving.

    A terminal that cannot show a sign gets a "?". Where a reader stops early (`| head -1`) the
    rest is dropped and the command goes on: files are written and the exit code is the usual one.
    """
    sys.stdout, sys.stderr = (_ready(stream) for stream in (sys.stdout, sys.stderr))


def flush() -> None:
    """Bring the output out, so that a full disk is met here and not after the last word.

    Raises:
        OSError: it cannot be written.
    """
    if sys.stdout is not None:
        sys.stdout.flush()


def drop_output() -> None:
    """Let nothing more go to standard output, which could not be written."""
    _to_nothing(1)


def _ready(stream: Any) -> Any:
    if not isinstance(stream, io.TextIOWrapper):  # closed, or of a notebook
        return stream
    stream.reconfigure(errors="replace")
    raw = getattr(stream.buffer, "raw", stream.buffer)
    if stream.isatty() or not isinstance(raw, io.FileIO):  # no pipe or file of the system
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Pipe(stream.fileno(), "w", closefd=False)),
        encoding=stream.encoding,
        errors="replace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


class _Pipe(io.FileIO):
    """Output whose reader may be gone."""

    def write(self, data: Any, /) -> int | None:
        try:
            return super().write(data)
        except BrokenPipeError:
            _to_nothing(self.fileno())
            return super().write(data)
        except OSError as error:
            words = f"the output could not be written: {error.strerror}"
            raise OSError(error.errno, words) from error


def _to_nothing(number: int) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), number)
