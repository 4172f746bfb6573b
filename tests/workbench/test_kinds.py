"""Products whose answers are classes or numbers, from their file to the memo."""

from __future__ import annotations

import json

import numpy as np
import pytest
import sklearn.metrics as sk

import shipworthy as sw
from shipworthy.documents import disagreements
from shipworthy.store import latest
from tests.cli.command import command
from tests.workbench.flowers import CLASSES, NUMBERS, SPECIES, flowers, garden


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    opened = sw.open(garden(tmp_path_factory.mktemp("classes"), CLASSES))
    return opened, sw.run(opened)


@pytest.fixture(scope="module")
def numbers(tmp_path_factory):
    opened = sw.open(garden(tmp_path_factory.mktemp("numbers"), NUMBERS))
    return opened, sw.run(opened)


def evaluated(product):
    """The evaluation of an opened product."""
    found = sw.evaluate(product).evaluation
    assert found is not None
    return found


def estimate(record, candidate, metric):
    return next(
        each for each in record.evaluation.estimates
        if (each.candidate, each.metric, each.slice) == (candidate, metric, {})
    )  # fmt: skip


def test_every_candidate_of_classes_is_judged_on_every_requirement(classes):
    opened, run = classes
    assert ["baseline", "rule", "logistic", "vendor"] == [
        each.name for each in run.evaluation.evaluation.candidates
    ]
    for name in ("rule", "logistic", "vendor"):
        verdicts = run.evaluation.evaluation.rolled_up(name)
        assert [each.text for each in opened.product.requirements] == [each.requirement for each in verdicts]
        assert ["met"] * 5 == [each.verdict for each in verdicts]


def test_the_baseline_answers_the_majority_class(classes):
    facts = classes[1].evaluation.evaluation.facts("baseline")
    assert "majority class lily" == facts.version
    assert {"lily"} == {each.answer for each in facts.confusion}


def test_the_confusion_table_is_scikit_learns(classes):
    facts = classes[1].evaluation.evaluation.facts("vendor")
    made, said = flowers()
    cells = np.array(
        [
            [
                sum(each.rows for each in facts.confusion if (each.label, each.answer) == (a, b))
                for b in SPECIES
            ]
            for a in SPECIES
        ]
    )
    truth = sk.confusion_matrix(
        [row["species"] for row in made], [row["guess"] for row in said], labels=SPECIES
    )
    assert facts.rows == cells.sum() < truth.sum()
    assert (cells <= truth).all()
    recalls = np.diag(cells) / cells.sum(axis=1)
    assert pytest.approx(recalls.mean()) == estimate(classes[1].evaluation, "vendor", "macro_recall").value
    assert pytest.approx(recalls[1]) == estimate(classes[1].evaluation, "vendor", "recall('red rose')").value


def test_the_memo_of_classes_reads_without_positives(classes):
    opened, run = classes
    page = run.memo.read_text(encoding="utf-8")
    assert () == disagreements(page, latest(opened.workspace, "decide"), run.comparison)
    assert "Which class is taken for which" in page
    assert "Positive" not in page
    assert "that are red rose" in run.memo.with_suffix(".md").read_text(encoding="utf-8")


def test_every_candidate_of_numbers_is_judged_on_every_requirement(numbers):
    opened, run = numbers
    vendor = run.evaluation.evaluation.rolled_up("vendor")
    assert [each.text for each in opened.product.requirements] == [each.requirement for each in vendor]
    assert ["met"] * 5 == [each.verdict for each in vendor]
    covered = next(v for v in run.evaluation.evaluation.rolled_up("linear") if "coverage" in v.requirement)
    assert "undecided" == covered.verdict


def test_errors_are_those_of_numpy(numbers):
    run = numbers[1]
    made, said = flowers()
    error = {row["id"]: guess["height_guess"] - row["height"] for row, guess in zip(made, said, strict=True)}
    found = estimate(run.evaluation, "vendor", "mae")
    assert pytest.approx(np.mean(np.abs(list(error.values()))), rel=0.1) == found.value
    assert found.n == run.evaluation.evaluation.facts("vendor").rows
    assert "mean " in run.evaluation.evaluation.facts("baseline").version
    assert abs(estimate(run.evaluation, "baseline", "r2").value) < 0.02


def test_the_memo_of_numbers_tells_how_far_off_answers_are(numbers):
    opened, run = numbers
    page = run.memo.read_text(encoding="utf-8")
    assert () == disagreements(page, latest(opened.workspace, "decide"), run.comparison)
    assert "How far off the answers are" in page
    assert "Positive" not in page


@pytest.mark.slow  # whole products, some seconds each
@pytest.mark.parametrize("product", [CLASSES, NUMBERS])
def test_a_second_run_finds_everything_fresh(tmp_path, product):
    opened = sw.open(garden(tmp_path, product))
    first, second = sw.run(opened), sw.run(opened)
    assert ("audit", "evaluate", "compare", "decide") == second.skipped
    assert first.decision.hash == second.decision.hash


