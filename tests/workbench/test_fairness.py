"""Fairness from the file to the memo, on the lending example: unasked, mitigated, and with what it costs."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as pq
import pytest

import shipworthy as sw
from shipworthy.documents.binding import disagreements
from shipworthy.documents.fairness import fairness
from shipworthy.documents.figure import plain_text
from shipworthy.documents.mitigation import mitigated
from tests.workbench.shop import changed

LOGISTIC = "train: logistic_regression, drop: [denied_insurance]"
CANDIDATES = {
    "plain": "{%s}",
    "weighed": "{%s, reweigh: black}",
    "equal": "{%s, thresholds_by: black, equalise: false_positive_rate}",
}


@pytest.fixture(scope="module")
def lending(tmp_path_factory):
    """The lending example with these candidates and two protected columns, run to its memo."""
    folder = tmp_path_factory.mktemp("lending") / "lend"
    sw.new(str(folder), template="lending")
    file = folder / "product.yaml"
    text = changed(
        "protected:\n", "protected:\n  self_employed: {basis: test}\n", file.read_text(encoding="utf-8")
    )
    head, _, rest = changed("  - self_employed\n", "", text).partition("candidates:\n")
    lines = "".join(f"  {name}: {text % LOGISTIC}\n" for name, text in CANDIDATES.items())
    file.write_text(f"{head}candidates:\n{lines}\n{rest[rest.index('requirements:') :]}", encoding="utf-8")
    return sw.open(folder), sw.run(sw.open(folder))


@pytest.fixture(scope="module")
def evaluation(lending):
    return lending[1].decision.evaluation


@pytest.fixture(scope="module")
def rows(lending):
    """The test rows of each candidate's log."""
    folder = lending[0].workspace.logs
    return {
        name: {
            row["id"]: row
            for path in folder.glob(f"{name}-*.parquet")
            for row in pq.read_table(path).to_pylist()
            if row["split"] == "test"
        }
        for name in CANDIDATES
    }


def flagged(evaluation, rows, name):
    facts = evaluation.facts(name)
    return {
        key: row["score"] >= facts.thresholds.get(str(row["black"]).lower(), facts.threshold)
        for key, row in rows[name].items()
    }


def share(values):
    found = [*values]
    return sum(found) / len(found)


@pytest.mark.parametrize("name", CANDIDATES)
def test_the_criteria_are_those_that_plain_python_counts(evaluation, rows, name):
    answers = flagged(evaluation, rows, name)
    groups = [{key for key, row in rows[name].items() if row["black"] is group} for group in (True, False)]
    selected = [share(answers[key] for key in group) for group in groups]
    false = [share(answers[key] for key in group if not rows[name][key]["label"]) for group in groups]
    expected = {
        "demographic_parity(black)": max(selected) - min(selected),
        "four_fifths(black)": min(selected) / max(selected),
        "false_positive_parity(black)": max(false) - min(false),
    }
    found = {
        each.metric: each.value
        for each in evaluation.estimates
        if each.candidate == name and each.metric in expected and not each.slice
    }
    assert pytest.approx(expected) == found


def test_a_mitigated_candidate_says_how_and_against_which(evaluation):
    assert ("reweigh: black", "plain") == (
        evaluation.facts("weighed").mitigation, evaluation.facts("weighed").mitigates,
    )  # fmt: skip
    assert ("weighed", "equal") == tuple(each.candidate for each in evaluation.mitigations)


@pytest.mark.parametrize("name", ["weighed", "equal"])
def test_the_costs_are_differences_on_the_same_rows(evaluation, rows, name):
    mine, plain = (flagged(evaluation, rows, each) for each in (name, "plain"))
    [found] = [each for each in evaluation.mitigations if each.candidate == name]
    changes = {each.metric: each for each in found.changes}
    positives = [key for key, row in rows[name].items() if row["label"]]
    expected = share(mine[key] for key in positives) - share(plain[key] for key in positives)
    assert expected == pytest.approx(changes["recall"].difference)
    assert changes["recall"].low <= expected <= changes["recall"].high
    assert {"recall", "false_positive_rate", "precision", "accuracy", "f1", "net_value"} == {*changes}


def test_equal_thresholds_bring_the_false_alarms_together(lending, evaluation):
    [_, equal] = mitigated(lending[0].product, evaluation)
    [row] = [row for row in equal.gaps if row.metric == "false-positive parity, black"]
    before, after = (
        float(plain_text(each).split()[0].replace("\\u00a0", " ").split()[0])
        for each in (row.before, row.after)
    )
    assert after < before


def test_the_groups_are_told_with_their_rows_and_the_small_ones_as_undecided(lending, evaluation):
    single, other, crossed = fairness(lending[0].product, evaluation, "plain")
    assert ("self_employed", "black", "self_employed x black") == (
        single.columns,
        other.columns,
        crossed.columns,
    )
    assert () == other.few
    assert "true and true" in crossed.few
    [row] = [row for row in crossed.groups if row.name == "true and true"]
    assert all("undecided" == plain_text(rate.full) for rate in row.rates)


def test_the_memo_shows_them_bound_to_the_record(lending):
    found = lending[1]
    text, html = found.memo.with_suffix(".md").read_text(), found.memo.with_suffix(".html").read_text()
    for title in ("How alike groups are treated", "What fairness gains and costs"):
        assert f"## {title}" in text
        assert title in html
    assert "Protected groups" in html
    assert () == disagreements(html, found.decision, found.comparison)


def test_the_training_record_says_that_rows_were_reweighed(lending):
    trained: list[Any] = [each.facts for each in sw.records(lending[0], "train")]
    notes = {facts["candidate"]: facts["notes"] for facts in trained}
    assert notes["weighed"][0].startswith("reweighed by black: training rows weigh 0.415 to 1.32")
    assert [] == notes["plain"]


def test_reweighing_by_the_label_or_by_no_column_is_refused(lending, tmp_path):
    for column, code in (("denied", "candidate.groups"), ("blak", "data.no_column")):
        folder = tmp_path / column
        sw.new(str(folder), template="lending")
        file = folder / "product.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(
            changed(f"logistic: {{{LOGISTIC}}}", f"logistic: {{{LOGISTIC}, reweigh: {column}}}", text)
        )
        found = [problem.code for problem in sw.check(sw.open(folder)).problems]
        assert code in found
