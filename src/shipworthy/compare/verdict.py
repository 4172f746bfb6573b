"""Better, no worse, worse or undecided: each challenger against the champion, corrected for how many there are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from shipworthy.compare.asking import Asked, Question
from shipworthy.compare.contrast import Joined, better
from shipworthy.compare.difference import LEAST_P, Difference, difference
from shipworthy.compare.planning import plan
from shipworthy.compare.reason import reason_for
from shipworthy.evidence.comparison import Comparison, Standing
from shipworthy.metrics.graded import leaves_unscored
from shipworthy.metrics.judged import grader_of
from shipworthy.metrics.measured import CONFIDENCE
from shipworthy.stats.floats import Floats
from shipworthy.stats.multiplicity import benjamini_hochberg, holm
from shipworthy.tally.needs import OVERALL, Grouping

LEVEL = 0.95
"""One-sided, of every verdict over all challengers together."""


@dataclass(frozen=True, eq=False)
class _Claims:
    """The least errors at which each claim is proved, on every slice (S,)."""

    better: Floats
    worse: Floats
    no_worse: Floats | None

    def two_sided(self, exact: Floats | None) -> Floats:
        """Against no difference: McNemar's where there is one, else twice the smaller one-sided one."""
        doubled = np.minimum(2 * np.minimum(self.better, self.worse), 1.0)
        return doubled if exact is None else np.where(np.isnan(exact), doubled, exact)


def comparisons(
    found: Asked, pairs: Mapping[str, Joined], champion: str
) -> tuple[tuple[Comparison, ...], tuple[Comparison, ...]]:
    """Every comparison over all rows, and those slices on which a difference was found.

    Args:
        found: the questions, which the tallies were scanned for.
        pairs: by challenger, its rows joined with those of the champion.
        champion: its name.
    """
    overall = [each for question in found.questions for each in _over_challengers(question, pairs, champion)]
    return _in_order(overall, [*pairs]), _found_slices(found, pairs, champion)


def _in_order(found: Sequence[Comparison], challengers: Sequence[str]) -> tuple[Comparison, ...]:
    return tuple(sorted(found, key=lambda each: challengers.index(each.challenger)))


def _over_challengers(question: Question, pairs: Mapping[str, Joined], champion: str) -> list[Comparison]:
    """One metric for every challenger: the family that Holm's correction is over."""
    differences = [_difference(question, each, OVERALL) for each in pairs.values()]
    claims = [_claims(question, each) for each in differences]
    adjusted = [
        holm([1.0 if (p := getattr(each, name)) is None else float(p[0]) for each in claims])
        for name in ("better", "worse", "no_worse")
    ]
    made = []
    for at, (challenger, joined) in enumerate(pairs.items()):
        p = tuple(float(each[at]) for each in adjusted)
        shown = _comparison(question, differences[at], 0, claims[at], p, (challenger, champion), {})
        made.append(_explained(question, shown, differences[at], joined, len(pairs)))
    return made


def _difference(question: Question, joined: Joined, by: Grouping) -> Difference:
    return difference(
        question.definition,
        joined.tallies.of(question.definition.subject).cubes[by],
        joined.task,
        joined.reviewed,
        joined.tallies.uncalibrated.get(grader_of(question.definition), "")
        if question.definition.kind == "judged"
        else "",
    )


def _claims(question: Question, found: Difference) -> _Claims:
    up = better(question.definition) > 0
    more, less = found.least_error(0.0)
    return _Claims(more if up else less, less if up else more, _no_worse(question, found, up=up))


def _no_worse(question: Question, found: Difference, *, up: bool) -> Floats | None:
    """Against being worse by the margin or more. Prices that are equal are so for certain, margin or not."""
    same = np.array([method == "declared" for method in found.method]) & (found.value == 0)
    if question.margin is None:
        return np.where(same, LEAST_P, 1.0) if same.any() else None
    more, less = found.least_error(-question.margin if up else question.margin)
    return np.where(same, LEAST_P, more if up else less)


def _standing(p: Sequence[float]) -> Standing:
    """What is proved, from the adjusted p-values of better, worse and no worse."""
    words: tuple[tuple[Standing, float], ...] = (("better", p[0]), ("no_worse", p[2]), ("worse", p[1]))
    return next((word for word, each in words if each <= 1 - LEVEL), "undecided")


