"""The model card: what the candidate is, what it is for, how well it does and where it does not; no section is blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shipworthy.documents import said, stakes, tables
from shipworthy.documents.choice import overall, whole
from shipworthy.documents.fairness import fairness
from shipworthy.documents.figure import Sentence, counted, measured, sentence
from shipworthy.documents.frequencies import frequency
from shipworthy.documents.kinds.prd import how
from shipworthy.documents.measure import metric_words, scale_of, split_metric
from shipworthy.documents.operating import operating_words
from shipworthy.documents.statement import Statement, assumption, evidence, stated, unanswered
from shipworthy.documents.worst import Worst, worst
from shipworthy.errors import InputError

if TYPE_CHECKING:
    from shipworthy.documents.sources import Sources
    from shipworthy.documents.tables import RequirementRow
    from shipworthy.evidence import CandidateFacts, Decision, Estimate, Evaluation, Record
    from shipworthy.spec.model import Product

MOST_WORST = 5
PIPELINES = {
    "binary": "tabular-classification",
    "multiclass": "tabular-classification",
    "regression": "tabular-regression",
    "text": "text-generation",
}
Titled = tuple[tuple[str, Statement], ...]


@dataclass(frozen=True)
class ModelCard:
    """What the model card shows."""

    name: str
    candidate: str
    front: Mapping[str, Any]
    standing: Statement
    details: Titled
    use: Titled
    training: Titled
    evaluated: Titled
    verdicts: tuple[RequirementRow, ...]
    verdicts_lead: Statement
    results: tuple[tuple[str, Sentence, Sentence], ...]
    plain: tuple[Statement, ...]
    worst: Worst | None
    worst_lead: Statement
    groups: Statement
    risks: tuple[Statement, ...]
    resources: tuple[Statement, ...]


def view(sources: Sources) -> ModelCard:
    """What the card of the candidate in question shows.

    Raises:
        InputError: nothing was decided, or no candidate could be the answer.
    """
    record = sources.record("decide")
    if sources.decided is None or sources.candidate is None:
        message = f"the record {record.id} judges no candidate that could be the answer"
        remedy = "Name one under candidates: in product.yaml, and run shipworthy decide."
        raise InputError("document.no_candidate", message, remedy=remedy)
    _, evaluation, decision = sources.decided
    product, name = sources.judged, sources.candidate
    facts = evaluation.facts(name)
    found = _results(product, evaluation, name)
    bad = worst(product, evaluation, name, MOST_WORST)
    return ModelCard(
        product.product,
        name,
        _front(product, facts, found),
        _standing(decision, name),
        _details(product, evaluation, facts),
        _use(product),
        _training(product, evaluation, facts),
        _evaluated(product, evaluation, record),
        tables.requirement_rows(product, evaluation, name),
        evidence("The verdicts of the record on every requirement."),
        tuple(
            (metric_words(each.metric), measured(each, path, scale_of(each.metric, product)), (counted(each.n, f"{path}/n"),))
            for path, each in found
        ),
        _plain(product, found),
        bad if bad and bad.rows else None,
        _worst_lead(bad),
        _groups(product, evaluation, name),
        (*(evidence(each) for each in stakes.risks(_without_risks(product), record, evaluation, name)), *said.risks(product)),
        _resources(product, evaluation, name),
    )  # fmt: skip


def _standing(decision: Decision, name: str) -> Statement:
    words = {"ship": "is the answer", "do_not_ship": "must not ship", "not_yet": "may not ship yet"}
    return evidence(f"{name} {words[decision.answer]}, by the decision that this card is made from.")


def _without_risks(product: Product) -> Product:
    """The product without the risks that people name, which are assumptions and stand by themselves."""
    return product.model_copy(update={"risks": ()})


def _results(product: Product, evaluation: Evaluation, name: str) -> list[tuple[str, Estimate]]:
    """The headline and the required metrics over all rows, each once, where they were measured."""
    required = [str(each.metric) for each in product.requirements]
    wanted = dict.fromkeys((*tables.compared_metrics(product, evaluation), *required))
    found = (overall(evaluation, name, metric) for metric in wanted)
    return [each for each in found if each and each[1].value is not None]


def _front(product: Product, facts: CandidateFacts, found: list[tuple[str, Estimate]]) -> Mapping[str, Any]:
    """What a hub of models reads; what is not known is left out, as it may not be blank."""
    pipeline = PIPELINES.get(product.predicts.kind)
    metrics = [
        {"type": split_metric(each.metric)[0], "name": metric_words(each.metric), "value": float(f"{each.value:.6g}")}
        for _, each in found
        if each.value is not None
    ]  # fmt: skip
    result = {
        "task": {"type": pipeline or "other", "name": product.product},
        "dataset": {"name": f"{product.product}: test rows", "type": "private"},
        "metrics": metrics,
    }
    algorithm = product.candidates[facts.name].train if facts.name in product.candidates else None
    index = {"model-index": [{"name": facts.name, "results": [result]}]} if metrics else {}
    return {
        "tags": ["shipworthy", facts.kind, product.predicts.kind],
        **({"pipeline_tag": pipeline} if pipeline else {}),
        **({"library_name": "sklearn"} if algorithm else {}),
        **index,
    }


def _details(product: Product, evaluation: Evaluation, facts: CandidateFacts) -> Titled:
    at = evaluation.candidates.index(facts)
    what = how(product, facts.name) if facts.name in product.candidates else facts.kind
    return (
        ("What it is", assumption(f"{what[0].upper()}{what[1:]}.")),
        ("Version", evidence(facts.version)),
        ("Threshold", evidence(operating_words(facts, f"/candidates/{at}"), _why(facts))),
        ("Who answers for it", said.owner(product)),
        ("Licence of the model", unanswered("under which licence it may be used")),
        ("Languages", unanswered("which languages it was made for")),
    )


def _why(facts: CandidateFacts) -> str:
    return f" ({facts.threshold_why})" if facts.threshold is not None and facts.threshold_why else ""


def _use(product: Product) -> Titled:
    why = product.problem
    return (
        ("For whom", stated(why and why.who, "for whom it is", "problem.who")),
        ("What it does", said.feature(product)),
        ("Undoing", said.undoing(product)),
        ("Not for", unanswered("what it must not be used for")),
    )


def _training(product: Product, evaluation: Evaluation, facts: CandidateFacts) -> Titled:
    rights = said.data(product)
    if facts.kind != "trained":
        told = evidence(f"None of the examples: it is of the kind {facts.kind}.")
        return (("Rows", told), *([("What it learned from", unanswered("what its maker trained it on"))] if facts.kind in ("chat", "recorded") else []))  # fmt: skip
    parts = [
        (f"Rows of {each.name}", evidence(counted(each.labelled, f"/splits/{at}/labelled"), " with a label."))
        for at, each in enumerate(evaluation.splits)
        if each.name != "test"
    ]
    return (*parts, *rights)


def _evaluated(product: Product, evaluation: Evaluation, record: Record) -> Titled:
    at = next(
        (at for at, each in enumerate(evaluation.splits) if each.name == "test"), len(evaluation.splits) - 1
    )
    split = evaluation.splits[at]
    looks = (record.facts or {}).get("looks")
    told = (
        evidence(f"Looked at {looks} times; the stated confidence holds for the first." if looks != 1 else "Looked at once.")
        if isinstance(looks, int)
        else unanswered("how often these rows were looked at", run="shipworthy decide")
    )  # fmt: skip
    return (
        ("Rows", evidence(counted(split.labelled, f"/splits/{at}/labelled"), f" labelled rows of {split.name}.")),
        ("Looks", told),
        ("Groups", said.groups(product)),
        *said.data(product),
    )  # fmt: skip


def _plain(product: Product, found: list[tuple[str, Estimate]]) -> tuple[Statement, ...]:
    told = (frequency(product, each, path) for path, each in found)
    return tuple(evidence(each.rate) for each in told if each and each.base)


def _worst_lead(found: Worst | None) -> Statement:
    if found is None:
        return unanswered("where it does worse than elsewhere", "segments", run="shipworthy decide")
    if not found.rows:
        return evidence("No group is worse than the rest beyond chance, after ", found.looked_at, ".")
    return evidence("Worse than the rest beyond chance, after ", found.looked_at, ".")


def _groups(product: Product, evaluation: Evaluation, name: str) -> Statement:
    if not product.protected:
        return unanswered("which groups of people must be treated alike", "protected")
    compared = fairness(product, evaluation, name)
    parts = [
        sentence(f"{row.name} in {each.columns}: ", row.measured, "; ")
        for each in compared
        for row in each.criteria
    ]
    return (
        evidence(*parts, "compared by group.")
        if parts
        else unanswered("how groups compare", run="shipworthy decide")
    )


def _resources(product: Product, evaluation: Evaluation, name: str) -> tuple[Statement, ...]:
    metrics = ("p95(latency_ms)", "mean(cost_usd)")
    measured_ones = [
        evidence(frequency(product, each, path).rate)  # type: ignore[union-attr]  # both metrics have a reading
        for path, each in whole(evaluation, name)
        if each.metric in metrics and each.value is not None and path.startswith("/estimates")
    ]
    return (*measured_ones, unanswered("how much energy it takes"))
