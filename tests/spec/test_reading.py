from __future__ import annotations

import pytest

from shipworthy.errors import SpecError
from shipworthy.spec.model import Product, Split
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

    assert product.value
    assert product.value.volume
    assert product.action
    assert product.data.split
    assert product.launch
    assert product.monitor
    assert product.monitor.label_delay
    assert "Mail shield" == product.product
    assert 2_000_000 * 12 / 365.2425 == pytest.approx(product.value.volume.per_day)
    assert True is product.action.reversible
    assert (0.3, 0.2) == (product.data.split.test, product.data.split.validation)
    assert "2012" == product.data.examples.collected
    assert [("num_char", 4, ()), ("lines", None, (10, 100))] == [
        (item.column, item.quantiles, item.cuts) for item in product.segments[2:]
    ]
    assert [("gender", "consent"), ("age", None)] == [(item.column, item.basis) for item in product.protected]
    assert ["rule", "trained", "trained", "chat", "recorded"] == [
        each.kind for each in product.candidates.values()
    ]
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

    assert product.problem
    assert ("no", "2012-01-31") == (product.owner, product.problem.today)


def test_a_key_without_a_value_counts_as_absent():
    product = read_product(SMALL + "owner:\nsegments:\ncandidates:\n  # none yet\n", "p")

    assert (None, (), {}) == (product.owner, product.segments, product.candidates)


def test_a_seed_may_stand_in_the_rule_of_a_split():
    text = in_small("data: {", "data: {split: {by: random(7)}, ")

    assert Split(by="random", seed=7) == read_product(text, "p").data.split


@pytest.mark.parametrize(
    "protected", ["[age, {gender: {basis: consent}}]", "{age: , gender: {basis: consent}}"]
)
def test_protected_columns_are_a_list_or_a_group(protected):
    product = read_product(f"{SMALL}protected: {protected}\n", "p")

    assert [("age", None), ("gender", "consent")] == [(item.column, item.basis) for item in product.protected]


