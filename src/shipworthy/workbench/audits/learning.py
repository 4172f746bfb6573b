"""The learning curves of trained candidates: fitted on growing subsets, answering held-out rows, judged like any log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shipworthy.audit.enough import Asked, learning_curve
from shipworthy.evaluate import freeze, validation_needs
from shipworthy.evidence import OperatingPoint
from shipworthy.metrics import measure
from shipworthy.query.log import blank_answers
from shipworthy.query.scan import Log, scan
from shipworthy.query.slicing import Slicing
from shipworthy.query.split import TRAIN, VALIDATION
from shipworthy.stats.powerlaw import LEAST_SIZES
from shipworthy.tally.needs import merged
from shipworthy.workbench.audits.refitting import labelled, trained_candidates

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.evidence import LearningCurve
    from shipworthy.judge import Claim
    from shipworthy.models.refitting import Refit
    from shipworthy.spec.model import Candidate
    from shipworthy.stats.floats import Floats
    from shipworthy.workbench.audits.refitting import Labelled
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress

SIZES, REPEATS, HELD_OUT = 6, 6, 0.3
"""So many subsets, of so many random orders of the rows; a share of the rows is held out of each order."""

SMALLEST, SPAN = 40, 24
"""The smallest subset, and how many times greater the greatest one is at most."""

RUN = "run"
"""The column that says which fit answered a row: the repeat and the size as one number."""


def learning_curves(
    session: Session, progress: Progress
) -> tuple[tuple[LearningCurve, ...], tuple[str, ...]]:
    """The curve of every trained candidate and claim that one row's answer decides, and what a reader should know of them."""
    claims = [claim for claim in session.questions.of_answers if _measurable(claim)]
    curves: list[LearningCurve] = []
    notes: list[str] = []
    if session.task.kind == "ranking" or not claims:
        return (), ("learning curve: no claim on answers to single rows is written",)
    for name, candidate in trained_candidates(session).items():
        rows = labelled(session, name, candidate, (TRAIN, VALIDATION))
        found = _curves(session, name, candidate, rows, claims, progress)
        curves += found
        notes.append(_note(name, rows) if found else f"learning curve: {rows} are too few for one of {name}")
    return tuple(curves), tuple(notes)


def _measurable(claim: Claim) -> bool:
    """Whether answers and labels alone decide it: no slice, no group, no column."""
    both = [claim.definition, *([claim.at] if claim.at else [])]
    return not claim.by and not claim.of_data and not any(each.columns or each.kind == "own" for each in both)


def _note(name: str, rows: Labelled) -> str:
    return (
        f"learning curve of {name}: {SIZES} sizes in {REPEATS} random orders of {rows} that train or set thresholds; each order"
        f" holds {100 * HELD_OUT:g} % out, half to set the threshold and half to judge; test rows are not looked at"
    )


def _curves(
    session: Session,
    name: str,
    candidate: Candidate,
    rows: Labelled,
    claims: Sequence[Claim],
    progress: Progress,
) -> list[LearningCurve]:
    """The curves of one candidate, all measured in two scans."""
    from shipworthy.models.refitting import refits

    most = round((1 - HELD_OUT) * len(rows.ids))
    sizes = np.unique(np.geomspace(max(SMALLEST, most / SPAN), max(most, 1), SIZES).round()).astype(int)
    if most < 2 * SMALLEST:
        return []

    def told(done: int, of: int) -> None:
        progress(f"learning curve of {name}: {done} of {of} fits")

    fits = list(refits(rows.pool, sizes.tolist(), REPEATS, HELD_OUT, told))
    complete = [
        size for size in sizes.tolist() if sum(each.size == size for each in fits) == REPEATS
    ]  # smaller ones may lack a class
    fits = [each for each in fits if each.size in complete]
    if len(complete) < LEAST_SIZES:
        return []
    found = _Answered(session, name, candidate, rows, tuple(fits), tuple(complete)).values(claims)
    have, trained = np.isfinite, session.part(TRAIN).labelled
    return [
        learning_curve(_asked(name, claim), tuple(complete), values, trained)
        for claim, values in zip(claims, found, strict=True)
        if have(values).all()
    ]


def _asked(name: str, claim: Claim) -> Asked:
    bound = claim.requirement.bound
    share = claim.definition.unit == "share"
    return Asked(
        name, claim.requirement.text, str(claim.definition.metric), bound.value, bound.at_least, share
    )


@dataclass(frozen=True, eq=False)
class _Answered:
    """What all fits of one candidate answered to the rows held out of each."""

    session: Session
    name: str
    candidate: Candidate
    rows: Labelled
    fits: tuple[Refit, ...]
    sizes: tuple[int, ...]

    def values(self, claims: Sequence[Claim]) -> list[Floats]:
        """The metric of each claim by repeat and size (R, K)."""
        point = self._point() if self.session.task.kind == "binary" else None
        definitions = [claim.definition for claim in claims]
        needs = merged(each.needs((RUN,)) for each in definitions)
        tallies = scan(self._log(1, point), needs)
        found = [measure(each, tallies, (RUN,), 0.95) for each in definitions]
        runs = [(str(self._run(fit)),) for fit in self.fits]
        shape = REPEATS, len(self.sizes)
        return [np.array([each.value[each.keys.index(run)] for run in runs]).reshape(shape) for each in found]

    def _point(self) -> OperatingPoint:
        """The threshold of each fit, chosen as an evaluation would, on the first half of what was held out."""
        product, needs = self.session.product, validation_needs(RUN)
        seen = scan(self._log(0, None), needs).histograms["score", (RUN,)]
        thresholds = {
            key[0]: freeze(
                histogram,
                self.session.questions.of_answers,
                product.value,
                self.session.test,
                self.candidate.threshold,
            ).threshold
            for key, histogram in seen.items()
        }
        return OperatingPoint(0.5, by=RUN, thresholds=thresholds)

    def _run(self, fit: Refit) -> int:
        return fit.repeat * len(self.sizes) + self.sizes.index(fit.size)

    def _log(self, half: int, point: OperatingPoint | None) -> Log:
        """The log of every second held-out row, over all fits."""
        import pyarrow as pa

        table = pa.concat_tables([self._answers(fit, half) for fit in self.fits])
        engine = self.session.local
        runs = Slicing(RUN, found=tuple(sorted(self._run(fit) for fit in self.fits)))
        lent = engine.lent(table, f"learning_curve_{half}")
        return Log(engine, lent, {RUN: runs}, point, task=self.session.task)

    def _answers(self, fit: Refit, half: int) -> pa.Table:
        import pyarrow as pa

        mine = np.arange(len(fit.held_out)) % 2 == half
        places = fit.held_out[mine]
        n, types = len(places), {"float64": pa.float64(), "string": pa.string(), "boolean": pa.bool_()}
        columns: dict[str, Any] = {
            "id": pa.array([f"{self._run(fit)}#{self.rows.ids[at]}" for at in places]),
            "label": pa.array(self.rows.pool.labels[places]),
            RUN: pa.array(np.full(n, self._run(fit), dtype=np.int64)),
        }
        for name, kind in blank_answers(self.session.task).items():
            given = fit.answers.get(name)
            values = pa.nulls(n) if given is None else pa.array(np.asarray(given)[mine])
            columns[name] = values.cast(types[kind])
        return pa.table(columns)
