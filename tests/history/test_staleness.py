"""A verdict is stale where the claim, the data, a model or the code is not what it was, and only there."""

from __future__ import annotations

import pytest

from shipworthy.history import Inputs, stale_verdicts
from shipworthy.spec.changes import Edit, SpecChanges
from tests.sign.decisions import verdict

VERDICTS = [
    verdict("logistic", "recall >= 0.50", "met"),
    verdict("logistic", "precision >= 0.50", "met"),
    verdict("keywords", "recall >= 0.50", "missed"),
]
MODELS: dict[str, str | None] = {
    "logistic": "v1",
    "keywords": "v1",
    "grade.own": "g1",
    "attacks.keywords": "a1",
}
THEN = Inputs({"examples": "f00"}, MODELS, "0.1.0")
NOTHING = SpecChanges((), (), ())


def stale(now=THEN, changes=NOTHING):
    return [
        (each.candidate, each.requirement.split()[0]) for each in stale_verdicts(VERDICTS, THEN, now, changes)
    ]


def now(**changed):
    return Inputs(
        changed.get("data", THEN.data),
        {**MODELS, **changed.get("models", {})},
        changed.get("code", THEN.code),
    )


ALL = [("logistic", "recall"), ("logistic", "precision"), ("keywords", "recall")]


def test_where_nothing_changed_nothing_is_stale():
    assert [] == stale()


@pytest.mark.parametrize(
    "changed", [{"data": {"examples": "f01"}}, {"code": "0.2.0"}, {"models": {"grade.own": "g2"}}]
)
def test_data_code_and_graders_touch_every_verdict(changed):
    assert ALL == stale(now(**changed))


def test_another_model_touches_its_own_verdicts_alone():
    assert ALL[:2] == stale(now(models={"logistic": "v2"}))
    assert ALL[2:] == stale(now(models={"attacks.keywords": "a2"}))


def test_a_model_that_is_gone_is_stale_and_one_that_cannot_be_looked_at_is_not():
    gone = Inputs(
        THEN.data, {name: version for name, version in MODELS.items() if name != "logistic"}, "0.1.0"
    )
    assert ALL[:2] == stale(gone)
    assert [] == stale(now(models={"logistic": None}))
    assert [] == stale(Inputs({"examples": None}, None, "0.1.0"))


def test_a_claim_that_is_gone_is_stale():
    assert [ALL[1]] == stale(changes=SpecChanges((), ("precision >= 0.50",), ()))


@pytest.mark.parametrize(
    ("path", "touched"),
    [
        ("candidates.logistic.chat.model", ALL[:2]),
        ("predicts.positive", ALL),
        ("data.examples.weight", ALL),
        ("data.split.test", ALL),
        ("value.false_positive", ALL),
        ("value.volume", []),
        ("data.examples.owner", []),
        ("data.production.source", []),
        ("owner", []),
        ("roadmap.starts", []),
    ],
)
def test_an_edit_of_the_file_touches_what_rests_on_it(path, touched):
    assert touched == stale(changes=SpecChanges((), (), (Edit(path, "a", "b"),)))


def test_every_reason_is_told():
    [*_, found] = stale_verdicts(VERDICTS, THEN, now(models={"keywords": "v2"}, code="0.2.0"), None)
    assert (
        "Shipworthy 0.1.0 judged it, this is 0.2.0",
        "keywords is another version: v1 -> v2",
    ) == found.because
