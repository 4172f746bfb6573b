"""The area under the ROC curve, from the histogram of scores to a measured metric."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from tests.metrics.every import defined, measured
from tests.tally.counting import Rows, tallies_of

POSITIVE, NEGATIVE, UNANSWERED_POSITIVE = 0, 3, 2


def scored(rows: int, seed: int = 0, units: int | None = None) -> Rows:
    """Rows whose positives score higher on average, in two groups."""
    draw = np.random.default_rng(seed)
    label = draw.random(rows) < 0.3
    score = 1 / (1 + np.exp(-(draw.normal(size=rows) + 1.5 * label)))
    return Rows(
        [POSITIVE if yes else NEGATIVE for yes in label],
        {"colour": draw.choice(["red", "blue"], rows).tolist()},
        {"score": score.tolist()},
        None if units is None else [at % units for at in range(rows)],
    )


def auc_of(rows: Rows, by: tuple[str, ...] = ()):
    return measured("auc", tallies_of(rows, defined("auc").needs(by)), by)


def test_it_is_that_of_scikit_learn_on_every_slice():
    rows = scored(4_000)
    colours, scores = np.array(rows.slices["colour"]), np.array(rows.numbers["score"])
    label = np.array(rows.outcome) == POSITIVE
    found = auc_of(rows, ("colour",))
    for key, value in zip(found.keys, found.value, strict=True):
        own = colours == key[0]
        assert roc_auc_score(label[own], scores[own]) == pytest.approx(value, abs=2e-3)
    assert (found.lower < found.value).all()
    assert (found.value < found.upper).all()


def test_a_labelled_row_without_a_score_leaves_no_bounds_and_says_so():
    rows = scored(200)
    outcome = [UNANSWERED_POSITIVE, *rows.outcome[1:]]
    found = auc_of(Rows(outcome, rows.slices, {"score": [None, *rows.numbers["score"][1:]]}))
    assert [-np.inf, np.inf] == [found.lower[0], found.upper[0]]
    assert "1 labelled rows have no score" in found.notes[0]


def test_ten_copies_of_each_row_are_worth_no_more_than_the_rows():
    rows = scored(300)
    copied = rows.picked([at for at in range(300) for _ in range(10)])
    copied = Rows(copied.outcome, copied.slices, copied.numbers, [at for at in range(300) for _ in range(10)])
    once, many = auc_of(rows), auc_of(copied)
    assert once.value[0] == pytest.approx(many.value[0])
    assert (300, 3_000) == (many.units[0], many.n[0])
    assert "delong+jackknife" == many.method[0]
    width = once.upper[0] - once.lower[0]
    assert 0.8 * width <= many.upper[0] - many.lower[0] <= 2 * width


def test_a_candidate_without_scores_has_no_value_and_says_so():
    found = auc_of(Rows([POSITIVE, NEGATIVE], {}, {"score": [None, None]}))
    assert np.isnan(found.value[0])
    assert "no labelled row has a score" == found.notes[0]
