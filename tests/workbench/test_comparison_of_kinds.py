"""Planned comparisons of products with several classes, with numbers and with ranked items."""

from __future__ import annotations

from typing import Any

import pytest

import shipworthy as sw
from shipworthy.errors import InputError
from shipworthy.plan import Aim
from shipworthy.workbench.comparison_plan import comparison
from tests.workbench import cinema, flowers, shop


def silent(step: str) -> None:
    """Nobody listens."""


@pytest.fixture(scope="module")
def products(tmp_path_factory):
    """One product of each kind, opened."""
    made = {
        "classes": flowers.garden(tmp_path_factory.mktemp("classes"), flowers.CLASSES),
        "numbers": flowers.garden(tmp_path_factory.mktemp("numbers"), flowers.NUMBERS),
        "ranking": cinema.folder_of(tmp_path_factory.mktemp("ranking")),
        "binary": shop.product_folder(tmp_path_factory.mktemp("binary"), shop.with_candidates(shop.LOGISTIC)),
    }
    return {kind: sw.open(folder) for kind, folder in made.items()}


def planned(products, kind: str, metric: str, difference: float) -> Any:
    return comparison(metric, Aim(difference), products[kind], silent)


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_classes_are_told_apart_by_the_rows_that_only_one_gets_right(products):
    found = planned(products, "classes", "accuracy", 0.05)
    assert 0 < found.discordance < 1
    assert "labelled rows" == found.rows
    assert "measured between" in found.spread_why


@pytest.mark.parametrize(
    ("kind", "metric", "difference", "rows", "unit"),
    [
        ("numbers", "mae", 0.5, "labelled rows", "column"),
        ("numbers", "mean(latency_ms)", 0.5, "rows with a latency", "column"),
        ("ranking", "ndcg@5", 0.05, "requests", "share"),
        ("binary", "f1", 0.05, "labelled rows", "share"),
        ("binary", "brier", 0.05, "labelled rows", "share"),
        ("binary", "net_value", 0.05, "labelled rows", "money"),
    ],
)
@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_other_metrics_by_the_spread_of_a_rows_difference(products, kind, metric, difference, rows, unit):
    found = planned(products, kind, metric, difference)
    assert found.discordance is None
    assert found.sd > 0
    assert (rows, unit) == (found.rows, found.unit)
    assert found.paired.counted >= 2
    assert found.group_rows >= 2


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_a_request_is_labelled_with_all_its_items(products):
    found = planned(products, "ranking", "ndcg@5", 0.05)
    assert found.paired.label.value >= 12 * found.paired.counted


@pytest.mark.parametrize(
    ("kind", "metric"), [("numbers", "rmse"), ("classes", "macro_f1"), ("ranking", "coverage@5")]
)
def test_what_cannot_be_compared_cannot_be_planned(products, kind, metric):
    with pytest.raises(InputError, match="cannot be compared") as caught:
        planned(products, kind, metric, 0.1)
    assert caught.value.problem.remedy.startswith("Name ")


@pytest.mark.parametrize(
    ("metric", "rows"), [("mae", "labelled rows"), ("ndcg@10", "requests"), ("f1", "labelled rows")]
)
def test_without_a_product_a_given_spread_is_enough(metric, rows):
    found: Any = comparison(metric, Aim(0.1, sd=0.5), None, silent)
    assert (rows, 156) == (found.rows, found.paired.counted)
