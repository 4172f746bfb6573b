"""Candidates answer inputs that are written otherwise, and are judged by how far that changes what they say."""

from __future__ import annotations

import csv
import json

import pytest

import shipworthy as sw
from shipworthy.errors import InputError

SPAM = ["A prize is waiting. Claim it now.", "You won a prize. Reply today.", "Free prize draw. Call us."]
HAM = [
    "Your parcel came. It is at the door.",
    "Lunch is at one. See you there.",
    "Bring the plan. Thank you.",
]
PRODUCT = """\
product: Mail
predicts: {target: spam, positive: 1, kind: binary}
data:
  examples: {source: mail.csv, id: id}
  split: {by: random, test: 50 %, validation: 20 %}
segments: [sender]
candidates:
  exact_case: {rule: "text LIKE '%prize%'"}
  any_case: {rule: "lower(text) LIKE '%prize%'"}
  score: {rule: "length(text) * 1.0"}
  model: {train: logistic_regression}
  both: {cascade: {first: score, then: any_case, between: [20, 30]}}
stability:
  variants: {columns: text, typo: {edits: 1}, case: {to: upper}, order: {of: sentences}, paraphrase: {column: reworded}}
requirements:
  - variant_flip(case) <= 5 %
  - variant_flip(order) <= 5 %
  - variant_drop(case) <= 5 %
  - variant_drop(paraphrase) <= 25 % for every sender
"""


def mails(folder, rows=300, text=PRODUCT):
    (folder / "product.yaml").write_text(text)
    with (folder / "mail.csv").open("w", newline="") as handle:
        table = csv.writer(handle)
        table.writerow(["id", "text", "reworded", "sender", "spam"])
        for at in range(rows):
            words = (SPAM, HAM)[at % 2][at % 3]
            reworded = "" if at % 5 == 0 else f"In other words: {words}"
            table.writerow([f"m{at}", words, reworded, ("known", "unknown")[at % 7 == 0], 1 - at % 2])
    return folder


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """The product and its evaluation."""
    folder = mails(tmp_path_factory.mktemp("varied"))
    return folder, sw.evaluate(sw.open(folder)).evaluation


def verdicts(evaluation, candidate):
    return {each.requirement: each.verdict for each in evaluation.rolled_up(candidate)}


def test_a_rule_that_knows_small_letters_only_is_found_out_by_capitals(tried):
    found = verdicts(tried[1], "exact_case")
    assert "missed" == found["variant_flip(case) <= 5 %"]
    assert "missed" == found["variant_drop(case) <= 5 %"]
    assert "met" == found["variant_flip(order) <= 5 %"]


def test_a_rule_that_does_not_look_at_letters_is_steady(tried):
    assert {"met"} == {*verdicts(tried[1], "any_case").values()}


def test_every_variant_is_estimated_without_being_asked(tried):
    found = {
        each.metric: each
        for each in tried[1].estimates
        if each.candidate == "exact_case" and each.metric.startswith("variant") and not each.slice
    }
    names = ("typo", "case", "order", "paraphrase")
    assert {f"variant_{what}({name})" for what in ("flip", "drop") for name in names} <= {*found}
    assert 0 == found["variant_flip(case)"].unscored
    assert found["variant_flip(case)"].value == pytest.approx(found["variant_drop(case)"].value)


def test_only_rows_with_other_words_are_paraphrased_and_that_is_said(tried):
    notes = tried[1].facts("any_case").notes
    [told] = [each for each in notes if each.startswith("paraphrase")]
    assert told.startswith("paraphrase: 0 of ")
    assert told.endswith("rows cannot be varied so")


def test_a_score_is_read_at_the_threshold_that_was_frozen(tried):
    """Capitals leave the length of a text as it is, so that no answer can change."""
    [found] = [
        each
        for each in tried[1].estimates
        if (each.candidate, each.metric) == ("score", "variant_flip(case)") and not each.slice
    ]
    assert 0 == found.value


def test_what_cannot_be_asked_anew_is_undecided_and_says_so(tried):
    assert {"undecided"} == {*verdicts(tried[1], "both").values()}
    assert (
        "no variant was tried on both: a cascade candidate cannot be asked anew"
        in tried[1].facts("both").notes
    )


def test_every_answer_is_kept_beside_its_original(tried):
    [file] = (tried[0] / ".shipworthy" / "logs").glob("variants-exact_case-*.json")
    rows = [row for row in json.loads(file.read_text()) if row["variant"] == "case"]
    first = rows[0]
    assert first["changed"]
    assert first["written"]["text"] == first["original"]["text"].upper()
    assert ("true", "false") == (first["answer"], first["answer to the variant"])


def test_a_second_evaluation_gives_the_same_numbers_and_answers_nothing_anew(tried):
    told: list[str] = []
    again = sw.evaluate(sw.open(tried[0]), progress=told.append).evaluation
    assert [each.value for each in again.estimates if each.metric.startswith("variant")] == [
        each.value for each in tried[1].estimates if each.metric.startswith("variant")
    ]
    assert not [each for each in told if each.startswith("answering")]


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (("columns: text", "columns: txt"), "stability.columns", "no column 'txt'"),
        (("columns: text", "columns: spam"), "stability.columns", "spam is the label"),
        (("column: reworded", "column: rewritten"), "stability.columns", "no column 'rewritten'"),
        (("flip(case)", "flip(whitespace)"), "metric.variant", "Variants: typo, case"),
        (("flip(case)", "flip(cases)"), "metric.variant", "Did you mean 'case'"),
        (("flip(case)", "flip(case, right)"), "metric.grader", "no grader"),
        (("flip(case)", "flip"), "metric.arguments", "Name a variant"),
    ],
)
def test_a_section_or_a_claim_that_means_nothing_is_named(tmp_path, change, code, words):
    with pytest.raises(InputError) as caught:
        sw.evaluate(sw.open(mails(tmp_path, 40, PRODUCT.replace(*change))))
    problem = getattr(caught.value, "problems", (caught.value.problem,))[0]
    assert code == problem.code
    assert words in f"{problem.message} {problem.remedy}"


def test_numbers_have_no_variants_and_that_is_said(tmp_path):
    """A number is hardly ever the same twice, so that flips would say nothing."""
    text = PRODUCT.replace("positive: 1, kind: binary", "kind: regression")
    text = text[: text.index("segments")] + "candidates: {score: {rule: length(text) * 1.0}}\n"
    variants = "stability: {variants: {columns: text, case: {}}}\nrequirements: [mae <= 1]\n"
    [problem] = sw.check(sw.open(mails(tmp_path, 40, text + variants))).problems
    assert ("stability.kind", 7) == (problem.code, problem.where.line)
