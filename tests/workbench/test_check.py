"""Check holds the product against its data: problems stop every verb that judges, warnings do not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import shipworthy as sw
from tests.workbench import shop
from tests.workbench.shop import LOGISTIC, changed, edited, mail, with_candidates, with_requirements

ROWS = mail()
BROKEN = {
    "a column of every section": (
        changed("[format]", "[fromat]", with_requirements("mean(sice) <= 3", "recall >= 0.5 for every sendr", text=changed("id: id", "id: di"))),
        ROWS,
        [("data.no_column", 6), ("data.no_column", 8), ("data.no_column", 12), ("data.no_column", 13)],
    ),
    "several candidates": (
        with_candidates(
            "  a: {rule: biat > 1}\n",
            "  b: {recorded: nowhere.csv}\n",
            "  c: {train: logistic_regression, features: [spam]}\n",
            text=changed("mail.csv,", "mail.csv,"),
        ),
        ROWS,
        [("source.missing", 12)],
    ),
    "candidates": (
        with_candidates("  a: {rule: biat > 1}\n", "  c: {train: logistic_regression, text: [spam]}\n", "  d: {rule: bait + 'x' > 1}\n"),
        ROWS,
        [("rule.unknown_column", 11), ("model.label_leak", 12), ("rule.type", 13)],
    ),
    "label and time at once": (
        shop.PRODUCT, edited(ROWS, spam=0, time="soon"), [("data.no_positives", 3), ("data.time", 6)],
    ),
    "a name of the log": (
        changed("[format]", "[unit]"), edited(ROWS, unit="x"), [("data.reserved", 6)],
    ),
    "an unknown drop": (
        with_candidates("  a: {train: logistic_regression, drop: [sendr]}\n"), ROWS, [("data.no_column", 11)],
    ),
    "thresholds that cannot be set": (
        with_candidates(
            "  a: {train: logistic_regression, thresholds_by: sender}\n",
            "  b: {rule: bait > 1, thresholds_by: format}\n",
            "  c: {rule: winner, abstain: {review: -0.1}}\n",
            "  d: {rule: bait, thresholds_by: spam}\n",
        ),
        ROWS, [("candidate.groups", 11), ("candidate.no_score", 12), ("candidate.no_score", 13), ("candidate.groups", 14)],
    ),
    "thresholds by no column": (
        with_candidates("  a: {rule: bait, thresholds_by: fromat}\n"), ROWS, [("data.no_column", 11)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "rows", "expected"), BROKEN.values(), ids=BROKEN)
def test_every_problem_is_found_at_once_with_its_line(text, rows, expected, tmp_path):
    product = sw.open(shop.product_folder(tmp_path, text, rows))
    try:
        problems = sw.check(product).problems
    except sw.InputError as error:
        problems = error.problems
    assert expected == [(each.code, each.where.line if each.where else None) for each in problems]
    assert all(each.message and each.remedy for each in problems)


VERBS: dict[str, Callable[[Any], Any]] = {
    "train": sw.train,
    "evaluate": sw.evaluate,
    "decide": sw.decide,
    "run": sw.run,
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_product_with_problems_stops_every_verb_that_judges_with_all_of_them(verb, tmp_path):
    text = with_requirements(
        "mean(sice) <= 3", text=changed("[format]", "[fromat]", with_candidates(LOGISTIC))
    )
    product = sw.open(shop.product_folder(tmp_path, text))
    with pytest.raises(sw.SpecError) as caught:
        VERBS[verb](product)
    assert ["'fromat'", "'sice'"] == [each.message.rpartition(" ")[2] for each in caught.value.problems]
    assert [] == sw.records(product)


def warned(tmp_path, text, rows=ROWS):
    found = sw.check(sw.open(shop.product_folder(tmp_path, text, rows)))
    assert () == found.problems
    return [(each.code, each.where.line if each.where else None, each.message) for each in found.warnings]


def test_a_good_product_has_neither_problems_nor_warnings(tmp_path):
    assert [] == warned(tmp_path, shop.PRODUCT)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("owner: Trust and safety\n", "", "the product has no owner"),
        (", owner: mail team", "", "the examples have no owner"),
        (", licence: CC0", "", "the examples have no licence"),
        ("segments: [format]", "protected: [format]", "held without a legal basis"),
    ],
)
def test_what_blocks_shipping_is_a_warning(tmp_path, old, new, words):
    [(code, _, message)] = warned(tmp_path, changed(old, new))
    assert "spec.blocks_ship" == code
    assert words in message


NESTED = {
    "struct": pa.array([{"a": n % 2} for n in range(len(ROWS))]),
    "list": pa.array([[n % 2] for n in range(len(ROWS))]),
    "map": pa.array([[("a", n % 2)] for n in range(len(ROWS))], pa.map_(pa.string(), pa.int64())),
    "bytes": pa.array([bytes([n % 2]) for n in range(len(ROWS))]),
}


@pytest.mark.parametrize("kind", NESTED)
def test_rows_are_not_sliced_by_lists_groups_of_fields_or_bytes(kind, tmp_path):
    text = changed(
        "[format]", "[inner]\nprotected: [inner]", with_requirements("recall >= 0.5 for every inner")
    )
    folder = shop.product_folder(tmp_path, text.replace("mail.csv", "mail.parquet"))
    rows = [{**row, "time": datetime.fromisoformat(row["time"])} for row in ROWS]
    pq.write_table(pa.Table.from_pylist(rows).append_column("inner", NESTED[kind]), folder / "mail.parquet")
    found = sw.check(sw.open(folder)).problems
    assert [("segment.kind", 8), ("segment.kind", 9), ("segment.kind", 13)] == [
        (each.code, each.where.line if each.where else None) for each in found
    ]
    assert all(each.message.startswith("inner holds values of the type ") for each in found)
    assert all("slice by another one: id, time, sender," in each.remedy for each in found)


def test_few_test_rows_of_a_kind_are_a_warning(tmp_path):
    found = warned(tmp_path, shop.PRODUCT, ROWS[:80])
    assert ["data.few", "data.few"] == [code for code, _, _ in found]
    assert "positive test rows" in found[0][2]


def test_a_slice_that_no_example_has_is_a_warning_with_the_nearest(tmp_path):
    found = sw.check(
        sw.open(shop.product_folder(tmp_path, with_requirements("recall >= 0.5 where format = htm")))
    )
    [warning] = found.warnings
    assert ("requirement.no_slice", 12) == (warning.code, warning.where.line if warning.where else None)
    assert "Did you mean 'html'?" == warning.remedy


def test_a_label_of_three_values_is_a_warning_that_says_what_counts_as_negative(tmp_path):
    rows = edited(ROWS, spam=lambda row: 2 if row["id"] == "m00003" else row["spam"])
    assert [("data.many_values", 3, "spam holds 3 different values: all but 1 count as negative")] == warned(
        tmp_path, shop.PRODUCT, rows
    )


@pytest.mark.parametrize(("role", "what"), [("second_label", "repeats"), ("label_time", "when")])
def test_a_rule_reads_no_column_that_tells_the_label(tmp_path, role, what):
    text = changed("id: id, ", f"id: id, {role}: size, ", with_candidates("  a: {rule: size > 1}\n"))
    [found] = sw.check(sw.open(shop.product_folder(tmp_path, text, ROWS))).problems
    assert "rule.label_leak" == found.code
    assert "the rule reads size, which " in found.message
    assert what in found.message


def test_where_a_label_is_known_at_once_its_time_is_that_of_the_row(tmp_path):
    text = changed("id: id, ", "id: id, label_time: time, ", with_candidates("  a: {rule: time IS NULL}\n"))
    assert () == sw.check(sw.open(shop.product_folder(tmp_path, text, ROWS))).problems


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", ["400 of the 400 values of size are numbers with a comma, such as 0,"]),
        (", drop: [size]", []),
        (", text: [size]", []),
        (", features: [bait]", []),
    ],
)
def test_a_column_of_decimal_commas_that_a_model_learns_as_words_is_a_warning(tmp_path, settings, expected):
    rows = edited(ROWS, size=lambda row: f"{row['size']:.3f}".replace(".", ","))
    text = with_candidates(LOGISTIC.replace(", cost", f"{settings}, cost"))
    found = warned(tmp_path, text, rows)
    assert [("data.decimal_comma", 11)] * len(expected) == [(code, line) for code, line, _ in found]
    assert all(message.startswith(words) for (_, _, message), words in zip(found, expected, strict=True))


def test_check_tells_the_columns_that_it_looked_at(tmp_path):
    found = sw.check(sw.open(shop.product_folder(tmp_path)))
    assert list(ROWS[0]) == [column.name for column in found.columns]
    assert {400} == {column.rows for column in found.columns}
