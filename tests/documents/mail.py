"""A realistic decision about a spam filter: three candidates, a baseline, slices, curves and all three verdicts."""

from __future__ import annotations

import math
from typing import Any, Literal

from scipy.stats import beta

from shipworthy.evidence import (
    CandidateFacts,
    CurvePoint,
    DataFacts,
    Decision,
    Estimate,
    Evaluation,
    Provenance,
    Record,
    SliceSearch,
    SplitFacts,
    Verdict,
    WorstSlice,
)
from shipworthy.spec.model import Product

LEVEL = 1 - 0.05 / 3
NUMBERS = {"none": 0.17, "small": 0.61, "big": 0.22}
FORMATS = {"html": 0.7, "plain": 0.3}

SPEC: dict[str, Any] = {
    "product": "Mail shield",
    "owner": "Trust and safety",
    "problem": {
        "who": "people who get unwanted mail",
        "need": "an inbox in which what they wait for is not buried",
        "today": "they sort by hand; 9 % report a missed message each month",
    },
    "predicts": {"target": "spam", "positive": 1},
    "action": {"do": "move to the spam folder", "reversible": True, "undo": "one click on “not spam”"},
    "value": {
        "currency": "USD", "volume": "2_000_000 / month",
        "true_positive": 0.02, "false_positive": -0.10, "false_negative": -0.05,
    },
    "data": {
        "examples": {"source": "data/mail.parquet", "id": "message_id", "time": "time", "owner": "mail team"},
        "split": {"by": "time", "test": "30 %", "validation": "20 %"},
    },
    "segments": ["format", "number"],
    "protected": ["language"],
    "candidates": {
        "keywords": {"rule": "winner = 'yes' OR dollar > 2"},
        "logistic": {"train": "logistic_regression"},
        "boosted": {"train": "gradient_boosting"},
    },
    "requirements": [
        "recall >= 0.80",
        "recall >= 0.80 at false_positive_rate <= 1 %",
        "gap(false_positive_rate, format) <= 0.05",
        "recall >= 0.75 for every number",
        {"require": "p95(latency_ms) <= 50 ms", "otherwise": "route to the rule", "owner": "platform"},
        "mean(cost_usd) <= 0.001",
    ],
    "risks": ["Senders of bulk mail adapt within weeks."],
}  # fmt: skip

SPAM, GOOD = 480, 3_520
CAUGHT = {"boosted": 0.902, "logistic": 0.842, "keywords": 0.61, "baseline": 0.0}
HARMED = {"boosted": 0.0048, "logistic": 0.0085, "keywords": 0.047, "baseline": 0.0}
LATENCY = {"boosted": 61.0, "logistic": 3.1, "keywords": 0.2, "baseline": 0.0}


def share(
    candidate: str, metric: str, events: int, trials: int, slice_: dict[str, str] | None = None
) -> Estimate:
    """A share with exact bounds."""

    def lower(level: float) -> float:
        return float(beta.ppf(1 - level, events, trials - events + 1)) if events else 0.0

    def upper(level: float) -> float:
        return float(beta.ppf(level, events + 1, trials - events)) if events < trials else 1.0

    return Estimate(
        candidate, metric, slice_ or {}, events / trials, lower(0.975), upper(0.975), 0.95,
        lower(LEVEL), upper(LEVEL), LEVEL, trials, trials, "wilson" if events > 9 else "clopper_pearson",
    )  # fmt: skip


def spread(candidate: str, metric: str, value: float, half: float, method: str = "delta_t") -> Estimate:
    """A number that is not a share, with a symmetric interval."""
    lower, upper = value - 1.1 * half, value + 1.1 * half
    return Estimate(
        candidate,
        metric,
        {},
        value,
        value - half,
        value + half,
        0.95,
        lower,
        upper,
        LEVEL,
        4_000,
        4_000,
        method,
    )


