"""Answers in the label queue: who sees what, which verdicts count for a judge, and when its calibration ends and begins again."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

import shipworthy as sw
from shipworthy.cli.plans import mix_lines
from shipworthy.errors import InputError
from tests.workbench.judged import answers, judged_folder, people_lines, truth
from tests.workbench.shop import write_csv
from tests.workbench.verdicts import QUEUED, at_of, say, tasks


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    return judged_folder(tmp_path_factory.mktemp("answers") / "desk", QUEUED, labels=0)


@pytest.fixture(scope="module")
def labelled(fresh, tmp_path_factory):
    """The product after 120 answers that were drawn at random have their verdict, and an evaluation."""
    folder = shutil.copytree(fresh, tmp_path_factory.mktemp("labelled") / "desk")
    sw.label_take(sw.open(folder), 120)
    say(folder)
    sw.evaluate(sw.open(folder))
    return folder


@pytest.fixture
def folder(fresh, tmp_path):
    return shutil.copytree(fresh, tmp_path / "desk")


@pytest.fixture
def copied(labelled, tmp_path):
    return shutil.copytree(labelled, tmp_path / "desk")


def only(folder):
    record = sw.evaluate(sw.open(folder))
    [verdict], [judge] = record.evaluation.verdicts, record.evaluation.judges
    return verdict, judge


def test_people_see_the_question_and_the_answer_and_nothing_of_whose_it_is(folder):
    sw.label_take(sw.open(folder), 5)
    found = tasks(folder)
    assert {("item_id", "question", "answer")} == {tuple(each) for each in found}
    assert all(each["item_id"].startswith("answer-") for each in found)


def test_verdicts_on_random_answers_correct_the_judge_without_a_file(labelled):
    verdict, judge = only(labelled)
    human, _ = truth()
    assert ("met", "ppi", "at random", 120, 1) == (
        verdict.verdict,
        verdict.estimate.method,
        judge.drawn,
        judge.labelled,
        judge.people,
    )
    assert judge.corrected.low < human.mean() < judge.corrected.high


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_as_many_passed_as_failed_answers_count_by_the_size_of_each_side(folder):
    taken = sw.label_take(sw.open(folder), 80, by="verdict")
    _, said = truth()
    assert (80, "verdict") == (taken.rows, taken.strategy)
    assert 40 == sum(bool(said[at_of(each)]) for each in tasks(folder))
    say(folder)
    verdict, judge = only(folder)
    assert ("by answer", "post_stratified") == (judge.drawn, verdict.estimate.method)


def test_two_people_for_each_answer_say_how_far_people_agree(folder):
    (folder / "product.yaml").write_text(QUEUED + "labels: {each: 2}\n", encoding="utf-8")
    sw.label_take(sw.open(folder), 60)
    human, _ = truth()
    say(folder, "ann")
    say(folder, "bob", lambda at: bool(human[at]) ^ (at % 10 == 0))
    differing = sum(at_of(each) % 10 == 0 for each in tasks(folder))
    status = sw.label(sw.open(folder))
    assert (60 - differing, differing) == (status.states["settled"], status.states["disagreed"])
    assert differing == sw.label_agreement(sw.open(folder)).differing
    _, judge = only(folder)
    assert (60 - differing, 2) == (judge.labelled, judge.people)
    assert 0 < judge.ceiling.value < 1


def test_a_verdict_on_an_answer_that_has_changed_since_does_not_count_and_reopens_the_claim(copied):
    seen = sorted(at_of(each) for each in tasks(copied))[:12]
    rows = answers(truth()[1])
    for at in seen:
        rows[at]["output"] += " Good luck."
    write_csv(copied / "assistant.csv", rows)
    verdict, _ = only(copied)
    assert "undecided" == verdict.verdict
    assert "12 verdicts are on earlier answers and do not count" in verdict.reason
    taken = sw.label_take(sw.open(copied), 12)
    assert (12, "12 of them are answers that have changed since they were drawn") == (taken.rows, taken.note)
    assert 12 == sw.label(sw.open(copied)).changed
    say(copied)
    verdict, judge = only(copied)
    assert ("met", 120, "at random") == (verdict.verdict, judge.labelled, judge.drawn)


def test_another_rubric_ends_the_calibration_and_a_fresh_sample_begins_it_again(copied):
    (copied / "helpful.md").write_text("An answer passes if people would like it.\n", encoding="utf-8")
    verdict, judge = only(copied)
    assert ("undecided", "judge_alone", 0) == (verdict.verdict, verdict.estimate.method, judge.labelled)
    assert "not_yet" == sw.decide(sw.open(copied)).evaluation.decision.answer
    assert "its calibration has expired" in verdict.reason
    assert "the judge is another one" in verdict.reason
    assert "shipworthy label --take" in verdict.reason
    sw.label_take(sw.open(copied), 120)
    assert {"settled": 120, "open": 120} == sw.label(sw.open(copied)).states
    first, second = ({at_of(each) for each in part} for part in (tasks(copied)[:120], tasks(copied)[120:]))
    assert len(first & second) < 60
    say(copied)
    record = sw.evaluate(sw.open(copied))
    [verdict], [judge] = record.evaluation.verdicts, record.evaluation.judges
    assert ("met", 120) == (verdict.verdict, judge.labelled)
    told = " ".join(record.evaluation.facts("assistant").notes)
    assert "120 verdicts of people are on answers that another judge judged: they do not count" in told
    assert "ship" == sw.decide(sw.open(copied)).evaluation.decision.answer


def test_other_examples_end_the_calibration_too(copied):
    text = (copied / "questions.csv").read_text(encoding="utf-8")
    (copied / "questions.csv").write_text(text + "q600,a,How do I 600?\n", encoding="utf-8")
    verdict, _ = only(copied)
    assert "undecided" == verdict.verdict
    assert "the examples or their division are others" in verdict.reason


def test_answers_that_nobody_can_tell_are_left_out_and_told(folder):
    sw.label_take(sw.open(folder), 40)
    for each in tasks(folder)[:3]:
        sw.label_give(sw.open(folder), each["item_id"], "cannot tell", name="ann")
    record = sw.evaluate(sw.open(folder))
    told = " ".join(record.evaluation.facts("assistant").notes)
    assert "left out, and likely hard: of the drawn answers 3 of which nobody can tell" in told


def test_a_file_of_verdicts_joins_the_queue_where_it_says_which_text_was_seen(folder):
    human, said = truth()
    texts = [each["output"] for each in answers(said)]
    lines = people_lines(human, np.arange(90))
    seen = [{**line, "output": texts[int(line["id"][1:])]} for line in lines]
    seen[0]["output"] = "Something else."
    seen[1]["output"] = ""
    write_csv(folder / "people.csv", seen)
    found = sw.label_import(sw.open(folder), folder / "people.csv")
    assert (len(lines) - 2, ["label.other_answer"] * 2) == (found.new, [each.code for each in found.problems])
    verdict, judge = only(folder)
    assert ("otherwise", "lee", 2) == (judge.drawn, verdict.estimate.method, judge.people)


def test_a_judge_whose_labels_stand_in_a_file_has_no_queue(tmp_path):
    with pytest.raises(InputError, match=r"people\.csv, and not from the queue") as caught:
        sw.label_take(sw.open(judged_folder(tmp_path)), 10)
    assert "shipworthy label --import people.csv" in caught.value.problem.remedy


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        ({"by": "uncertainty"}, "label.strategy", "random, verdict"),
        ({"answers": "asistant"}, "label.answers", "Did you mean 'assistant'?"),
        ({"grade": "helpfull"}, "label.grade", "Did you mean 'helpful'?"),
        ({"rows": 0}, "label.rows", "--take 100"),
    ],
)
def test_what_cannot_be_drawn_is_told(folder, asked, code, words):
    with pytest.raises(InputError) as caught:
        sw.label_take(sw.open(folder), **{"rows": 5, **asked})
    assert (code, True) == (caught.value.problem.code, words in caught.value.problem.remedy)


def test_a_row_is_no_answer_of_the_queue(folder):
    sw.label_take(sw.open(folder), 5)
    with pytest.raises(InputError, match="q001 is no answer of the queue"):
        sw.label_give(sw.open(folder), "q001", "pass", name="ann")


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_a_plan_names_the_command_that_puts_further_answers_before_people(folder):
    text = QUEUED.replace(">= 60 %", ">= 68 %").replace("licence: own}", "licence: own, label_cost: 1}")
    (folder / "product.yaml").write_text(text, encoding="utf-8")
    plan = sw.plan(sw.open(folder)).plan
    [mix] = plan.mixes or ()
    assert (
        "helpful",
        "put them before people: shipworthy label --take 30 --answers assistant --grade helpful",
    ) == (
        mix.queue,
        mix_lines(mix, plan)[1],
    )
    sw.label_take(sw.open(folder), 60)
    say(folder)
    record = sw.plan(sw.open(folder))
    [mix] = record.plan.mixes or ()
    assert f"label --take {mix.labels - 60} " in mix_lines(mix, record.plan)[1]
    assert record == sw.records(sw.open(folder))[-1]


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_rows_without_a_verdict_of_the_judge_cannot_be_drawn_and_are_told(tmp_path):
    folder = judged_folder(tmp_path, QUEUED, labels=0, silent=60)
    taken = sw.label_take(sw.open(folder), 600)
    assert (540, "60 test rows have no verdict of helpful, and could not be drawn") == (
        taken.rows,
        taken.note,
    )


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_an_answer_drawn_by_its_verdict_that_has_changed_since_is_no_fair_draw_any_more(folder):
    sw.label_take(sw.open(folder), 60, by="verdict")
    say(folder)
    rows = answers(truth()[1])
    rows[at_of(tasks(folder)[0])]["output"] += " Good luck."
    write_csv(folder / "assistant.csv", rows)
    sw.label_take(sw.open(folder), 1)
    say(folder)
    assert "otherwise" == only(folder)[1].drawn
