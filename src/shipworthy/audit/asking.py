"""What one audit asks: the claims about data that product.yaml writes, and defaults of the sorts that it does not."""

from __future__ import annotations

from dataclasses import dataclass

from shipworthy.audit.defaults import Facts, default_claims
from shipworthy.judge import Claim, claim_of
from shipworthy.metrics.on_data import is_of_data
from shipworthy.spec.claim import Metric, Requirement
from shipworthy.spec.language import read_requirement
from shipworthy.spec.model import Product
from shipworthy.spec.task import Task
from shipworthy.tally.needs import merged


@dataclass(frozen=True)
class DataQuestions:
    """The claims about data; `defaults` are the texts of those that product.yaml does not write."""

    claims: tuple[Claim, ...]
    defaults: frozenset[str]

    @property
    def scanned(self) -> tuple[Claim, ...]:
        """The claims that are counted on all rows."""
        return tuple(claim for claim in self.claims if not is_sampled(claim))

    @property
    def sampled(self) -> tuple[Claim, ...]:
        """The claims that are counted on a bounded sample."""
        return tuple(claim for claim in self.claims if is_sampled(claim))

    @property
    def sliced(self) -> tuple[str, ...]:
        """The columns that claims go by."""
        return merged(claim.needs for claim in self.claims).sliced_by


def is_sampled(claim: Claim) -> bool:
    """Whether a claim is about something that is counted on a bounded sample of rows."""
    return (claim.definition.inner or claim.definition).entry.sampled


def data_questions(product: Product, facts: Facts) -> DataQuestions:
    """The questions of a product about data with these columns.

    Raises:
        InputError: a requirement names an unknown metric or can never be decided.
    """
    task = Task.of(product)
    written = [each for each in product.requirements if is_of_data(each.metric)]
    sorts = {name for each in written for name in _names(each)}
    added = [read_requirement(text) for sort, text in default_claims(product, facts) if sort not in sorts]
    claims = tuple(claim_of(each, product.value, task) for each in (*written, *added))
    return DataQuestions(claims, frozenset(each.text for each in added))


def _names(requirement: Requirement) -> tuple[str, ...]:
    """The metrics that a claim names, those that it compares included."""
    metric = requirement.metric
    return (metric.name, *(arg.name for arg in metric.args if isinstance(arg, Metric)))
