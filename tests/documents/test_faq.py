"""The FAQ: each question is answered from records, or says what to run so that it can be."""

from dataclasses import replace

import pytest

from shipworthy.documents.sources import Sources
from shipworthy.evidence.explanation import Explained, Explanation
from tests.documents import beside, papers

QUESTIONS = 23


def faq(given=None):
    return papers.paper("faq", given or papers.sources()).markdown()


def answers(text, asked):
    """The answers to one question."""
    return text.split(f"### {asked}", 1)[1].split("\n###", 1)[0].split("\n##", 1)[0]


def without(*verbs):
    given = papers.sources()
    return Sources(given.product, {verb: each for verb, each in given.records.items() if verb not in verbs})


def test_every_question_has_an_answer():
    parts = faq().split("\n### ")[1:]
    assert QUESTIONS == len(parts)
    assert all("\n- " in part for part in parts)


@pytest.mark.parametrize(
    ("verb", "asked", "command"),
    [
        ("decide", "How often is it wrong?", "shipworthy decide"),
        ("audit", "Which data is it judged on", "shipworthy audit"),
        ("risks", "What does the law ask?", "shipworthy risks"),
        ("explain", "Can it say why", "shipworthy explain"),
        ("sign", "Who decides?", "shipworthy sign"),
        ("frame", "Does it need a model at all?", "shipworthy frame"),
    ],
)
def test_a_question_without_a_record_says_what_to_run(verb, asked, command):
    found = answers(faq(without(verb)), asked)
    assert "▹ Not known" in found
    assert f"run {command}" in found


def test_without_any_record_everything_still_has_an_answer():
    text = faq(Sources(papers.sources().product, {}))
    assert QUESTIONS == len(text.split("\n### ")[1:])
    assert "▹ Not known: whether it is fit to ship. To fill this in, run shipworthy decide." in text


def test_mistakes_cost_what_value_says_at_its_volume():
    found = answers(faq(), "What does a mistake cost?")
    assert "Each of the messages wrongly taken for spam costs $0.10; together about $" in found


def test_rates_are_told_in_cases_without_money_and_time():
    found = answers(faq(), "How often is it wrong?")
    assert "Of 1,000 messages that are spam" in found
    assert "decisions are worth" not in found
    assert "ms" not in found


def test_what_finding_nearly_all_would_take_is_told():
    found = answers(faq(), "Why is it not right every time?")
    assert "of 100 messages that are not spam would be moved to the spam folder by mistake" in found
    assert "candidates none finds more than" in found


def test_who_signed_against_the_evidence_and_who_thinks_otherwise_stand_together():
    found = answers(faq(), "Who decides?")
    assert "▪ Ada Lovelace signed on 2026-11-22: Ship logistic, because the deadline." in found
    assert "▪ That is against the evidence, which says: not yet." in found
    assert "▪ Grace \\*Hopper\\* thinks otherwise: it is too early." in found
    assert "▪ the desk of Lovelace may turn it off." in answers(faq(), "Who can stop it?")


def test_drivers_are_told_with_their_intervals():
    found = answers(faq(), "Can it say why")
    assert "dollar, by 0.083 (0.058 to 0.107); winner and format, by 0.010." in found


@pytest.mark.parametrize(
    ("each", "words"),
    [
        (Explained("logistic", "rule", "", rule="dollar > 2"), "▪ Yes: it is a rule, and every answer follows from it: dollar"),
        (Explained("logistic", "chat", "", cannot="It is a recording.", instead=("Ask its maker.",)), "▪ No. It is a recording. Instead: Ask its maker."),
    ],
)  # fmt: skip
def test_a_rule_explains_itself_and_a_recording_does_not(each, words):
    given = papers.sources()
    assert given.decided is not None
    version = given.decided[1].facts("logistic").version
    record = replace(given.records["explain"], explanation=Explanation((replace(each, version=version),)))
    found = faq(Sources(given.product, {**given.records, "explain": record}))
    assert words in answers(found, "Can it say why")


def test_an_explanation_of_another_version_is_not_told():
    given = papers.sources()
    other = Explanation((Explained("logistic", "rule", "another", rule="dollar > 2"),))
    record = replace(given.records["explain"], explanation=other)
    found = answers(faq(Sources(given.product, {**given.records, "explain": record})), "Can it say why")
    assert "dollar" not in found
    assert "present version" in found


def test_triggered_risks_are_told_with_who_answers():
    found = answers(faq(), "Which risks are known")
    assert "Unfair gap between groups: missed: gap. Grace \\*Hopper\\* answers for it." in found
    assert "Rights unknown: nobody said for how long. Nobody answers for it." in found
    assert (
        f"{len([row for row in beside.ROWS if row.standing == 'not_measured'])} risks are not measured"
        in found
    )