def estimates(candidate: str, latency_ms: float) -> list[Estimate]:
    caught, harmed = round(CAUGHT[candidate] * SPAM), round(HARMED[candidate] * GOOD)
    net = (0.02 * caught - 0.1 * harmed - 0.05 * (SPAM - caught)) / (SPAM + GOOD)
    gap = Estimate(
        candidate, "gap(false_positive_rate, format)", {}, 1.6 * HARMED[candidate], 0.0, 3 * HARMED[candidate] + 0.004,
        0.95, 0.0, 3.1 * HARMED[candidate] + 0.005, LEVEL, GOOD, GOOD, "simultaneous",
    )  # fmt: skip
    found = [
        share(candidate, "accuracy", caught + GOOD - harmed, SPAM + GOOD),
        share(candidate, "recall", caught, SPAM),
        share(candidate, "false_positive_rate", harmed, GOOD),
        spread(candidate, "net_value", net, 0.0003, "cells_exact" if candidate == "baseline" else "delta_t"),
        spread(candidate, "p95(latency_ms)", latency_ms, 0.03 * latency_ms, "order_statistic"),
        spread(candidate, "mean(cost_usd)", 0.00042, 0.00001),
        gap,
    ]
    if caught + harmed:
        found.append(share(candidate, "precision", caught, caught + harmed))
    drop = {"none": -0.09, "small": 0.01, "big": 0.03, "html": 0.01, "plain": -0.02}
    for column, shares in (("number", NUMBERS), ("format", FORMATS)):
        for value, part in shares.items():
            rate = min(max(CAUGHT[candidate] + drop[value] * (candidate != "baseline"), 0), 1)
            positives = round(part * SPAM)
            found.append(share(candidate, "recall", round(rate * positives), positives, {column: value}))
    return found


def judged(
    requirement: str, estimate: Estimate, bound: float, *, at_least: bool, at: Estimate | None = None
) -> Verdict:
    assert estimate.lower is not None
    assert estimate.upper is not None
    clears = estimate.lower >= bound if at_least else estimate.upper <= bound
    fails = estimate.upper < bound if at_least else estimate.lower > bound
    word: Literal["met", "missed", "undecided"] = "met" if clears else "missed" if fails else "undecided"
    near, far = ("lower", "upper") if at_least else ("upper", "lower")
    reason = {
        "met": f"the {near} bound at 98.33 %, {getattr(estimate, near):.4g}, clears {bound:g}",
        "missed": f"the {far} bound at 98.33 %, {getattr(estimate, far):.4g}, fails {bound:g}",
        "undecided": f"between its bounds, {estimate.lower:.4g} to {estimate.upper:.4g}, lies {bound:g}",
    }[word]
    even, likely = (140, 420) if word == "undecided" else (None, None)
    return Verdict(
        requirement, estimate.candidate, estimate.slice, word, estimate, even, likely, reason, at=at
    )


def verdicts(found: list[Estimate]) -> list[Verdict]:
    of = {estimate.metric: estimate for estimate in found if not estimate.slice}
    recall, fpr = of["recall"], of["false_positive_rate"]
    slices = [item for item in found if item.metric == "recall" and "number" in item.slice]
    every = "recall >= 0.75 for every number"
    inside = [judged(every, item, 0.75, at_least=True) for item in slices]
    words = [item.verdict for item in inside]
    worst = min(inside, key=lambda item: item.estimate.lower or 0 if item.estimate else 0)
    roll: Literal["met", "missed", "undecided"] = (
        "missed" if "missed" in words else "undecided" if "undecided" in words else "met"
    )
    even, likely = (140, 420) if roll == "undecided" else (None, None)
    reason = (
        f"of 3 slices {words.count('met')} met, {words.count(roll)} {roll}; number = none: {worst.reason}"
    )
    whole = Verdict(every, recall.candidate, {}, roll, worst.estimate, even, likely, reason)
    return [
        judged("recall >= 0.80", recall, 0.8, at_least=True),
        judged("recall >= 0.80 at false_positive_rate <= 1 %", recall, 0.8, at_least=True, at=fpr),
        judged(
            "gap(false_positive_rate, format) <= 0.05",
            of["gap(false_positive_rate, format)"],
            0.05,
            at_least=False,
        ),
        whole,
        *inside,
        judged("p95(latency_ms) <= 50 ms", of["p95(latency_ms)"], 50, at_least=False),
        judged("mean(cost_usd) <= 0.001", of["mean(cost_usd)"], 0.001, at_least=False),
    ]


def curve(best: float, peak: float) -> tuple[CurvePoint, ...]:
    """A net value that climbs steeply to its peak and falls slowly to what doing nothing costs."""
    points = []
    for step in range(1, 60):
        threshold = step / 60
        below = min(threshold - best, 0.0)
        value = peak - 3.2 * below**2 - (peak + 0.006) * max(threshold - best, 0) ** 2 / (1 - best) ** 2
        recall = 1 / (1 + math.exp(6 * (threshold - 0.9)))
        points.append(CurvePoint(threshold, value, recall, max(0.0, 0.4 - threshold) ** 2))
    return tuple(points)


