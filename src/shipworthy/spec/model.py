"""product.yaml as a value: every section, typed, frozen and free of I/O."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from shipworthy.spec.attacking import Misuse, Stability
from shipworthy.spec.build_or_buy import BuildOrBuy
from shipworthy.spec.candidate import BASELINE, Algorithm, Candidate, CandidateName, LogColumn
from shipworthy.spec.entry import Claim, RequirementEntry, Stage, Stop
from shipworthy.spec.explaining import Explain
from shipworthy.spec.framing import Frame
from shipworthy.spec.grading import Grader, GraderName
from shipworthy.spec.groups import AnySegment, Protected, ProtectedColumns, Segment
from shipworthy.spec.labels import Labels
from shipworthy.spec.language import LanguageError, Requirement, canonical
from shipworthy.spec.own_metric import MetricName, OwnMetric
from shipworthy.spec.quantity import read_quantity
from shipworthy.spec.risks import AnyRisk, Ethics, RiskEntry
from shipworthy.spec.roadmap import Roadmap
from shipworthy.spec.scalars import Duration, Scalar, Share, Text, Volume
from shipworthy.spec.sections import (
    Action,
    Compare,
    Data,
    Monitor,
    Predicts,
    Section,
    Source,
    Split,
    Value,
    Why,
)
from shipworthy.spec.triage import Triage


def _stage(value: Any) -> Any:
    if isinstance(value, str) and value[:1].isdecimal():
        share = read_quantity(value)
        if share.unit not in ("", "%"):
            raise ValueError(f"{value!r} is not a share of the traffic; write it as 5 %")
        _of_traffic(share.value, value)
    elif isinstance(value, int | float):
        _of_traffic(value, str(value).lower())
    return value


def _of_traffic(share: float, written: str) -> None:
    if isinstance(share, bool) or not 0 < share <= 1:
        raise ValueError(
            f"{written} is not a share of the traffic above 0 % and up to 100 %; write it as 5 %"
        )


def _growing(stages: tuple[str | float, ...]) -> tuple[str | float, ...]:
    shares = [read_quantity(str(stage)).value for stage in stages if str(stage)[:1].isdecimal()]
    if any(low >= high for low, high in pairwise(shares)):
        raise ValueError("the stages do not grow; write the smallest share of the traffic first")
    return stages


class Launch(Section):
    """The stages of a rollout and the claims that stop it."""

    stages: Annotated[
        tuple[Annotated[str | float, BeforeValidator(_stage, json_schema_input_type=Text | float)], ...],
        AfterValidator(_growing),
    ] = Field(
        default=(),
        description="shadow, then growing shares of the traffic",
        examples=[["shadow", "5 %", "100 %"]],
    )
    stop_if: tuple[Stop, ...] = Field(
        default=(),
        description="claims that end the rollout once they are proved",
        examples=[["net_value < 0"]],
    )
    owner: Text | None = Field(
        default=None, description="who decides about each stage", examples=["head of product"]
    )


class Product(Section):
    """One product: what it must do, with what data, by which candidates."""

    product: Text = Field(description="the name of the product", examples=["Mail shield"])
    owner: Text | None = Field(
        default=None, description="who answers for the product", examples=["Trust and safety"]
    )
    problem: Why | None = Field(
        default=None,
        description="whose problem it solves",
        examples=[{"who": "people with mail", "need": "less spam"}],
    )
    predicts: Predicts = Field(
        description="what the feature answers", examples=[{"target": "spam", "positive": 1}]
    )
    action: Action | None = Field(
        default=None,
        description="what happens when the answer is positive",
        examples=[{"do": "move to the spam folder"}],
    )
    value: Value | None = Field(
        default=None,
        description="what right and wrong answers are worth",
        examples=[{"currency": "USD", "true_positive": 0.02, "false_positive": -0.5}],
    )
    data: Data = Field(
        description="the examples to judge with", examples=[{"examples": {"source": "data/mail.parquet"}}]
    )
    segments: tuple[AnySegment, ...] = Field(
        default=(),
        description="columns to look at group by group",
        examples=[["country", {"age": "4 quantiles"}]],
    )
    protected: ProtectedColumns = Field(
        default=(),
        description="groups of people who must be treated alike",
        examples=[{"gender": {"basis": "consent"}}],
    )
    candidates: dict[CandidateName, Candidate] = Field(
        default_factory=dict,
        description="what may become the answer",
        examples=[{"logistic": {"train": "logistic_regression"}}],
    )
    metrics: dict[MetricName, OwnMetric] = Field(
        default_factory=dict,
        description="metrics of your own: a sum over rows, divided by another",
        examples=[{"refund_rate": {"numerator": "refunds", "denominator": "orders", "direction": "lower"}}],
    )
    grade: dict[GraderName, Grader] = Field(
        default_factory=dict,
        description="graders: what passes an answer, claimed as pass_rate(NAME)",
        examples=[{"grounded": {"groundedness": {"evidence": "context"}}}],
    )
    misuse: Misuse | None = Field(
        default=None,
        description="which attacks are tried on candidates, claimed as attack_success and over_refusal",
        examples=[{"suite": "core", "hazards": ["privacy", "hijacking"]}],
    )
    stability: Stability | None = Field(
        default=None,
        description="when two answers to one input are the same, and which variants should not change them",
        examples=[{"same": "meaning", "at_least": 0.95}],
    )
    requirements: tuple[Claim, ...] = Field(
        min_length=1, description="what must be true before it ships", examples=[["recall >= 0.80"]]
    )
    labels: Labels | None = Field(
        default=None,
        description="how people label rows",
        examples=[{"guidelines": "labelling.md", "each": 2}],
    )
    compare: Compare | None = Field(
        default=None,
        description="which candidate is to be beaten, and in what",
        examples=[{"champion": "keywords", "margin": 0.01}],
    )
    explain: Explain | None = Field(
        default=None,
        description="how the reasons of an answer are told",
        examples=[{"top": 3, "reasons": {"late_payments": "how often payments were late"}}],
    )
    frame: Frame | None = Field(
        default=None,
        description="what no record can measure about whether to automate the decision, and how",
        examples=[{"build_cost": "60_000 USD", "specifiable": "no"}],
    )
    monitor: Monitor | None = Field(
        default=None, description="how it is watched once it is live", examples=[{"every": "1 day"}]
    )
    launch: Launch | None = Field(
        default=None, description="how it gets its traffic", examples=[{"stages": ["shadow", "5 %", "100 %"]}]
    )
    build_or_buy: BuildOrBuy | None = Field(
        default=None,
        description="what building and buying would cost and bring",
        examples=[{"options": {"api": {"how": "buy", "per_decision": "0.002..0.004 USD / decision"}}}],
    )
    roadmap: Roadmap | None = Field(
        default=None,
        description="what comes next, and how long it may take",
        examples=[{"starts": "2027-01-04", "stages": {"labels": {"takes": "2 / 3 / 6 weeks"}}}],
    )
    risks: tuple[AnyRisk, ...] = Field(
        default=(),
        description="what may go wrong, and who looks after it",
        examples=[["a sender is always blocked", {"risk": "K7", "owner": "credit policy"}]],
    )
    ethics: Ethics | None = Field(
        default=None,
        description="fairness, transparency, safety, privacy, recourse: who answers for each, and by when",
        examples=[{"recourse": {"owner": "customer service", "how": "reply to the letter"}}],
    )
    triage: Triage | None = Field(
        default=None,
        description="facts about the use that decide how the law treats it: yes, no or unknown",
        examples=[{"reaches_eu": "yes", "employment": "no"}],
    )
    learning: dict[str, Any] | None = Field(
        default=None,
        description="what the team wants to find out",
        examples=[{"question": "do people look in the folder?"}],
    )

    @property
    def label(self) -> str:
        """The column of the examples that holds the true answer."""
        return self.data.examples.label or self.predicts.target

    @property
    def labelling(self) -> Labels:
        """How people label rows: what the file says, else one person each, in the workspace."""
        return self.labels or Labels()

    @property
    def slicing(self) -> tuple[Segment, ...]:
        """Segments and protected columns, each column once."""
        named = {segment.column for segment in self.segments}
        return (
            *self.segments,
            *(Segment(column=item.column) for item in self.protected if item.column not in named),
        )


__all__ = [
    "BASELINE", "Action", "Algorithm", "BuildOrBuy", "Candidate", "Compare", "Data", "Duration", "Ethics", "Explain", "Frame", "Grader", "Labels", "LanguageError", "Launch", "LogColumn",
    "Misuse", "Monitor", "OwnMetric", "Predicts", "Product", "Protected", "Requirement", "RequirementEntry", "RiskEntry", "Roadmap", "Scalar", "Section", "Segment",
    "Share", "Source", "Split", "Stability", "Stage", "Triage", "Value", "Volume", "Why", "canonical",
]  # fmt: skip
