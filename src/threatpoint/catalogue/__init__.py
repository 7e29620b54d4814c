"""Catalogue: the situations and published cases that come with the software, as objects.

`threatpoint.catalog` is the one to use; it lists both and gets each by its name.
"""

from __future__ import annotations

from threatpoint.catalogue.entries import Catalog

catalog = Catalog()

__all__ = ["Catalog", "catalog"]
