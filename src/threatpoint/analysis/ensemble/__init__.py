"""Ensemble: one policy solved for many draws of the uncertain inputs, kept in a store.

`ask` says what is solved, `draw_ensemble` fills the store, `open_ensemble` reads it.
"""

from threatpoint.analysis.ensemble.asked import Asked, ask
from threatpoint.analysis.ensemble.door import draw_ensemble, open_ensemble

__all__ = ["Asked", "ask", "draw_ensemble", "open_ensemble"]
