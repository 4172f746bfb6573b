from __future__ import annotations

import pytest

from shipworthy.errors import SpecError
from shipworthy.spec.model import Product
from shipworthy.spec.reading import load_product, read_product
from tests.spec.product_files import FULL, METRICS, SMALL, changed


def problems_of(text, metrics=METRICS):
    with pytest.raises(SpecError) as caught:
        read_product(text, "product.yaml", metrics)
    return caught.value.problems


def the_problem(text):
    [problem] = problems_of(text)
    return problem


def in_small(old, new):
    return changed(old, new)


def in_full(old, new):
    return changed(old, new, FULL)


def candidates(line):
    return SMALL + f"candidates:\n  {line}\n"


def test_a_full_file_reads():
    product = read_product(FULL, "product.yaml", METRICS)

    assert "Mail shield" == product.product
    assert 2_000_000 * 12 / 365.2425 == pytest.approx(product.value.volume.per_day)
    assert True is product.action.reversible
    assert (0.3, 0.2) == (product.data.split.test, product.data.split.validation)
    assert "2012" == product.data.examples.collected
    assert [("num_char", 4, ()), ("lines", None, (10, 100))] == [
        (item.column, item.quantiles, item.cuts) for item in product.segments[2:]
    ]
    assert [("gender", "consent"), ("age", None)] == [(item.column, item.basis) for item in product.protected]
    assert ["rule", "trained", "trained", "chat", "recorded"] == [each.kind for each in product.candidates.values()]
    assert ("route to the rule", "finance", ("live",)) == (
        product.requirements[5].otherwise,
        product.requirements[5].owner,
        product.requirements[5].stages,
    )
    assert 604_800 == product.monitor.label_delay.seconds
    assert "net_value < 0" == product.launch.stop_if[0].text


def test_a_product_can_be_dumped_and_read_back():
    product = read_product(FULL, "product.yaml")

    assert product == Product.model_validate(product.model_dump())


def test_dates_and_no_stay_text_as_yaml_1_2_says():
    product = read_product(SMALL + "owner: no\nproblem: {who: a, need: b, today: 2012-01-31}\n", "p")

    assert ("no", "2012-01-31") == (product.owner, product.problem.today)


def test_a_key_without_a_value_counts_as_absent():
    product = read_product(SMALL + "owner:\nsegments:\ncandidates:\n  # none yet\n", "p")

    assert (None, (), {}) == (product.owner, product.segments, product.candidates)


def test_a_seed_may_stand_in_the_rule_of_a_split():
    text = in_small("data: {", "data: {split: {by: random(7)}, ")

    assert ("random", 7) == (lambda split: (split.by, split.seed))(read_product(text, "p").data.split)


@pytest.mark.parametrize("protected", ["[age, {gender: {basis: consent}}]", "{age: , gender: {basis: consent}}"])
def test_protected_columns_are_a_list_or_a_group(protected):
    product = read_product(f"{SMALL}protected: {protected}\n", "p")

    assert [("age", None), ("gender", "consent")] == [(item.column, item.basis) for item in product.protected]


