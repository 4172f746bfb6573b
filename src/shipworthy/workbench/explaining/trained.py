"""A trained candidate explained: what drives it on test rows, and the reasons of one answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from shipworthy.errors import InputError
from shipworthy.evidence.explanation import Driver, Drivers, Explained, Replied
from shipworthy.explain.blend import Ints, whole
from shipworthy.explain.drivers import REPEATS, Judged, growth
from shipworthy.explain.reasons import TOP
from shipworthy.explain.together import groups
from shipworthy.models.blending import Blend
from shipworthy.models.reasons import naming_of, reasons_of
from shipworthy.query.split import TEST, TRAIN
from shipworthy.spec.task import class_text
from shipworthy.workbench.explaining.of_row import Speaker, mistakes_of, of_row
from shipworthy.workbench.explaining.replying import Cutter, cutter
from shipworthy.workbench.train import model_of, training_of

if TYPE_CHECKING:
    from shipworthy.evidence.explanation import Loss, Reasons
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.explaining.rows import Rows
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress

NO_LABELS = "no test row is labelled, so what drives it cannot be measured"
LEARNED = "it learned from this very row, so that it may know its label by heart"


def trained(session: Session, name: str, candidate: Candidate, rows: Rows, progress: Progress) -> Explained:
    """What drives the candidate's model, and the reasons of its answer to the row.

    Raises:
        InputError: it has yet to be trained.
    """
    found = training_of(session, name, candidate)
    if found is None:
        message = f"{name} has yet to be trained for the present data and settings"
        command = f"shipworthy train {session.opened.shown}"
        raise InputError("explain.untrained", message, remedy="Train it first.", next_command=command)
    blend = Blend(model_of(session, found.version), rows.pool)
    progress(f"what drives {name}")
    blend = Blend(model_of(session, found.version), rows.pool)
    drivers = _drivers(session, blend, rows) if session.part(TEST).labelled else None
    cut = cutter(session, class_text(session.product.predicts.positive), name, found.version)
    speaker = _speaker(blend, cut)
    notes: tuple[str, ...] = () if drivers else (NO_LABELS,)
    wrong = mistakes_of(session, speaker, rows)
    explained = Explained(name, "trained", found.version, drivers, mistakes=wrong, notes=notes)
    if rows.row is None:
        return explained
    progress(f"the reasons of {name} for row {rows.row_id}")
    told = of_row(session.product, speaker, rows, rows.row)
    told = replace(told, reasons=_reasons(session, blend, rows, rows.row))
    notes += cut.notes if blend.model.kind == "binary" else ()
    learned = (LEARNED,) if rows.part == TRAIN and session.plan.by != "none" else ()
    return replace(explained, row=told, notes=(*notes, *learned))


def _drivers(session: Session, blend: Blend, rows: Rows) -> Drivers:
    """Each input column, and each set of columns that go along, dealt anew; the greatest growth first."""
    labels, width, seed = blend.places(rows.labels), len(blend.columns), session.plan.seed
    judged = Judged(lambda origin: blend.losses(origin, labels), width, rows.weights, rows.units)
    together = groups([each if each is None else each[: rows.sample] for each in blend.values])
    found = []
    for at in (*((each,) for each in range(width)), *together):
        grown = growth(judged, at, seed=seed)
        along = [
            each for group in together if len(at) == 1 and at[0] in group for each in group if each != at[0]
        ]
        names, others = (tuple(blend.columns[each] for each in places) for places in (at, along))
        found.append(Driver(names, grown.mean, *_ends(grown.low, grown.high), others))
    found.sort(key=lambda each: (-each.importance, each.columns))
    own = judged.loss(whole(np.arange(rows.sample), width))
    value = float(np.average(own, weights=rows.weights))
    loss: Loss = "squared error" if blend.model.kind == "regression" else "log loss"
    return Drivers(loss, value, rows.sample, rows.of, REPEATS, seed, tuple(found))


def _ends(low: float, high: float) -> tuple[float | None, float | None]:
    """The ends of an interval; None where nothing is known."""
    return (low, high) if np.isfinite([low, high]).all() else (None, None)


def _reasons(session: Session, blend: Blend, rows: Rows, row: int) -> Reasons:
    asked, protected = session.product.explain, [each.column for each in session.product.protected]
    naming = naming_of(blend.model, asked.sentences if asked else {}, asked.top if asked else TOP, protected)
    return reasons_of(blend, rows.sample, row, naming, seed=session.plan.seed)


def _speaker(blend: Blend, cut: Cutter) -> Speaker:
    def replied(origin: Ints) -> list[Replied]:
        found = blend.answers(origin)
        if blend.model.kind == "binary":
            return cut.replied(found["score"].tolist())
        if blend.model.kind == "regression":
            return [Replied(None, f"{each:.6g}") for each in found["prediction"].tolist()]
        both = zip(found["score"].tolist(), found["prediction"], strict=True)
        return [Replied(score, answer) for score, answer in both]

    threshold = cut.threshold if blend.model.kind == "binary" else None
    return Speaker(blend.columns, blend.values, replied, threshold, blend.model.kind != "regression")
