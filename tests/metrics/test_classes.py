"""Metrics of several classes: scikit-learn's values, bounds that stay honest, and no preference between classes."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
import sklearn.metrics as sk
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from shipworthy.errors import InputError
from shipworthy.metrics import METRICS, define
from shipworthy.metrics.defining import details, headlines
from shipworthy.spec.task import Task
from tests.metrics.every import metric
from tests.metrics.kinds import CLASSES, THREE, confused, confused_units, of_classes, table

EVERY = [
    "accuracy", "error_rate", "coverage", "macro_recall", "macro_precision", "macro_f1", "weighted_f1",
    *(f"{name}('old cow')" for name in ("recall", "precision", "f1", "false_positive_rate", "specificity",
      "false_negative_rate", "negative_predictive_value", "false_discovery_rate", "false_omission_rate",
      "selection_rate", "base_rate")),
    "confusion(cat, 'old cow')",
]  # fmt: skip
OF_LABELS = [text for text in EVERY if not text.startswith(("coverage", "selection_rate", "base_rate"))]
COUNTS = hnp.arrays(np.int64, (4, 4), elements=st.integers(0, 40))
RNG = np.random.default_rng(7)
LABELS = RNG.choice(CLASSES, 600, p=[0.6, 0.3, 0.1])
ANSWERS = np.where(RNG.random(600) < 0.75, LABELS, RNG.choice(CLASSES, 600))
ONE = {"labels": ["old cow"], "average": None, "zero_division": np.nan}
ORACLES = {
    "accuracy": sk.accuracy_score(LABELS, ANSWERS),
    "macro_recall": sk.balanced_accuracy_score(LABELS, ANSWERS),
    "macro_precision": sk.precision_score(LABELS, ANSWERS, average="macro"),
    "macro_f1": sk.f1_score(LABELS, ANSWERS, average="macro"),
    "weighted_f1": sk.f1_score(LABELS, ANSWERS, average="weighted"),
    "recall('old cow')": sk.recall_score(LABELS, ANSWERS, **ONE)[0],
    "precision('old cow')": sk.precision_score(LABELS, ANSWERS, **ONE)[0],
    "f1('old cow')": sk.f1_score(LABELS, ANSWERS, **ONE)[0],
    "specificity('old cow')": sk.recall_score(LABELS == "old cow", ANSWERS == "old cow", pos_label=False),
    "confusion(cat, 'old cow')": sk.confusion_matrix(LABELS, ANSWERS, normalize="true")[0, 2],
}


def test_every_metric_of_classes_is_tested_here():
    assert {name for name, entry in METRICS.items() if "multiclass" in entry.kinds} == {
        metric(text).name for text in EVERY
    } | {"mean", "rate", "gap", "ratio", "worst_group", "conditional_gap", "pass_rate"} | {
        "pass_at",
        "pass_all",
        "agreement",
        "semantic_entropy",
        "variant_flip",
        "variant_drop",
    }


@pytest.mark.parametrize("text", ORACLES)
def test_values_are_those_of_scikit_learn(text):
    found = of_classes(text, confused(table(LABELS, ANSWERS)))
    assert pytest.approx(ORACLES[text], abs=1e-12) == found.value[0]


@pytest.mark.parametrize("text", EVERY)
@given(counts=COUNTS)
def test_bounds_hold_the_value_and_stay_shares(text, counts):
    found = of_classes(text, confused(counts))
    if not np.isnan(found.value[0]):
        assert 0 <= found.lower[0] <= found.value[0] + 1e-9
        assert found.value[0] - 1e-9 <= found.upper[0] <= 1
        assert 0 <= found.low[0] <= found.value[0] + 1e-9
        assert found.value[0] - 1e-9 <= found.high[0] <= 1


def side_by_side(tables):
    """Several tables (ways, 4, 4), each a slice of its own."""
    return confused(tables, by=("way",), keys=[(f"{way:02d}",) for way in range(len(tables))])


@pytest.mark.parametrize("text", OF_LABELS)
@given(counts=hnp.arrays(np.int64, (3, 4), elements=st.integers(0, 2)))
def test_the_bounds_contain_the_value_however_unanswered_rows_would_have_been_answered(text, counts):
    full = np.vstack([counts, np.zeros((1, 4), dtype=int)])
    found = of_classes(text, confused(full))
    moved = np.stack([full] * 27)
    for at, answers in enumerate(product(range(3), repeat=3)):
        for label, answer in enumerate(answers):
            moved[at, label, answer] += full[label, 3]
            moved[at, label, 3] = 0
    values = of_classes(text, side_by_side(moved), by=("way",)).value
    assert np.all(np.isnan(values) | (found.lower[0] - 1e-9 <= values) & (values <= found.upper[0] + 1e-9))


@pytest.mark.parametrize("text", ["accuracy", "macro_recall", "macro_precision", "macro_f1", "weighted_f1"])
@given(counts=COUNTS)
def test_no_class_comes_first(text, counts):
    orders = [[*order, 3] for order in permutations(range(3))]
    found = of_classes(text, side_by_side(np.stack([counts[np.ix_(at, at)] for at in orders])), by=("way",))
    ends = np.array([found.value, found.lower, found.upper])
    assert np.allclose(ends[:, :1], ends, equal_nan=True)


@pytest.mark.parametrize("text", ["macro_recall", "macro_precision", "macro_f1", "weighted_f1"])
def test_a_sample_without_an_error_is_not_certain(text):
    found = of_classes(text, confused(np.diag([20, 20, 5, 0])))
    assert 1 == found.value[0]
    assert 0.7 < found.lower[0] < 0.97
    assert "classes_exact" == found.method[0]


def test_a_class_without_rows_leaves_the_average_open():
    found = of_classes("macro_recall", confused(np.diag([200, 200, 0, 0])))
    assert 1 == found.value[0]
    assert found.lower[0] < 0.67
    assert "no test row counts for recall('old cow')" in found.notes[0]


def test_a_class_without_rows_has_no_weight_in_the_weighted_average():
    found = of_classes("weighted_f1", confused(np.diag([200, 200, 0, 0])))
    assert found.lower[0] > 0.95


def test_units_of_one_row_give_the_bounds_of_rows():
    counts = RNG.multinomial(1, [0.3, 0.04, 0.02, 0.03, 0.3, 0.03, 0.02, 0.04, 0.22], 400).reshape(
        1, 400, 3, 3
    )
    units = np.zeros((1, 400, 4, 4))
    units[:, :, :3, :3] = counts
    for text in ("macro_recall", "macro_f1", "weighted_f1", "accuracy"):
        rows, own = (
            of_classes(text, tallies) for tallies in (confused(units.sum(axis=1)), confused_units(units))
        )
        assert np.allclose([rows.value, rows.lower, rows.upper], [own.value, own.lower, own.upper], atol=1e-9)


def test_clustered_rows_widen_the_bounds():
    units = np.zeros((1, 100, 4, 4))
    units[0, np.arange(100), np.arange(100) % 3, np.arange(100) % 3] = 5
    units[0, :30] = np.roll(units[0, :30], 1, axis=2) * (np.arange(4) < 3)
    clustered, free = confused_units(units), confused(units.sum(axis=1))
    for text in ("macro_recall", "macro_f1", "accuracy"):
        wide, narrow = of_classes(text, clustered), of_classes(text, free)
        assert pytest.approx(narrow.value[0]) == wide.value[0]
        assert wide.lower[0] < narrow.lower[0]


@pytest.mark.parametrize("text", ["macro_f1", "weighted_f1", "macro_recall", "macro_precision"])
def test_the_interval_is_that_of_a_bootstrap_of_units(text):
    """Of 2,000 resamples of 300 units with one to four rows each; ends agree to a tenth of the width."""
    rng = np.random.default_rng(3)
    units = np.zeros((300, 4, 4))
    for unit in range(300):
        skill, label = rng.beta(6, 2), rng.choice(3, p=[0.5, 0.3, 0.2])
        for _ in range(rng.integers(1, 5)):
            units[unit, label, label if rng.random() < skill else rng.integers(3)] += 1
    found = of_classes(text, confused_units(units[np.newaxis]))
    drawn = rng.multinomial(300, np.full(300, 1 / 300), 2_000)
    resampled = np.einsum("bu,uij->bij", drawn, units)
    keys = [(f"{at}",) for at in range(2_000)]
    values = of_classes(text, confused(resampled, by=("b",), keys=keys), by=("b",)).value
    ends = np.quantile(values, [0.025, 0.975])
    assert np.allclose([found.low[0], found.high[0]], ends, atol=0.1 * (ends[1] - ends[0]))


def test_many_classes_are_averaged_by_the_bounds_of_each():
    names = tuple(f"c{at:02d}" for at in range(20))
    task = Task("multiclass", names)
    counts = np.zeros((21, 21))
    counts[:20, :20] = 80 * np.eye(20) + 1
    found = of_classes("macro_f1", confused(counts, task), task)
    assert "classes_exact" == found.method[0]
    assert found.lower[0] < found.value[0] < found.upper[0]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("recall", "metric.arguments", r"Write it as recall\(class\)"),
        ("recall(cow)", "metric.class", "'old cow'"),
        ("confusion(cat, cat)", "metric.arguments", "names one class twice"),
        ("confusion(cat)", "metric.arguments", r"confusion\(class, class\)"),
        ("auc", "metric.kind", "macro_recall"),
        ("net_value", "metric.kind", "confusion"),
        ("mae", "metric.kind", "Metrics for multiclass: accuracy"),
        ("balanced_accuracy", "metric.unknown", "macro_recall"),
    ],
)
def test_what_does_not_fit_classes_is_refused_with_what_does(text, code, said):
    with pytest.raises(InputError, match=said) as caught:
        define(metric(text), None, THREE)
    assert code == caught.value.problem.code


def test_numbers_may_name_classes():
    task = Task("multiclass", ("1", "2", "3"))
    assert "recall(2)" == str(define(metric("recall(2)"), None, task).metric)


def test_headlines_tell_of_all_classes_and_details_of_each():
    assert {"accuracy", "macro_recall", "macro_f1"} == {str(each.metric) for each in headlines(None, THREE)}
    assert "recall('old cow')" in {str(each.metric) for each in details(THREE)}
