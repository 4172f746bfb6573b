"""A judge whose verdicts are recorded, beside what people said: corrected, refused or expired; no model is asked."""

from __future__ import annotations

import shutil
from typing import Any

import numpy as np
import pytest

import shipworthy as sw
from shipworthy.cli.plans import mix_lines
from shipworthy.errors import ShipworthyError
from tests.workbench.judged import LABELS, PRODUCT, ROWS, answers, judged_folder, people_lines, truth
from tests.workbench.shop import write_csv


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return judged_folder(tmp_path_factory.mktemp("judged") / "desk")


@pytest.fixture(scope="module")
def record(folder):
    return sw.evaluate(sw.open(folder))


def evaluated(folder, *, text=None):
    if text is not None:
        (folder / "product.yaml").write_text(text, encoding="utf-8")
    return sw.evaluate(sw.open(folder))


def only(record):
    """The one verdict and the one judge."""
    [verdict], [judge] = record.evaluation.verdicts, record.evaluation.judges
    return verdict, judge


@pytest.fixture
def copied(folder, record, tmp_path):
    """The product after its first evaluation, to be changed."""
    return shutil.copytree(folder, tmp_path / "desk")


def test_labels_drawn_at_random_correct_the_judge_and_decide_the_claim(record):
    verdict, judge = only(record)
    human, said = truth()
    assert ("met", "ppi") == (verdict.verdict, verdict.estimate.method)
    assert pytest.approx(said.mean()) == judge.raw.value
    assert judge.corrected.low < human.mean() < judge.corrected.high
    assert judge.corrected.high - judge.corrected.low < judge.by_people.high - judge.by_people.low


def test_the_errors_of_the_judge_stand_beside_what_always_passing_would_reach(record):
    _, judge = only(record)
    assert (ROWS, LABELS - 2, 2) == (judge.judged, judge.labelled, judge.people)
    assert judge.sensitivity.low < 0.9 < judge.sensitivity.high
    assert judge.specificity.low < 0.7 < judge.specificity.high
    assert judge.majority == judge.by_people.value
    assert judge.kappa.value < judge.ceiling.value
    assert 1.0 == judge.length


def test_what_is_known_of_the_judge_is_told_beside_the_candidate(record):
    told = " ".join(record.evaluation.facts("assistant").notes)
    for part in (
        "helpful is a judge",
        "corrected by what people say",
        "people alone",
        "kappa",
        "long answers",
    ):
        assert part in told


def test_a_record_with_judges_is_read_back(record, folder):
    assert record == sw.records(sw.open(folder))[-1]


def test_without_labels_the_judges_share_is_shown_and_decides_nothing(tmp_path):
    text = PRODUCT.replace(">= 60 %", ">= 10 %")
    verdict, judge = only(evaluated(judged_folder(tmp_path, text, labels=0)))
    assert ("undecided", "judge_alone", None) == (
        verdict.verdict,
        verdict.estimate.method,
        verdict.estimate.lower,
    )
    assert judge.raw.value == verdict.estimate.value
    assert "nobody has labelled" in verdict.reason


def test_a_far_away_bound_is_not_missed_by_a_judge_alone(tmp_path):
    text = PRODUCT.replace(">= 60 %", ">= 99 %")
    assert "undecided" == only(evaluated(judged_folder(tmp_path, text, labels=0)))[0].verdict


def test_labels_drawn_otherwise_correct_by_the_errors_of_the_judge(tmp_path):
    verdict, judge = only(evaluated(judged_folder(tmp_path, PRODUCT.replace("at random", "otherwise"))))
    assert "lee" == verdict.estimate.method
    assert not judge.human_applies
    assert judge.corrected.low < truth()[0].mean() < judge.corrected.high


def test_a_judge_that_may_answer_by_chance_is_refused(tmp_path):
    """Labels that have nothing to do with what the judge says."""
    folder = judged_folder(tmp_path, PRODUCT.replace("at random", "otherwise"))
    drawn = np.arange(80)
    write_csv(folder / "people.csv", people_lines(drawn % 2 == 0, drawn))
    verdict, judge = only(evaluated(folder))
    assert "undecided" == verdict.verdict
    assert "may answer by chance" in verdict.reason
    assert judge.refusal == verdict.reason


def test_few_labels_leave_a_claim_open_and_say_how_many_more_decide_it(tmp_path):
    verdict, _ = only(evaluated(judged_folder(tmp_path, PRODUCT.replace("60 %", "65 %"), labels=40)))
    assert "undecided" == verdict.verdict
    assert verdict.needs_more is not None
    assert f"{verdict.needs_more:,} more labels would decide" in verdict.reason


