"""Shown: the first lines of an object at the prompt and in a notebook; tabled: its frames too."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from threatpoint.errors import ThreatpointError
from threatpoint.views.frames import Frame, frame
from threatpoint.views.plain import cut, of_fields
from threatpoint.views.view import About, Listing, View

if TYPE_CHECKING:
    from threatpoint.tables import Table

LINES, LETTERS, LABEL = 12, 110, 26
"""Lines of an object at the prompt, letters of a line, and of a label."""
PLOTS = "threatpoint.brief.plots"
"""Where charts are drawn: above the rooms that compute, so it is found by name when asked for."""


class Shown:
    """Short at the prompt: what it is, what it says, what to call next."""

    _view: ClassVar[str] = ""

    def __init_subclass__(cls, view: str = "", **more: Any) -> None:
        super().__init_subclass__(**more)
        if view:
            cls._view = view
        if "__repr__" not in vars(cls):  # a dataclass would write out every number of its arrays
            cls.__repr__ = Shown.__repr__

    def __repr__(self) -> str:
        """At most twelve lines."""
        about = _about(self)
        last = [f"next: {about.next}"] if about.next else []
        facts = list(about.facts.items())
        room = LINES - 1 - len(last)
        kept = facts if len(facts) <= room else facts[: room - 1]
        width = min(max((len(label) for label, _ in kept), default=0), LABEL)
        lines = [f"{cut(label, LABEL):<{width}}  {text}" for label, text in kept]
        lines += [f"and {len(facts) - len(kept)} more"] if len(kept) < len(facts) else []
        return "\n  ".join(cut_line(line) for line in (about.title, *lines, *last))

    def _repr_html_(self) -> str:
        """The same lines as a small table."""
        about = _about(self)
        rows = "".join(
            f'<tr><th style="text-align:left">{escape(label)}</th>'
            f'<td style="text-align:left">{escape(text)}</td></tr>'
            for label, text in about.facts.items()
        )
        after = f"<p>Next: <code>{escape(about.next)}</code></p>" if about.next else ""
        return f"<table><caption>{escape(about.title)}</caption>{rows}</table>{after}"


class Tabled(Shown):
    """Shown, with its tables by name."""

    @property
    def tables(self) -> Listing:
        """Name of each table -> what its rows are; the first is the one of first interest."""
        return Listing(view_of(self).tables(self))

    def to_table(self, table: str = "") -> Table:
        """A table by its name, "" for the first, with its columns, their units and meanings.

        Raises:
            ThreatpointError: no such table, with the nearest name.
        """
        return self.tables.named(table).make()

    def to_pandas(self, table: str = "") -> Frame:
        """A table as a tidy `pandas.DataFrame`, a row an observation, numbers unrounded.

        `frame.attrs` has `title`, `note`, and by column `units`, `headings` and `meanings`.

        Args:
            table: one of `tables`; "" for the first.

        Raises:
            ThreatpointError: no such table, with the nearest name.
            MissingExtraError: pandas is not installed.
        """
        return frame(self.tables.named(table).make)

    @property
    def plot(self) -> Any:
        """Charts of it, Altair in the look of the page: `.plot.NAME().save("chart.png")`.

        Raises:
            MissingExtraError: Altair is not installed.
            ThreatpointError: nothing of this kind is drawn; its tables are in `to_pandas`.
        """
        found = import_module(PLOTS).plots_of(self)
        if found is None:
            raise ThreatpointError(
                f"no chart is drawn of a {type(self).__name__}; take a frame, .to_pandas(name), "
                f"with one of {', '.join(self.tables)}"
            )
        return found


def cut_line(line: str) -> str:
    """A line of the prompt, its columns kept."""
    return line if len(line) <= LETTERS else f"{line[: LETTERS - 1]}…"


def _about(shown: Shown) -> About:
    """What an object says of itself; of its fields where it has no view."""
    if not type(shown)._view:
        return About(type(shown).__name__, of_fields(shown))
    return view_of(shown).about(shown)


def view_of(shown: Shown) -> View:
    place, _, name = type(shown)._view.partition(":")
    return getattr(import_module(place), name)
