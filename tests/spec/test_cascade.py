"""A cascade names two other candidates, never itself, and takes its settings from them."""

from __future__ import annotations

import pytest

from shipworthy.errors import SpecError
from shipworthy.spec.reading import read_product
from tests.spec.product_files import METRICS, SMALL

PARTS = "  a: {rule: dollar}\n  b: {train: logistic_regression}\n"


def read(*lines: str, head: str = SMALL):
    return read_product(f"{head}candidates:\n{PARTS}{''.join(lines)}", "product.yaml", METRICS)


@pytest.mark.parametrize("band", ["", ", between: [0.2, 0.8]"])
def test_two_candidates_in_a_row_are_a_candidate(band):
    product = read(
        f"  c: {{cascade: {{first: a, then: b{band}}}}}\n", "  d: {cascade: {first: c, then: b}}\n"
    )
    assert ["rule", "trained", "cascade", "cascade"] == [each.kind for each in product.candidates.values()]


@pytest.mark.parametrize(
    ("lines", "code", "words"),
    [
        (("  c: {cascade: {first: a, then: bb}}\n",), "cascade.unknown", "no candidate 'bb' to ask then"),
        (("  c: {cascade: {first: a, then: a}}\n",), "cascade.circle", "a is asked first and then again"),
        (("  c: {cascade: {first: a, then: c}}\n",), "cascade.circle", "leads back to itself"),
        (("  c: {cascade: {first: a, then: b}, threshold: 0.5}\n",), "spec.value", "'threshold' says nothing"),
        (("  c: {cascade: {first: a, then: b}, cost: 0}\n",), "spec.value", "'cost' says nothing"),
        (("  c: {cascade: {first: a, then: b, between: [0.8, 0.2]}}\n",), "spec.value", "lies no score"),
        (("  c: {cascade: {first: a}}\n",), "spec.missing", "then"),
    ],
)  # fmt: skip
def test_what_cannot_answer_is_refused_with_its_place(lines, code, words):
    with pytest.raises(SpecError) as caught:
        read(*lines)
    [problem] = caught.value.problems
    assert (code, True) == (problem.code, words in problem.message)
    assert problem.where is not None
    assert 9 == problem.where.line


def test_two_cascades_that_lead_to_each_other_are_both_named():
    with pytest.raises(SpecError) as caught:
        read("  c: {cascade: {first: a, then: d}}\n", "  d: {cascade: {first: c, then: b}}\n")
    assert ["candidates.c", "candidates.d"] == [each.message.split(":")[0] for each in caught.value.problems]


@pytest.mark.parametrize(
    ("kind", "band", "words"),
    [
        ("ranking, request: r, item: i", "", "ranked together"),
        ("regression", ", between: [0, 1]", "have none"),
    ],
)
def test_orders_have_no_cascade_and_numbers_no_band(kind, band, words):
    head = SMALL.replace("target: spam", f"target: spam, kind: {kind}")
    with pytest.raises(SpecError, match=words):
        read(f"  c: {{cascade: {{first: a, then: b{band}}}}}\n", head=head)
