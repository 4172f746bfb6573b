"""The free baseline: what anybody could answer without looking at the row."""

from __future__ import annotations

from typing import Any

from shipworthy.query.frame import middle
from shipworthy.query.split import TEST, TRAIN, VALIDATION
from shipworthy.workbench.session import Session

BASELINE = "baseline"


def has_baseline(session: Session) -> bool:
    """Whether something can be answered without looking at the row: of texts that are nearly all different, nothing can."""
    return session.task.kind != "text"


def baseline_version(session: Session) -> str:
    """The baseline's version: what it answers, or of a yes/no product the share of positives that it follows from."""
    if session.task.kind == "multiclass":
        return f"majority class {_middle(session)}"
    if session.task.kind == "ranking":
        return "most popular first" if session.part(TRAIN).labelled else "any order"
    return (
        f"mean {_middle(session)}" if session.task.kind == "regression" else f"base rate {_rate(session):.6f}"
    )


def baseline_answers(session: Session) -> dict[str, Any]:
    """The majority class with its share, the mean of numbers, or the most popular items first.

    Where no row trains, no item is known to be popular, and all orders are alike.
    """
    if session.task.kind == "binary":
        rate = _rate(session)
        return {"prediction": rate >= 0.5, "score": rate, "cost_usd": 0.0}
    if session.task.kind == "ranking":
        known = session.part(TRAIN).labelled
        return {"score": session.frame.table.popularity if known else 0.0, "cost_usd": 0.0}
    return {"prediction": _middle(session), "cost_usd": 0.0}


def _rate(session: Session) -> float:
    """The share of positives of the training rows, or of all rows where none train."""
    train = session.part(TRAIN)
    counted = (train,) if train.labelled else session.parts
    labelled = sum(part.labelled for part in counted)
    return sum(part.positives for part in counted) / labelled if labelled else 0.0


def _middle(session: Session) -> str | float | None:
    """The majority class or the mean label of the training rows, or of all rows where none train."""
    splits = (TRAIN,) if session.part(TRAIN).labelled else (TRAIN, VALIDATION, TEST)
    return middle(session.frame, *splits)
