"""Whether recorded predictions speak of the label's values: another word would silently count as a *no*."""

from __future__ import annotations

from typing import Any

import ibis

from shipworthy.errors import InputError, Place
from shipworthy.query.answer import truth
from shipworthy.query.engine import Engine
from shipworthy.query.facts import Column
from shipworthy.query.frequent import present

SHOWN = 3


def prove_predictions(
    engine: Engine,
    recorded: ibis.Table,
    column: str,
    label: Column,
    positive: Any,
    candidate: str,
    where: Place | None = None,
) -> None:
    """Return where every prediction is one of the label's values.

    Args:
        engine: the engine of the recorded predictions.
        recorded: their table.
        column: the column with the prediction.
        label: the facts of the examples' label; one with many values is not checked.
        positive: the value that means yes.
        candidate: whose predictions they are.
        where: the place of the candidate in product.yaml.

    Raises:
        InputError: some are not; the first of them are named.
    """
    if not label.values:
        return
    unknown = _unknown(present(recorded[column]), label, positive)
    found = engine.run(
        recorded.filter(unknown)
        .select(value=recorded[column].cast("string"))
        .distinct()
        .order_by("value")
        .limit(SHOWN + 1),
        f"comparing the predictions of {candidate} with the label",
    )["value"].to_pylist()
    if not found:
        return
    known = ", ".join(str(value) for value, _ in label.values)
    shown = f"{', '.join(found[:SHOWN])}{', …' if len(found) > SHOWN else ''}"
    raise InputError(
        "recorded.values",
        f"{candidate} predicts {shown} in its column {column!r}, but {label.name} holds {known}",
        where=where,
        remedy=f"Store predictions with the values of {label.name}; a probability or value is a score: columns: {{score: {column}}}.",
    )


def _unknown(predictions: Any, label: Column, positive: Any) -> Any:
    """Whether a prediction is given and is none of the label's values, read as `answer.positive` reads it."""
    if predictions.type().is_boolean():
        return ibis.literal(truth(positive) is None) & predictions.notnull()
    values = [str(value) for value, _ in label.values]
    if predictions.type().is_numeric() and not isinstance(positive, str):
        numbers = (
            [0.0, 1.0] if label.kind == "boolean" else [float(value) for value in values if _number(value)]
        )
        return predictions.cast("float64").notin(numbers)
    return predictions.cast("string").notin(values)


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
