"""The rows of one model, where a file holds those of several."""

from __future__ import annotations

from shipworthy.errors import InputError, Place, did_you_mean
from shipworthy.foreign.rows import Results, Row


def of_model(found: Results, model: str | None, file: str, where: Place | None = None) -> tuple[Row, ...]:
    """The rows of the model that is named, or of the only one.

    Raises:
        InputError: there are several and none is named, or nobody has the name.
    """
    names = list(dict.fromkeys(row.model for row in found.rows))
    if model is None and len(names) > 1:
        raise InputError(
            "import.models",
            f"{file} holds answers of {len(names)} {found.several}s: {', '.join(names)}",
            where=where,
            remedy=f"Name one, as in model: {names[0]!r}; each {found.several} is a candidate of its own.",
        )
    if model is not None and model not in names:
        raise InputError(
            "import.models",
            f"{file} has no answer of the {found.several} {model!r}",
            where=where,
            remedy=did_you_mean(model, names),
        )
    return tuple(row for row in found.rows if model in (None, row.model))
