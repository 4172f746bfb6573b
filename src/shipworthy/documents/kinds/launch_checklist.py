"""The launch checklist: what must stand before anybody gets it, what stands, what is open, and who closes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shipworthy.documents import answer, readiness, said
from shipworthy.documents.choice import overall, score
from shipworthy.documents.figure import counted, measured, sentence
from shipworthy.documents.framing import headline as framed
from shipworthy.documents.kinds.expectations import candidate_of
from shipworthy.documents.measure import metric_words, scale_of
from shipworthy.documents.statement import Statement, assumption, evidence, stated, unanswered
from shipworthy.documents.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shipworthy.documents.sources import Sources
    from shipworthy.evidence import Estimate, Evaluation
    from shipworthy.spec.model import Product

State = Literal["done", "open", "against"]


@dataclass(frozen=True)
class Check:
    """One thing that must stand: whether it does, what was found, and who closes it."""

    what: str
    state: State
    found: Statement
    who: str


@dataclass(frozen=True)
class Checklist:
    """What the launch checklist shows."""

    name: str
    candidate: str
    standing: Statement
    parts: tuple[tuple[str, tuple[Check, ...]], ...]
    done: int
    open: int
    against: int


def view(sources: Sources) -> Checklist:
    """Every check of the candidate in question.

    Raises:
        InputError: nothing was decided, or no candidate could be the answer.
    """
    evaluation, name = candidate_of(sources)
    parts = (
        ("The evidence", tuple(_evidence(sources, evaluation, name))),
        ("The data", tuple(_data(sources))),
        ("People", tuple(_people(sources, evaluation, name))),
        ("Going live", tuple(_live(sources, evaluation, name))),
    )
    states = [check.state for _, checks in parts for check in checks]
    return Checklist(
        sources.product.product,
        name,
        evidence(answer.headline(evaluation, evaluation.decision)) if evaluation.decision else said.owner(sources.product),
        parts,
        states.count("done"),
        states.count("open"),
        states.count("against"),
    )  # fmt: skip


def _evidence(sources: Sources, evaluation: Evaluation, name: str) -> Iterator[Check]:
    owner, decision = sources.product.owner or "", evaluation.decision
    found = score(evaluation, name)
    state: State = "against" if found.missed else "open" if found.undecided else "done"
    yield Check("Every requirement is met", state, evidence(f"{name}: {found}."), owner)
    shipped = decision is not None and decision.answer == "ship"
    told = _because(decision.because if decision else (), name)
    yield Check("The decision is to ship", "done" if shipped else "against", evidence(f"{told}."), owner)
    looks = (sources.record("decide").facts or {}).get("looks")
    once = looks == 1
    seen = "Once." if once else f"{looks} times; the stated confidence holds for the first."
    yield Check("The test rows were looked at once", "done" if once else "open", evidence(seen), owner)
    yield _framed(sources, owner)
    searched = any(each.candidate == name and each.looked_at for each in evaluation.searches)
    yield Check(
        "It is known where it does worse",
        "done" if searched else "open",
        evidence("Groups were searched.") if searched else unanswered("which groups to look at", "segments"),
        owner,
    )


def _because(reasons: tuple[str, ...], name: str) -> str:
    """The reason that speaks of the candidate, else the first."""
    own = [each for each in reasons if each.startswith(f"{name} ")]
    return (*own, *reasons, "nothing is recorded")[0].rstrip(".")


def _framed(sources: Sources, owner: str) -> Check:
    record = sources.records.get("frame")
    what = "A model should decide this"
    if record is None or record.framing is None:
        return Check(what, "open", unanswered("whether it should", run="shipworthy frame"), owner)
    against = record.framing.answer in ("stop", "dont", "people")
    return Check(
        what,
        "against" if against else "done",
        evidence(f"{framed(record.framing)}.", record=record.id),
        owner,
    )


def _data(sources: Sources) -> Iterator[Check]:
    source = sources.product.data.examples
    who = source.owner or ""
    rights = [name for name in ("owner", "licence") if not getattr(source, name)]
    yield Check(
        "The right to use them is known",
        "against" if rights else "done",
        unanswered(listed(rights, "or"), "data.examples") if rights else assumption(f"{source.licence}"),
        who,
    )
    yield _audited(sources, who)
    yield _stated(
        "What the people in them agreed to is known",
        source.consent,
        "the consent",
        "data.examples.consent",
        who,
    )


def _audited(sources: Sources, who: str) -> Check:
    record = sources.records.get("audit")
    what = "They are fit to judge with"
    if record is None or record.audit is None:
        return Check(what, "open", unanswered("whether they are", run="shipworthy audit"), who)
    colour, told = readiness.headline(record.audit)
    state: State = {"red": "against", "amber": "open", "green": "done"}[colour]  # type: ignore[assignment]  # its three words
    return Check(what, state, evidence(f"{told}.", record=record.id), who)


def _people(sources: Sources, evaluation: Evaluation, name: str) -> Iterator[Check]:
    product, owner = sources.product, sources.product.owner or ""
    risks = f"{plural(len(product.risks), 'risk')} in product.yaml." if product.risks else ""
    protected = [each.column for each in product.protected]
    alike = f"By {listed(protected)}." if protected else ""
    yield _stated("Somebody answers for it", product.owner, "who does", "owner", owner)
    yield _stated("Its risks are named", risks, "what may go wrong", "risks", owner)
    yield _fallback(product, owner)
    yield _stated(
        "It is said which groups must be treated alike", alike, "whether any must", "protected", owner
    )
    can = product.action is not None and product.action.reversible is True
    yield Check("What it does can be undone", "done" if can else "open", said.undoing(product), owner)
    if product.predicts.kind == "text":
        found = overall(evaluation, name, "attack_success")
        yield Check("Attacks were tried", *_known(product, "attack_success", found), owner)


def _fallback(product: Product, owner: str) -> Check:
    """Whether every requirement says what happens where it fails."""
    what = "It is said what happens where a requirement fails"
    bare = sum(not each.otherwise for each in product.requirements)
    if not bare:
        return Check(what, "done", assumption("Every requirement says so."), owner)
    missing = f"what happens without {bare} of {plural(len(product.requirements), 'requirement')}"
    return Check(what, "open", unanswered(missing, "otherwise of each requirement"), owner)


def _known(product: Product, metric: str, found: tuple[str, Estimate] | None) -> tuple[State, Statement]:
    """Whether a metric of the candidate was measured, and what it is."""
    if found is None or found[1].value is None:
        key = "misuse" if metric == "attack_success" else f"a requirement of {metric}"
        return "open", unanswered("how much it is", key)
    path, estimate = found
    shown = measured(estimate, path, scale_of(metric, product))
    words = metric_words(metric)
    return "done", evidence(f"{words[0].upper()}{words[1:]}: ", shown, ".")


def _live(sources: Sources, evaluation: Evaluation, name: str) -> Iterator[Check]:
    product = sources.product
    launch, watch = product.launch, product.monitor
    who = (launch.owner if launch else None) or product.owner or ""
    stages = " → ".join(map(str, launch.stages)) if launch else ""
    stops = "; ".join(each.text for each in launch.stop_if) if launch else ""
    yield _stated("It gets its traffic in stages", stages, "the stages", "launch.stages", who)
    yield _stated("It is stopped when something is proved", stops, "what stops it", "launch.stop_if", who)
    yield _stated("Somebody may stop it", launch and launch.owner, "who may", "launch.owner", who)
    every = f"Every {watch.every}." if watch and watch.every else ""
    yield _stated("It is watched", every, "how often", "monitor.every", who)
    alert = f"{listed(watch.alert)}." if watch and watch.alert else ""
    yield _stated("Somebody is told when it gets worse", alert, "who is", "monitor.alert", who)
    for what, metric in (("latency", "p95(latency_ms)"), ("cost", "mean(cost_usd)")):
        found = overall(evaluation, name, metric)
        yield Check(f"Its {what} is known", *_known(product, metric, found), who)
    yield _answers(evaluation, name, who)


def _answers(evaluation: Evaluation, name: str, who: str) -> Check:
    at, facts = next(item for item in enumerate(evaluation.candidates) if item[1].name == name)
    scored, rows = (
        counted(facts.scored, f"/candidates/{at}/scored"),
        counted(facts.rows, f"/candidates/{at}/rows"),
    )
    state: State = "done" if facts.scored >= facts.rows else "open"
    return Check(
        "It answers every case",
        state,
        evidence(*sentence("It answered ", scored, " of ", rows, " test rows.")),
        who,
    )


def _stated(what: str, value: object, missing: str, fill: str, who: str) -> Check:
    return Check(what, "done" if value else "open", stated(value, missing, fill), who)
