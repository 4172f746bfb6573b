"""The first rule that fires decides; what is not known keeps an answer open only where it matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.frame import framing, questions
from shipworthy.frame.answer import answer
from shipworthy.frame.inputs import SORTS
from shipworthy.frame.modelling import not_proved
from shipworthy.frame.rules import RULES
from tests.frame.decisions import PLAIN, decision


def values(name):
    sort = SORTS[name]
    if sort.words:
        return st.sampled_from(sort.words)
    middle = float(PLAIN.get(name, 0.0))
    low, high = max(sort.low, -1e6), min(sort.high, 1e6)
    near = st.sampled_from([middle, middle * 0.1, middle * 10]).map(lambda value: min(max(value, low), high))
    return near | st.floats(low, high)


@st.composite
def decisions(draw, *, unknown=False):
    names = draw(st.lists(st.sampled_from(sorted(PLAIN)), unique=True, max_size=12))
    changed = {name: draw(st.none() | values(name) if unknown else values(name)) for name in names}
    changed["months"] = 12.0
    return decision(**changed)


@given(decisions())
def test_where_everything_can_be_said_the_first_rule_that_fires_decides(found):
    if found.word("rule_suffices") == "undecided":
        found = found.having(decision(rule_suffices="no").of("rule_suffices"))
    fired = [rule for rule in RULES if rule.asked(found).fired]
    expected = fired[0].answer if fired else "people"
    assert expected == answer(found).route


@given(decisions(unknown=True))
def test_a_rule_that_cannot_be_said_keeps_all_after_it_from_deciding(found):
    asked = [rule.asked(found) for rule in RULES]
    first = next((each for each in asked if each.fired is not False), None)
    said = answer(found)
    if first is None:
        assert "people" == said.route
    elif first.fired:
        assert (first.answer, first) == (said.route, said.rule)
    else:
        assert ("open", first) == (said.route, said.rule)
        assert first.missing


@given(decisions(unknown=True), st.data())
def test_what_is_not_known_cannot_flip_an_answer_that_is_decided(found, data):
    said = answer(found)
    unknown = [each.name for each in found.all if each.value is None and each.name in PLAIN]
    if said.route == "open" or not unknown:
        return
    name = data.draw(st.sampled_from(unknown))
    told = decision(**{name: data.draw(values(name))}).of(name)
    assert said.route == answer(found.having(told)).route


def test_every_rule_is_told_whether_it_fired_or_not():
    assert [rule.id for rule in RULES] == [each.id for each in framing(decision()).rules]
    assert all(each.why for each in framing(decision()).rules)


def test_an_unknown_input_is_asked_for_and_named():
    found = framing(decision(build_cost=None, agreement=None))
    assert ("open", "F2") == (found.answer, found.rule)
    assert ("build_cost", "agreement") == found.questions
    assert "not known: build_cost" == found.because
    assert "predictive" == found.leads_to


def test_nothing_is_asked_beyond_the_rule_that_decides():
    assert () == questions(decision(prohibited="yes", build_cost=None, price=None))


def test_an_unknown_input_that_another_one_makes_pointless_is_not_asked_for():
    assert "specifiable" not in questions(decision(essential="no", specifiable=None, agreement=None))


def test_a_range_that_leaves_a_rule_open_is_named():
    found = framing(decision(build_cost=(100_000.0, 500_000.0)))
    assert ("open", "F2", ("build_cost",)) == (found.answer, found.rule, found.questions)
    assert "too close while build_cost is a range" in found.because


def test_a_range_that_decides_either_way_is_no_obstacle():
    assert "predictive" == answer(decision(build_cost=(10_000.0, 100_000.0))).route


def test_where_no_rule_speaks_for_a_machine_people_keep_it():
    lasting = decision(
        rule_suffices="undecided", rule_edits=0.0, labels_keep_up="no", budget=1.0, cheap_cost=1.0
    )
    found = framing(lasting)
    assert ("people", None) == (found.answer, found.rule)


def test_a_generated_answer_is_a_draft_while_anything_is_not_proved():
    found = framing(decision(output="open", checker="no"))
    assert ("generative", True, "suggest") == (found.answer, found.drafts, found.level)
    for lacking in ("grounding", "checker", "judge", "misuse_bounded"):
        assert 1 == len(not_proved(decision(output="open", **{lacking: None})))
    assert ("answers within the time that is allowed",) == not_proved(decision(latency=2_000.0))
    assert not framing(decision(output="open")).drafts


def test_what_is_missing_is_told_with_rows_money_and_weeks():
    found = framing(decision(labels=40.0))
    assert "collect_first" == found.answer
    assert "60 more, among 600 rows to label, $300, 0.6 weeks" in found.because


def test_the_share_that_the_dear_model_may_see_is_told():
    """(budget per decision - cheap) / dear = (0.002 - 0.0005) / 0.01 = 15 %."""
    found = framing(decision(output="open", volume=1_000_000.0))
    assert "may pass on 15 % of decisions" in found.because


def test_labels_must_go_on_coming_where_what_is_learnt_does_not_last():
    assert "must go on coming" in framing(decision(drift_half_life=3.0)).because


def test_a_conventional_number_decides_only_as_the_inputs_say():
    assert "define_first" == answer(decision(agreement=0.7, least_agreement=0.75)).route


def test_what_it_is_worth_is_what_it_would_gain_beyond_today():
    """100,000 a month, a tenth positive, 3 between found and missed: 12 months are 360,000."""
    found = framing(decision())
    assert found.worth == pytest.approx((360_000.0, 360_000.0))
    assert (110_000.0, 110_000.0) == found.cost
    assert framing(decision(value_perfect=0.5, value_today=0.2)).worth == pytest.approx(
        (360_000.0, 360_000.0)
    )