BROKEN = [
    # keys
    (in_small("product:", "produkt:"), "spec.unknown_key", 1, 1, "'product'"),
    (in_full("source: data/mail", "sorce: data/mail"), "spec.unknown_key", 9, 14, "'source'"),
    (SMALL + "label: spam\n", "spec.unknown_key", 6, 1, "belongs to data.examples"),
    (in_small("{target: spam}", "{target: spam, owner: me}"), "spec.unknown_key", 2, 26, "belongs to data.examples"),
    (in_small("{target: spam}", "{target: spam, risks: [x]}"), "spec.unknown_key", 2, 26, "top level"),
    (in_small("{target: spam}", "{target: spam, xyzzy: 1}"), "spec.unknown_key", 2, 26, "Known: target, positive, kind"),
    (SMALL + "owner: me\nowner: you\n", "spec.duplicate_key", 7, 1, "Keep one"),
    (candidates("a: {rule: x}\n  a: {rule: y}"), "spec.duplicate_key", 8, 3, "another name"),
    (in_small("predicts: {target: spam}\n", ""), "spec.missing", 1, 1, "predicts: {target: spam, positive: 1}"),
    (in_small("{source: mail.csv}", "{id: a}"), "spec.missing", 3, 8, "source: data/mail.parquet"),
    (in_small("{target: spam}", ""), "spec.missing", 2, 1, "predicts: {target: spam"),
    (in_small("{target: spam}", "{target: }"), "spec.missing", 2, 12, "target: spam"),
    (in_small("  - recall >= 0.80\n", ""), "spec.missing", 4, 1, "requirements: [recall >= 0.80]"),
    (in_small("\n  - recall >= 0.80", " []"), "spec.value", 4, 15, "requirements: [recall >= 0.80]"),
    (in_small("Mail shield", "' '"), "spec.value", 1, 10, "product: Mail shield"),
    # kinds of value
    (in_small("Mail shield", "2024"), "spec.type", 1, 10, "'2024'"),
    (in_small("Mail shield", "[Mail shield]"), "spec.type", 1, 10, "'[Mail shield]'"),
    (in_small("{target: spam}", "spam"), "spec.type", 2, 11, "predicts: {target: spam, positive: 1}"),
    (in_small("{target: spam}", "{target: spam, positive: [1]}"), "spec.type", 2, 36, "positive: 1"),
    (in_full("reversible: yes", "reversible: perhaps"), "spec.type", 6, 69, "reversible: yes"),
    (in_full("true_positive: 0.02", "true_positive: a lot"), "spec.type", 7, 72, "true_positive: 0.02"),
    (in_full("true_positive: 0.02", "true_positive: $0.02"), "spec.type", 7, 72, "alone: 0.02"),
    (in_full("true_positive: 0.02", "true_positive: true"), "spec.type", 7, 72, "true_positive: 0.02"),
    (in_full("true_positive: 0.02", "true_positive: .nan"), "spec.value", 7, 72, "true_positive: 0.02"),
    (SMALL + "segments: format\n", "spec.type", 6, 11, "segments: [format]"),
    (candidates("a: logistic_regression"), "spec.type", 7, 6, "{logistic: {train: logistic_regression}}"),
    ("- product\n- predicts\n", "spec.type", 1, 1, "product: Mail shield"),
    ("Mail shield", "spec.type", 1, 1, "space after its colon"),
    # values
    (in_small("{target: spam}", "{target: spam, kind: binry}"), "spec.value", 2, 33, "'binary'"),
    (in_small("{target: spam}", "{target: spam, kind: oracle}"), "spec.value", 2, 33, "Choose"),
    (in_full("2_000_000 / month", "two million"), "spec.value", 7, 31, "NUMBER / day, week, month"),
    (in_full("test: 30 %", "test: 30"), "spec.value", 11, 27, "30 % or 0.3"),
    (in_full("test: 30 %", "test: 80 %"), "spec.value", 11, 3, "Lower one of them"),
    (in_full("by: time", "by: random(3), seed: 4"), "spec.value", 11, 3, "Keep it in"),
    (in_full(" time: time,", ""), "spec.missing", 11, 15, "data.examples: time: COLUMN"),
    (in_full("every: 1 day", "every: daily"), "spec.value", 27, 18, "7 days"),
    (in_full("every: 1 day", "every: 5 %"), "spec.value", 27, 18, "7 days"),
    (in_full("5 %, 25 %", "25 %, 5 %"), "spec.value", 28, 10, "smallest share"),
    (in_full("5 %, 25 %", "5 days, 25 %"), "spec.value", 28, 27, "5 %"),
    (in_full("4 quantiles", "four parts"), "spec.value", 12, 28, "4 quantiles"),
    (in_full("4 quantiles", "1 quantiles"), "spec.value", 12, 28, "quantiles: 4"),
    (in_full("[10, 100]", "[100, 10]"), "spec.value", 12, 54, "smallest first"),
    (in_full("format, number,", "format, number, format,"), "spec.repeated", 12, 28, "Remove one"),
    (in_full("{basis: consent}", "{bases: consent}"), "spec.unknown_key", 13, 22, "'basis'"),
    (in_full("{basis: consent}", "law"), "spec.value", 13, 21, "gender: {basis: …}"),
    # candidates
    (candidates("baseline: {rule: x}"), "spec.value", 7, 3, "another name"),
    (candidates("a: {train: logistic_regresion}"), "spec.value", 7, 14, "'logistic_regression'"),
    (candidates("a: {train: gradient_boosting, tune: 30}"), "spec.value", 7, 39, "30 trials"),
    (candidates("a: {train: gradient_boosting, tune: long}"), "spec.value", 7, 39, "30 trials"),
    (candidates("a: {rule: x, train: gradient_boosting}"), "spec.value", 7, 3, "exactly one of rule, train"),
    (candidates("a: {cost: 1}"), "spec.value", 7, 3, "exactly one of rule, train"),
    (candidates("a: {rule: ''}"), "spec.value", 7, 13, "dollar > 2"),
    (candidates("a: {rule: x, tune: 3 trials}"), "spec.value", 7, 16, "'train'"),
    (candidates("a: {recorded: x, columns: {verdict: label}}"), "spec.value", 7, 30, "Choose one"),
    (candidates("a: {recorded: x, columns: {verdict: prediction}}"), "spec.value", 7, 30, "prediction: verdict"),
    (candidates("a: {rule: x, cost: -1}"), "spec.value", 7, 22, "cost: 0.001"),
    # requirements
    (in_small("recall >= 0.80", "recall => 0.80"), "spec.requirement", 5, 12, "'>='"),
    (in_small("recall >= 0.80", "'recall => 0.80'"), "spec.requirement", 5, 13, "'>='"),
    (in_small("recall >= 0.80", '"recall => 0.80"'), "spec.requirement", 5, 13, "'>='"),
    (in_small("recall >= 0.80", "recall >= 0.8 for every 'a''b' it"), "spec.requirement", 5, 36, "quotes"),
    (in_small("recall >= 0.80", "'recall >= 0.8 where a = ''b'' it'"), "spec.requirement", 5, 36, "quotes"),
    (in_small("recall >= 0.80", ">-\n    recall >= 0.8\n    for each x"), "spec.requirement", 7, 9, "'every'"),
    (in_small("recall >= 0.80", "recall >= 0.8\n    for each x"), "spec.requirement", 6, 9, "'every'"),
    (in_small("recall >= 0.80", "{require: recall => 0.80}"), "spec.requirement", 5, 22, "'>='"),
    (in_small("recall >= 0.80", "{require: recall >= 0.80, stages: [ofline]}"), "spec.value", 5, 40, "'offline'"),
    (in_small("recall >= 0.80", "{require: recall >= 0.80, stages: []}"), "spec.value", 5, 39, "[offline, live]"),
    (in_small("recall >= 0.80", "{require: recall >= 0.80, ovner: me}"), "spec.unknown_key", 5, 31, "'owner'"),
    (in_small("recall >= 0.80", "recall: 0.80"), "spec.value", 5, 5, "without a colon"),
    (in_small("recall >= 0.80", "0.80"), "spec.value", 5, 5, "- recall >= 0.80"),
    (in_full("net_value < 0", "net_value under 0"), "spec.requirement", 28, 65, "METRIC >= NUMBER"),
    (SMALL + "  - recall   >=  0.80\n", "spec.repeated", 6, 5, "Remove one"),
    (in_small("recall >= 0.80", "recal >= 0.80"), "spec.metric", 5, 5, "'recall'"),
    (in_small("recall >= 0.80", "zeal >= 0.80"), "spec.metric", 5, 5, "shipworthy metrics"),
    (in_small("recall >= 0.80", "recall >= 0.80 at precison >= 0.5"), "spec.metric", 5, 23, "'precision'"),
    (in_small("recall >= 0.80", "gap(recal, format) <= 0.05"), "spec.metric", 5, 9, "'recall'"),
    (in_small("recall >= 0.80", "gap(recall) <= 0.05"), "spec.metric", 5, 5, "gap(recall, country)"),
    (in_small("recall >= 0.80", "ratio(recall, 5 %) >= 0.8"), "spec.metric", 5, 5, "ratio(recall, country)"),
    (in_small("recall >= 0.80", "gap(ratio(recall, x), y) >= 0.8"), "spec.metric", 5, 9, "recall inside"),
    (in_small("recall >= 0.80", "p100(latency_ms) <= 50"), "spec.metric", 5, 5, "p95(latency_ms)"),
    (in_small("recall >= 0.80", "p99.9(latency_ms) <= 50"), "spec.metric", 5, 5, "p95(latency_ms)"),
    (in_small("recall >= 0.80", "p0(latency_ms) <= 50"), "spec.metric", 5, 5, "p95(latency_ms)"),
    (in_small("recall >= 0.80", "p95 <= 50"), "spec.metric", 5, 5, "p95(latency_ms)"),
    # YAML
    (in_small("Mail shield", "Mail: shield"), "spec.yaml", 1, 14, "single quotes"),
    (in_small("product: ", "product:"), "spec.yaml", 1, 8, "space after it"),
    (in_small("{target: spam}", "\n  target: spam\n    positive: 1"), "spec.yaml", 4, 5, "same column"),
    (in_small("{target: spam}", "\n\ttarget: spam"), "spec.yaml", 3, 1, "spaces"),
    (in_small("Mail shield", "'Mail shield"), "spec.yaml", 1, 10, "closing quote"),
    (in_small("{target: spam}", "{target: spam"), "spec.yaml", 2, 11, "'}'"),
    (SMALL + "segments: [a, b\n", "spec.yaml", 6, 11, "']'"),
    (in_small("Mail shield", "@home"), "spec.yaml", 1, 10, "single quotes"),
    (in_small("Mail shield", "100% *real*\nowner: *me"), "spec.yaml", 2, 8, "single quotes"),
    (in_small("Mail shield", "!shield"), "spec.yaml", 1, 10, "'!'"),
    (in_small("Mail shield", '"a\\q"'), "spec.yaml", 1, 12, "single quotes"),
    (in_small("Mail shield", "a\x07b"), "spec.yaml", 1, 11, "UTF-8"),
    (SMALL + "---\n" + SMALL, "spec.yaml", 6, 1, "---"),
    (SMALL + "  -recall\n", "spec.yaml", 6, 3, "'name: value'"),
    (SMALL + "<<: {owner: me}\n", "spec.yaml", 6, 1, "Write the keys out"),
    (SMALL + "[a, b]: c\n", "spec.yaml", 6, 1, "plain words"),
    (SMALL + "risks: &r [*r]\n", "spec.yaml", 6, 8, "Write the value out"),
    (SMALL + "risks: " + "[" * 2000 + "\n", "spec.yaml", None, None, "Flatten"),
    ("", "spec.empty", 1, 1, "shipworthy new"),
    ("# to be written\n", "spec.empty", 1, 1, "shipworthy new"),
]


