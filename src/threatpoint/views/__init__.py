"""Views: how an object looks at the prompt, in a notebook, as frames and as charts.

A class takes part with `class Found(Tabled, view="threatpoint.room.views:FOUND")`; everything else
follows from the `View` under that name. Without a view the first lines are made of the fields.
"""

from threatpoint.views.plain import short
from threatpoint.views.shown import Shown, Tabled
from threatpoint.views.view import About, Named, View

__all__ = ["About", "Named", "Shown", "Tabled", "View", "short"]
