"""Lines of a situation file, and the path of a key in it."""

from threatpoint.world.toml_lines import Path, line_numbers, line_of, tables_of

__all__ = ["Path", "line_numbers", "line_of", "tables_of"]
