"""The whole path, from product.yaml and Parquet to estimates, against scikit-learn, statsmodels, SciPy and NumPy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sklearn.metrics as sk
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

import shipworthy as sw
from shipworthy.evidence import Estimate, Evaluation, Verdict

ROWS = 2_000
MONEY = {"tp": 2.0, "fp": -3.0, "fn": -1.0, "tn": 0.25}
PRODUCT = """\
product: Oracle
owner: Tests
predicts: {target: spam, positive: 1}
value: {currency: USD, true_positive: 2, false_positive: -3, false_negative: -1, true_negative: 0.25}
data:
  examples: {source: examples.parquet, id: id, owner: tests, licence: CC0%(unit)s}
segments: [colour]
candidates:
  vendor: {recorded: answers.parquet, columns: {prediction: verdict, latency_ms: took}}
requirements:
  - recall >= 0.80
  - precision >= 0.10
  - p95(latency_ms) <= 100 ms
  - p50(latency_ms) <= 15 ms for every colour
  - mean(words) <= 90
  - rate(urgent) <= 30 %%
  - f1 >= 0.50
  - net_value >= 0
"""


@dataclass(frozen=True)
class Case:
    """A log in NumPy, and what Shipworthy made of it."""

    spam: np.ndarray
    verdict: np.ndarray
    took: np.ndarray
    words: np.ndarray
    urgent: np.ndarray
    colour: np.ndarray
    user: np.ndarray
    evaluation: Evaluation

    def estimate(self, metric: str, **slice_: str) -> Estimate:
        return next(
            each
            for each in self.evaluation.estimates
            if (each.candidate, each.metric, each.slice) == ("vendor", metric, slice_)
        )

    def verdict_on(self, requirement: str) -> Verdict:
        return next(v for v in self.evaluation.rolled_up("vendor") if v.requirement == requirement)

    @property
    def cells(self) -> dict[str, int]:
        tn, fp, fn, tp = sk.confusion_matrix(self.spam, self.verdict).ravel().tolist()
        return {"tp": tp, "fn": fn, "fp": fp, "tn": tn}

    @property
    def money(self) -> np.ndarray:
        found = np.where(self.verdict == 1, MONEY["fp"], MONEY["tn"])
        return np.where(self.spam == 1, np.where(self.verdict == 1, MONEY["tp"], MONEY["fn"]), found)


def evaluated(folder: Path, *, clustered: bool) -> Case:
    rng = np.random.default_rng(11)
    user = rng.integers(0, 300, ROWS)
    lean = rng.normal(0, 1, 300)[user]
    spam = (rng.normal(-1, 1, ROWS) + lean > 0).astype(int)
    columns: dict[str, Any] = {
        "spam": spam,
        "verdict": np.where(rng.random(ROWS) < 0.12, 1 - spam, spam),
        "took": rng.lognormal(2.5, 0.8, ROWS),
        "words": rng.gamma(2.0, 40.0, ROWS) + 10 * lean,
        "urgent": rng.random(ROWS) < 0.25,
        "colour": rng.choice(["blue", "red"], ROWS),
        "user": user,
    }
    ids = [f"m{number:05d}" for number in range(ROWS)]
    own = ("spam", "words", "urgent", "colour", "user")
    pq.write_table(
        pa.table({"id": ids, **{name: columns[name] for name in own}}), folder / "examples.parquet"
    )
    order = rng.permutation(ROWS)
    answers = {name: columns[name][order] for name in ("verdict", "took")}
    pq.write_table(pa.table({"id": [ids[at] for at in order], **answers}), folder / "answers.parquet")
    (folder / "product.yaml").write_text(PRODUCT % {"unit": ", unit: user" if clustered else ""})
    evaluation = sw.evaluate(sw.open(folder)).evaluation
    assert evaluation is not None
    return Case(**columns, evaluation=evaluation)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return evaluated(tmp_path_factory.mktemp("plain"), clustered=False)


@pytest.fixture(scope="module")
def clustered(tmp_path_factory):
    return evaluated(tmp_path_factory.mktemp("clustered"), clustered=True)


SCORES = {
    "accuracy": sk.accuracy_score,
    "recall": sk.recall_score,
    "precision": sk.precision_score,
    "f1": sk.f1_score,
    "false_positive_rate": lambda true, answer: 1 - sk.recall_score(true, answer, pos_label=0),
}
TRIALS = {"accuracy": ("tp", "fn", "fp", "tn"), "recall": ("tp", "fn"), "precision": ("tp", "fp"),
          "f1": ("tp", "fn", "fp"), "false_positive_rate": ("fp", "tn")}  # fmt: skip
EVENTS = {"accuracy": ("tp", "tn"), "recall": ("tp",), "precision": ("tp",), "false_positive_rate": ("fp",)}


@pytest.mark.parametrize("metric", SCORES)
def test_values_and_counts_are_those_of_scikit_learn(case, metric):
    found = case.estimate(metric)
    assert SCORES[metric](case.spam, case.verdict) == pytest.approx(found.value, abs=1e-12)
    assert sum(case.cells[cell] for cell in TRIALS[metric]) == found.n == found.units


@pytest.mark.parametrize("metric", SCORES)
@pytest.mark.parametrize("colour", ["blue", "red"])
def test_values_by_segment_are_those_of_scikit_learn(case, metric, colour):
    inside = case.colour == colour
    expected = SCORES[metric](case.spam[inside], case.verdict[inside])
    assert expected == pytest.approx(case.estimate(metric, colour=colour).value, abs=1e-12)


@pytest.mark.parametrize("metric", EVENTS)
def test_bounds_of_shares_are_those_of_statsmodels(case, metric):
    found = case.estimate(metric)
    events, trials = (sum(case.cells[cell] for cell in of[metric]) for of in (EVENTS, TRIALS))
    assert proportion_confint(events, trials, 0.05, "wilson") == pytest.approx(
        (found.low, found.high), abs=1e-9
    )
    assert proportion_confint(events, trials, 0.10, "beta") == pytest.approx(
        (found.lower, found.upper), abs=1e-9
    )
    assert "wilson" == found.method


def test_bounds_of_f1_are_those_of_statsmodels_on_the_jaccard_index(case):
    found, cells = case.estimate("f1"), case.cells
    ends = proportion_confint(cells["tp"], cells["tp"] + cells["fp"] + cells["fn"], 0.10, "beta")
    assert [2 * end / (1 + end) for end in ends] == pytest.approx([found.lower, found.upper], abs=1e-9)


def test_a_yes_or_no_column_is_a_share_too(case):
    found = case.estimate("rate(urgent)")
    assert case.urgent.mean() == pytest.approx(found.value, abs=1e-12)
    ends = proportion_confint(case.urgent.sum(), ROWS, 0.10, "beta")
    assert ends == pytest.approx((found.lower, found.upper), abs=1e-9)


def test_quantiles_are_those_of_numpy_within_half_a_percent(case):
    for metric, p in (("p50(latency_ms)", 0.5), ("p95(latency_ms)", 0.95), ("p99(latency_ms)", 0.99)):
        expected = np.quantile(case.took, p, method="inverted_cdf")
        assert expected == pytest.approx(case.estimate(metric).value, rel=0.005)


def test_bounds_of_a_quantile_are_order_statistics_rounded_outward(case):
    found, ranked = case.estimate("p95(latency_ms)"), np.sort(case.took)
    lower = ranked[int(stats.binom.ppf(0.05, ROWS, 0.95)) - 1]
    upper = ranked[int(stats.binom.ppf(0.95, ROWS, 0.95))]
    assert found.lower <= lower < found.value < upper <= found.upper
    assert (lower, upper) == pytest.approx((found.lower, found.upper), rel=0.01)


def interval(values):
    return stats.t.interval(0.95, len(values) - 1, values.mean(), stats.sem(values))


def beyond_the_tail(end, residuals, mean, worth=None):
    """An upper end by Student's t, moved out for a long tail on its side: Johnson's term (1978), and decision 0004's second one."""
    student = stats.t.ppf(0.975, (worth or len(residuals)) - 1)
    skew = stats.skew(residuals) / np.sqrt(len(residuals))
    assert skew > 0
    return mean + (end - mean) * (1 + (1 + 2 * student**2) * (skew / 6 + student * skew**2) / student)


