"""Changes to the text of product.yaml that leave everything else as it was written."""

from __future__ import annotations

from typing import Any

from shipworthy.spec.flow import flow
from shipworthy.spec.places import Loc
from shipworthy.spec.reading import read_places


def with_value(text: str, loc: Loc, value: Any) -> str:
    """The text with one of its values replaced: comments, order and layout stay.

    Args:
        text: a product file.
        loc: the path of a value that the file has, such as `("predicts", "positive")`.
        value: what is to stand there; groups and lists are written in one line.

    Raises:
        SpecError: the text is no YAML.
        KeyError: the file has no value at this path.
    """
    spot = read_places(text, "product.yaml").spots[loc]
    before, after = text[: spot.start], text[spot.start + len(spot.raw) :]
    space = "" if spot.raw else " " if before.endswith(":") else ": "
    line_end = "\n" if spot.raw.endswith("\n") else ""
    return f"{before}{space}{flow(value)}{line_end}{after}"
