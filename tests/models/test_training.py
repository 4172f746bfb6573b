"""Training finds what is there to find, gives the same numbers twice, and refuses what cannot be learned from."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from sklearn.metrics import roc_auc_score
from threadpoolctl import threadpool_limits

from shipworthy.errors import InputError
from shipworthy.models.training import train
from shipworthy.spec.model import Candidate
from tests.models.mail import BOOSTED, LOGISTIC, labels, mail

TABLE = mail(1000, seed=1)
FRESH = mail(1000, seed=2)


def trained(candidate, table=TABLE, seed=0, **more):
    return train(candidate, table, labels(table), exclude=["spam", "id"], seed=seed, **more)


@pytest.mark.parametrize("candidate", [LOGISTIC, BOOSTED])
def test_a_model_ranks_fresh_rows_well_and_knows_what_it_was_made_of(candidate):
    model = trained(candidate)
    scores = model.scores(FRESH)

    assert roc_auc_score(labels(FRESH), scores) > 0.9
    assert (np.float64, (1000,)) == (scores.dtype, scores.shape)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert (candidate.train, 1000, labels(TABLE).sum()) == (model.algorithm, model.rows, model.positives)
    assert ["size", "links", "urgent", "format", "body", "sent"] == [
        feature.column for feature in model.features
    ]
    assert model.notes == ()


@pytest.mark.parametrize(
    "candidate", [LOGISTIC, BOOSTED, Candidate(train="gradient_boosting", tune="2 trials")]
)
def test_the_same_rows_give_the_same_numbers_whatever_the_number_of_threads(candidate):
    with threadpool_limits(1):
        alone = trained(candidate).scores(FRESH)
    assert np.array_equal(alone, trained(candidate).scores(FRESH))


@pytest.mark.parametrize("candidate", [LOGISTIC, BOOSTED])
def test_a_row_scores_the_same_alone_and_among_others(candidate):
    model = trained(candidate)
    among = model.scores(FRESH)[:20]
    alone = [model.scores(FRESH.slice(row, 1))[0] for row in range(20)]
    np.testing.assert_allclose(alone, among, rtol=1e-12)


def test_no_rows_have_no_scores():
    assert (0,) == trained(LOGISTIC).scores(FRESH.slice(0, 0)).shape


def test_chunks_and_the_order_of_columns_do_not_matter():
    model = trained(BOOSTED)
    chunked = pa.concat_tables([FRESH.slice(0, 300), FRESH.slice(300)])
    turned = chunked.select(FRESH.column_names[::-1])
    assert np.array_equal(model.scores(FRESH), model.scores(turned))


def test_logistic_regression_finds_the_coefficients_that_made_the_labels():
    rng = np.random.default_rng(5)
    x, other = rng.normal(size=(2, 20_000))
    answers = rng.random(20_000) < 1 / (1 + np.exp(-(0.5 + 2 * x - other)))
    model = train(LOGISTIC, pa.table({"x": x, "other": other}), answers, exclude=(), seed=0)
    np.testing.assert_allclose([2, -1], model.estimator["model"].coef_[0], atol=0.1)
    np.testing.assert_allclose(0.5, model.estimator["model"].intercept_[0], atol=0.1)


def test_a_search_that_stops_early_is_noted_and_not_shouted():
    model = trained(Candidate(train="logistic_regression", options={"max_iter": 1}))
    assert 1 == len(model.notes)
    assert "converge" in model.notes[0]


def test_labels_may_be_numbers_and_options_are_recorded_with_their_defaults():
    model = train(
        Candidate(train="gradient_boosting", options={"max_iter": 5}), TABLE, labels(TABLE).astype(float),
        exclude=["spam"], seed=0,
    )  # fmt: skip
    assert (5, 0.1) == (model.options["max_iter"], model.options["learning_rate"])


@pytest.mark.parametrize(
    ("answers", "found"), [(np.zeros(1000), "all 1000 are negative"), (np.ones(1000), "positive")]
)
def test_one_kind_of_row_is_refused(answers, found):
    with pytest.raises(InputError, match=found) as caught:
        train(LOGISTIC, TABLE, answers, exclude=["spam"], seed=0)
    assert "data.one_class" == caught.value.problem.code


def test_no_rows_are_refused():
    with pytest.raises(InputError, match="there are none"):
        train(LOGISTIC, TABLE.slice(0, 0), [], exclude=["spam"], seed=0)


@pytest.mark.parametrize("answers", [np.zeros(3), np.full(1000, np.nan), np.full(1000, 2)])
def test_labels_that_are_no_labels_are_a_mistake_of_the_caller(answers):
    with pytest.raises(ValueError, match="true or false"):
        train(LOGISTIC, TABLE, answers, exclude=["spam"], seed=0)


@pytest.mark.parametrize("options", [{"C": -1.0}, {"C": "much"}, {"max_iter": -1}])
def test_a_wrong_value_of_an_option_is_the_persons_to_correct(options):
    with pytest.raises(InputError, match=next(iter(options))) as caught:
        trained(Candidate(train="logistic_regression", options=options))
    assert "model.option" == caught.value.problem.code


@pytest.mark.parametrize("candidate", [LOGISTIC, BOOSTED])
def test_texts_without_common_words_are_refused_with_the_way_out(candidate):
    bodies = [f"word{number}a word{number}b word{number}c and" for number in range(60)]
    table = pa.table({"x": np.arange(60) / 7, "body": [text.removesuffix(" and") for text in bodies]})
    with pytest.raises(InputError, match="body") as caught:
        train(candidate, table, np.arange(60) % 2, exclude=(), seed=0)
    assert "model.few_words" == caught.value.problem.code
