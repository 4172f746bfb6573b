"""The pipeline is scikit-learn's, can be read from the outside, and answers fast without answering differently."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pyarrow as pa
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from shipworthy.errors import InputError
from shipworthy.models.algorithms import ALGORITHMS
from shipworthy.models.features import Feature, plan_features
from shipworthy.models.matrix import matrix
from shipworthy.models.pipeline import numbers, pipeline, probabilities
from shipworthy.spec.candidate import Algorithm
from tests.models.mail import BOOSTED, labels, mail

TABLE = mail()
FEATURES = plan_features(TABLE, exclude=["spam"], candidate=BOOSTED).features
QUICK = {"gradient_boosting": {"max_iter": 5}}
"""Options with which fitting takes little: what is told of a model does not depend on how long it learned."""

LEARNED = [(name, kind) for name, known in ALGORITHMS.items() for kind in known.kinds]


def answers(kind):
    """Something to learn of the mails: spam, one of three classes, or a number."""
    spam = labels(TABLE).astype(int)
    third = np.arange(len(spam)) % 3
    return {"binary": spam, "multiclass": np.where(spam, 2, third % 2), "regression": spam + 0.1 * third}[
        kind
    ]


WITHOUT_TEXT = tuple(feature for feature in FEATURES if feature.role != "text")


@pytest.mark.filterwarnings("ignore:.*L-BFGS-B:DeprecationWarning")  # scikit-learn 1.7 on SciPy 1.16
@pytest.mark.parametrize(
    "features",
    [FEATURES, WITHOUT_TEXT, FEATURES[:1], (Feature("format", "category"),), (Feature("body", "text"),)],
)
@pytest.mark.parametrize(("algorithm", "kind"), LEARNED)
def test_the_short_way_gives_what_scikit_learn_gives_to_the_last_bit(algorithm, kind, features):
    array = matrix(TABLE, features)
    fitted = pipeline(algorithm, features, QUICK.get(algorithm, {}), 0, kind).fit(array, answers(kind))
    given = fitted.predict(array) if kind == "regression" else fitted.predict_proba(array)
    assert np.array_equal(given, (numbers if kind == "regression" else probabilities)(fitted, array))


def test_the_steps_and_the_final_estimators_are_the_promised_ones():
    linear = pipeline("logistic_regression", FEATURES, {"C": 0.5}, 0)
    boosted = pipeline("gradient_boosting", FEATURES, {"max_iter": 7}, 3)

    assert ["prepare", "model"] == list(linear.named_steps) == list(boosted.named_steps)
    assert isinstance(linear["model"], LogisticRegression)
    assert isinstance(boosted["model"], HistGradientBoostingClassifier)
    assert (0.5, 7, 3) == (linear["model"].C, boosted["model"].max_iter, boosted["model"].random_state)


def test_boosting_treats_categories_as_categories_and_not_as_numbers():
    features = (Feature("size", "number"), Feature("format", "category"))
    fitted = pipeline("gradient_boosting", features, QUICK["gradient_boosting"], 0).fit(
        matrix(TABLE, features), labels(TABLE)
    )
    assert [True, False] == fitted["model"].is_categorical_.tolist()


@pytest.mark.parametrize(("algorithm", "kind"), LEARNED)
def test_a_category_never_seen_and_an_unknown_one_are_answered(algorithm, kind):
    features = (Feature("links", "number"), Feature("format", "category"))
    fitted = pipeline(algorithm, features, QUICK.get(algorithm, {}), 0, kind).fit(
        matrix(TABLE, features), answers(kind)
    )
    strange = pa.table({"links": [1, None, 10**12], "format": ["morse", None, "html"]})
    found = (numbers if kind == "regression" else probabilities)(fitted, matrix(strange, features))
    assert np.isfinite(found).all()


def test_the_algorithms_are_those_that_product_yaml_knows():
    assert set(get_args(Algorithm)) == set(ALGORITHMS)


@pytest.mark.parametrize(("algorithm", "kind"), LEARNED)
def test_every_option_in_the_table_belongs_to_the_estimator_and_every_range_to_an_option(algorithm, kind):
    known = ALGORITHMS[algorithm]
    options = set(known.options_for(kind))
    assert options <= set(pipeline(algorithm, FEATURES, {}, 0, kind)["model"].get_params())
    assert set(known.ranges) <= options


@pytest.mark.parametrize(
    ("algorithm", "kind", "fit"),
    [
        ("logistic_regression", "regression", "linear_regression, gradient_boosting"),
        ("linear_regression", "multiclass", "logistic_regression, gradient_boosting"),
    ],
)
def test_an_algorithm_that_cannot_learn_such_answers_is_refused_with_those_that_can(algorithm, kind, fit):
    with pytest.raises(InputError, match=fit) as caught:
        pipeline(algorithm, FEATURES, {}, 0, kind)
    assert "model.algorithm" == caught.value.problem.code


def test_numbers_have_no_weights_of_classes():
    with pytest.raises(InputError, match="class_weight"):
        pipeline("gradient_boosting", FEATURES, {"class_weight": "balanced"}, 0, "regression")


@pytest.mark.parametrize(
    ("code", "remedy", "algorithm", "options"),
    [
        ("model.option", "Did you mean 'max_iter'?", "gradient_boosting", {"max_iters": 3}),
        ("model.option", "C, class_weight", "logistic_regression", {"learning_rate": 0.1}),
        ("model.algorithm", "Did you mean 'logistic_regression'?", "logistic_regresion", {}),
        ("model.algorithm", "gradient_boosting, linear_regression, logistic_regression", "xyz", {}),
    ],
)
def test_unknown_names_are_answered_with_the_nearest_one(code, remedy, algorithm, options):
    with pytest.raises(InputError) as caught:
        pipeline(algorithm, FEATURES, options, 0)
    assert code == caught.value.problem.code
    assert remedy in caught.value.problem.remedy
