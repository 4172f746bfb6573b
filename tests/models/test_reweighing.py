"""Weights make group and label independent, and a weighted training says so."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.models.reweighing import Groups, reweighed, weights
from shipworthy.models.training import train
from shipworthy.spec.model import Candidate
from tests.models.mail import labels, mail

TABLE = mail(600, seed=1)
LABELS, CODES = np.unique([str(value) for value in TABLE["format"].to_pylist()], return_inverse=True)
FORMATS = Groups("format", LABELS.tolist(), CODES)
CELLS = st.lists(st.tuples(st.integers(1, 20), st.integers(1, 20)), min_size=1, max_size=4)


def rows(cells):
    """Groups and answers of so many negatives and positives in each group."""
    codes = np.repeat(np.arange(len(cells)), [sum(cell) for cell in cells])
    answers = np.concatenate([[0] * no + [1] * yes for no, yes in cells]).astype(np.int8)
    return Groups("colour", [f"g{at}" for at in range(len(cells))], codes), answers


@given(CELLS)
def test_the_weighted_share_of_positives_is_the_same_in_every_group(cells):
    groups, answers = rows(cells)
    weight = weights(groups, answers)
    overall = answers.mean()
    for code, (no, yes) in enumerate(cells):
        own = groups.codes == code
        assert overall == pytest.approx(np.average(answers[own], weights=weight[own]))
        assert no + yes == pytest.approx(weight[own].sum())
    assert answers.sum() == pytest.approx(weight[answers == 1].sum())


def test_the_worked_example_of_the_source_gives_its_weights():
    """Kamiran and Calders 2012: of five women two are hired, of five men four."""
    groups, answers = rows([(3, 2), (1, 4)])
    assert {0.67, 1.5, 2.0, 0.75} == {round(float(weight), 2) for weight in weights(groups, answers)}


def test_a_group_without_a_kind_of_row_is_named():
    groups, answers = rows([(5, 0), (5, 5)])
    first, second = reweighed(groups, answers)
    assert first.startswith("reweighed by colour: training rows weigh 0.667 to ")
    assert "colour = g0 has no positive training row, so its weights cannot balance it" == second


@pytest.mark.parametrize("algorithm", ["logistic_regression", "gradient_boosting"])
@pytest.mark.parametrize("tune", [None, "2 trials"])
def test_a_reweighed_model_is_another_one_and_says_so(algorithm, tune):
    candidate = Candidate(train=algorithm, tune=tune, drop=("body",), reweigh="format")
    plain, weighed = (
        train(candidate, TABLE, labels(TABLE), exclude=["spam", "id"], seed=0, groups=each)
        for each in (None, FORMATS)
    )
    assert () == plain.notes
    assert weighed.notes[0].startswith("reweighed by format: training rows weigh ")
    assert not np.array_equal(plain.scores(TABLE), weighed.scores(TABLE))


def test_the_weights_are_those_that_scikit_learn_is_given():
    from sklearn.base import clone

    from shipworthy.models.matrix import matrix

    candidate = Candidate(train="logistic_regression", drop=("body",), reweigh="format")
    model = train(candidate, TABLE, labels(TABLE), exclude=["spam", "id"], seed=0, groups=FORMATS)
    answers = labels(TABLE).astype(np.int8)
    array = matrix(TABLE, model.features)
    again = clone(model.estimator).fit(array, answers, model__sample_weight=weights(FORMATS, answers))
    np.testing.assert_allclose(again.predict_proba(array)[:, 1], model.scores(TABLE), rtol=1e-9)
