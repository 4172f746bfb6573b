"""Plan: what each requirement still needs, what it costs, and how long it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from shipworthy.decide import decide as decision_of
from shipworthy.errors import InputError
from shipworthy.evidence import Flow, JudgeMix, Plan, Record
from shipworthy.evidence.plan import Batch, Open
from shipworthy.judge import claim_of
from shipworthy.metrics.judged import grader_of
from shipworthy.plan import Counted, JudgingPrices, Ladder, Prices, batch, judge_mix, ladder, opening, order
from shipworthy.plan.batch import Verb
from shipworthy.query.flow import label_flow
from shipworthy.query.split import TEST
from shipworthy.spec.kinds import VARIANTS, Kind
from shipworthy.spec.language import LanguageError, read_requirement
from shipworthy.spec.task import Task
from shipworthy.store import append, fresh
from shipworthy.workbench.clock import now
from shipworthy.workbench.completion import TIMED_ROWS
from shipworthy.workbench.evaluate import count, evaluation_of, judged, provenance
from shipworthy.workbench.judging.asking import call_usd
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.spec.model import Value
    from shipworthy.workbench.evaluate import Counted as Tallied
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.train import Progress

NO_FLOW = Flow("unknown", None, "not known: state data.examples.labels_per_week")


def plan(opened: Opened, progress: Progress) -> Record:
    """Plan every open requirement of every eligible candidate, keep the record, and return it.

    It follows from the evaluation of the same inputs, which is made where there is none that is fresh.

    Raises:
        InputError: the product or its data is wrong.
        OutsideError: a database failed.
    """
    session = Session(opened)
    counted = count(session, progress)
    parent = evaluated(session, counted, progress)
    record = Record(
        "plan",
        now(),
        provenance(session, counted),
        parent=parent.id,
        plan=_plan(session, counted, prices(session)),
    )
    append(opened.workspace, record)
    return record


def evaluated(session: Session, counted: Sequence[Tallied], progress: Progress) -> Record:
    """The newest evaluation of these inputs; one is made, and said so, where there is none."""
    found = fresh(session.opened.workspace, "evaluate", provenance(session, counted).fingerprint)
    if found is None:
        progress("no fresh evaluation: evaluating first")
    return found or judged(session, counted)


def prices(session: Session) -> Prices:
    """What a label costs and how fast labels come, as stated or as measured from the times of the examples."""
    source, value = session.product.data.examples, session.product.value
    flow = _flow(session)
    return Prices(source.label_cost, flow, value.currency if value else "USD")


def _flow(session: Session) -> Flow:
    source = session.product.data.examples
    if source.labels_per_week is not None:
        return Flow("stated", source.labels_per_week, "as product.yaml states")
    if not source.time:
        return NO_FLOW
    found = label_flow(session.frame)
    if not found.weeks:
        return NO_FLOW
    why = f"measured: {found.labelled:,} labelled rows in {found.weeks:,.1f} weeks of {source.time}"
    return Flow("measured", found.labelled / found.weeks, why)


def _plan(session: Session, counted: Sequence[Tallied], priced: Prices) -> Plan:
    eligible = [each for each in counted if each.facts.eligible]
    claims = {each.facts.name: _openings(session, each, priced, 1) for each in eligible}
    best = decision_of(session.product, evaluation_of(session, counted, 1)).candidate
    best = best or (_nearest(claims) if claims else None)
    batches = [_batch(session, name, found, priced, 1) for name, found in claims.items()]
    if best is not None and len(eligible) > 1:
        one = next(each for each in eligible if each.facts.name == best)
        shared = _openings(session, one, priced, len(eligible))
        batches.append(_batch(session, best, shared, priced, len(eligible)))
    return Plan(
        best,
        tuple(claim for found in claims.values() for claim in sorted(found, key=order)),
        tuple(each for each in batches if each is not None),
        priced.flow,
        priced.label_cost,
        priced.currency,
        _notes(session),
        _mixes(session, eligible, claims, priced) or None,
    )


def _mixes(
    session: Session, counted: Sequence[Tallied], claims: Mapping[str, Sequence[Open]], priced: Prices
) -> tuple[JudgeMix, ...]:
    """For every open claim about a judge's pass rate the cheapest labels and calls; without prices, labels count alone."""
    found: list[JudgeMix] = []
    for each in counted:
        left = {one.requirement for one in claims[each.facts.name] if one.verdict == "undecided"}
        for claim in session.questions.claims:
            if claim.requirement.text in left and claim.definition.kind == "judged":
                call = call_usd(session, grader_of(claim.definition)) if priced.label_cost else 0.0
                prices = JudgingPrices(priced.label_cost or 1.0, call)
                level = claim.requirement.confidence
                mix = judge_mix(claim, each.tallies, each.facts.name, level, prices)
                found += [replace(mix, queue=_queue(session, grader_of(claim.definition)))] if mix else []
    return tuple(found)


