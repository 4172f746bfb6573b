"""Tuning is a search that can be repeated, counts what it does, and never prefers what did worse."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from sklearn.base import clone
from sklearn.model_selection import StratifiedKFold, cross_val_score

from shipworthy.errors import InputError
from shipworthy.models.algorithms import ALGORITHMS
from shipworthy.models.matrix import matrix
from shipworthy.models.training import train
from shipworthy.models.tuning import FOLDS, trials
from shipworthy.spec.model import Candidate
from tests.models.mail import labels, mail

TABLE = mail(300, seed=3)


def tuned(algorithm="logistic_regression", tune="6 trials", **more):
    candidate = Candidate(train=algorithm, tune=tune, **more.pop("candidate", {}))
    return train(candidate, TABLE, labels(TABLE), exclude=["spam", "id"], seed=0, **more)


@pytest.mark.filterwarnings("ignore:.*L-BFGS-B:DeprecationWarning")  # scikit-learn 1.7 on SciPy 1.16
def test_the_chosen_options_do_no_worse_than_the_defaults_in_cross_validation():
    model = tuned(tune="12 trials")
    array, answers = matrix(TABLE, model.features), labels(TABLE).astype(int)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)

    def loss(pipeline):
        return -cross_val_score(pipeline, array, answers, cv=folds, scoring="neg_log_loss").mean()

    default = clone(model.estimator).set_params(model__C=1.0)
    assert model.options["C"] != 1.0
    assert loss(clone(model.estimator)) < loss(default)


def test_draws_stay_in_their_ranges_and_whole_numbers_stay_whole():
    model = tuned("gradient_boosting", "3 trials", candidate={"drop": ("body",)})
    for name, span in ALGORITHMS["gradient_boosting"].ranges.items():
        assert span.low <= model.options[name] <= span.high or name == "l2_regularization"
        assert not span.whole or isinstance(model.options[name], int)


def test_an_option_that_the_person_sets_is_not_searched():
    calls: list[tuple[int, int]] = []
    model = tuned(candidate={"options": {"C": 0.25}}, progress=lambda done, of: calls.append((done, of)))
    assert 0.25 == model.options["C"]
    assert [(1, 3), (2, 3), (3, 3)] == calls


def test_progress_counts_every_fit():
    calls: list[tuple[int, int]] = []
    tuned(progress=lambda done, of: calls.append((done, of)))
    assert [(number, 18) for number in range(1, 19)] == calls


@pytest.mark.parametrize(("text", "expected"), [("30 trials", 30), ("1 trial", 1), (" 12 ", 12)])
def test_the_number_of_trials_is_read(text, expected):
    assert expected == trials(text)


@pytest.mark.parametrize("text", ["many", "0 trials", "-3 trials", "1001 trials", "3.5", "30 tries", ""])
def test_other_words_are_refused(text):
    with pytest.raises(InputError, match="how often") as caught:
        trials(text)
    assert "30 trials" in caught.value.problem.remedy


def test_too_few_rows_of_a_kind_are_refused():
    table = pa.table({"x": np.arange(30) / 7})
    with pytest.raises(InputError, match="one kind has 2") as caught:
        train(
            Candidate(train="logistic_regression", tune="2 trials"),
            table,
            np.arange(30) < 2,
            exclude=(),
            seed=0,
        )
    assert "data.too_few" == caught.value.problem.code
