"""What a requirement names becomes a definition, or an error that teaches."""

from __future__ import annotations

import pytest

from shipworthy.errors import InputError
from shipworthy.metrics import METRICS, define, entry_of
from shipworthy.metrics.defining import headlines, running_costs
from shipworthy.spec.claim import Metric
from shipworthy.spec.quantity import read_quantity
from shipworthy.tally import Needs
from shipworthy.tally.cube import squared
from shipworthy.tally.needs import pair, pairs
from tests.metrics.every import BINARY_METRICS, EVERY, MONEY, defined, metric


@pytest.mark.parametrize(
    ("text", "code", "remedy"),
    [
        ("recal", "metric.unknown", "Did you mean 'recall'?"),
        ("p95", "metric.arguments", "Write it as p95(column)."),
        ("p100(ms)", "metric.unknown", "p"),
        ("recall(ms)", "metric.arguments", "Write it as recall."),
        ("mean", "metric.arguments", "Write it as mean(column)."),
        ("mean(a, b)", "metric.arguments", "Write it as mean(column)."),
        ("gap(recall)", "metric.arguments", "Write it as gap(metric, column[, column])."),
        ("gap(recal, colour)", "metric.unknown", "Did you mean 'recall'?"),
        ("gap(p95(ms), colour)", "metric.nested", "gap(recall, colour)"),
        ("gap(mean(ms), colour)", "metric.nested", "gap(recall, colour)"),
        ("gap(gap(recall, a), b)", "metric.nested", "gap(recall, b)"),
        ("gap(recall, a, a)", "metric.arguments", "each column once"),
        ("gap(equal_opportunity(a), b)", "metric.nested", "gap(recall, b)"),
        ("equal_opportunity", "metric.arguments", "Write it as equal_opportunity(column[, column])."),
        ("conditional_gap(recall, a)", "metric.arguments", "conditional_gap(metric, column, control)"),
        ("worst_group(selection_rate, a)", "metric.nested", "or gap(selection_rate, a)"),
        ("ratio(net_value, colour)", "metric.nested", "Use gap(net_value, colour)."),
    ],
)
def test_a_metric_that_cannot_be_is_refused_with_the_way_out(text, code, remedy):
    with pytest.raises(InputError) as error:
        defined(text)
    assert code == error.value.problem.code
    assert remedy in error.value.problem.remedy


def test_a_number_is_no_argument():
    with pytest.raises(InputError) as error:
        define(Metric("mean", (read_quantity("3"),)), None)
    assert "metric.arguments" == error.value.problem.code


def test_net_value_needs_money():
    for text in ("net_value", "gap(net_value, colour)"):
        with pytest.raises(InputError) as error:
            defined(text, None)
        assert "metric.value" == error.value.problem.code
        assert "value:" in error.value.problem.remedy


@pytest.mark.parametrize("text", EVERY)
def test_a_definition_keeps_the_name_that_it_was_given(text):
    assert text == str(defined(text).metric)


@pytest.mark.parametrize("name", [f"p{percent}" for percent in (1, 50, 99)])
def test_quantiles_from_1_to_99_are_metrics(name):
    assert name == entry_of(name).name
    assert int(name[1:]) / 100 == defined(f"{name}(ms)").p


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("recall", Needs(groupings=frozenset({("size",)}), products=pairs(["tp", "fn", "xp"]))),
        (
            "mean(ms)",
            Needs(
                frozenset({"ms"}),
                frozenset({("size",)}),
                products=pairs(["ms", "#ms"])
                | {pair(a, squared(b)) for a in ("ms", "#ms") for b in ("ms", "#ms")},
            ),
        ),
        (
            "p95(ms)",
            Needs(
                frozenset({"ms"}),
                frozenset({("size",)}),
                frozenset({("ms", ("size",))}),
                pairs(["#ms"]),
                ranked=frozenset({("ms", ("size",))}),
            ),
        ),
        (
            "gap(recall, colour)",
            Needs(groupings=frozenset({("colour", "size")}), products=pairs(["tp", "fn", "xp"])),
        ),
        (
            "equalised_odds(colour, age)",
            Needs(
                groupings=frozenset({("age", "colour", "size")}),
                products=pairs(["tp", "fn", "xp"]) | pairs(["fp", "tn", "xn"]),
            ),
        ),
    ],
)
def test_a_metric_says_what_must_be_scanned(text, expected):
    assert expected == defined(text).needs(("size",))


def test_a_metric_says_which_columns_it_reads():
    assert () == defined("recall").columns
    assert ("ms",) == defined("p95(ms)").columns
    assert ("colour",) == defined("gap(recall, colour)").columns
    assert ("colour", "flag") == defined("gap(rate(flag), colour)").columns
    assert ("a", "b", "job") == (
        *defined("equalised_odds(a, b)").columns, *defined("conditional_gap(recall, a, job)").columns[1:]
    )  # fmt: skip


def test_a_gap_is_in_the_unit_of_what_it_compares():
    assert "share" == defined("gap(recall, colour)").unit
    assert "money" == defined("gap(net_value, colour)").unit
    assert "share" == defined("ratio(recall, colour)").unit
    assert "column" == defined("mean(ms)").unit


def test_headlines_hold_money_only_where_it_is_stated():
    without = [str(each.metric) for each in headlines(None)]
    known = [name for name in BINARY_METRICS if METRICS[name].headline]
    assert [name for name in known if name != "net_value"] == without
    assert {*without, "net_value"} == {str(each.metric) for each in headlines(MONEY)}


def test_running_costs_are_defined_without_money():
    assert "mean(cost_usd)" in [str(each.metric) for each in running_costs()]
    assert "p95(latency_ms)" == str(metric("p95(latency_ms)"))
