"""product.yaml as JSON Schema, with which editors complete and check it while it is written.

`python -m shipworthy.spec.schema` writes the copy that is shipped.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from importlib.resources import files
from pathlib import Path
from typing import Any

SCHEMA_FILE = "product.schema.json"
_NULL = {"type": "null"}


def product_schema() -> dict[str, Any]:
    """The schema, in draft 2020-12, of what `read_product` accepts.

    Editors check shapes with it; what a requirement says, and how parts fit together, only `read_product` knows.
    """
    from shipworthy.spec.model import Product

    schema = Product.model_json_schema(mode="validation")
    for section in (schema, *schema["$defs"].values()):
        _let_optional_keys_be_empty(section)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "product.yaml",
        "description": "What an AI feature must do, with what data, by which candidates: a product of Shipworthy.",
    }
    return {**head, **{key: part for key, part in schema.items() if key not in head}}


def schema_text() -> str:
    """The schema as the text of a file."""
    return json.dumps(product_schema(), indent=2, ensure_ascii=False) + "\n"


def shipped_schema() -> str:
    """The copy of the schema that is part of the package; needs no model, so that it is quick."""
    return (files("shipworthy.spec") / SCHEMA_FILE).read_text(encoding="utf-8")


def _let_optional_keys_be_empty(section: dict[str, Any]) -> None:
    """A key without a value counts as absent: `null` passes where the key may be left out."""
    required = section.get("required", ())
    for name, schema in section.get("properties", {}).items():
        schema.pop("title", None)
        schema.pop("default", None)
        if name not in required:
            section["properties"][name] = _or_nothing(schema)


def _or_nothing(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema, with null allowed; in one type where it can be, for editors explain that better."""
    said: dict[str, Any] = {key: schema[key] for key in ("description", "examples") if key in schema}
    choices = [choice for choice in schema.get("anyOf", [_without(schema, said)]) if choice != _NULL]
    if len(choices) > 1 or "$ref" in choices[0]:
        return {**said, "anyOf": [*choices, _NULL]}
    [only] = choices
    if "anyOf" in only:  # a choice of forms, such as one text or several
        return {**said, **_without(only, ("anyOf",)), "anyOf": [*only["anyOf"], _NULL]}
    if "enum" in only:
        return {**said, "enum": [*only["enum"], None]}
    return {**said, **only, "type": [only["type"], "null"]}


def _without(schema: dict[str, Any], keys: Collection[str]) -> dict[str, Any]:
    return {key: part for key, part in schema.items() if key not in keys}


if __name__ == "__main__":
    Path(__file__).with_name(SCHEMA_FILE).write_text(schema_text(), encoding="utf-8")
