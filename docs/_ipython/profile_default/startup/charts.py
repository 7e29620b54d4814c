"""In the manual a chart of Altair is a picture: a page that asks nobody for a script."""

import altair

altair.renderers.enable("svg")
