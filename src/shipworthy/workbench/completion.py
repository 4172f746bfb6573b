"""What fills in a prediction log outside the engine: the scores of a model, and how long single answers take."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shipworthy.query.rule import Rule
from shipworthy.query.timing import judged_rows, rule_latency_ms
from shipworthy.workbench.train import Training, model_of

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.models.training import TrainedModel
    from shipworthy.workbench.session import Session

TIMED_ROWS = 1_000
"""The test rows, first by id, whose answers are timed one at a time; the latency of all others is null."""

Completion = Callable[["pa.Table"], Mapping[str, Any]]


def completion(session: Session, answerer: Rule | Training | None) -> Completion:
    """What computes the missing columns of each batch of a log; the baseline has none."""
    if answerer is None:
        return _nothing
    rows = judged_rows(session.frame, TIMED_ROWS)
    return (
        _timed_rule(session, answerer, rows)
        if isinstance(answerer, Rule)
        else _timed_model(session, answerer, rows)
    )


def _nothing(batch: pa.Table) -> Mapping[str, Any]:  # noqa: ARG001 - the shape of every completion
    return {}


def rule_timings(session: Session, rule: Rule) -> dict[str, float]:
    """How long the rule takes on each row that is timed, by id."""
    rows = judged_rows(session.frame, TIMED_ROWS)
    return _by_id(rows, rule_latency_ms(session.local, rule, rows, session.task))


def _timed_rule(session: Session, rule: Rule, rows: pa.Table) -> Completion:
    taken = _by_id(rows, rule_latency_ms(session.local, rule, rows, session.task))
    return lambda batch: {"latency_ms": _looked_up(batch, taken)}


def _timed_model(session: Session, training: Training, rows: pa.Table) -> Completion:
    from shipworthy.models.latency import single_row_latency

    model = model_of(session, training.version)
    own = rows.select([name for name in rows.column_names if not name.startswith("key:")])
    taken = _by_id(rows, single_row_latency(model, own, TIMED_ROWS).tolist())
    return lambda batch: {**model.answers(_originals(batch)), "latency_ms": _looked_up(batch, taken)}


def model_answers(model: TrainedModel) -> Completion:
    """What computes the answers of a model, and how long nothing took."""
    return lambda batch: model.answers(_originals(batch))


def _originals(batch: pa.Table) -> pa.Table:
    """The columns of the examples in a batch, under their own names."""
    columns = [name for name in batch.column_names if name.startswith("c:")]
    return batch.select(columns).rename_columns([name.removeprefix("c:") for name in columns])


def _by_id(rows: pa.Table, taken_ms: Sequence[float]) -> dict[str, float]:
    return dict(zip(rows["key:id"].to_pylist(), taken_ms, strict=True))


def _looked_up(batch: pa.Table, taken: Mapping[str, float]) -> list[float | None]:
    return [taken.get(row_id) for row_id in batch["id"].to_pylist()]
