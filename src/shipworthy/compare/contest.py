"""Everything that one comparison found, as one value."""

from __future__ import annotations

from collections.abc import Mapping

from shipworthy.compare.asking import Asked, Question
from shipworthy.compare.contrast import Joined, Reviewed, answered, better, contrast, instead, why_not
from shipworthy.compare.front import with_front
from shipworthy.compare.judged import LEFT, judged_column
from shipworthy.compare.table import contenders, quality_of
from shipworthy.compare.verdict import comparisons
from shipworthy.evidence import Contest, Evaluation, Paired
from shipworthy.metrics.graded import leaves_unscored
from shipworthy.metrics.outcomes import joint, joint_pairs


def contest_of(
    found: Asked, evaluation: Evaluation, pairs: Mapping[str, Joined], champion: str, why: str
) -> Contest:
    """The champion and its challengers: the table, the verdicts, and what was corrected for.

    Args:
        found: the questions.
        evaluation: of every candidate, with an estimate of the table's metric.
        pairs: by challenger, its rows joined with those of the champion.
        champion: its name.
        why: it is the one to beat.
    """
    overall, slices = comparisons(found, pairs, champion)
    quality = quality_of(found)
    sign = next(better(each.definition) for each in found.questions if each.name == quality)
    answers = tuple(_paired(name, joined) for name, joined in pairs.items())
    return Contest(
        champion,
        why,
        quality,
        with_front(contenders(evaluation, champion, quality), overall, quality, sign),
        answers,
        tuple(each for each in overall if each.asked or each.n),
        slices,
        _family(found, len(pairs)),
        (
            *_left(found),
            *_notes(found),
            # The first note of a cascade says what it sends on, and what that costs.
            *(f"{each.name}: {each.notes[0]}" for each in evaluation.candidates if each.handover),
            *(note for name, joined in pairs.items() for note in _unscored(found, name, champion, joined)),
            *(
                note
                for each in answers
                for note in _unanswered(
                    each,
                    champion,
                    pairs[each.challenger].reviewed,
                    text=pairs[each.challenger].task.kind == "text",
                )
            ),
        ),
    )


def _paired(challenger: str, joined: Joined) -> Paired:
    """Who answered how many of the rows."""
    cells = [(joint(*each), answered(each[0]), answered(each[1])) for each in joint_pairs(joined.task)]

    def rows(first: bool, second: bool) -> int:  # noqa: FBT001 - the two answers stand side by side
        wanted = {name: 1.0 for name, one, other in cells if (one, other) == (first, second)}
        return round(float(joined.tallies.overall.count(wanted)[0]))

    found = {(first, second): rows(first, second) for first in (True, False) for second in (True, False)}
    return Paired(
        challenger,
        sum(found.values()),
        found[True, True],
        found[True, False],
        found[False, True],
        found[False, False],
    )


def _family(found: Asked, challengers: int) -> str:
    """What was looked at together, and how that was corrected for."""
    alone = "with one challenger, each metric is judged by itself"
    several = f"in each metric, verdicts on {challengers} challengers are corrected together (Holm)"
    slices = (
        f"; slices of {', '.join(by[0] for by in found.slices)} are shown where a difference is found among all "
        "slices, metrics and challengers (Benjamini-Hochberg, 5 %)"
        if found.slices
        else ""
    )
    return f"{several if challengers > 1 else alone}{slices}"


def _left(found: Asked) -> tuple[str, ...]:
    """What was asked and is not compared, why, and what to do."""
    named: dict[str, list[str]] = {}
    for each in found.not_compared:
        named.setdefault(f"{why_not(each)}; {instead(each)}", []).append(str(each.metric))
    told = [f"not compared: {', '.join(metrics)}, as {reason}" for reason, metrics in named.items()]
    if told and not any(each.asked for each in found.questions):
        told.append("nothing that the requirements ask can be compared, so that nobody is better or worse")
    return tuple(told)


def _notes(found: Asked) -> tuple[str, ...]:
    if any(each.margin is not None for each in found.questions):
        return ()
    return ("no margin is stated, so a challenger can be better or worse, but not no worse",)


def _unscored(found: Asked, challenger: str, champion: str, joined: Joined) -> tuple[str, ...]:
    """Of each grade the rows that are compared, where that are not all."""
    pair = f"{challenger} and {champion}"
    told = (
        _judged_rows(each, pair, joined)
        if each.definition.kind == "judged"
        else _scored_rows(each, pair, joined)
        for each in found.questions
        if leaves_unscored(each.definition)
    )
    return tuple(note for note in told if note)


def _scored_rows(question: Question, pair: str, joined: Joined) -> str:
    """How many rows are scored for both; "" where all are."""
    attacks = question.definition.subject == "attacks"
    cube, kind = joined.tallies.of(question.definition.subject).overall, "attacks" if attacks else "test rows"
    rows = dict.fromkeys(contrast(question.definition, joined.task).rows, 1.0)
    scored, whole = round(float(cube.count(rows)[0])), round(float(cube.rows[0]))
    if scored == whole:
        return ""
    return (
        f"{question.name}: the difference of {pair} is that of the {scored:,} of {whole:,} {kind} "
        "that are scored for both; its bounds hold however the others would have been scored"
    )


def _judged_rows(question: Question, pair: str, joined: Joined) -> str:
    """By how many rows that people labelled the judge's difference is corrected."""
    cube, column = joined.tallies.overall, judged_column(question.definition)
    labelled, left = (round(float(cube.count({f"{part}:{column}": 1.0})[0])) for part in ("l", LEFT))
    whole = round(float(cube.rows[0]))
    open_ = (
        f"; {left:,} rows are not judged for both, and bounds hold whatever people would say of them"
        if left
        else ""
    )
    return (
        f"{question.name}: what the judge makes of {pair} is corrected by what people said of both answers to "
        f"{labelled:,} of {whole:,} rows{open_}"
    )


def _unanswered(each: Paired, champion: str, reviewed: Reviewed, *, text: bool) -> tuple[str, ...]:
    """Rows that are not compared, in words."""
    if each.both == each.rows:
        return ()
    parts = (
        (each.only_challenger, f"only {each.challenger} answered"),
        (each.only_champion, f"only {champion} answered"),
        (each.neither, "neither answered"),
    )
    told = ", ".join(f"{rows:,} {who}" for rows, who in parts if rows)
    deferring = [
        name for name, money in zip((each.challenger, champion), reviewed, strict=True) if money is not None
    ]
    if deferring:
        who = " and ".join(deferring)
        return (
            f"of {each.rows:,} test rows, {told}: what {who} leaves to a person counts in net value, and not in the rest",
        )
    held = "" if text else ", and bounds hold however these would have been answered"
    outcome = f"differences are of the other {each.both:,}{held}"
    return (f"of {each.rows:,} test rows, {told}; {outcome}",)
