"""The same inputs give the same evidence, from a few statements, with everything that it rests on."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

import shipworthy as sw
from shipworthy.evidence import Evaluation, Record
from shipworthy.workbench.evaluate import exit_code, requirement_named, workings
from shipworthy.workbench.version import CODE_VERSION
from tests.dear import few
from tests.workbench import shop
from tests.workbench.shop import VENDOR, changed, edited, mail, with_candidates, with_requirements

ROWS = mail()
FIFTY = [
    f"{metric} >= 0.{share}"
    for metric in ("recall", "precision", "accuracy", "f1", "specificity")
    for share in (10, 20, 30, 35, 40)
] + [f"p{share}(latency_ms) <= 5 s" for share in (50, 75, 90, 95, 99)] + [
    f"{claim} {where}"
    for claim in ("recall >= 0.2", "precision >= 0.2", "false_positive_rate <= 0.6", "p95(size) <= 1000")
    for where in ("for every format", "for every winner", "where format = html", "where winner = true")
] + ["gap(recall, format) <= 0.5", "gap(precision, winner) <= 0.9", "mean(size) <= 90", "mean(bait) <= 9"]  # fmt: skip


def evaluation_of(record: Record) -> Evaluation:
    assert record.evaluation is not None
    return record.evaluation


def test_twice_is_identical_latency_included_because_the_log_is_kept(kept):
    first, second = sw.evaluate(sw.open(kept)), sw.evaluate(sw.open(kept))
    assert first.evaluation == second.evaluation
    assert first.provenance.fingerprint == second.provenance.fingerprint
    assert first.id != second.id


def test_logs_are_written_once_and_again_only_for_what_changed(kept):
    logs = kept / ".shipworthy" / "logs"
    before = {path.name: path.stat().st_mtime_ns for path in logs.iterdir()}
    text = changed("recall >= 0.50", "recall >= 0.40", (kept / "product.yaml").read_text(encoding="utf-8"))
    (kept / "product.yaml").write_text(text, encoding="utf-8")
    sw.evaluate(sw.open(kept))
    assert before == {path.name: path.stat().st_mtime_ns for path in logs.iterdir()}
    (kept / "product.yaml").write_text(changed("bait > 1", "bait > 2", text), encoding="utf-8")
    sw.evaluate(sw.open(kept))
    new = {path.name for path in logs.iterdir()} - set(before)
    assert ["keywords"] == [name.split("-")[0] for name in new]


def test_a_share_of_the_split_that_changes_by_less_than_a_hundredth_changes_every_log(kept):
    whole = (kept / "product.yaml").read_text(encoding="utf-8")
    for share in ("50.4 %", "49.6 %"):
        text = changed("test: 50 %", f"test: {share}", whole)
        (kept / "product.yaml").write_text(text, encoding="utf-8")
        evaluation = sw.evaluate(sw.open(kept)).evaluation
        [test] = [part.rows for part in evaluation.splits if part.name == "test"]
        assert {test} == {candidate.rows for candidate in evaluation.candidates}


def test_the_numbers_are_those_that_plain_python_counts(finished):
    [record] = sw.records(sw.open(finished), "evaluate")
    test = ROWS[200:]
    flagged = [row["bait"] > 1 or row["winner"] for row in test]
    hits = sum(bool(row["spam"]) for row, flag in zip(test, flagged, strict=True) if flag)
    expected = {
        "recall": hits / sum(row["spam"] for row in test),
        "precision": hits / sum(flagged),
        "false_positive_rate": (sum(flagged) - hits) / sum(1 - row["spam"] for row in test),
    }
    found = {
        each.metric: each.value
        for each in evaluation_of(record).estimates
        if each.candidate == "keywords" and not each.slice and each.metric in expected
    }
    assert pytest.approx(expected) == found
    assert (280, 200) == (
        sum(part.rows for part in evaluation_of(record).splits if part.name != "train"),
        len(test),
    )


def test_a_record_names_everything_that_it_rests_on(finished):
    product = sw.open(finished)
    [record] = sw.records(product, "evaluate")
    [training] = sw.records(product, "train")
    inputs = record.provenance
    assert product.spec_hash == inputs.spec_hash
    assert [("examples", "mail.csv", 400)] == [(data.role, data.source, data.rows) for data in inputs.data]
    assert {"baseline", "keywords", "logistic"} == set(inputs.models)
    assert training.facts is not None
    assert training.facts["version"] == inputs.models["logistic"]
    assert (CODE_VERSION, 0, "duckdb") == (inputs.code_version, inputs.seed, inputs.engine)
    assert any(query.startswith("counting cells: SELECT") for query in inputs.queries)


def scans(record: Record) -> list[str]:
    """The purposes of the statements that counted a log."""
    purposes = [query.split(":")[0] for query in record.provenance.queries]
    return [
        each
        for each in purposes
        if each in ("counting cells", "summing over units", "counting values by bucket")
    ]


@pytest.mark.parametrize(("unit", "most"), [("", 50), ("unit: sender, ", 10)], ids=["rows", "units"])
def test_two_statements_count_a_log_and_split_with_one_requirement_or_with_fifty(tmp_path, unit, most):
    text = changed("id: id, ", f"id: id, {unit}", with_candidates(VENDOR))
    folder = shop.product_folder(tmp_path, text)
    shop.write_csv(folder / "vendor.csv", [{"id": row["id"], "score": row["bait"] / 20} for row in ROWS])
    counted = {}
    for claims in (FIFTY[:1], [*FIFTY[:: 50 // most]]):
        (folder / "product.yaml").write_text(with_requirements(*claims, text=text), encoding="utf-8")
        counted[len(claims)] = sw.evaluate(sw.open(folder))
    assert [1, most] == [*counted]
    logs_and_splits = (
        3 + 1
    )  # the test rows of three candidates, and the validation rows of the one that scores
    for record in counted.values():
        assert len(scans(record)) <= 2 * logs_and_splits, (
            "the promise is four; cells or units, and histograms are two"
        )
    profiles = [
        query for query in counted[most].provenance.queries if query.startswith(("profiling", "listing"))
    ]
    assert len(profiles) <= 4


def test_units_widen_the_interval_and_are_counted(tmp_path):
    rows = [{**row, "sender": f"s{number // 4}"} for number, row in enumerate(ROWS)]
    text = changed("by: time", "by: random(0)")
    plain = evaluation_of(sw.evaluate(sw.open(shop.product_folder(tmp_path / "rows", text, rows))))
    by_unit = changed("id: id, ", "id: id, unit: sender, ", text)
    clustered = evaluation_of(sw.evaluate(sw.open(shop.product_folder(tmp_path / "units", by_unit, rows))))
    [one] = [
        each
        for each in plain.estimates
        if (each.candidate, each.metric, dict(each.slice)) == ("keywords", "accuracy", {})
    ]
    [other] = [
        each
        for each in clustered.estimates
        if (each.candidate, each.metric, dict(each.slice)) == ("keywords", "accuracy", {})
    ]
    assert one.n == one.units
    assert other.units < other.n
    assert math.isclose(other.n / other.units, 4)


def test_missing_labels_and_answers_are_never_counted_as_negatives(tmp_path):
    rows = edited(ROWS, spam=lambda row: "" if row["id"] > "m00390" else row["spam"])
    folder = shop.product_folder(tmp_path, with_candidates(VENDOR), rows)
    shop.write_csv(
        folder / "vendor.csv", [{"id": row["id"], "prediction": row["spam"]} for row in ROWS[:380]]
    )
    found = evaluation_of(sw.evaluate(sw.open(folder)))
    vendor = {each.metric: each for each in found.estimates if each.candidate == "vendor" and not each.slice}
    assert 180 == vendor["accuracy"].n
    assert 1.0 == vendor["accuracy"].value
    assert (200, 180) == (found.facts("vendor").rows, found.facts("vendor").scored)
    assert "20 of 200 test rows have no answer" in found.facts("vendor").notes[-1]


def test_missing_values_of_a_cut_number_are_a_slice_of_their_own(tmp_path):
    rows = edited(ROWS, size=lambda row: "" if row["id"] > "m00300" else row["size"])
    text = with_requirements(
        "recall >= 0.1 for every size", text=changed("[format]", "[{size: 3 quantiles}]")
    )
    found = evaluation_of(sw.evaluate(sw.open(shop.product_folder(tmp_path, text, rows))))
    slices = [each.slice["size"] for each in found.verdicts if each.candidate == "keywords" and each.slice]
    assert 4 == len(slices)
    assert "(missing)" in slices


@pytest.mark.parametrize(
    "name", few(["../../escape", "a/b", "a*b", "naïve name", "x" * 300], "../../escape", "x" * 300)
)
def test_a_candidate_of_any_name_stays_inside_the_workspace(tmp_path, name):
    folder = shop.product_folder(tmp_path / "shop", changed("keywords:", f'"{name}":'))
    record = sw.evaluate(sw.open(folder))
    assert name in {facts.name for facts in evaluation_of(record).candidates}
    assert {"shop"} == {path.name for path in tmp_path.iterdir()}
    assert 2 == len(list((folder / ".shipworthy" / "logs").iterdir()))


def test_the_exit_code_follows_from_the_roll_up_verdicts(finished):
    [record] = sw.records(sw.open(finished), "evaluate")
    found = evaluation_of(record)

    def with_verdicts(**words):
        verdicts = [
            replace(verdict, verdict=words.get(verdict.candidate, "met") if at % 3 == 0 else "met")
            for at, verdict in enumerate(found.verdicts)
        ]
        return replace(found, verdicts=tuple(verdicts))

    assert 0 == exit_code(with_verdicts(keywords="missed"))
    assert 1 == exit_code(with_verdicts(keywords="missed", logistic="missed"))
    assert 3 == exit_code(with_verdicts(keywords="missed", logistic="undecided"))
    assert 3 == exit_code(replace(found, candidates=found.candidates[:1])), (
        "the baseline alone answers nothing"
    )


def test_a_requirement_is_found_by_its_text_or_its_beginning(finished):
    product = sw.open(finished)
    assert "recall >= 0.50" == requirement_named(product, "recall")
    with pytest.raises(sw.InputError, match="no requirement reads 'recal > 1'"):
        requirement_named(product, "recal > 1")
    with pytest.raises(sw.InputError, match="3 requirements begin with ''"):
        requirement_named(product, "")


def test_the_workings_of_a_verdict_tell_counts_interval_and_rule(finished):
    [record] = sw.records(sw.open(finished), "evaluate")
    verdict = next(
        each for each in evaluation_of(record).rolled_up("keywords") if each.requirement == "recall >= 0.50"
    )
    told = dict(workings(verdict))
    assert "all rows" == told["slice"]
    assert told["verdict"].startswith("met: ")
    assert "75 rows, 75 independent units" in told["counts"]
    assert "two-sided" in told["interval"]
    assert "one-sided at 95 %" in told["bounds"]
