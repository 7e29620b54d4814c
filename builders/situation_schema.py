"""The JSON schema of a situation file, for editors, from the classes that read the file.

It holds the shape: keys, types, units. The meaning is checked by `threatpoint.load_situation`.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from builders.write import ROOT
from threatpoint.files import write_whole
from threatpoint.situation.schema import file_model

SCHEMA = ROOT / "docs" / "situation.schema.json"


class TomlSchema(GenerateJsonSchema):
    """No titles, which repeat the keys, and no null, which TOML does not have."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No key has a title."""
        return False

    def model_schema(self, schema: Any) -> dict[str, Any]:
        """A table, described by the first paragraph of its docstring."""
        made = super().model_schema(schema)
        made.pop("title", None)
        made["description"] = " ".join(made["description"].split("\n\n")[0].split())
        return made

    def nullable_schema(self, schema: Any) -> dict[str, Any]:
        """A key that may be left out."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> dict[str, Any]:
        """What a key is when it is left out, where it is anything."""
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def decimal_schema(self, schema: Any) -> dict[str, Any]:
        """A number as TOML writes it; pydantic would take text too."""
        return {"type": "number"}


def text() -> str:
    """The schema as it is written."""
    made = file_model().model_json_schema(schema_generator=TomlSchema)
    about = {"$schema": TomlSchema.schema_dialect, "title": "Threatpoint situation"}
    return json.dumps(about | made, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write_whole(SCHEMA, text())
