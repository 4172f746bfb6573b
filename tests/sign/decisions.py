"""Records of decisions, made by hand."""

from __future__ import annotations

from shipworthy.evidence import (
    CandidateFacts,
    DataFacts,
    Decision,
    Estimate,
    Evaluation,
    Provenance,
    Record,
    Verdict,
)

TIME = "2026-11-22T07:48:17.123456Z"
PROVENANCE = Provenance(
    "spec",
    (DataFacts("examples", "mail.parquet", "f00", 3),),
    {"logistic": "v1", "keywords": "v1"},
    "0.1.0",
    0,
    "duckdb",
)


def estimate(candidate, metric, value, half=0.05, slice_=None, n=100):
    """A share with limits at one distance on both sides; none where there is no value."""
    low, high = (None, None) if value is None else (value - half, value + half)
    return Estimate(candidate, metric, slice_ or {}, value, low, high, 0.95, low, high, 0.95, n, n, "wilson")


def verdict(candidate, requirement, answer, value=0.8, half=0.05):
    """A verdict with its estimate."""
    found = estimate(candidate, requirement.split()[0], value, half)
    return Verdict(requirement, candidate, {}, answer, found, None, None, "so it is", 1.0)


def evaluation(*verdicts, decision=None):
    """An evaluation of everybody who has a verdict; the baseline can never be the answer."""
    names = dict.fromkeys(each.candidate for each in verdicts)
    facts = tuple(CandidateFacts(name, "rule", "v1", name != "baseline", 100, 100) for name in names)
    return Evaluation(facts, (), (), tuple(verdicts), decision)


def decided(answer="ship", candidate="logistic", *verdicts):
    """The record of a decision."""
    found = verdicts or (
        verdict("logistic", "recall >= 0.50", "met"),
        verdict("logistic", "precision >= 0.50", "undecided"),
        verdict("keywords", "recall >= 0.50", "missed"),
    )
    decision = Decision(answer, candidate, ("so it is",), ("recall, which has the least to spare",))
    return Record("decide", TIME, PROVENANCE, evaluation(*found, decision=decision))
