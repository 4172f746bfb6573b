"""What the product's graders say of each try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shipworthy.grade import Answer
from shipworthy.workbench.graders import graders_of

if TYPE_CHECKING:
    from shipworthy.probe import Try
    from shipworthy.workbench.probing.wanted import Given
    from shipworthy.workbench.session import Session


def graded(session: Session, row: Given, should: str | None, tries: Sequence[Try]) -> tuple[Try, ...]:
    """The tries with whether each passes each grader; None where that cannot be told, as where a column has no value.

    Raises:
        InputError: a grader cannot be used as it is set.
    """
    if not session.product.grade or session.task.kind == "ranking":
        return tuple(tries)
    columns = {name for grader in session.product.grade.values() for name in grader.columns}
    values: dict[str, Any] = dict.fromkeys(columns)
    if row.table is not None:
        values = row.table.select(sorted(columns)).to_pylist()[0]
    answers = [Answer(each.text, should, values) for each in tries]
    made = [*tries]
    for name, (grading, _) in graders_of(session).items():
        passed = [grade.passed for grade in grading(answers)]
        made = [
            replace(each, passed={**each.passed, name: one}) for each, one in zip(made, passed, strict=True)
        ]
    return tuple(made)
