"""What product.yaml states: the section `frame`, and what other sections say already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.evidence.framing import FrameInput
from shipworthy.frame import SORTS
from shipworthy.judge import claim_of
from shipworthy.plan import ladder
from shipworthy.spec.framing import Conventions, Frame
from shipworthy.spec.model import Product
from shipworthy.spec.range import Range, is_currency
from shipworthy.spec.rights import gaps
from shipworthy.spec.task import Task
from shipworthy.workbench.framing.reading import input_of

if TYPE_CHECKING:
    from shipworthy.spec.language import Requirement

CONVENTIONS = {
    "least_agreement": "agreement",
    "months": "months",
    "price_change": "price_change",
    "many_edits": "rule_edits",
}
"""Inputs that are held by convention, by their key."""

NOT_STATED = ("problem", "conventions")


def stated(product: Product) -> Mapping[str, FrameInput]:
    """Every input that the file states; the section `frame` goes before what follows from others."""
    found = {each.name: each for each in _elsewhere(product)}
    found |= {each.name: each for each in _section(product.frame or Frame())}
    return found | {each.name: each for each in _conventions(product.frame)}


def currency_of(product: Product) -> str:
    """The currency of all amounts: that of `value`, else the first that `frame` names."""
    if product.value:
        return product.value.currency
    amounts = (
        (getattr(product.frame, key) for key in type(product.frame).model_fields) if product.frame else ()
    )
    units = (each.unit.top for each in amounts if isinstance(each, Range))
    return next((unit for unit in units if is_currency(unit)), "USD")


def _section(frame: Frame) -> Iterator[FrameInput]:
    for key in Frame.model_fields:
        value = getattr(frame, key)
        if value is not None and key in SORTS:
            yield input_of(key, value, f"frame.{key}")


def _conventions(frame: Frame | None) -> Iterator[FrameInput]:
    written = frame.conventions if frame else Conventions()
    for name, key in CONVENTIONS.items():
        own = key in written.model_fields_set
        source = f"frame.conventions.{key}" if own else "by convention"
        yield input_of(name, getattr(written, key), source, "convention")


def _elsewhere(product: Product) -> Iterator[FrameInput]:
    yield input_of("output", "open" if product.predicts.kind == "text" else "fixed", "predicts.kind")
    if product.action:
        yield input_of("acted_on", value=True, source="action.do")
        if product.action.reversible is not None:
            yield input_of("reversible", product.action.reversible, "action.reversible")
    yield from _money(product)
    yield from _data(product)
    yield from _checks(product)
    for claim in product.requirements:
        if str(claim.metric) == "p95(latency_ms)" and not claim.every:
            yield input_of("latency_budget", claim.bound.value, f"requirements: {claim.text}")
    needed = _labels_needed(product)
    if needed:
        yield needed


def _money(product: Product) -> Iterator[FrameInput]:
    value = product.value
    if value is None:
        return
    if value.volume is not None:
        yield input_of("volume", value.volume, "value.volume")
    if product.predicts.kind == "binary":
        for name in ("true_positive", "true_negative", "false_negative"):
            yield input_of(name, getattr(value, name), f"value.{name}")


def _data(product: Product) -> Iterator[FrameInput]:
    source = product.data.examples
    missing = {gap.sort for gap in gaps(product) if gap.about == "examples" and gap.blocks}
    yield input_of("owner_known", "owner" not in missing, "data.examples.owner")
    yield input_of("rights_known", not missing & {"licence", "basis"}, "data.examples.licence")
    if source.label_cost is not None:
        yield input_of("label_cost", source.label_cost, "data.examples.label_cost")
    if source.labels_per_week is not None:
        yield input_of("labels_per_week", source.labels_per_week, "data.examples.labels_per_week")
    if product.monitor and product.monitor.label_delay:
        yield input_of("label_lag", product.monitor.label_delay, "monitor.label_delay")


def _checks(product: Product) -> Iterator[FrameInput]:
    """What checks answers that are texts: graders, those of groundedness among them."""
    if product.grade:
        yield input_of("checker", value=True, source=f"grade: {', '.join(product.grade)}")
    grounded = [name for name, each in product.grade.items() if each.groundedness is not None]
    if grounded:
        yield input_of("grounding", value=True, source=f"grade: {', '.join(grounded)}")


def _labels_needed(product: Product) -> FrameInput | None:
    """The fewest rows with which every requirement could be met: those of the most demanding, without any error."""
    rungs = [(rows, claim.text) for claim in product.requirements for rows in _rows(product, claim)]
    if not rungs:
        return None
    rows, text = max(rungs)
    return input_of("labels_needed", rows, f"without any error: {text}")


def _rows(product: Product, claim: Requirement) -> Iterator[int]:
    """The least rows of a claim, where it counts those that labels make: positives, or rows with a label."""
    task = Task.of(product)
    wanted = "positives" if task.kind == "binary" else "labelled rows"
    try:
        found = ladder(claim_of(claim, product.value, task), (0,), task)
    except InputError:
        return
    for each in found:
        if each.rows == wanted and each.rungs[0].rows is not None:
            yield each.rungs[0].rows
