"""Some of a candidate's mistakes on test rows, to look at one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shipworthy.evidence.explanation import Mistake, Mistakes, Replied
from shipworthy.query.source import md5
from shipworthy.query.split import TEST
from shipworthy.spec.task import class_text
from shipworthy.workbench.answering.recorded import recorded, recorded_version
from shipworthy.workbench.explaining.replying import Cutter, cutter
from shipworthy.workbench.explaining.rows import MOST_ROWS
from shipworthy.workbench.probing.expecting import expected, words_of

if TYPE_CHECKING:
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress

MOST_SHOWN = 5


def mistakes(ids: Sequence[str], labels: Sequence[str | None], replied: Sequence[Replied]) -> Mistakes | None:
    """How many answers differ from their label, and the first of them; None where nothing was answered."""
    both = [
        Mistake(row, label, reply.answer, reply.score)
        for row, label, reply in zip(ids, labels, replied, strict=True)
        if label is not None and reply.answer is not None
    ]
    wrong = [each for each in both if each.answer != each.label]
    return Mistakes(len(wrong), len(both), tuple(wrong[:MOST_SHOWN])) if both else None


def recorded_mistakes(
    session: Session, name: str, candidate: Candidate, progress: Progress
) -> Mistakes | None:
    """The mistakes of a recording; None where answers are neither yes or no nor classes."""
    kind, words = session.task.kind, words_of(session)
    if kind not in ("binary", "multiclass"):
        return None
    cut = cutter(
        session,
        class_text(session.product.predicts.positive),
        name,
        recorded_version(session, name, candidate),
    )
    found = recorded(session, name, candidate, progress)
    table = found.log.filter((found.log.split == TEST) & found.log.label.notnull())
    few = table.select("id", "label", "prediction", "score", digest=md5(table.id))
    rows = found.engine.run(
        few.order_by(["digest", "id"]).limit(MOST_ROWS), "looking at mistakes"
    ).to_pylist()
    labels = [expected(kind, words, None, row["label"]) for row in rows]
    return mistakes([row["id"] for row in rows], labels, [_replied(cut, row, kind) for row in rows])


def _replied(cut: Cutter, row: dict[str, Any], kind: str) -> Replied:
    said = row["prediction"]
    if said is None:
        return cut.replied([row["score"]])[0]
    if kind == "multiclass":
        return Replied(row["score"], class_text(said))
    return Replied(row["score"], cut.positive if said else f"not {cut.positive}")
