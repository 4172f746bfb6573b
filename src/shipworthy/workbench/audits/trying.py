"""What an audit tries out by fitting trained candidates again: suspected labels, and whether more labels would help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.audit.enough import enough
from shipworthy.audit.relabelling import suspected
from shipworthy.errors import InputError
from shipworthy.workbench.audits.learning import learning_curves
from shipworthy.workbench.audits.noise import label_noise

if TYPE_CHECKING:
    from shipworthy.audit import DataQuestions
    from shipworthy.evidence import Finding, LabelNoise, LearningCurve
    from shipworthy.spec.model import Product
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress


@dataclass(frozen=True)
class Trials:
    """What is tried on request, as it takes longer than counting: suspected labels, learning curves, another finder of personal data."""

    label_noise: bool = False
    learning_curve: bool = False
    presidio: bool = False


NOTHING = Trials()


@dataclass(frozen=True)
class Tried:
    """What came of it, with what a reader should know."""

    noise: LabelNoise | None = None
    curves: tuple[LearningCurve, ...] = ()
    notes: tuple[str, ...] = ()

    def findings(self, product: Product) -> Iterator[Finding]:
        """The lines of the readiness card."""
        if self.noise is not None:
            yield suspected(self.noise)
        currency = product.value.currency if product.value else "USD"
        for curve in self.curves:
            yield enough(curve, product.data.examples.label_cost, currency)


def tried(session: Session, asked: DataQuestions, trials: Trials, progress: Progress) -> Tried:
    """What was asked for; suspected labels also where a claim on label noise is written. What cannot be tried is noted."""
    claimed = any(claim.definition.metric.name == "label_noise" for claim in asked.claims)
    found, notes, curves = None, list[str](), tuple["LearningCurve", ...]()
    if trials.label_noise or claimed:
        try:
            found, note = label_noise(session, progress)
        except InputError as error:
            note = f"label noise: {error.problem.message}"
        notes += [note]
    if trials.learning_curve:
        try:
            curves, more = learning_curves(session, progress)
        except InputError as error:
            more = (f"learning curve: {error.problem.message}",)
        notes += more
    return Tried(found, curves, tuple(notes))