def test_the_mean_of_a_column_and_its_interval_are_those_of_scipy(case):
    found = case.estimate("mean(words)")
    assert case.words.mean() == pytest.approx(found.value, rel=1e-9)
    low, high = interval(case.words)
    assert low == pytest.approx(found.low, rel=1e-9)
    assert beyond_the_tail(high, case.words - case.words.mean(), case.words.mean()) == pytest.approx(
        found.high
    )
    lower = case.words.mean() - stats.t.ppf(0.95, ROWS - 1) * stats.sem(case.words)
    assert lower == pytest.approx(found.lower, rel=1e-9)


def test_net_value_and_its_interval_are_those_of_scipy(case):
    found = case.estimate("net_value")
    assert case.money.mean() == pytest.approx(found.value, rel=1e-9)
    assert interval(case.money) == pytest.approx((found.low, found.high), rel=1e-9)
    assert "delta_t" == found.method


def test_the_bounds_of_net_value_agree_with_student_where_every_outcome_is_common(case):
    found = case.estimate("net_value")
    half = stats.t.ppf(0.95, ROWS - 1) * stats.sem(case.money)
    assert case.money.mean() - half == pytest.approx(found.lower, abs=0.1 * half)
    assert case.money.mean() + half == pytest.approx(found.upper, abs=0.1 * half)