@pytest.mark.parametrize(("text", "code", "line", "column", "remedy"), BROKEN)
def test_a_broken_file_says_what_where_and_how_to_mend_it(text, code, line, column, remedy):
    problem = the_problem(text)

    assert (code, line, column) == (problem.code, problem.where.line, problem.where.column)
    assert remedy in problem.remedy
    assert "product.yaml" == problem.where.file


def test_all_problems_are_reported_at_once_in_the_order_of_the_lines():
    text = changed("product: Mail", "produkt: Mail", FULL)
    text = changed("kind: binary", "kind: binry", text)
    text = changed("number, {num", "format, {num", text)
    text = changed("recall >= 0.60 for every number", "recall >= 0.60 for each number", text)
    text = changed("keywords:", "baseline:", text)
    text = changed("gap(false_positive_rate", "gap(false_positve_rate", text)

    assert [
        ("spec.unknown_key", 2),
        ("spec.value", 5),
        ("spec.repeated", 12),
        ("spec.value", 15),
        ("spec.metric", 23),
        ("spec.requirement", 24),
    ] == [(problem.code, problem.where.line) for problem in problems_of(text)]


def test_the_error_shows_every_problem_as_text():
    with pytest.raises(SpecError) as caught:
        read_product(changed("Mail shield", "2024") + "label: spam\n", "shop/product.yaml")

    assert "shop/product.yaml:1:10: product: found the number 2024 where text was expected" in str(caught.value)
    assert "shop/product.yaml:6:1: 'label' is not a key of product.yaml" in str(caught.value)


