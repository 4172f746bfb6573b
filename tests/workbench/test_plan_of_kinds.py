"""Plans of products with several classes, with numbers and with ranked items."""

from __future__ import annotations

from typing import Any

import pytest

import shipworthy as sw
from tests.workbench import cinema, flowers

pytestmark = pytest.mark.slow  # whole products, some seconds each

PRICED = "licence: CC0, label_cost: 0.4, labels_per_week: 50}"


def requiring(product: str, *requirements: str) -> str:
    """The product with other requirements, and a price of labels."""
    head = product.split("requirements:", maxsplit=1)[0].replace("licence: CC0}", PRICED)
    return head + "requirements:\n" + "".join(f"  - {each}\n" for each in requirements)


OPEN = {
    "classes": requiring(
        flowers.CLASSES,
        "recall('red rose') >= 0.92",
        "precision(tulip) >= 0.85",
        "macro_f1 >= 0.84",
        "mean(petal) >= 2.3",
    ),
    "numbers": requiring(
        flowers.NUMBERS, "mae <= 5.1", "rmse <= 6.3", "p95(abs_error) <= 13", "interval_coverage >= 0.5"
    ),
    "ranking": requiring(cinema.PRODUCT, "ndcg@5 >= 0.52", "mrr >= 0.6", "coverage@1 >= 99.99 %"),
}


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """The plan of each kind, and how the claims of the vendor stand."""
    found: dict[str, Any] = {}
    for kind, text in OPEN.items():
        folder = tmp_path_factory.mktemp(kind)
        made = cinema.folder_of(folder, text) if kind == "ranking" else flowers.garden(folder, text)
        product = sw.open(made)
        found[kind] = sw.plan(product).plan, sw.records(product, "evaluate")[-1].evaluation
    return found


@pytest.mark.parametrize("kind", OPEN)
def test_the_rows_are_those_of_the_evaluation(planned, kind):
    plan, evaluation = planned[kind]
    for candidate in dict.fromkeys(claim.candidate for claim in plan.claims):
        wanted = {each.requirement: each.needs_more for each in evaluation.rolled_up(candidate)}
        for claim in plan.of(candidate):
            for need in claim.needs:
                assert need.even is None or wanted[claim.requirement] == need.even.counted


def need_of(plan: Any, candidate: str, requirement: str) -> Any:
    [claim] = [each for each in plan.of(candidate) if each.requirement == requirement]
    [need] = claim.needs
    return need


def test_a_class_needs_as_many_labels_as_it_is_rare(planned):
    plan, _ = planned["classes"]
    need = need_of(plan, "vendor", "recall('red rose') >= 0.92")
    assert "rows of red rose" == need.rows
    assert need.even.counted / need.share.value == pytest.approx(need.even.label.value, abs=1)
    assert 0.4 * need.even.label.value == pytest.approx(need.even.cost.value)
    assert need.even.label.value / 50 == pytest.approx(need.even.weeks.value)


def test_rows_answered_with_a_class_are_labelled_alone(planned):
    plan, _ = planned["classes"]
    need = need_of(plan, "vendor", "precision(tulip) >= 0.85")
    assert "rows answered with tulip" == need.rows
    assert need.even.counted == need.even.label.value < need.even.collect.value


def test_a_predicted_range_that_nobody_gives_is_not_planned(planned):
    plan, _ = planned["numbers"]
    need = need_of(plan, "rule", "interval_coverage >= 0.5")
    assert (None, None) == (need.even, need.likely)
    assert "no test row counts" in need.reason


def test_errors_of_numbers_need_labelled_rows(planned):
    plan, _ = planned["numbers"]
    need = next(each for claim in plan.claims for each in claim.needs if each.metric == "rmse" and each.even)
    assert "labelled rows" == need.rows
    assert need.even.counted == need.even.label.value


def test_a_request_is_labelled_with_all_its_items(planned):
    """Twelve films each evening."""
    plan, _ = planned["ranking"]
    need = next(each for claim in plan.claims for each in claim.needs if each.metric == "mrr" and each.even)
    assert "requests" == need.rows
    assert need.even.label.value >= 12 * need.even.counted
    assert 1 / 12 >= need.share.value


def test_what_more_requests_show_cannot_be_planned(planned):
    plan, _ = planned["ranking"]
    found = [each for claim in plan.claims for each in claim.needs if each.metric == "coverage@1"]
    assert all(each.even is None and "no number of rows can be planned" in each.reason for each in found)
