"""What one evaluation asks: every requirement, and the headline metrics overall and per segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.judge import Claim, claim_of
from shipworthy.metrics import Definition, define
from shipworthy.metrics.defining import details, running_costs, segmented
from shipworthy.metrics.entry import Subject
from shipworthy.metrics.misused import misuse_estimates
from shipworthy.metrics.table import entry_of
from shipworthy.metrics.varied import variant_metrics
from shipworthy.spec.claim import Metric
from shipworthy.spec.task import Task
from shipworthy.tally.needs import OVERALL, Grouping, Needs, merged

if TYPE_CHECKING:
    from shipworthy.spec.model import Product

OFFLINE = "offline"
"""The stage of requirements that are judged before a launch; others wait for production."""


@dataclass(frozen=True)
class Questions:
    """The claims that are judged, and the metrics that are estimated on which groupings."""

    claims: tuple[Claim, ...]
    estimated: tuple[tuple[Definition, Grouping], ...]

    @property
    def needs(self) -> Needs:
        """Everything that one scan of the log must bring back."""
        return self.needs_of("answers")

    def needs_of(self, subject: Subject) -> Needs:
        """Everything that is counted over one subject."""
        claimed = (claim.needs for claim in self.claims if claim.subject == subject)
        return merged([*claimed, *(each.needs(by) for each, by in self.estimated if each.subject == subject)])

    @property
    def of_answers(self) -> tuple[Claim, ...]:
        """The claims that are counted over the rows of the log."""
        return tuple(claim for claim in self.claims if claim.subject == "answers")

    @property
    def of_candidates(self) -> tuple[Claim, ...]:
        """The claims about what candidates do: all but those about the examples."""
        return tuple(claim for claim in self.claims if not claim.of_data)

    @property
    def of_examples(self) -> tuple[Claim, ...]:
        """The claims whose columns are those of the examples: all but those about attacks."""
        return tuple(claim for claim in self.claims if claim.subject != "attacks")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the examples that the claims name, each once, sorted."""
        return tuple(sorted({column for claim in self.of_examples for column in claim.columns}))

    @property
    def of_probabilities(self) -> str:
        """The first metric that is claimed and needs probabilities as scores; "" where none does."""
        asked = (definition for claim in self.claims for definition, _ in claim.comparisons)
        return next((str(each.metric) for each in asked if each.of_probabilities), "")


def questions(product: Product, task: Task | None = None) -> Questions:
    """The questions of a product; `task` is its own where product.yaml does not name the classes.

    Raises:
        InputError: a requirement names an unknown metric or can never be decided.
    """
    task = task or Task.of(product)
    judged = [each for each in product.requirements if OFFLINE in each.stages]
    claims = tuple(claim_of(each, product.value, task) for each in judged)
    segments = [(segment.column,) for segment in product.slicing]
    estimated = [
        (definition, by) for by in (OVERALL, *segments) for definition in segmented(product.value, task)
    ]
    estimated += [(definition, OVERALL) for definition in (*details(task), *running_costs())]
    if any(candidate.abstain for candidate in product.candidates.values()):
        # Metrics of automated answers mean little without the share of rows that they speak of.
        beside = [define(Metric(name), None) for name in ("automated_share", "error_rate")]
        estimated += [(definition, by) for by in (OVERALL, *segments) for definition in beside]
    estimated += misuse_estimates() if product.misuse and task.kind == "text" else ()
    estimated += _of_samples(product, task)
    estimated += [(define(metric, None, task), by) for metric, by in variant_metrics(task)]
    known = {str(definition.metric) for definition, _ in estimated}
    asked = {
        str(each.metric): each
        for claim in claims
        for each in (claim.definition, *((claim.at,) if claim.at else ()))
    }
    estimated += [(definition, OVERALL) for name, definition in asked.items() if name not in known]
    return Questions(claims, tuple(estimated))


def _of_samples(product: Product, task: Task) -> list[tuple[Definition, Grouping]]:
    """How alike the samples of one input are, where some candidate gives several."""
    several = any(
        "repeats" in each.columns or (each.chat is not None and each.chat.samples > 1)
        for each in product.candidates.values()
    )
    if not several or task.kind not in entry_of("agreement").kinds:
        return []
    return [(define(Metric(name), None, task), OVERALL) for name in ("agreement", "semantic_entropy")]


def sliced_columns(product: Product, claims: Sequence[Claim]) -> tuple[str, ...]:
    """The columns that rows are sliced by: segments, protected columns and those that claims, thresholds and weights go by."""
    named = {segment.column for segment in product.slicing}
    asked = {column for each in product.candidates.values() for column in each.groups_by} | {
        column for claim in claims for column in (*claim.by, *_groups(claim))
    }
    return (*(segment.column for segment in product.slicing), *sorted(asked - named))


def _groups(claim: Claim) -> tuple[str, ...]:
    return tuple(column for definition, _ in claim.comparisons for column in definition.grouped)
