"""Hypothesis strategies for evidence: any record that Shipworthy could write."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from shipworthy.evidence import (
    Audit,
    Batch,
    CandidateFacts,
    Change,
    ColumnProfile,
    Comparison,
    Contender,
    Contest,
    CurvePoint,
    DataFacts,
    Decision,
    Dissent,
    Effort,
    Estimate,
    Evaluation,
    Finding,
    Flow,
    Mitigation,
    Need,
    Open,
    Paired,
    Plan,
    Provenance,
    Record,
    Reliability,
    ReliabilityBin,
    Seal,
    Signature,
    SliceSearch,
    Span,
    SplitFacts,
    TimeBin,
    Verdict,
    WorstSlice,
)

numbers = st.floats(allow_nan=False, allow_infinity=False)
counts = st.integers(0, 10**12)
texts = st.text(max_size=12)
slices = st.dictionaries(texts, texts, max_size=2)
optional_numbers = st.none() | numbers
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
estimates = st.builds(
    Estimate,
    texts, texts, slices, optional_numbers, optional_numbers, optional_numbers, numbers,
    optional_numbers, optional_numbers, numbers, counts, counts, texts,
)  # fmt: skip
verdicts = st.builds(
    Verdict,
    texts, texts, slices, st.sampled_from(["met", "missed", "undecided"]), st.none() | estimates,
    st.none() | counts, st.none() | counts, texts, optional_numbers, st.none() | estimates,
)  # fmt: skip


def tuples(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


decisions = st.builds(
    Decision,
    st.sampled_from(["ship", "do_not_ship", "not_yet"]),
    st.none() | texts,
    tuples(texts),
    tuples(texts),
)
points = st.builds(CurvePoint, numbers, optional_numbers, optional_numbers, optional_numbers)
bins = st.builds(ReliabilityBin, numbers, numbers, numbers, numbers, numbers)
candidates = st.builds(
    CandidateFacts,
    texts,
    texts,
    texts,
    st.booleans(),
    counts,
    counts,
    optional_numbers,
    texts,
    tuples(texts),
    tuples(points),
    reliability=st.none() | st.builds(Reliability, tuples(bins), numbers, numbers),
)
worst = st.builds(
    WorstSlice,
    texts, texts, slices, numbers, numbers, numbers, optional_numbers, optional_numbers, counts,
    numbers, numbers, numbers, texts,
)  # fmt: skip
searches = st.builds(
    SliceSearch, texts, tuples(texts), counts, counts, counts, counts, counts, counts, numbers
)
changes = st.builds(Change, texts, *[optional_numbers] * 5, numbers, counts, texts)
mitigations = st.builds(Mitigation, texts, texts, texts, tuples(changes))
evaluations = st.builds(
    Evaluation,
    tuples(candidates), tuples(st.builds(SplitFacts, texts, counts, counts, counts)),
    tuples(estimates), tuples(verdicts), st.none() | decisions, tuples(texts),
    tuples(worst), tuples(searches), tuples(mitigations),
)  # fmt: skip
provenances = st.builds(
    Provenance,
    texts, tuples(st.builds(DataFacts, texts, texts, texts, counts)), st.dictionaries(texts, texts, max_size=2),
    texts, st.integers(), texts, tuples(texts),
)  # fmt: skip
times = st.datetimes().map(lambda time: f"{time:%Y-%m-%dT%H:%M:%S.%f}Z".rjust(27, "0"))
comparisons = st.builds(
    Comparison,
    texts, texts, texts, st.sampled_from(["higher", "lower"]), slices, optional_numbers, optional_numbers,
    optional_numbers, optional_numbers, optional_numbers, numbers, optional_numbers, optional_numbers, numbers,
    optional_numbers, counts, counts, st.none() | counts, st.none() | counts, numbers, numbers, numbers,
    optional_numbers, st.sampled_from(["better", "no_worse", "worse", "undecided"]), st.booleans(),
    st.none() | counts, st.none() | counts, texts, texts,
)  # fmt: skip
contenders = st.builds(
    Contender,
    texts, st.sampled_from(["champion", "challenger", "reference"]), texts, optional_numbers, optional_numbers,
    optional_numbers, optional_numbers, optional_numbers, st.none() | st.booleans(),
)  # fmt: skip
contests = st.builds(
    Contest,
    texts, texts, texts, tuples(contenders), tuples(st.builds(Paired, texts, counts, counts, counts, counts, counts)),
    tuples(comparisons, 2), tuples(comparisons, 1), texts, tuples(texts),
)  # fmt: skip
spans = st.builds(Span, optional_numbers, optional_numbers, optional_numbers)
efforts = st.builds(Effort, counts, spans, st.none() | spans, st.none() | spans, st.none() | spans)
answers = st.sampled_from(["met", "missed"])
needs = st.builds(
    Need,
    texts, slices, texts, st.none() | answers, spans, st.none() | efforts, st.none() | efforts, texts, optional_numbers,
)  # fmt: skip
opens = st.builds(
    Open,
    texts, texts, answers, st.none() | estimates, tuples(needs, 2), st.none() | efforts, st.none() | efforts, texts,
)  # fmt: skip
batches = st.builds(
    Batch, texts, st.sampled_from(["evaluate", "decide"]), numbers, efforts, efforts, texts, tuples(texts)
)
flows = st.builds(Flow, st.sampled_from(["stated", "measured", "unknown"]), optional_numbers, texts)
plans = st.builds(
    Plan,
    st.none() | texts, tuples(opens, 2), tuples(batches, 2), flows, optional_numbers, texts, tuples(texts),
)  # fmt: skip
findings = st.builds(
    Finding,
    texts, texts, st.sampled_from(["red", "amber", "green"]), texts, st.none() | counts, tuples(texts), texts, texts, texts,
    st.booleans(), st.booleans(),
)  # fmt: skip
columns = st.builds(
    ColumnProfile,
    texts, texts, counts, counts, counts, st.none() | numbers | texts, st.none() | numbers | texts,
    tuples(st.tuples(texts, counts)),
)  # fmt: skip
audits = st.builds(
    Audit,
    counts, tuples(verdicts), tuples(findings), tuples(columns), tuples(estimates), texts,
    tuples(st.builds(TimeBin, texts, counts, counts, st.none() | counts)), tuples(texts),
)  # fmt: skip
seals = st.builds(Seal, texts, texts)
answers = st.sampled_from(["ship", "do_not_ship", "not_yet"])
signatures = st.builds(
    Signature,
    seals, answers, st.none() | texts, st.none() | answers, st.none() | texts, texts,
    st.lists(st.builds(Dissent, texts, texts), max_size=2).map(tuple), st.lists(texts, max_size=2).map(tuple),
    st.none() | texts, st.none() | texts, st.none() | seals, st.booleans(),
)  # fmt: skip
records = st.builds(
    Record,
    st.sampled_from(["audit", "evaluate", "compare", "decide", "plan", "sign"]), times, provenances,
    st.none() | evaluations, st.none() | st.dictionaries(texts, json_values, max_size=2), st.none() | texts,
    st.none() | plans,
    st.none() | contests,
    st.none() | audits,
    signature=st.none() | signatures,
)  # fmt: skip