def test_answers_without_a_verdict_widen_the_bounds_both_ways(tmp_path, record):
    wide = only(evaluated(judged_folder(tmp_path, silent=60)))[0].estimate
    narrow = only(record)[0].estimate
    assert (60, "ppi+worst_case") == (wide.unscored, wide.method)
    assert wide.lower < narrow.lower - 0.05
    assert wide.upper > narrow.upper + 0.01


def test_another_rubric_expires_the_calibration(copied):
    (copied / "helpful.md").write_text("An answer passes if people would like it.\n", encoding="utf-8")
    verdict, _ = only(evaluated(copied))
    assert "undecided" == verdict.verdict
    assert "its calibration has expired" in verdict.reason
    assert "the judge is another one" in verdict.reason


def test_another_version_of_the_answers_expires_the_calibration(copied):
    rows = answers(truth()[1])
    write_csv(copied / "assistant.csv", [{**row, "output": f"{row['output']} Good luck."} for row in rows])
    assert "another version of the candidate" in only(evaluated(copied))[0].reason


def test_other_examples_expire_the_calibration(copied):
    questions = (copied / "questions.csv").read_text(encoding="utf-8")
    (copied / "questions.csv").write_text(questions.replace("How do I 7?", "How can I 7?"), encoding="utf-8")
    assert "the examples or their division are others" in only(evaluated(copied))[0].reason


def test_a_fresh_sample_of_labels_renews_it(copied):
    (copied / "helpful.md").write_text("An answer passes if people would like it.\n", encoding="utf-8")
    human, _ = truth()
    write_csv(copied / "people.csv", people_lines(human, np.random.default_rng(3).permutation(ROWS)[:LABELS]))
    assert "met" == only(evaluated(copied))[0].verdict


def test_answers_that_read_otherwise_than_what_people_saw_expire_it_at_once(tmp_path):
    folder = judged_folder(tmp_path)
    human, _ = truth()
    write_csv(folder / "people.csv", people_lines(human, np.arange(90), output="Something else."))
    verdict, _ = only(evaluated(folder))
    assert "90 of the answers that people labelled read otherwise now" in verdict.reason


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("id,candidate,verdict\n", "has no column 'labeller'"),
        ("id,candidate,verdict,labeller\nq001,assistant,maybe,ann\n", "'maybe' is no verdict"),
        ("id,candidate,verdict,labeller\nq001,asistant,pass,ann\n", "'asistant', which is no candidate"),
        (
            "id,candidate,verdict,labeller\nq001,assistant,pass,ann\nq001,assistant,fail,ann\n",
            "labelled the answer of assistant to q001 twice",
        ),
    ],
)
def test_a_file_of_labels_that_cannot_be_used_is_told_with_its_line(tmp_path, content, told):
    folder = judged_folder(tmp_path)
    (folder / "people.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ShipworthyError, match=told):
        sw.evaluate(sw.open(folder))


def test_groups_are_not_compared_by_a_judge(tmp_path):
    text = PRODUCT.replace("pass_rate(helpful) >= 60 %", "gap(pass_rate(helpful), topic) <= 0.2")
    with pytest.raises(ShipworthyError, match="compares shares of rows"):
        sw.evaluate(sw.open(judged_folder(tmp_path, text)))


def test_a_claim_for_every_slice_is_corrected_slice_by_slice(tmp_path):
    text = PRODUCT.replace(">= 60 %", ">= 50 % for every topic")
    found = evaluated(judged_folder(tmp_path, text)).evaluation.verdicts
    assert ["met", "met", "met"] == [each.verdict for each in found]
    assert {"ppi"} == {each.estimate.method for each in found}


def test_plan_says_which_labels_beside_the_judge_are_cheapest_and_what_they_cost(tmp_path):
    text = PRODUCT.replace("60 %", "66 %").replace("licence: own}", "licence: own, label_cost: 0.5}")
    opened = sw.open(judged_folder(tmp_path, text, labels=60))
    plan: Any = sw.plan(opened).plan
    [mix] = plan.mixes
    assert (mix.requirement, mix.have, mix.judged) == ("pass_rate(helpful) >= 66 %", 59, ROWS)
    assert mix.have < mix.labels < mix.alone
    assert pytest.approx(0.5 * (mix.labels - mix.have)) == mix.cost
    assert mix.low < mix.correlation < mix.high
    assert plan == sw.records(opened)[-1].plan
    told = " ".join(mix_lines(mix, plan))
    assert f"label {mix.labels - mix.have} more, drawn at random" in told
    assert "without the judge" in told


def test_plan_asks_for_first_labels_where_there_are_none(tmp_path):
    plan: Any = sw.plan(sw.open(judged_folder(tmp_path, labels=0))).plan
    [mix] = plan.mixes
    assert "label at least 30 of its answers, drawn at random" in mix.reason
