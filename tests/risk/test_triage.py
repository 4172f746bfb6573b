"""Uses whose tier is known in advance, each with the one fact that flips it; what is not known stays open."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.evidence.risks import Tier
from shipworthy.risk import triage
from shipworthy.risk.editions import data_of
from shipworthy.risk.triage import GRAVITY
from shipworthy.spec.triage import Triage
from tests.risk.products import CHAT, SPAM, product

NO = dict.fromkeys(Triage.model_fields, "no") | {"reaches_eu": "yes"}
CASES = {
    "a spam filter": (SPAM, {}, "minimal", {"emotions_at_work": "yes"}, "prohibited"),
    "a recommender of films": (SPAM, {}, "minimal", {"manipulates": "yes"}, "prohibited"),
    "credit scoring": (SPAM, {"essential_services": "yes"}, "high_risk", {"reaches_eu": "no"}, "outside"),
    "a list that a clerk of the bank sorts by": (
        SPAM, {"essential_services": "yes", "narrow_task": "yes"}, "minimal", {"profiles_people": "yes"}, "high_risk",
    ),
    "a chat assistant of a shop": (CHAT, {"faces_people": "yes"}, "transparency", {"employment": "yes"}, "high_risk"),
    "emotion inference at work": (SPAM, {"emotions_at_work": "yes"}, "prohibited", {"emotions_at_work": "no"}, "minimal"),
    "ranking of applicants": (SPAM, {"employment": "yes"}, "high_risk", {"employment": "no"}, "minimal"),
    "marks of an exam": (SPAM, {"education": "yes"}, "high_risk", {"narrow_task": "yes"}, "minimal"),
    "a score of how people behave": (SPAM, {"social_scoring": "yes"}, "prohibited", {"social_scoring": "no"}, "minimal"),
    "faces scraped from the web": (SPAM, {"scrapes_faces": "yes"}, "prohibited", {"reaches_eu": "no"}, "outside"),
    "the brake of a lift": (SPAM, {"safety_component": "yes"}, "high_risk", {"safety_component": "no"}, "minimal"),
    "a certified brake with a narrow task": (
        SPAM, {"safety_component": "yes", "narrow_task": "yes"}, "high_risk", {"safety_component": "no"}, "minimal",
    ),
    "a camera that guesses moods of visitors": (
        SPAM, {"reads_emotions": "yes", "biometrics": "yes"}, "high_risk", {"biometrics": "no"}, "transparency",
    ),
    "pictures without consent": (SPAM, {"intimate_imagery": "yes"}, "prohibited", {"intimate_imagery": "no"}, "minimal"),
    "asylum files": (SPAM, {"migration": "yes"}, "high_risk", {"live_face_search": "yes"}, "prohibited"),
}  # fmt: skip


def tier(base, **facts):
    return triage(
        product(base, triage={**NO, **({"generates_content": "yes"} if base is CHAT else {}), **facts})
    )


@pytest.mark.parametrize(("base", "facts", "key", "flip", "then"), CASES.values(), ids=CASES)
def test_the_tier_is_that_of_the_key_and_one_fact_flips_it(base, facts, key, flip, then):
    found = tier(base, **facts)
    assert (key, ()) == (found.tier, found.questions)
    assert found.because or key == "minimal"
    assert then == tier(base, **{**facts, **flip}).tier


def test_every_tier_has_a_case():
    assert set(GRAVITY) == {case[2] for case in CASES.values()} | {case[4] for case in CASES.values()}


def test_a_chat_candidate_is_faced_by_people_without_anybody_saying_so():
    found = triage(product(CHAT))
    assert ("transparency", True) == (found.tier, found.fact("faces_people").answer)
    assert "candidates.model.chat" in found.fact("faces_people").source
    assert any("Article 50(1)" in each for each in found.because)


def test_what_the_file_states_goes_before_what_follows_from_its_kind():
    assert (
        "minimal"
        == triage(product(CHAT, triage={**NO, "faces_people": "no", "generates_content": "no"})).tier
    )


def test_with_nothing_known_every_graver_tier_stays_open():
    found = triage(product())
    assert ("minimal", "prohibited", False) == (found.tier, found.most, found.settled)
    assert "reaches_eu" in found.questions
    assert {"prohibited", "high_risk"} <= {found.fact(name).tier for name in found.questions}


@pytest.mark.parametrize("word", ["unknown", None])
def test_unknown_is_the_same_as_unsaid(word):
    said = {key: value for key, value in {**NO, "employment": word}.items() if value is not None}
    found = triage(product(triage=said))
    assert (("employment",), "high_risk") == (found.questions, found.most)


def test_a_question_is_asked_only_where_its_answer_could_make_it_graver():
    found = triage(product(triage={"essential_services": "yes", "reaches_eu": "yes"}))
    assert {"prohibited"} == {found.fact(name).tier for name in found.questions}


FREE = [name for name in Triage.model_fields if name not in ("reaches_eu", "narrow_task", "profiles_people")]


@given(st.fixed_dictionaries({name: st.sampled_from(["yes", "no", "unknown"]) for name in FREE}), st.data())
def test_whatever_the_unknown_facts_turn_out_to_be_the_tier_is_in_the_range_that_was_told(said, data):
    found = triage(product(triage={"reaches_eu": "yes", **said}))
    unknown = [name for name in FREE if found.fact(name).answer is None]
    turned = {name: data.draw(st.sampled_from(["yes", "no"])) for name in unknown}
    then = triage(product(triage={"reaches_eu": "yes", **said, **turned}))
    order = GRAVITY.index
    assert order(found.tier) <= order(then.tier) <= order(found.most)
    if not set(found.questions) & {name for name, word in turned.items() if word == "yes"}:
        assert found.tier == then.tier


def test_duties_of_a_lower_tier_hold_beside_those_of_a_graver_one():
    found = tier(CHAT, employment="yes", faces_people="yes")
    assert ("high_risk", ("transparency",)) == (found.tier, found.also)
    assert ["high_risk", "transparency"] == [rule.tier for rule in found.rules]


def test_dates_on_which_sources_differ_are_told_beside_each_other():
    [rule] = tier(SPAM, employment="yes").rules
    assert {"2026-08-02", "2027-12-02"} <= set(" ".join(rule.dates).replace(",", "").split())
    assert rule.conflicts


def test_a_stated_no_that_the_facts_deny_is_told():
    found = triage(product(triage={**NO, "social_scoring": "yes"}, frame={"prohibited": "no"}))
    assert any("frame.prohibited" in note for note in found.notes)


def test_the_questions_of_the_file_are_those_of_the_edition():
    assert list(Triage.model_fields) == list(data_of("eu_ai_act")["facts"])
    assert {each["tier"] for each in data_of("eu_ai_act")["facts"].values() if "tier" in each} < set(
        get_args(Tier)
    )