def _comparison(
    question: Question,
    found: Difference,
    at: int,
    claims: _Claims,
    p: tuple[float, ...],
    names: tuple[str, str],
    slice_: Mapping[str, str],
) -> Comparison:
    lower, upper = found.bounds(LEVEL)
    parts = (found.first, found.second, found.value, found.low, found.high, lower, upper)
    first, second, value, low, high, least, greatest = (_finite(each[at]) for each in parts)
    only = [
        None if each is None else round(float(each[at])) for each in (found.only_first, found.only_second)
    ]
    return Comparison(
        challenger=names[0], champion=names[1], metric=question.name,
        better="higher" if better(question.definition) > 0 else "lower", slice=slice_,
        challenger_value=first, champion_value=second, difference=value, low=low, high=high,
        confidence=CONFIDENCE, lower=least, upper=greatest, level=LEVEL, margin=question.margin,
        n=round(float(found.n[at])), units=round(float(found.units[at])) if np.isfinite(found.units[at]) else 0,
        only_challenger=only[0], only_champion=only[1],
        p_value=float(claims.two_sided(found.exact_p)[at]), p_better=p[0], p_worse=p[1],
        p_no_worse=None if claims.no_worse is None else p[2],
        verdict=_standing(p), asked=question.asked, needs_more=None, needs_more_80=None,
        reason=found.notes[at], method=found.method[at],
    )  # fmt: skip


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _explained(
    question: Question, shown: Comparison, found: Difference, joined: Joined, challengers: int
) -> Comparison:
    """The comparison with the rows that would decide it, and the reason."""
    even, likely = (
        plan(question, found, joined, 1 - (1 - LEVEL) / challengers)
        if shown.verdict == "undecided" and shown.difference is not None
        else (None, None)
    )
    planned = replace(shown, needs_more=even, needs_more_80=likely)
    turned = _turned(question, shown, found, challengers)
    return replace(planned, reason=shown.reason or turned or reason_for(planned, challengers))


def _turned(question: Question, shown: Comparison, found: Difference, challengers: int) -> str:
    """What the rows that both answered say alone, where the others could turn it; "" where they say nothing either."""
    if shown.verdict != "undecided" or found.on_both is None or found.left_out is None:
        return ""
    lower, upper = (float(each[0]) for each in found.on_both(1 - (1 - LEVEL) / challengers))
    least, greatest = (lower, upper) if better(question.definition) > 0 else (-upper, -lower)
    alike = question.margin is not None and least > -question.margin
    word = "better" if least > 0 else "worse" if greatest < 0 else "no worse" if alike else ""
    left, attacks = round(float(found.left_out[0])), question.definition.subject == "attacks"
    did = "are scored for both" if leaves_unscored(question.definition) else "both answered"
    rows = f"on the {shown.n:,} {'attacks' if attacks else 'rows'} that {did} it is {word}"
    return f"{rows}, but the {left:,} others could turn it" if word else ""


def _found_slices(found: Asked, pairs: Mapping[str, Joined], champion: str) -> tuple[Comparison, ...]:
    """The slices on which a challenger differs from the champion, Benjamini-Hochberg over all that were looked at."""
    looked = [
        each
        for question in found.sliced
        for by in found.slices
        for challenger, joined in pairs.items()
        for each in _sliced(question, by, joined, (challenger, champion))
    ]
    q = benjamini_hochberg([p for p, _ in looked]) if looked else np.zeros(0)
    kept = [_discovered(each, float(q[at])) for at, (_, each) in enumerate(looked) if q[at] <= 1 - LEVEL]
    return tuple(sorted(kept, key=lambda each: min(each.p_better, each.p_worse)))


def _sliced(
    question: Question, by: Grouping, joined: Joined, names: tuple[str, str]
) -> list[tuple[float, Comparison]]:
    """Every slice of one column with its two-sided p-value."""
    cube = joined.tallies.cubes[by]
    if by == OVERALL or not len(cube):
        return []
    found = _difference(question, joined, by)
    claims = _claims(replace(question, margin=None), found)
    two_sided = claims.two_sided(None)
    made = []
    for at, key in enumerate(cube.keys):
        if np.isfinite(found.value[at]):
            slice_ = dict(zip(by, key, strict=True))
            shown = _comparison(question, found, at, claims, (1.0, 1.0, 1.0), names, slice_)
            made.append((float(two_sided[at]), shown))
    return made


def _discovered(shown: Comparison, q: float) -> Comparison:
    """A slice's comparison with its corrected p-value and verdict."""
    gain = (shown.difference or 0.0) * (1 if shown.better == "higher" else -1)
    word: Standing = "better" if gain > 0 else "worse"
    reason = f"found among all slices that were looked at, q = {q:.2g}"
    p_better, p_worse = (q, 1.0) if gain > 0 else (1.0, q)
    return replace(shown, verdict=word, p_better=p_better, p_worse=p_worse, p_no_worse=None, reason=reason)
