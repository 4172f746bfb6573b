"""The case study: problem, discovery, decision, what was rejected, result and failures, each from records."""

from dataclasses import replace

from shipworthy.documents.sources import Sources
from tests.documents import papers


def study(given=None):
    return papers.paper("case-study", given or papers.sources()).markdown()


def part(text, title):
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_every_part_of_the_story_is_there():
    titles = [line[3:] for line in study().splitlines() if line.startswith("## ")]
    assert [
        "The problem",
        "What was found out first",
        "The decision",
        "What was rejected, and why",
        "The result",
        "What failed",
        "What would come next",
        "What was mine",
    ] == titles


def test_every_other_candidate_is_told_with_why_it_fell_and_the_baseline_is_not_among_them():
    found = part(study(), "What was rejected, and why")
    names = [line.split(" | ")[0].removeprefix("| ") for line in found.splitlines() if line.startswith("| ")][
        1:
    ]
    assert ["keywords", "boosted"] == names
    assert "is missed" in found


def test_the_decision_has_its_reasons_and_its_signature():
    found = part(study(), "The decision")
    assert "Ada Lovelace signed on 2026-11-22" in found
    assert "| `recall >= 0.80` |" in found


def test_what_failed_names_requirements_real_failures_and_the_incident():
    found = part(study(), "What failed")
    assert " is missed: " in found or " is undecided: " in found
    assert "m-77 fails “grounded”" in found
    assert "Incident 2, “You bury mails of Lovelace”, is open" in found


def test_the_part_of_its_author_is_left_to_them():
    assert "▹ Not known: which part of this was yours" in part(study(), "What was mine")


def test_it_needs_nothing_but_the_decision():
    given = papers.sources()
    text = study(Sources(given.product, {"decide": given.records["decide"]}))
    assert "▹ **The data**: Not known: whether they are fit to judge with." in text


def test_a_case_that_shipped_says_why_others_that_meet_everything_were_not_taken():
    given = papers.sources()
    record = given.records["decide"]
    assert record.evaluation is not None
    verdicts = tuple(replace(each, verdict="met") for each in record.evaluation.verdicts)
    met = replace(record, evaluation=replace(record.evaluation, verdicts=verdicts))
    text = study(Sources(given.product, {"decide": met}))
    assert "It meets everything too, and is not the cheapest that does." in text
