"""Files written whole: a reader, a full disk or a kill finds the old ones or the new ones.

It knows nothing of the model. `write_whole` is for one file, `write_together` for files that belong
together, such as a page and its data, `save` for results under a user's name.
"""

from __future__ import annotations

from threatpoint.files.results import (
    as_csv,
    as_json,
    as_texts,
    finite,
    read_csv,
    require_writable,
    save,
    targets,
    tidy,
)
from threatpoint.files.together import require_places, write_together
from threatpoint.files.whole import followed, reported, write_whole

__all__ = [
    "as_csv",
    "as_json",
    "as_texts",
    "finite",
    "followed",
    "read_csv",
    "reported",
    "require_places",
    "require_writable",
    "save",
    "targets",
    "tidy",
    "write_together",
    "write_whole",
]
