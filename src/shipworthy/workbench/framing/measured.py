"""What records measured: the newest evaluation and audit, and the labels that people gave twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from shipworthy.errors import ShipworthyError
from shipworthy.evidence.framing import FrameInput, Known
from shipworthy.frame import known
from shipworthy.query.split import TEST
from shipworthy.stats.proportion import clopper_pearson
from shipworthy.store import latest

if TYPE_CHECKING:
    from shipworthy.evidence import Audit, CandidateFacts, Estimate, Evaluation, Record
    from shipworthy.workbench.product import Opened

STALE = "before product.yaml changed"


def measured(opened: Opened) -> Mapping[str, FrameInput]:
    """Every input that some record holds, evidence where it speaks of the present product.yaml, else an assumption."""
    found: dict[str, FrameInput] = {}
    for verb, read in (("audit", _of_audit), ("evaluate", _of_evaluation)):
        record = latest(opened.workspace, verb)
        if record is not None:
            found |= {each.name: each for each in read(opened, record)}
    return found | {each.name: each for each in _of_labels(opened)}


def newest_evaluation(opened: Opened) -> Record | None:
    """The newest evaluation, which a framing follows from."""
    return latest(opened.workspace, "evaluate")


def _how(opened: Opened, record: Record) -> tuple[Known, str]:
    """What the numbers of a record are now, and what to add to their source."""
    fresh = record.provenance.spec_hash == opened.spec_hash
    return ("evidence", "") if fresh else ("assumption", f", {STALE}")


def _of_evaluation(opened: Opened, record: Record) -> Iterator[FrameInput]:
    found = record.evaluation
    if found is None:
        return
    how, more = _how(opened, record)
    yield from _counts(opened, record, found)
    rules = [each for each in found.candidates if each.kind == "rule"]
    best = _best(found, [each for each in found.candidates if each.eligible])
    if rules:
        rule = _best(found, rules)
        if rule:
            word, told = _standing(found, rule)
            yield known("rule_suffices", word, how, f"{rule.name}: {told}{more}", record=record.id)
    if best:
        word, told = _standing(found, best)
        yield known("requirements_met", word, how, f"{best.name}: {told}{more}", record=record.id)
        yield from _speed_and_cost(opened, record, best.name)


def _counts(opened: Opened, record: Record, found: Evaluation) -> Iterator[FrameInput]:
    how, more = _how(opened, record)
    yes_no = opened.product.predicts.kind == "binary"
    labelled, positives = (
        sum(getattr(part, name) for part in found.splits) for name in ("labelled", "positives")
    )
    if yes_no and labelled:
        low, high = clopper_pearson(positives, labelled)
        source = f"{positives:,} of {labelled:,} labelled rows{more}"
        share = positives / labelled
        yield known("base_rate", share, how, source, record=record.id, low=float(low), high=float(high))
    for part in found.splits:
        if part.name == TEST:
            rows = part.positives if yes_no else part.labelled
            what = "positive" if yes_no else "labelled"
            yield known("labels", float(rows), how, f"{what} test rows{more}", record=record.id)


def _best(found: Evaluation, among: list[CandidateFacts]) -> CandidateFacts | None:
    """The candidate with the fewest misses, then the fewest open requirements."""

    def standing(each: CandidateFacts) -> tuple[int, int]:
        verdicts = [verdict.verdict for verdict in found.rolled_up(each.name)]
        return verdicts.count("missed"), verdicts.count("undecided")

    return min(among, key=standing, default=None)


def _standing(found: Evaluation, each: CandidateFacts) -> tuple[str, str]:
    """Whether a candidate meets every requirement, and how many it does; of those it misses, the first with its number."""
    verdicts = found.rolled_up(each.name)
    states = [verdict.verdict for verdict in verdicts]
    told = f"{states.count('met')} of {len(states)} met"
    if "missed" in states:
        first = verdicts[states.index("missed")]
        value = first.estimate.value if first.estimate else None
        shown = "" if value is None else f" at {value:.3g}"
        return "no", f"{told}; misses {first.requirement}{shown}"
    return ("undecided" if "undecided" in states else "yes"), told


def _speed_and_cost(opened: Opened, record: Record, candidate: str) -> Iterator[FrameInput]:
    assert record.evaluation is not None  # noqa: S101  # the caller looked
    how, more = _how(opened, record)
    wanted = {"latency": "p95(latency_ms)", "cost_per_decision": "mean(cost_usd)"}
    if opened.product.value and opened.product.value.currency != "USD":
        del wanted["cost_per_decision"]  # logs hold dollars
    for name, metric in wanted.items():
        each = _estimate(record.evaluation, candidate, metric)
        if each and each.value is not None:
            low, high = (each.value if end is None else end for end in (each.low, each.high))
            low, high = max(min(low, each.value), 0.0), max(high, each.value)
            source = f"{metric} of {candidate}{more}"
            yield known(name, each.value, how, source, record=record.id, low=low, high=high)


def _estimate(found: Evaluation, candidate: str, metric: str) -> Estimate | None:
    same = (each for each in found.estimates if (each.candidate, each.metric) == (candidate, metric))
    return next((each for each in same if not each.slice), None)


def _of_audit(opened: Opened, record: Record) -> Iterator[FrameInput]:
    found = record.audit
    if found is None:
        return
    how, _ = _how(opened, record)
    yield from _labelled(opened, record, found)
    if how == "evidence":
        blocking = {each.sort for each in found.findings if each.blocks and each.about == "examples"}
        owner, rights = "owner" not in blocking, not blocking & {"licence", "basis"}
        for name, is_known in (("owner_known", owner), ("rights_known", rights)):
            yield known(
                name,
                "yes" if is_known else "no",
                how,
                "audit, what the file says of the data",
                record=record.id,
            )


def _labelled(opened: Opened, record: Record, found: Audit) -> Iterator[FrameInput]:
    """The labelled rows of the audit, and how many are positive."""
    how, more = _how(opened, record)
    column = next((each for each in found.columns if each.name == opened.product.label), None)
    if column is None or not column.present:
        return
    seem = f"; {100 * found.noise.share:.2g} % of labels look wrong" if found.noise else ""
    if opened.product.predicts.kind != "binary":
        yield known("labels", float(column.present), how, f"labelled rows{more}{seem}", record=record.id)
        return
    positive = str(opened.product.predicts.positive).casefold()
    rows = next((rows for value, rows in column.values if value.casefold() == positive), None)
    if rows is not None:
        low, high = clopper_pearson(rows, column.present)
        yield known("labels", float(rows), how, f"positive rows{more}{seem}", record=record.id)
        source = f"{rows:,} of {column.present:,} labelled rows{more}"
        yield known(
            "base_rate",
            rows / column.present,
            how,
            source,
            record=record.id,
            low=float(low),
            high=float(high),
        )


def _of_labels(opened: Opened) -> Iterator[FrameInput]:
    """How far the people agree who labelled the same rows, where there are such rows."""
    if not opened.workspace.database.exists():
        return
    from shipworthy.workbench.label import agreement

    try:
        found = agreement(opened)
    except (
        ShipworthyError
    ):  # the queue or its data cannot be read: the agreement stays unknown, and is asked for
        return
    if found.alpha is not None and found.items:
        source = f"alpha of {found.items:,} rows that several people labelled"
        alpha = max(found.alpha, -1.0)
        low, high = max(min(found.low, alpha), -1.0), max(found.high, alpha)
        yield known("agreement", alpha, "evidence", source, low=low, high=high)
