"""What a candidate with several thresholds must state, and what excludes what."""

from __future__ import annotations

import pytest

from shipworthy.errors import SpecError
from shipworthy.spec.reading import read_product
from tests.spec.product_files import METRICS, SMALL

MONEY = "value: {true_positive: 1, false_positive: -1}\n"
REVIEWED = "value: {true_positive: 1, false_positive: -1, review: -0.4}\n"


def read(keys, head=""):
    return read_product(
        f"{SMALL}{head}candidates:\n  a: {{rule: dollar, {keys}}}\n", "product.yaml", METRICS
    ).candidates["a"]


@pytest.mark.parametrize(
    ("keys", "head"),
    [
        ("abstain: {}", REVIEWED),
        ("abstain: {review: -0.4}", MONEY),
        ("abstain: {error: 1 %}", ""),
        ("abstain: {error: 1 %, reviewer_accuracy: 0.9}", REVIEWED),
        ("thresholds_by: format", ""),
        ("thresholds_by: format, equalise: recall", MONEY),
    ],
)
def test_what_says_enough_is_read(keys, head):
    assert read(keys, head)


@pytest.mark.parametrize(
    ("keys", "head", "words"),
    [
        ("abstain: {}", MONEY, "nothing says what a review costs"),
        ("abstain: {error: 1 %}", MONEY, "nothing says what a review costs"),
        ("abstain: {review: -0.4}", "", "nothing says which ones pay"),
        ("abstain: {error: 1 %}, threshold: 0.5", "", "threshold and abstain exclude each other"),
        ("abstain: {error: 1 %}, thresholds_by: format", "", "thresholds_by and abstain exclude each other"),
        ("equalise: recall", "", "does not say between which groups"),
        ("thresholds_by: format, equalise: precision", "", "precision"),
        ("abstain: {error: 2}", "", "not a share"),
        ("abstain: {reviewer_accuracy: 90, error: 1 %}", "", "reviewer_accuracy"),
    ],
)
def test_what_does_not_is_refused_with_what_to_write(keys, head, words):
    with pytest.raises(SpecError) as caught:
        read(keys, head)
    [problem] = caught.value.problems
    assert words in problem.message
    assert problem.remedy
    assert problem.where is not None
    assert problem.where.line in (6, 7, 8)
