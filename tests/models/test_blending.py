"""Rows of which each column may come from another row, as a trained model sees them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from shipworthy.explain.blend import whole
from shipworthy.models.blending import Blend
from shipworthy.models.training import train
from shipworthy.spec.model import Candidate
from shipworthy.spec.task import BINARY, Task
from tests.models.mail import BOOSTED, LOGISTIC, labels, mail

TABLE, FRESH = mail(400, seed=1), mail(60, seed=2)
COLUMNS = ["size", "links", "urgent", "format", "body", "sent"]
KINDS = {
    "binary": BINARY,
    "multiclass": Task("multiclass", ("html", "plain", "rich")),
    "regression": Task("regression"),
}


def learned(kind, algorithm):
    """A model of each kind over the same mail: spam, the format, or the number of links."""
    target = {"binary": "spam", "multiclass": "format", "regression": "links"}[kind]
    table = TABLE.filter(TABLE["format"].is_valid())
    name = {("regression", "linear"): "linear_regression", ("regression", "boosted"): "gradient_boosting"}
    candidate = {"linear": LOGISTIC, "boosted": BOOSTED}[algorithm]
    candidate = Candidate(train=name[kind, algorithm]) if (kind, algorithm) in name else candidate
    values = table[target].to_numpy(zero_copy_only=False)
    return train(candidate, table, values, exclude=["id", "spam", target], seed=0, task=KINDS[kind])


@pytest.fixture(
    scope="module", params=[(kind, how) for kind in KINDS for how in ("linear", "boosted")], ids=str
)
def blend(request):
    return Blend(learned(*request.param), FRESH)


def answered(model, table):
    """What `TrainedModel` itself says: the number, or the share of the likeliest answer (of a yes)."""
    found = model.answers(table)
    return np.asarray(found["prediction" if model.kind == "regression" else "score"], dtype=float)


def shown(blend, origin):
    if blend.model.kind == "regression":
        return blend.answer(origin)
    shares = blend.shares(origin)
    return shares[:, 1] if blend.model.kind == "binary" else shares.max(axis=1)


def test_rows_as_they_are_are_answered_as_the_model_answers_them(blend):
    origin = whole(np.arange(60), len(blend.columns))
    np.testing.assert_allclose(shown(blend, origin), answered(blend.model, FRESH), rtol=1e-9)
    found, expected = blend.answers(origin), blend.model.answers(FRESH)
    assert {name: list(each) for name, each in expected.items()} == {
        name: list(each) for name, each in found.items()
    }


def test_a_mixed_row_is_answered_as_a_table_with_these_values_is(blend):
    """Every column comes from another row, unknown values, dates and texts among them."""
    origin = np.random.default_rng(0).integers(0, 60, (40, len(blend.columns)))
    mixed = pa.table({name: FRESH[name].take(origin[:, at]) for at, name in enumerate(blend.columns)})
    np.testing.assert_allclose(shown(blend, origin), answered(blend.model, mixed), rtol=1e-9)
    found, expected = blend.answers(origin), blend.model.answers(mixed)
    assert list(expected.get("prediction", ())) == pytest.approx(list(found.get("prediction", ())))


def test_what_is_additive_is_the_sum_of_its_parts(blend):
    if not blend.additive:
        return
    origin = whole(np.arange(60), len(blend.columns))
    sums = blend.parts[:, :, 0].sum(axis=1) + blend.constant[0]
    np.testing.assert_allclose(sums, blend.answer(origin), rtol=1e-9)


def test_the_odds_of_a_class_are_those_against_all_others(blend):
    if blend.model.kind == "regression":
        return
    origin = whole(np.arange(60), len(blend.columns))
    share = blend.shares(origin)[:, 1]
    np.testing.assert_allclose(blend.answer(origin, of=1), np.log(share / (1 - share)), rtol=1e-6)


def test_log_loss_is_that_of_the_labels_and_a_class_never_learned_costs_most():
    blend = Blend(learned("binary", "linear"), FRESH)
    origin = whole(np.arange(60), len(blend.columns))
    scores, truth = blend.model.scores(FRESH), labels(FRESH)
    expected = -np.log(np.where(truth, scores, 1 - scores))
    np.testing.assert_allclose(blend.losses(origin, blend.places(truth)), expected, rtol=1e-9)
    several = Blend(learned("multiclass", "boosted"), FRESH)
    unseen = several.places(np.array(["html", "morse"], dtype=object))
    assert [0, -1] == unseen.tolist()
    assert several.losses(whole(np.arange(2), len(several.columns)), unseen)[1] > 30


def test_columns_say_what_they_hold():
    blend = Blend(learned("binary", "boosted"), FRESH)
    kinds = [type(each).__name__ for each in blend.values]
    assert dict(zip(COLUMNS, kinds, strict=True)) == {
        "size": "ndarray", "links": "ndarray", "urgent": "ndarray", "format": "tuple", "body": "NoneType", "sent": "ndarray",
    }  # fmt: skip
    assert (True, True, False, False, False, True) == blend.movable
