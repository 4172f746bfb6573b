"""The case study: problem, discovery, decision, what was rejected and why, the result, and what failed, from records alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents import deciding, said
from shipworthy.documents.answer import headline
from shipworthy.documents.charts.intervals import intervals
from shipworthy.documents.choice import score
from shipworthy.documents.economics import money
from shipworthy.documents.kinds import failing, prd
from shipworthy.documents.kinds.discovery import discovery
from shipworthy.documents.kinds.expectations import candidate_of
from shipworthy.documents.kinds.questions.support import incident
from shipworthy.documents.memo import in_plain_words
from shipworthy.documents.statement import Statement, assumption, evidence, unanswered

if TYPE_CHECKING:
    from shipworthy.documents.charts import Chart
    from shipworthy.documents.kinds.prd import Wanted
    from shipworthy.documents.sources import Sources
    from shipworthy.evidence import CandidateFacts, Evaluation

MOST_GROUPS = 3
MOST_REASONS = 2


@dataclass(frozen=True)
class Rejected:
    """An option that was not taken: what it is, how far it came, and why it fell."""

    name: str
    what: str
    met: str
    why: Statement


@dataclass(frozen=True)
class CaseStudy:
    """What the case study shows."""

    name: str
    headline: Statement
    feature: Statement
    problem: tuple[tuple[str, Statement], ...]
    discovery: tuple[tuple[str, Statement], ...]
    requirements: tuple[Wanted, ...]
    candidate: str
    decision: tuple[Statement, ...]
    rejected: tuple[Rejected, ...]
    bought: tuple[Statement, ...]
    result: tuple[Statement, ...]
    chart: Chart | None
    failed: tuple[Statement, ...]
    next: tuple[Statement, ...]
    mine: Statement
    learnt: Statement


def view(sources: Sources) -> CaseStudy:
    """The case of the candidate in question.

    Raises:
        InputError: nothing was decided, or no candidate could be the answer.
    """
    evaluation, name = candidate_of(sources)
    decision, record = evaluation.decision, sources.record("decide")
    told = headline(evaluation, decision) if decision else ""
    return CaseStudy(
        sources.product.product,
        evidence(told, record=record.id),
        said.feature(sources.product),
        said.problem(sources.product),
        discovery(sources),
        prd.wanted(sources),
        name,
        (*_because(sources), *deciding.decided(sources)),
        tuple(_rejected(sources, evaluation, each) for each in evaluation.candidates if each.name != name and each.eligible),
        _bought(sources),
        _result(sources, evaluation, name),
        _chart(sources, evaluation, name),
        tuple(_failed(sources, evaluation, name)),
        tuple(evidence(f"{each.rstrip('.')}.", record=record.id) for each in (decision.would_change if decision else ())),
        unanswered("which part of this was yours, and who else worked on it"),
        unanswered("what you would do differently"),
    )  # fmt: skip


def _because(sources: Sources) -> tuple[Statement, ...]:
    record, _, decision = sources.decided or (sources.record("decide"), None, None)
    return tuple(
        evidence(f"{each.rstrip('.')}.", record=record.id) for each in (decision.because if decision else ())
    )


def _rejected(sources: Sources, evaluation: Evaluation, facts: CandidateFacts) -> Rejected:
    """Another candidate, and the verdicts that it fell by."""
    fell = [each for each in evaluation.rolled_up(facts.name) if each.verdict != "met"]
    fell.sort(key=lambda each: each.verdict != "missed")
    reasons = [f"{each.requirement} is {each.verdict}" for each in fell[:MOST_REASONS]]
    more = f"; {len(fell) - MOST_REASONS} more are not met" if len(fell) > MOST_REASONS else ""
    why = (
        f"{'; '.join(reasons)}{more}."
        if reasons
        else "It meets everything too, and is not the cheapest that does."
    )
    known = facts.name in sources.product.candidates
    what = prd.how(sources.product, facts.name) if known else facts.kind
    return Rejected(facts.name, what, str(score(evaluation, facts.name)), evidence(why))


def _bought(sources: Sources) -> tuple[Statement, ...]:
    """Building or buying, where product.yaml asks."""
    record = sources.record("decide")
    found = money(record.economics, record.time[:10])
    return (evidence(found.lead),) if found else ()


def _result(sources: Sources, evaluation: Evaluation, name: str) -> tuple[Statement, ...]:
    """What the candidate does, in plain words."""
    told = in_plain_words(sources.judged, evaluation, name)
    found = tuple(evidence(words) for each in told for words in each.sentences)
    return found or (unanswered("how well it does", "requirements", run="shipworthy decide"),)


def _chart(sources: Sources, evaluation: Evaluation, name: str) -> Chart | None:
    """The verdicts as intervals, where there is something to draw."""
    found = intervals(sources.judged, evaluation, name)
    return found if found.panels else None


def _failed(sources: Sources, evaluation: Evaluation, name: str) -> Iterator[Statement]:
    """What went wrong, and what the chosen candidate still does wrong."""
    for each in evaluation.rolled_up(name):
        if each.verdict != "met":
            yield evidence(f"{each.requirement} is {each.verdict}: {each.reason.rstrip('.')}.")
    yield from failing.counts(sources.judged, evaluation, name)
    yield from failing.examples(evaluation, name)
    yield from failing.weaker(sources.judged, evaluation, name, MOST_GROUPS)
    if "incident" in sources.records:
        yield incident(sources)
    if not sources.product.risks:
        return
    for risk in said.risks(sources.product):
        yield assumption("Known beforehand: ", risk.words)
