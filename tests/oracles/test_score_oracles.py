"""Metrics of a score, from a table in the engine to the value, against scikit-learn and plain NumPy."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import sklearn.metrics as sk

from shipworthy.metrics import measure
from shipworthy.query.scan import Log, scan
from shipworthy.query.slicing import Slicing
from shipworthy.tally.needs import merged
from tests.metrics.every import defined
from tests.query.tables import local, table_of

ROWS = 3_000
SCHEMA = pa.schema(
    [
        ("id", pa.string()), ("unit", pa.string()), ("label", pa.bool_()), ("prediction", pa.bool_()),
        ("score", pa.float64()), ("colour", pa.string()),
    ]
)  # fmt: skip


class Case:
    """A log in NumPy, and the same in the engine."""

    def __init__(self, folder: Path, *, clustered: bool, coarse: bool) -> None:
        rng = np.random.default_rng(5)
        self.label = rng.random(ROWS) < 0.3
        score = 1 / (1 + np.exp(-(rng.normal(size=ROWS) - 1 + 2 * self.label)))
        self.score = np.round(score, 2) if coarse else score
        self.colour = rng.choice(["blue", "red"], ROWS)
        rows = [
            {"id": f"{at}", "unit": f"u{at // 3}", "label": bool(label), "prediction": None, "score": float(score), "colour": str(colour)}
            for at, (label, score, colour) in enumerate(zip(self.label, self.score, self.colour, strict=True))
        ]  # fmt: skip
        self.definitions = {text: defined(text) for text in ORACLES}
        engine = local(folder)
        log = Log(engine, table_of(engine, rows, SCHEMA), {"colour": Slicing("colour")}, 0.5, clustered)
        needs = merged(each.needs(by) for each in self.definitions.values() for by in ((), ("colour",)))
        self.tallies = scan(log, needs)


def at_fpr(label, score):
    fpr, tpr, _ = sk.roc_curve(label, score, drop_intermediate=False)
    return tpr[fpr <= 0.05].max()


def at_recall(label, score):
    fpr, tpr, _ = sk.roc_curve(label, score, drop_intermediate=False)
    return fpr[tpr >= 0.9].min()


def expected_calibration_error(label, score):
    """Ten bins of equal mass."""
    order = np.argsort(score)
    bins = zip(np.array_split(score[order], 10), np.array_split(label[order], 10), strict=True)
    return sum(len(s) * abs(s.mean() - y.mean()) for s, y in bins) / len(score)


ORACLES = {
    "auc": (sk.roc_auc_score, 2e-4),
    "average_precision": (sk.average_precision_score, 2e-3),
    "brier": (sk.brier_score_loss, 1e-12),
    "log_loss": (sk.log_loss, 1e-12),
    "calibration_error": (expected_calibration_error, 2e-3),
    "recall_at_fpr(5 %)": (at_fpr, 1e-2),
    "fpr_at_recall(90 %)": (at_recall, 1e-2),
}


@pytest.fixture(scope="module", params=["rows", "units", "ties"])
def case(request, tmp_path_factory):
    return Case(
        tmp_path_factory.mktemp("scores"), clustered=request.param == "units", coarse=request.param == "ties"
    )


@pytest.mark.parametrize("text", ORACLES)
def test_values_are_those_of_scikit_learn(case, text):
    oracle, within = ORACLES[text]
    whole = measure(case.definitions[text], case.tallies, (), 0.95)
    assert oracle(case.label, case.score) == pytest.approx(whole.value[0], abs=within)
    sliced = measure(case.definitions[text], case.tallies, ("colour",), 0.95)
    for key, value in zip(sliced.keys, sliced.value, strict=True):
        own = case.colour == key[0]
        assert oracle(case.label[own], case.score[own]) == pytest.approx(value, abs=2 * within)
    assert (sliced.lower < sliced.value).all()
    assert (sliced.value < sliced.upper).all()


def test_the_bounds_of_a_mean_of_probabilities_are_near_those_of_a_bootstrap_of_units(case):
    rng = np.random.default_rng(3)
    unit = np.arange(ROWS) // (3 if case.tallies.clustered else 1)
    loss = (case.score - case.label) ** 2
    each = np.bincount(unit, loss) / np.bincount(unit)
    drawn = each[rng.integers(0, len(each), (2_000, len(each)))].mean(axis=1)
    found = measure(case.definitions["brier"], case.tallies, (), 0.95)
    assert np.quantile(drawn, [0.05, 0.95]).tolist() == pytest.approx(
        [found.lower[0], found.upper[0]], rel=0.01
    )
    assert len(each) == found.units[0]


def test_the_log_loss_of_a_certain_mistake_is_that_of_scikit_learn(tmp_path):
    rows = [
        {"id": "a", "unit": "a", "label": True, "prediction": None, "score": 0.0, "colour": "red"},
        {"id": "b", "unit": "b", "label": False, "prediction": None, "score": 0.25, "colour": "red"},
    ]
    engine, definition = local(tmp_path), defined("log_loss")
    tallies = scan(Log(engine, table_of(engine, rows, SCHEMA), {}, 0.5), definition.needs(()))
    value = float(measure(definition, tallies, (), 0.95).value[0])
    assert sk.log_loss([1, 0], [0.0, 0.25]) == pytest.approx(value)
    assert math.isfinite(value)