# Each file is wrong in one place, which ▸ marks; the mark is taken out before the file is read.
BROKEN = [
    # keys
    (in_small("product:", "▸produkt:"), "spec.unknown_key", "'product'"),
    (in_full("source: data/mail", "▸sorce: data/mail"), "spec.unknown_key", "'source'"),
    (SMALL + "▸label: spam\n", "spec.unknown_key", "belongs to data.examples"),
    (in_small("spam}", "spam, ▸owner: me}"), "spec.unknown_key", "belongs to data.examples"),
    (in_small("spam}", "spam, ▸risks: [x]}"), "spec.unknown_key", "top level"),
    (in_small("spam}", "spam, ▸xyzzy: 1}"), "spec.unknown_key", "Known: target, positive, kind"),
    (SMALL + "owner: me\n▸owner: you\n", "spec.duplicate_key", "Keep one"),
    (candidates("a: {rule: x}\n  ▸a: {rule: y}"), "spec.duplicate_key", "another name"),
    (
        "▸" + in_small("predicts: {target: spam}\n", ""),
        "spec.missing",
        "predicts: {target: spam, positive: 1}",
    ),
    (
        in_small("examples: {source: mail.csv}", "▸examples: {id: a}"),
        "spec.missing",
        "source: data/mail.parquet",
    ),
    (in_small("predicts: {target: spam}", "▸predicts:"), "spec.missing", "predicts: {target: spam"),
    (in_small("target: spam", "▸target: "), "spec.missing", "target: spam"),
    (
        in_small("requirements:\n  - recall >= 0.80\n", "▸requirements:"),
        "spec.missing",
        "requirements: [recall >= 0.80]",
    ),
    (in_small("\n  - recall >= 0.80", " ▸[]"), "spec.value", "requirements: [recall >= 0.80]"),
    (in_small("Mail shield", "▸' '"), "spec.value", "product: Mail shield"),
    # kinds of value
    (in_small("Mail shield", "▸2024"), "spec.type", "'2024'"),
    (in_small("Mail shield", "▸[Mail shield]"), "spec.type", "'[Mail shield]'"),
    (in_small("{target: spam}", "▸spam"), "spec.type", "predicts: {target: spam, positive: 1}"),
    (in_small("spam}", "spam, positive: ▸[1]}"), "spec.type", "positive: 1"),
    (in_full("reversible: yes", "reversible: ▸perhaps"), "spec.type", "reversible: yes"),
    (in_full("true_positive: 0.02", "true_positive: ▸a lot"), "spec.type", "true_positive: 0.02"),
    (in_full("true_positive: 0.02", "true_positive: ▸$0.02"), "spec.type", "alone: 0.02"),
    (in_full("true_positive: 0.02", "true_positive: ▸true"), "spec.type", "true_positive: 0.02"),
    (in_full("true_positive: 0.02", "true_positive: ▸.nan"), "spec.value", "true_positive: 0.02"),
    (SMALL + "segments: ▸format\n", "spec.type", "segments: [format]"),
    (candidates("a: ▸logistic_regression"), "spec.type", "{logistic: {train: logistic_regression}}"),
    ("▸- product\n- predicts\n", "spec.type", "product: Mail shield"),
    ("▸Mail shield", "spec.type", "space after its colon"),
    # values
    (in_small("spam}", "spam, kind: ▸binry}"), "spec.value", "'binary'"),
    (in_small("spam}", "spam, kind: ▸oracle}"), "spec.value", "Choose"),
    (in_full("2_000_000 / month", "▸two million"), "spec.value", "NUMBER / day, week, month"),
    (in_full("test: 30 %", "test: ▸30"), "spec.value", "30 % or 0.3"),
    (in_full("test: 30 %", "test: ▸30 days"), "spec.value", "30 % or 0.3"),
    (
        in_full("split: {by: time, test: 30 %", "▸split: {by: time, test: 80 %"),
        "spec.value",
        "Lower one of them",
    ),
    (in_full("split: {by: time", "▸split: {by: random(3), seed: 4"), "spec.value", "Keep it in"),
    (
        changed("by: time", "by: ▸time", in_full(" time: time,", "")),
        "spec.missing",
        "data.examples: time: COLUMN",
    ),
    (in_full("every: 1 day", "every: ▸daily"), "spec.value", "7 days"),
    (in_full("every: 1 day", "every: ▸5 %"), "spec.value", "7 days"),
    (in_full("every: 1 day", "every: ▸[1]"), "spec.value", "every: 1 day"),
    (in_full("stages: [shadow, 5 %, 25 %", "stages: ▸[shadow, 25 %, 5 %"), "spec.value", "smallest share"),
    (in_full("5 %, 25 %", "▸5 days, 25 %"), "spec.value", "5 %"),
    (in_full("test: 30 %", "test: ▸true"), "spec.value", "30 % or 0.3"),
    (
        in_full("4 quantiles}", "4 quantiles}, ▸{column: a, quantiles: 4, cuts: [1]}"),
        "spec.value",
        "Keep one",
    ),
    (in_full("5 %, 25 %", "▸true"), "spec.value", "5 %"),
    (in_full("label_delay: 7 days", "label_delay: ▸0 days"), "spec.value", "7 days"),
    (in_full("5 %, 25 %", "▸500 %"), "spec.value", "5 %"),
    (in_full("{num_char: 4 quantiles}", "▸{num_char: four parts}"), "spec.value", "4 quantiles"),
    (in_full("{num_char: 4 quantiles}", "▸{num_char: 1 quantiles}"), "spec.value", "quantiles: 4"),
    (in_full("{num_char: 4 quantiles}", "▸{num_char: top many}"), "spec.value", "top 20"),
    (in_full("4 quantiles}", "4 quantiles}, ▸{column: a, quantiles: 4, top: 5}"), "spec.value", "Keep one"),
    (in_full("{lines: [10, 100]}", "▸{lines: [100, 10]}"), "spec.value", "smallest first"),
    (in_full("format, number,", "format, number, ▸format,"), "spec.repeated", "Remove one"),
    (in_full("{basis: consent}", "{▸bases: consent}"), "spec.unknown_key", "'basis'"),
    (in_full("{basis: consent}", "▸law"), "spec.value", "gender: {basis: …}"),
    # candidates
    (candidates("▸baseline: {rule: x}"), "spec.value", "another name"),
    (candidates("a: {train: ▸logistic_regresion}"), "spec.value", "'logistic_regression'"),
    (candidates("a: {train: gradient_boosting, tune: ▸30}"), "spec.value", "30 trials"),
    (candidates("a: {train: gradient_boosting, tune: ▸long}"), "spec.value", "30 trials"),
    (candidates("▸a: {rule: x, train: gradient_boosting}"), "spec.value", "exactly one of rule, train"),
    (candidates("▸a: {cost: 1}"), "spec.value", "exactly one of rule, train"),
    (candidates("a: {rule: ▸''}"), "spec.value", "dollar > 2"),
    (candidates("a: {rule: x, ▸tune: 3 trials}"), "spec.value", "'train'"),
    (candidates("a: {recorded: x, columns: {▸verdict: reply}}"), "spec.value", "Choose one"),
    (candidates("a: {recorded: x, columns: {▸verdict: prediction}}"), "spec.value", "prediction: verdict"),
    (candidates("a: {rule: x, cost: ▸-1}"), "spec.value", "cost: 0.001"),
    # requirements
    (in_small("recall >= 0.80", "recall ▸=> 0.80"), "spec.requirement", "'>='"),
    (in_small("recall >= 0.80", "'recall ▸=> 0.80'"), "spec.requirement", "'>='"),
    (in_small("recall >= 0.80", '"recall ▸=> 0.80"'), "spec.requirement", "'>='"),
    (in_small("recall >= 0.80", "recall >= 0.8 for every 'a''b' ▸it"), "spec.requirement", "quotes"),
    (in_small("recall >= 0.80", "'recall >= 0.8 where a = ''b'' ▸it'"), "spec.requirement", "quotes"),
    (in_small("recall >= 0.80", '"recall >= 0.8 where a = \\"b\\" ▸it"'), "spec.requirement", "quotes"),
    (in_small("recall >= 0.80", ">-\n    recall >= 0.8\n    for ▸each x"), "spec.requirement", "'every'"),
    (in_small("recall >= 0.80", "recall >= 0.8\n    for ▸each x"), "spec.requirement", "'every'"),
    (
        in_small("recall >= 0.80", "recall >= 0.8\n   ▸-recall >= 0.7"),
        "spec.requirement",
        "space after each '-'",
    ),
    (in_small("recall >= 0.80", "{require: recall ▸=> 0.80}"), "spec.requirement", "'>='"),
    (in_small("recall >= 0.80", "{require: recall >= 0.80, stages: [▸ofline]}"), "spec.value", "'offline'"),
    (in_small("recall >= 0.80", "{require: recall >= 0.80, stages: ▸[]}"), "spec.value", "[offline, live]"),
    (in_small("recall >= 0.80", "{require: recall >= 0.80, ▸ovner: me}"), "spec.unknown_key", "'owner'"),
    (in_small("recall >= 0.80", "▸recall: 0.80"), "spec.value", "without a colon"),
    (in_small("recall >= 0.80", "▸0.80"), "spec.value", "- recall >= 0.80"),
    (in_full("net_value < 0", "net_value ▸under 0"), "spec.requirement", "METRIC >= NUMBER"),
    (SMALL + "  - ▸recall   >=  0.80\n", "spec.repeated", "Remove one"),
    (in_small("recall >= 0.80", "▸recal >= 0.80"), "spec.metric", "'recall'"),
    (in_small("recall >= 0.80", "▸xyzzy >= 0.80"), "spec.metric", "shipworthy metrics"),
    (in_small("recall >= 0.80", "recall >= 0.80 at ▸precison >= 0.5"), "spec.metric", "'precision'"),
    (in_small("recall >= 0.80", "gap(▸recal, format) <= 0.05"), "spec.metric", "'recall'"),
    (in_small("recall >= 0.80", "▸gap(recall) <= 0.05"), "spec.metric", "gap(recall, country)"),
    (in_small("recall >= 0.80", "▸ratio(recall, 5 %) >= 0.8"), "spec.metric", "ratio(recall, country)"),
    (in_small("recall >= 0.80", "gap(▸ratio(recall, x), y) >= 0.8"), "spec.metric", "recall inside"),
    (in_small("recall >= 0.80", "▸p100(latency_ms) <= 50"), "spec.metric", "p95(latency_ms)"),
    (in_small("recall >= 0.80", "▸p99.9(latency_ms) <= 50"), "spec.metric", "p95(latency_ms)"),
    (in_small("recall >= 0.80", "▸p0(latency_ms) <= 50"), "spec.metric", "p95(latency_ms)"),
    (in_small("recall >= 0.80", "▸p95 <= 50"), "spec.metric", "p95(latency_ms)"),
    # names
    *[
        (
            SMALL + f"metrics:\n  ▸{name}: {{numerator: x, denominator: y}}\n",
            "spec.value",
            f"Write for example: {near}",
        )
        for name, near in {
            "own-rate": "own_rate",
            "own metric": "own_metric",
            "1own": "_1own",
            "größe": "grosse",
            "€": "my_metric",
            "x" * 61: "x" * 60,
        }.items()
    ],
    (SMALL + "grade:\n  ▸too-long: {length: {most_words: 3}}\n", "spec.value", "Write for example: too_long"),
    # YAML
    (in_small("Mail shield", "Mail▸: shield"), "spec.yaml", "single quotes"),
    (in_small("product: ", "product▸:"), "spec.yaml", "space after it"),
    (in_small("{target: spam}", "\n  target: spam\n    ▸positive: 1"), "spec.yaml", "same column"),
    (in_small("{target: spam}", "\n▸\ttarget: spam"), "spec.yaml", "spaces"),
    (in_small("Mail shield", "▸'Mail shield"), "spec.yaml", "closing quote"),
    (in_small("{target: spam}", "▸{target: spam"), "spec.yaml", "'}'"),
    (SMALL + "segments: ▸[a, b\n", "spec.yaml", "']'"),
    (in_small("Mail shield", "▸@home"), "spec.yaml", "single quotes"),
    (in_small("Mail shield", "100% *real*\nowner: ▸*me"), "spec.yaml", "single quotes"),
    (in_small("Mail shield", "▸!shield"), "spec.yaml", "'!'"),
    (in_small("Mail shield", '"a\\▸q"'), "spec.yaml", "single quotes"),
    (in_small("Mail shield", "a▸\x07b"), "spec.yaml", "UTF-8"),
    (SMALL + "  ▸-recall >= 0.7\n", "spec.yaml", "'- item'"),
    (SMALL + "▸owner\nsegments: []\n", "spec.yaml", "'name: value'"),
    (SMALL + "▸---\n" + SMALL, "spec.yaml", "---"),
    (SMALL + "▸<<: {owner: me}\n", "spec.yaml", "Write the keys out"),
    (SMALL + "▸[a, b]: c\n", "spec.yaml", "plain words"),
    (SMALL + "learning: {open: ▸&r [*r]}\n", "spec.yaml", "Write the value out"),
    ("▸", "spec.empty", "shipworthy new"),
    ("▸# to be written\n", "spec.empty", "shipworthy new"),
]


