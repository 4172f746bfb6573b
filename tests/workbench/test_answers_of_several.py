"""Answers of several candidates in one queue: shuffled, even, blind, and each verdict counts for its own candidate."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise

import pytest

import shipworthy as sw
from shipworthy.errors import InputError
from tests.workbench.judged import answers, judged_folder, truth
from tests.workbench.shop import write_csv
from tests.workbench.verdicts import QUEUED, at_of, say, tasks

TWO = QUEUED.replace(
    "  assistant: {recorded: assistant.csv}\n",
    "  assistant: {recorded: assistant.csv}\n  other: {recorded: other.csv}\n",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two candidates, of whom the other ends every answer in a word of its own."""
    folder = judged_folder(tmp_path_factory.mktemp("two") / "desk", TWO, labels=0)
    rows = [{**row, "output": f"{row['output']} Bye."} for row in answers(truth()[1])]
    write_csv(folder / "other.csv", rows)
    sw.label_take(sw.open(folder), 80)
    return folder


def of_other(task):
    return task["answer"].endswith("Bye.")


def test_answers_of_all_candidates_come_evenly_and_shuffled(folder):
    found = [of_other(each) for each in tasks(folder)]
    assert 40 == sum(found)
    changes = sum(one != other for one, other in pairwise(found))
    assert 20 < changes < 60


def test_nothing_that_labellers_get_names_a_candidate(folder):
    text = json.dumps(tasks(folder))
    assert not any(name in text for name in ("assistant", "other"))


def test_each_verdict_counts_for_the_candidate_whose_answer_it_is_on(folder):
    say(folder, "ann", lambda at: True)
    _, judge_of_other = sw.evaluate(sw.open(folder)).evaluation.judges
    assert (40, 1.0) == (judge_of_other.labelled, judge_of_other.by_people.value)


def test_the_answers_of_one_candidate_can_be_taken_alone(folder, tmp_path):
    folder = shutil.copytree(folder, tmp_path / "desk")
    before = len(tasks(folder))
    sw.label_take(sw.open(folder), 10, answers="other")
    fresh = tasks(folder)[before:]
    assert (10, True) == (len(fresh), all(of_other(each) for each in fresh))
    assert len({at_of(each) for each in tasks(folder) if of_other(each)}) == 50


def test_a_product_with_two_judges_is_asked_which(tmp_path):
    two = QUEUED.replace(
        "grade:\n",
        "grade:\n  kind: {judge: {model: m, base_url: 'http://127.0.0.1:9/v1', rubric: helpful.md}}\n",
    )
    folder = judged_folder(tmp_path, two, labels=0)
    with pytest.raises(InputError, match="several graders are judges: kind, helpful"):
        sw.label_take(sw.open(folder), 5)


def test_texts_that_no_judge_judges_have_no_queue(tmp_path):
    start, end = QUEUED.index("grade:\n"), QUEUED.index("candidates:\n")
    text = (
        QUEUED[:start]
        + "grade:\n  short: {length: {most_words: 9}}\n"
        + QUEUED[end:].replace("helpful", "short")
    )
    folder = judged_folder(tmp_path, text, labels=0)
    with pytest.raises(InputError, match="answers are texts"):
        sw.label(sw.open(folder))
    with pytest.raises(InputError, match="no grader is a judge"):
        sw.label_take(sw.open(folder), 5, answers="assistant")


def test_of_several_answers_to_one_row_each_is_an_item_of_its_own_beside_the_same_question(tmp_path):
    text = QUEUED.replace("{recorded: assistant.csv}", "{recorded: assistant.csv, columns: {repeats: try}}")
    folder = judged_folder(tmp_path / "desk", text, labels=0)
    rows = [{**row, "try": number} for row in answers(truth()[1]) for number in (1, 2)]
    write_csv(folder / "assistant.csv", rows)
    taken = sw.label_take(sw.open(folder), 60)
    assert (60, 1200) == (taken.rows, taken.among)
    assert 60 == len({each["item_id"] for each in tasks(folder) if each["question"]})
    say(folder)
    [judge] = sw.evaluate(sw.open(folder)).evaluation.judges
    assert (60, "ppi") == (judge.labelled, judge.method)