def _queue(session: Session, grader: str) -> str | None:
    """The judge, where its labels come from the queue of `label`; None where product.yaml names a file of them."""
    judge = session.product.grade[grader].judge
    return None if judge is None or judge.people is not None else grader


def _openings(session: Session, each: Tallied, priced: Prices, share_of_error: int) -> list[Open]:
    """What each claim of a candidate needs, the error of a wrong verdict shared between so many candidates."""
    most = {} if each.facts.kind in ("recorded", "chat") else {"latency_ms": TIMED_ROWS}
    counted = Counted(
        each.facts.name, each.tallies, session.known_slices, most, session.task, labels_per_row(session, each)
    )
    return [
        opening(claim, counted, 1 - (1 - claim.requirement.confidence) / share_of_error, priced)
        for claim in session.questions.of_answers
    ]


def labels_per_row(session: Session, each: Tallied) -> float:
    """How many labelled rows stand behind each that is counted: of ranked items, those of a request."""
    if session.task.kind != "ranking":
        return 1.0
    requests = float(each.tallies.overall.rows.sum())
    items = sum(part.labelled for part in session.parts if part.name == TEST)
    return items / requests if requests else 1.0


def _batch(
    session: Session, candidate: str, claims: Sequence[Open], priced: Prices, share_of_error: int
) -> Batch | None:
    least = min((claim.requirement.confidence for claim in session.questions.of_answers), default=0.95)
    verb: Verb = "evaluate" if share_of_error == 1 else "decide"
    return batch(candidate, verb, 1 - (1 - least) / share_of_error, claims, priced)


def _nearest(claims: dict[str, list[Open]]) -> str:
    """Where every candidate misses something: the one with the fewest misses, then the fewest open claims."""

    def standing(name: str) -> tuple[int, int]:
        verdicts = [claim.verdict for claim in claims[name]]
        return verdicts.count("missed"), verdicts.count("undecided")

    return min(claims, key=standing)


def _notes(session: Session) -> tuple[str, ...]:
    """What a reader should know of the numbers."""
    notes = []
    if left := [each.requirement.text for each in session.questions.claims if each.subject != "answers"]:
        notes.append(
            f"more labels do not decide {'; '.join(left)}: evaluate says how many attacks or inputs would"
        )
    if session.plan.by in ("time", "unit", "random"):
        share = session.plan.test
        notes.append(
            f"these are test rows: by the present split {100 * share:.3g} % of new rows become test, so label {1 / share:.3g}"
            " times as many, or say in a column which part each row belongs to"
        )
    return tuple(notes)


def claim_ladder(text: str, value: Value | None = None) -> tuple[Ladder, ...]:
    """How many rows a claim needs before there is any data.

    Raises:
        InputError: the claim cannot be read, can never be decided, or is no share of rows.
    """
    try:
        requirement = read_requirement(text)
    except LanguageError as error:
        raise InputError(
            "plan.claim",
            f"{text!r}: {error}",
            remedy=error.remedy or 'Write a claim, such as "recall >= 0.95".',
        ) from None
    task = possible_task(lambda each: claim_of(requirement, value, each))
    return ladder(claim_of(requirement, value, task), task=task)


def possible_task(made: Callable[[Task], object]) -> Task:
    """The first kind of answers for which something can be made: yes/no, classes, numbers, ranks.

    Raises:
        InputError: there is none; what was wrong with yes/no.
    """
    problems: list[InputError] = []
    for kind in get_args(Kind):
        try:
            made(Task(kind, variants=VARIANTS))
        except InputError as error:
            problems.append(error)
        else:
            return Task(kind, variants=VARIANTS)
    raise next((each for each in problems if each.problem.code != "metric.kind"), problems[0])