@pytest.mark.parametrize(("marked", "code", "remedy"), BROKEN)
def test_a_broken_file_says_what_where_and_how_to_mend_it(marked, code, remedy):
    before, _, after = marked.partition("▸")

    problem = the_problem(before + after)

    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    assert (code, "product.yaml", line, column) == (
        problem.code,
        problem.where.file,
        problem.where.line,
        problem.where.column,
    )
    assert remedy in problem.remedy


def test_aliases_that_multiply_are_a_problem_and_take_no_time():
    lines = [
        "a: &a0 [x, x, x, x, x, x, x, x, x, x]",
        *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)),
    ]

    assert "spec.yaml" in {problem.code for problem in problems_of("\n".join(lines))}


def test_brackets_without_end_are_a_problem_too():
    assert "Flatten the file." == the_problem(SMALL + "risks: " + "[" * 2000).remedy


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

    assert "shop/product.yaml:1:10: product: found the number 2024 where text was expected" in str(
        caught.value
    )
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
    assert name == str(read_product(changed("recall", name), "p", METRICS).requirements[0].metric)


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

    assert "spec.encoding" == caught.value.problem.code
    assert f"{tmp_path / 'product.yaml'}:2:11" == str(caught.value.problem.where)


def test_a_path_that_no_system_accepts_is_no_traceback():
    with pytest.raises(SpecError) as caught:
        load_product("a\0b")

    assert "spec.unreadable" == caught.value.problem.code


def test_a_link_to_nothing_is_told_as_one(tmp_path):
    (tmp_path / "product.yaml").symlink_to("elsewhere.yaml")
    with pytest.raises(SpecError, match=r"is a link to elsewhere\.yaml, and there is nothing") as caught:
        load_product(tmp_path)
    assert "spec.missing_file" == caught.value.problem.code
