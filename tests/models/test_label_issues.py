"""Confident learning by cleanlab finds what our own count of it finds, and ranks planted wrong labels first."""

import numpy as np
import pytest

from shipworthy.audit.noise import confident
from shipworthy.models.label_issues import has_cleanlab, label_issues
from tests.audit.test_noise import table


def test_the_extra_is_installed_where_everything_is():
    assert has_cleanlab()


@pytest.mark.parametrize("classes", [2, 4])
def test_the_rows_are_those_that_count_to_another_class_and_whose_label_is_not_the_likeliest(classes):
    given, said, _ = table(5, 4_000, 2.0, 0.05, classes)
    own = confident(given, said)[0] & (said.argmax(axis=1) != given)
    assert [*np.flatnonzero(own)] == sorted(label_issues(given, said))


def test_the_first_ones_are_the_planted_wrong_labels():
    given, said, wrong = table(4, 4_000, 6.0, 0.05, 4)
    found = label_issues(given, said)
    assert wrong[found[:100]].mean() >= 0.95
    assert [*said[found, given[found]]] == sorted(said[found, given[found]])