WORST = (
    WorstSlice("logistic", "recall", {"number": "none"}, 0.7561, 0.8593, -0.1032, -0.2101, -0.0184, 82, 0.0007, 0.0147,
               -0.0815, "fisher"),
    WorstSlice("logistic", "net_value", {"format": "plain", "number": "none"}, -0.0061, 0.0023, -0.0084, -0.0121, -0.0047,
               214, 8e-6, 0.00017, -0.0079, "welch"),
)  # fmt: skip


def product() -> Product:
    return Product.model_validate(SPEC)


def evaluation(*, fast: bool = False) -> Evaluation:
    """The decision: *not yet*, or *ship* where the boosted candidate is fast enough and its slices are decided."""
    latency = {**LATENCY, "boosted": 41.0 if fast else 61.0}
    found = {name: estimates(name, latency[name]) for name in CAUGHT}
    judgements = [verdict for name in CAUGHT for verdict in verdicts(found[name])]
    if fast:
        judgements = [item for item in judgements if "every" not in item.requirement]
    return Evaluation(
        (
            CandidateFacts("baseline", "baseline", "always no", eligible=False, rows=4_000, scored=4_000),
            CandidateFacts("keywords", "rule", "rule-1f3a", eligible=True, rows=4_000, scored=4_000),
            CandidateFacts("logistic", "trained", "b81c22d0", eligible=True, rows=4_000, scored=4_000, threshold=0.62,
                           threshold_why="greatest net value among thresholds that keep false_positive_rate <= 1 %",
                           curve=curve(0.62, 0.0018)),
            CandidateFacts("boosted", "trained", "40e9f7aa", eligible=True, rows=4_000, scored=3_988, threshold=0.71,
                           threshold_why="greatest net value among thresholds that keep false_positive_rate <= 1 %",
                           notes=("300 trees, tuned in 30 trials",), curve=curve(0.71, 0.0029)),
        ),
        (
            SplitFacts("train", 6_670, 6_670, 790),
            SplitFacts("validation", 2_667, 2_667, 318),
            SplitFacts("test", 4_000, 4_000, 480),
        ),
        tuple(estimate for name in CAUGHT for estimate in found[name]),
        tuple(judgements),
        decision(fast=fast),
        worst=WORST,
        searches=tuple(
            SliceSearch(name, ("recall", "false_positive_rate"), 11, 21, 1, 0, 3, 20, 0.05) for name in CAUGHT if name != "baseline"
        ),
    )  # fmt: skip


def record(*, fast: bool = False, looks: int = 2) -> Record:
    """The record of the decision."""
    provenance = Provenance(
        "9d31c0ffee", (DataFacts("examples", "data/mail.parquet", "c4a7e1b09f52", 13_337),),
        {"logistic": "b81c22d0", "boosted": "40e9f7aa"}, "0.1.0", 0, "duckdb", ("SELECT 1", "SELECT 2", "SELECT 3"),
    )  # fmt: skip
    return Record(
        "decide",
        "2026-11-22T07:48:17.123456Z",
        provenance,
        evaluation(fast=fast),
        {"looks": looks},
        "20261122T074801.000001Z-evaluate-0badcafe",
    )


def decision(*, fast: bool) -> Decision:
    if fast:
        return Decision(
            "ship", "boosted", ("boosted meets every requirement and is worth the most.",),
            ("False-positive rate above 1 % in any week.", "A price per decision above $0.001."),
        )  # fmt: skip
    return Decision(
        "not_yet", "logistic",
        (
            "keywords misses recall >= 0.80; recall >= 0.80 at false_positive_rate <= 1 %; recall >= 0.75 for every number",
            "logistic has not shown recall >= 0.75 for every number",
            "boosted misses p95(latency_ms) <= 50 ms",
        ),
        (
            "logistic: 140 more labelled rows (420 for an 80 % chance) would decide recall >= 0.75 for every number",
            "boosted: p95(latency_ms) <= 50 ms would have to be met by a better candidate, or be asked for differently: it reached 61 (59.2 to 62.8)",
        ),
    )  # fmt: skip
