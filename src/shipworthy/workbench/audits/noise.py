"""What a trained candidate says of labels that it did not learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from shipworthy.audit.noise import noise
from shipworthy.evidence import LabelNoise
from shipworthy.query.split import TEST, TRAIN, VALIDATION
from shipworthy.workbench.audits.refitting import labelled, trained_candidates

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from shipworthy.audit.noise import Noise
    from shipworthy.models.refitting import Pool
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress

FOLDS = 5

LINEAR = "logistic_regression"
"""The algorithm that is asked where a candidate has it: a linear model cannot learn the wrong labels themselves."""


def label_noise(session: Session, progress: Progress) -> tuple[LabelNoise | None, str]:
    """The suspected labels by a trained candidate, and what a reader should know; nothing where none can say.

    Raises:
        InputError: the candidate cannot be fitted on the rows.
    """
    from shipworthy.models.refitting import out_of_fold

    if session.task.kind not in ("binary", "multiclass"):
        return None, "label noise: looked for where answers are yes or no, or classes"
    candidates = trained_candidates(session)
    if not candidates:
        return None, "label noise: no trained candidate can judge labels"
    name = next((name for name, each in candidates.items() if each.train == LINEAR), next(iter(candidates)))
    candidate = candidates[name]
    rows = labelled(session, name, candidate, (TRAIN, VALIDATION, TEST))
    found = out_of_fold(
        rows.pool,
        FOLDS,
        lambda done, of: progress(f"looking for wrong labels with {name}: {done} of {of} fits"),
    )
    judged = noise(_given(rows.pool), found)
    suspects, ranked_by = _suspects(judged, _given(rows.pool), found)
    ids = tuple(rows.ids[int(at)] for at in suspects)
    note = (
        f"suspected labels: by {name}, fitted {FOLDS} times on {rows}, each time judging the rows left out;"
        f" which ones: by {ranked_by}"
    )
    return LabelNoise(name, len(rows.ids), judged.share, judged.low, judged.high, ids, ranked_by), note


def _suspects(
    judged: Noise, given: NDArray[np.int64], probabilities: NDArray[np.float64]
) -> tuple[NDArray[np.int64], str]:
    """Which labels are suspected, at most as many as are estimated to be wrong, and what chose them."""
    from shipworthy.models.label_issues import NAME, has_cleanlab, label_issues

    if not has_cleanlab():
        return judged.suspects, "self-confidence; the extra noise brings confident learning"
    return label_issues(given, probabilities)[: round(judged.share * len(given))], NAME


def _given(pool: Pool) -> NDArray[np.int64]:
    """The class of each row as its number."""
    if pool.task.kind == "binary":
        return pool.labels.astype(np.int64)
    place = {name: at for at, name in enumerate(pool.task.classes)}
    return np.array([place[each] for each in pool.labels], dtype=np.int64)
