"""Cascades: answers that follow from the logs of two other candidates; nothing is run twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.evidence import Estimate, Handover
from shipworthy.evidence.record import content_hash
from shipworthy.judge.comparison import estimate_of
from shipworthy.metrics import define, measure
from shipworthy.query.cascade import FIRST_COST, SENT, THEN_COST, Part, cascade_log, prove_parts
from shipworthy.query.scan import Log, scan
from shipworthy.query.split import TEST
from shipworthy.spec.language import Metric
from shipworthy.tally.needs import OVERALL, merged
from shipworthy.workbench.answering.copying import local_log
from shipworthy.workbench.answering.log import Answers, proved_answers
from shipworthy.workbench.operating import frozen_point, split_log
from shipworthy.workbench.proofs import proved

if TYPE_CHECKING:
    from shipworthy.spec.cascade import Cascade
    from shipworthy.workbench.session import Session

LEVEL = 0.95
SETTINGS = ("threshold", "thresholds_by", "equalise", "abstain")
"""What decides how a candidate's scores are read."""


def cascaded(session: Session, name: str, cascade: Cascade, first: Answers, then: Answers) -> Answers:
    """The log of a cascade, from the logs of its two candidates."""
    version = cascade_version(session, cascade, first.version, then.version)
    one, other = _parts(session, first, then)
    basis = {"proof": "cascade", "version": version, "data": session.fingerprint, **session.division}
    try:
        proved(session.opened.workspace, basis, lambda: prove_parts(name, one, other, cascade.between))
    except InputError as error:
        where = session.opened.places.of("candidates", name, "cascade")
        problem = error.problem
        raise InputError(problem.code, problem.message, where=where, remedy=problem.remedy) from None
    log = cascade_log(name, one, other, cascade.between, session.frame.extra)
    repeated = first.repeated or then.repeated
    own = Answers(name, "cascade", version, one.log.engine, log, repeated=repeated)
    handover, value = _handover(session, own, cascade), session.product.value
    notes = (_words(handover, value.currency if value else "USD"), *_priced(first, then))
    return proved_answers(session, replace(own, handover=handover, notes=notes), version)


def cascade_version(session: Session, cascade: Cascade, first: str, then: str) -> str:
    """A hash of both versions, of the band, and of how the scores of both are read."""
    candidates = session.product.candidates
    read = [
        candidates[part].model_dump(mode="json", include={*SETTINGS})
        for part in (cascade.first, cascade.then)
    ]
    band = None if cascade.between is None else list(cascade.between)
    return content_hash({"first": first, "then": then, "between": band, "read": read})[:16]


def _parts(session: Session, first: Answers, then: Answers) -> tuple[Part, Part]:
    """Both logs at their own thresholds, in one engine."""
    logs = [_log(session, each) for each in (first, then)]
    if first.engine is not then.engine:
        logs = [
            replace(
                log,
                engine=session.local,
                table=local_log(session, each.name, each.version, log.engine, log.table),
            )
            for log, each in zip(logs, (first, then), strict=True)
        ]
    return Part(first.name, logs[0]), Part(then.name, logs[1])


def _log(session: Session, each: Answers) -> Log:
    frozen = frozen_point(session, each)
    log = split_log(session, each, TEST, frozen.point if frozen else None)
    return replace(log, table=each.log)


def _handover(session: Session, each: Answers, cascade: Cascade) -> Handover:
    """How many test rows are sent on, and what each of the two candidates costs."""
    means = {
        column: define(Metric("rate" if column == SENT else "mean", (Metric(column),)), None, session.task)
        for column in (SENT, "cost_usd", FIRST_COST, THEN_COST)
    }
    tallies = scan(
        split_log(session, each, TEST), merged(definition.needs(OVERALL) for definition in means.values())
    )

    def found(column: str) -> Estimate:
        measured = measure(means[column], tallies, OVERALL, LEVEL)
        return estimate_of(means[column], measured, 0, each.name, {}, LEVEL)

    sent = found(SENT)
    cost = {column: found(column).value for column in ("cost_usd", FIRST_COST, THEN_COST)}
    return Handover(
        cascade.first,
        cascade.then,
        sent.n,
        sent.value,
        sent.low,
        sent.high,
        cost[FIRST_COST],
        cost[THEN_COST],
        cost["cost_usd"],
    )


def _words(found: Handover, currency: str) -> str:
    """The share that is sent on, and what the cascade costs, in a sentence."""
    if not found.sent:
        return f"no test row is sent on: {found.then} is never asked"
    between = (
        ""
        if found.low is None or found.high is None
        else f" ({100 * found.low:.3g} to {100 * found.high:.3g} %)"
    )
    told = f"{100 * found.sent:.3g} % of the test rows{between} are sent on to {found.then}"
    costs = [found.cost, found.cost_first, found.cost_then]
    known = [1_000 * each for each in costs if each is not None]
    if len(known) < len(costs):
        return f"{told}; what that costs is not known"
    whole, first, then = known
    return (
        f"{told}; 1,000 decisions cost {whole:.4g} {currency}: {first:.4g} for {found.first}, and "
        f"{found.sent:.4g} times {then:.4g} for {found.then}"
    )


def _priced(first: Answers, then: Answers) -> tuple[str, ...]:
    """What was taken for granted of the cost of either."""
    return tuple(
        f"{each.name}: {note}"
        for each in (first, then)
        for note in each.notes
        if "cost" in note and each.handover is None
    )