def test_verdicts_follow_from_the_bounds_of_statsmodels(case):
    cells = case.cells
    lower = proportion_confint(cells["tp"], cells["tp"] + cells["fn"], 0.10, "beta")[0]
    assert ("met" if lower >= 0.8 else "undecided") == case.verdict_on("recall >= 0.80").verdict
    p = stats.binomtest(cells["tp"], cells["tp"] + cells["fn"], 0.8, alternative="less").pvalue
    expected = p if cells["tp"] / (cells["tp"] + cells["fn"]) < 0.8 else 1.0
    assert expected == pytest.approx(case.verdict_on("recall >= 0.80").p_missed, rel=1e-6)


def kish(users):
    """How many users of one size the users are worth (Kish 1965)."""
    rows = np.bincount(np.unique(users, return_inverse=True)[1])
    return rows.sum() ** 2 / np.sum(rows**2)


def robust(values, users):
    """Mean, interval and standard error by cluster-robust least squares on a constant, with Kish's number of users for theirs."""
    fit = sm.OLS(values, np.ones(len(values))).fit(cov_type="cluster", cov_kwds={"groups": users}, use_t=True)
    many, worth = len(np.unique(users)), kish(users)
    mean = float(fit.params[0])
    error = float(fit.bse[0]) * np.sqrt((many - 1) / many * worth / (worth - 1))
    half = stats.t.ppf(0.975, worth - 1) * error
    return mean, (mean - half, mean + half), error


def test_clustered_means_and_intervals_are_those_of_statsmodels(clustered):
    for metric, values in (("mean(words)", clustered.words), ("net_value", clustered.money)):
        found = clustered.estimate(metric)
        mean, ends, _ = robust(values, clustered.user)
        assert mean == pytest.approx(found.value, rel=1e-9)
        high = ends[1]
        if metric == "mean(words)":
            of_users = np.bincount(np.unique(clustered.user, return_inverse=True)[1], values - mean)
            high = beyond_the_tail(high, of_users, mean, kish(clustered.user))
        assert (ends[0], high) == pytest.approx((found.low, found.high), rel=1e-9)
        assert round(kish(clustered.user)) == found.units


def test_clustered_shares_are_widened_by_the_design_effect_of_statsmodels(clustered):
    """Accuracy: the Clopper-Pearson bound on the rows divided by (robust / plain standard error) squared."""
    right = (clustered.spam == clustered.verdict).astype(float)
    share, _, error = robust(right, clustered.user)
    effective = min(ROWS, share * (1 - share) / error**2)
    found = clustered.estimate("accuracy")
    ends = proportion_confint(share * effective, effective, 0.10, "beta")
    assert share == pytest.approx(found.value, abs=1e-12)
    assert ends == pytest.approx((found.lower, found.upper), abs=0.002)


def test_clustered_rows_never_claim_to_know_more_than_independent_ones(case, clustered):
    for metric in ("recall", "f1", "net_value", "mean(words)", "p95(latency_ms)"):
        plain, wide = case.estimate(metric), clustered.estimate(metric)
        assert plain.value == pytest.approx(wide.value, rel=1e-9)
        slack = 1e-9 * abs(plain.value)
        if metric != "net_value":  # its robust error may be the smaller one by chance
            assert wide.lower <= plain.lower + slack
            assert wide.upper >= plain.upper - slack
