"""The YAML that a model card begins with, as the hubs of models read it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any


def yaml(value: Any, indent: int = 0) -> str:
    """A value as YAML in blocks; texts and numbers as JSON writes them, which YAML reads alike."""
    pad = "  " * indent
    if isinstance(value, Mapping) and value:
        return "".join(f"{pad}{key}:{_under(each, indent)}" for key, each in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        items = (yaml(each, indent + 1) for each in value)
        return "".join(f"{pad}- {item[2 * indent + 2 :]}" for item in items)
    return f"{pad}{json.dumps(value, ensure_ascii=False)}\n"


def _under(value: Any, indent: int) -> str:
    """What stands behind a key: on its line, or below it."""
    nested = isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str))
    return f"\n{yaml(value, indent + 1)}" if nested and value else f" {yaml(value)}"