def test_a_misspelt_key_is_not_reported_as_missing_too():
    assert ["spec.unknown_key"] == [each.code for each in problems_of(changed("predicts:", "predict:"))]


def test_a_list_whose_only_item_is_wrong_is_not_called_empty():
    assert ["spec.requirement"] == [each.code for each in problems_of(changed("recall >= 0.80", "recall"))]


def test_a_requirement_that_a_flow_list_cuts_in_two_gets_that_explained():
    text = changed("\n  - recall >= 0.80", " [gap(recall, format) <= 0.05]")

    assert all("comma separates items" in problem.remedy for problem in problems_of(text))


def test_without_known_metrics_every_name_passes():
    assert "zeal" == read_product(changed("recall", "zeal"), "p").requirements[0].metric.name


@pytest.mark.parametrize("name", ["ndcg@10", "rate(clicked)", "p50(latency_ms)", "ratio(recall, format)"])
def test_metrics_with_arguments_are_known_by_their_name(name):
    assert read_product(changed("recall", name), "p", METRICS)


def test_a_folder_or_the_file_in_it_may_be_loaded(tmp_path):
    (tmp_path / "product.yaml").write_text(SMALL)

    assert load_product(tmp_path) == load_product(str(tmp_path / "product.yaml"))


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path):
    (tmp_path / "product.yaml").write_text(SMALL, encoding="utf-8-sig")

    assert "Mail shield" == load_product(tmp_path).product


