"""In the manual a chart of Altair is a picture in the type of the page: nothing is fetched."""

import altair

from threatpoint.brief.theme import FONT

altair.renderers.enable("svg")


@altair.theme.register("manual", enable=True)
def manual() -> altair.theme.ThemeConfig:
    """Type of the page."""
    return altair.theme.ThemeConfig({"config": {"font": FONT}})
