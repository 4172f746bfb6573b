"""What a model says of labels, as a finding, and how many rows to label again so that a claim on label noise is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shipworthy.audit.asking import DataQuestions
from shipworthy.evidence import Finding, LabelNoise, Verdict
from shipworthy.judge import Claim
from shipworthy.stats.sample_size import events_allowed_trials, trials_to_decide

NAMED = 5
"""Ids that a finding names."""

LEAST_NOISE = 0.005
"""From this share on that the labels are proved to have, wrong labels are told."""


def suspected(noise: LabelNoise) -> Finding:
    """What a candidate says of labels that it did not learn from."""
    told = f"of {noise.rows:,} labels, {noise.candidate} finds {_percent(noise.share)} wrong ({_percent(noise.low)} to {_percent(noise.high)})"
    if noise.low <= LEAST_NOISE:
        return Finding("suspected_labels", "", "green", f"{told}: no more than chance and hard rows explain")
    return Finding(
        "suspected_labels",
        "",
        "amber",
        f"{told}, if labels are wrong whatever their rows are like",
        rows=len(noise.ids),
        ids=noise.ids[:NAMED],
        cost=f"{len(noise.ids):,} rows to look at",
        next_step="Look at the suspected rows first (shipworthy label --by noise); a random sample labelled again says how many are wrong.",
    )


def with_plans(
    asked: DataQuestions, verdicts: Sequence[Verdict], noise: LabelNoise | None
) -> tuple[Verdict, ...]:
    """The verdicts, those on label noise with the rows to label again."""
    claims = {claim.requirement.text: claim for claim in asked.claims}
    return tuple(planned(claims[verdict.requirement], verdict, noise) for verdict in verdicts)


def planned(claim: Claim, verdict: Verdict, noise: LabelNoise | None) -> Verdict:
    """The verdict on a claim on label noise with the rows to label again, where none has been."""
    if claim.definition.metric.name != "label_noise" or verdict.estimate is None or verdict.estimate.n:
        return verdict
    bound, level = claim.requirement.bound.value, claim.requirement.confidence
    least = events_allowed_trials(0, bound, level)
    likely = None if noise is None or noise.share == bound else trials_to_decide(noise.share, bound, level)
    at_rate = (
        f" ({likely:,} if {_percent(noise.share)} are wrong, as {noise.candidate} finds)"
        if noise is not None and likely is not None
        else ""
    )
    reason = f"no row was labelled again: {least:,} rows drawn at random would decide if no label is wrong{at_rate}"
    return replace(verdict, needs_more=likely or least, needs_more_80=None, reason=reason)


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %"
