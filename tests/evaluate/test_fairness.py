"""Protected columns are looked at unasked, and mitigated candidates know what they are held against."""

from __future__ import annotations

import pytest

from shipworthy.evaluate import counterpart, fairness, mitigation, questions, with_fairness
from shipworthy.evaluate.fairness import CRITERIA, RATES
from tests.evaluate.products import product

KNOWN = {"sex": ["f", "m"], "age": ["old", "young"], "town": [str(at) for at in range(30)]}


def found(*columns, one_by_one=False, requirements=(), **sections):
    given = product(*requirements, protected=list(columns), **sections)
    return given, fairness(given, KNOWN, one_by_one=one_by_one)


def named(found):
    return [(str(definition.metric), by) for definition, by in found.estimated]


def test_without_protected_columns_nothing_is_asked():
    assert [] == named(found()[1])


def test_a_protected_column_is_asked_for_every_criterion_and_every_rate_of_its_groups():
    expected = [*((f"{name}(sex)", ()) for name in CRITERIA), *((name, ("sex",)) for name in RATES)]
    assert expected == named(found("sex")[1])


def test_pairs_of_protected_columns_are_crossed():
    asked = named(found("sex", "age")[1])
    assert ("equalised_odds(sex, age)", ()) in asked
    assert ("recall", ("age", "sex")) in asked


def test_a_pair_of_too_many_groups_is_left_out_and_said_to_be():
    _, asked = found("sex", "town")
    assert not [name for name, by in named(asked) if "sex, town" in name or len(by) == 2]
    assert (
        "fairness: not reported for sex x town, as they have more than 40 groups; a requirement may still name them",
    ) == asked.notes


def test_pairs_are_left_out_where_each_costs_a_pass_over_the_units():
    _, asked = found("sex", "age", one_by_one=True)
    assert "as units hold several rows" in asked.notes[0]


def test_a_column_with_one_group_is_not_asked_for():
    assert [] == named(fairness(product(protected=["sex"]), {"sex": ["f"]}))


def test_what_a_requirement_asks_already_is_asked_once():
    given, asked = found("sex", requirements=["equalised_odds(sex) <= 0.1"])
    together = with_fairness(questions(given), asked)
    texts = [(str(definition.metric), by) for definition, by in together.estimated]
    assert len({*texts}) == len(texts)


PLAIN = {"train": "logistic_regression", "drop": ["x"]}
CANDIDATES = {
    "other": {"train": "logistic_regression"},
    "plain": {**PLAIN, "cost": 0.1},
    "weighed": {**PLAIN, "reweigh": "sex"},
    "both": {**PLAIN, "reweigh": "sex", "thresholds_by": "sex", "equalise": "recall"},
    "by_value": {**PLAIN, "thresholds_by": "format"},
    "by_sex": {**PLAIN, "thresholds_by": "sex"},
    "alone": {"train": "gradient_boosting", "reweigh": "sex"},
    "unsure": {**PLAIN, "abstain": {"error": "5 %"}},
}


@pytest.mark.parametrize(
    ("name", "how", "plain"),
    [
        ("plain", "", ""),
        ("weighed", "reweigh: sex", "plain"),
        ("both", "reweigh: sex, thresholds_by: sex, equalise: recall", "plain"),
        ("by_value", "", ""),
        ("by_sex", "thresholds_by: sex", "plain"),
        ("alone", "reweigh: sex", ""),
        ("unsure", "", ""),
        ("baseline", "", ""),
    ],
)
def test_a_mitigated_candidate_is_held_against_the_same_one_without_it(name, how, plain):
    given = product(candidates=CANDIDATES, protected=["sex"])
    assert how == mitigation(given, name)
    assert plain == counterpart(given, name)