@pytest.mark.parametrize(
    ("path", "message", "remedy"),
    [
        ("", "has no product.yaml", "shipworthy new"),
        ("nowhere/product.yaml", "there is no folder", "shipworthy new"),
        ("produkt.yaml", "has no produkt.yaml", "shipworthy new"),
    ],
)
def test_a_missing_file_says_so(tmp_path, path, message, remedy):
    with pytest.raises(SpecError) as caught:
        load_product(tmp_path / path)

    assert "spec.missing_file" == caught.value.problem.code
    assert message in caught.value.problem.message
    assert remedy in caught.value.problem.remedy


def test_a_file_named_almost_right_is_found(tmp_path):
    (tmp_path / "product.yml").write_text(SMALL)

    with pytest.raises(SpecError, match=r"Did you mean .*product\.yml"):
        load_product(tmp_path)


def test_a_file_that_is_not_utf_8_says_where(tmp_path):
    (tmp_path / "product.yaml").write_bytes(b"product: x\nowner: caf\xe9\n")

    with pytest.raises(SpecError) as caught:
        load_product(tmp_path)

    place = caught.value.problem.where
    assert ("spec.encoding", 2, 11) == (caught.value.problem.code, place.line, place.column)


def test_a_path_that_no_system_accepts_is_no_traceback():
    with pytest.raises(SpecError) as caught:
        load_product("a\0b")

    assert "spec.unreadable" == caught.value.problem.code
