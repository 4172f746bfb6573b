"""Reasons as a part of a model's interface: the same codes for every row, withheld where they cannot be trusted."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from shipworthy.explain.trust import FAITHFUL, STABLE
from shipworthy.models.reasons import Reasoned, naming_of
from shipworthy.models.training import train
from shipworthy.spec.model import Candidate
from tests.models.mail import LOGISTIC, labels, mail

TABLE, FRESH = mail(400, seed=1), mail(8, seed=2)


def reasoned(candidate, table, answers, **more):
    model = train(candidate, table, answers, exclude=["id", "spam", "label"], seed=0)
    return Reasoned(model, table, naming_of(model, **more))


@pytest.fixture(scope="module")
def served():
    return reasoned(
        LOGISTIC,
        TABLE,
        labels(TABLE),
        sentences={"body": ("words that baits have", "no bait")},
        protected=["urgent"],
    )


def test_every_row_gets_its_reasons_and_they_add_up_to_its_score(served):
    found = served.reasons(FRESH)
    scores = served.model.scores(FRESH)
    np.testing.assert_allclose([each.value for each in found], np.log(scores / (1 - scores)))
    assert {3} == {len(each.reasons) for each in found if not each.withheld}


def test_a_row_has_the_same_reasons_alone_and_among_others(served):
    among = served.reasons(FRESH)
    assert among[5] == served.reasons(FRESH.slice(5, 1))[0]


def test_codes_sentences_and_protection_are_those_of_the_column(served):
    named = {each.column: each for row in served.reasons(FRESH) for each in row.reasons}
    said = "words that baits have" if named["body"].contribution > 0 else "no bait"
    assert ("BODY", said, False) == (
        named["body"].code, named["body"].sentence, named["body"].protected,
    )  # fmt: skip
    assert all(each.protected == (column == "urgent") for column, each in named.items())


def test_a_model_that_memorised_noise_gives_few_reasons():
    """Trees grown to single rows on labels without meaning: what they say of one row says nothing of the next."""
    rng = np.random.default_rng(0)
    table = pa.table({name: rng.normal(size=300) for name in "abcdef"})
    wild = Candidate(
        train="gradient_boosting",
        options={"min_samples_leaf": 1, "max_iter": 40, "learning_rate": 0.5, "early_stopping": False},
    )
    plain = table["a"].to_numpy() + rng.normal(size=300) / 4 > 0
    noisy, sane = (reasoned(wild, table, answers) for answers in (rng.random(300) < 0.5, plain))
    rows = table.slice(0, 12)
    withheld = [np.mean([bool(each.withheld) for each in served.reasons(rows)]) for served in (noisy, sane)]
    assert withheld[0] > 0.5 > withheld[1]


def test_what_is_withheld_holds_no_reason(served):
    for each in served.reasons(mail(30, seed=4)):
        trusted = each.stability >= STABLE and each.fidelity >= FAITHFUL
        assert trusted == bool(each.reasons) == (not each.withheld)
