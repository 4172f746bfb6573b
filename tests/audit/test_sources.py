"""Examples whose time of collection is stated are told to be old, and not judged by it."""

import pytest

from shipworthy.audit import Facts
from shipworthy.audit.defaults import default_claims
from shipworthy.audit.sources import age
from shipworthy.spec.reading import read_product
from tests.spec.product_files import FULL


def product(collected):
    stated = f", collected: {collected}" if collected else ""
    assert ", collected: 2012" in FULL
    return read_product(FULL.replace(", collected: 2012", stated), "product.yaml")


def told(collected, newest="", today="2026-11-22"):
    return [(each.colour, each.what) for each in age(product(collected), newest, today)]


@pytest.mark.parametrize(("collected", "judged"), [("", True), ("2012", False)])
def test_the_age_of_rows_is_judged_by_default_where_nobody_stated_it(collected, judged):
    found = default_claims(product(collected), Facts(("id", "time", "spam")))
    assert judged == ("freshness" in {sort for sort, _ in found})


def test_examples_that_are_stated_to_be_old_are_told_to_be():
    [(colour, what)] = told("January to March 2012", "2012-03-25")
    assert "amber" == colour
    assert (
        "the newest rows are of 2012, 14 years ago; product.yaml says: collected: January to March 2012"
        == what
    )


def test_without_times_the_years_that_are_stated_count():
    [(_, what)] = told("1988 to 1990")
    assert "product.yaml says: collected: 1988 to 1990, 36 years ago" == what


@pytest.mark.parametrize(
    ("collected", "newest"), [("", "2012-03-25"), ("2025", "2026-11-01"), ("last year", "")]
)
def test_nothing_is_told_of_new_rows_or_of_what_nobody_stated(collected, newest):
    assert [] == told(collected, newest)