@pytest.mark.slow  # whole products, some seconds each
def test_rows_without_an_answer_leave_numbers_without_bounds_and_classes_with_the_worst_case(tmp_path):
    made, said = flowers()
    opened = sw.open(garden(tmp_path / "n", NUMBERS, made, said[:-40]))
    vendor = evaluated(opened).rolled_up("vendor")
    assert "undecided" == vendor[0].verdict
    assert "could be of any size" in vendor[0].reason
    opened = sw.open(garden(tmp_path / "c", CLASSES, made, said[:-40]))
    found = estimate(sw.evaluate(opened), "vendor", "accuracy")
    assert found.lower < found.value - 0.09
    assert "worst_case" in found.method


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_several_rows_of_one_user_widen_the_bounds_of_classes(tmp_path):
    made, said = flowers()
    many = [{**row, "user": f"u{at // 6}"} for at, row in enumerate(made)]
    product = CLASSES.replace("id: id,", "id: id, unit: user,")
    clustered = sw.evaluate(sw.open(garden(tmp_path, product, many, said)))
    found = estimate(clustered, "vendor", "macro_f1")
    assert found.units < found.n
    assert found.lower < found.value < found.upper


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_numeric_classes_are_text_that_requirements_name(tmp_path):
    made, said = flowers()
    place = {name: str(at + 1) for at, name in enumerate(SPECIES)}
    numbered = [{**row, "species": place[row["species"]]} for row in made]
    told = [{**row, "guess": f"{place[row['guess']]}.0"} for row in said]
    product = (
        CLASSES.replace("'red rose'", "2", 1)
        .replace("THEN 'lily'", "THEN 1")
        .replace("THEN 'red rose'", "THEN 2")
    )
    product = (
        product.replace("ELSE 'tulip'", "ELSE 3")
        .replace("THEN 2 WHEN", "THEN 1 WHEN")
        .replace("(lily, tulip)", "(1, 3)")
        .replace("recall('red rose')", "recall(2)")
    )
    product = product.replace("petal < 4 THEN 'red rose'", "petal < 4 THEN 2")
    evaluation = evaluated(sw.open(garden(tmp_path, product, numbered, told)))
    assert ["met"] * 5 == [each.verdict for each in evaluation.rolled_up("rule")]
    assert ["met"] * 5 == [each.verdict for each in evaluation.rolled_up("vendor")]


BAD = {
    "a class that there is not": (CLASSES.replace("confusion(lily", "confusion(lilly"), "did you mean 'lily'"),
    "a metric of other answers": (CLASSES.replace("macro_recall >=", "auc >="), "macro_recall or macro_f1"),
    "money": (CLASSES.replace("macro_recall >= 0.70", "net_value >= 0"), "yes/no answers only"),
    "an algorithm of numbers": (CLASSES.replace("logistic_regression", "linear_regression"), "cannot learn answers of the kind multiclass"),
    "a label outside the classes": (CLASSES.replace("kind: multiclass", "kind: multiclass, classes: [lily, tulip]"), "'red rose'"),
    "an answer outside the classes": (CLASSES.replace("'tulip' END", "'daisy' END"), "'daisy'"),
    "a rule that gives a text for a number": (NUMBERS.replace('"20 + 10 * petal"', '"bed"'), "need a number"),
    "a label that is no number": (NUMBERS.replace("target: height", "target: species").replace("drop: [species]", "drop: [height]"), "a regression product predicts numbers"),
    "too many classes": (CLASSES.replace("target: species", "target: height").replace("drop: [height]", "drop: [species]"), "more than 50"),
    "a threshold": (CLASSES.replace("columns: {prediction: guess}", "columns: {prediction: guess}, threshold: 0.5"), "only yes/no answers have"),
    "scores instead of classes": (CLASSES.replace("prediction: guess", "score: low"), "no prediction"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_does_not_fit_the_kind_is_refused_with_what_does(name, tmp_path):
    product, said = BAD[name]
    done = command("evaluate", garden(tmp_path, product))
    assert 2 == done.code
    assert said.lower() in " ".join(done.err.lower().split())


def test_a_label_of_numbers_with_a_comma_is_to_be_written_with_a_point(tmp_path):
    rows = [{**row, "height": f"{row['height']:.2f}".replace(".", ",")} for row in flowers()[0]]
    [found] = sw.check(sw.open(garden(tmp_path, NUMBERS, rows))).problems
    assert "data.label_kind" == found.code
    assert "with a decimal point" in found.remedy


@pytest.mark.slow  # whole products, some seconds each
@pytest.mark.parametrize("product", [CLASSES, NUMBERS])
def test_the_command_line_runs_the_whole_way(tmp_path, product):
    folder = garden(tmp_path, product)
    done = command("run", folder, "--json")
    assert 0 == done.code, done.err
    assert json.loads(done.out)
    assert 0 == command("check", folder).code
    claim = "gap(accuracy" if "accuracy" in product else "mae"
    why = command("evaluate", folder, "--why", claim)
    assert 0 == why.code
    assert "positive" not in why.out


@pytest.mark.slow  # whole products, some seconds each
@pytest.mark.parametrize(("label", "kind"), [("species", "multiclass"), ("height", "regression")])
def test_a_product_begun_from_a_table_runs(tmp_path, label, kind):
    table = garden(tmp_path / "data", CLASSES) / "flowers.csv"
    sw.new(str(tmp_path / "own"), source=str(table), label=label)
    opened = sw.open(tmp_path / "own")
    assert kind == opened.product.predicts.kind
    decided = sw.run(opened).decision.evaluation
    assert decided is not None
    assert decided.decision is not None
    assert "not_yet" == decided.decision.answer
