"""Which verdicts of a past decision no longer rest on what is there today, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shipworthy.evidence import Verdict
from shipworthy.spec.changes import Edit, SpecChanges

EVERYONE = ""
"""The name under which a reason stands that concerns every candidate."""

TELLING = frozenset(
    {"product", "owner", "problem", "action", "labels", "compare", "monitor", "launch", "build_or_buy",
     "roadmap", "risks", "learning", "protected"}
)  # fmt: skip
"""Sections that no verdict rests on."""

DECIDING = frozenset({"source", "table", "id", "time", "unit", "label", "repeats", "weight"})
"""What of the examples a verdict rests on."""


@dataclass(frozen=True)
class Inputs:
    """What verdicts rest on: the fingerprint of each source, the version of each model, and of Shipworthy.

    A source or a model that is None cannot be looked at today; `models` is None where none can.
    """

    data: Mapping[str, str | None]
    models: Mapping[str, str | None] | None
    code: str


@dataclass(frozen=True)
class StaleVerdict:
    """A verdict on a whole requirement that would have to be judged again, and every reason."""

    requirement: str
    candidate: str
    verdict: str
    because: tuple[str, ...]


def stale_verdicts(
    verdicts: Iterable[Verdict], then: Inputs, now: Inputs, changes: SpecChanges | None
) -> tuple[StaleVerdict, ...]:
    """The verdicts that are stale; `changes` is None where it is not known what product.yaml said."""
    reasons = [*_of_inputs(then, now), *(_of_edits(changes.edits) if changes else ())]
    removed = changes.removed if changes else ()
    found = []
    for verdict in verdicts:
        because = tuple(dict.fromkeys(_because(verdict, reasons, removed)))
        if because:
            found.append(StaleVerdict(verdict.requirement, verdict.candidate, verdict.verdict, because))
    return tuple(found)


def _because(verdict: Verdict, reasons: Sequence[tuple[str, str]], removed: Sequence[str]) -> Iterator[str]:
    if verdict.requirement in removed:
        yield "the claim no longer stands in product.yaml"
    yield from (why for candidate, why in reasons if candidate in (EVERYONE, verdict.candidate))


def _of_inputs(then: Inputs, now: Inputs) -> Iterator[tuple[str, str]]:
    """Each input that is not what it was, with the candidate that it concerns."""
    if then.code != now.code:
        yield EVERYONE, f"Shipworthy {then.code} judged it, this is {now.code}"
    for source, fingerprint in then.data.items():
        found = now.data.get(source)
        if found is not None and found != fingerprint:
            yield EVERYONE, f"the data of {source} changed"
    yield from _of_models(then.models or {}, now.models)


def _of_models(
    then: Mapping[str, str | None], now: Mapping[str, str | None] | None
) -> Iterator[tuple[str, str]]:
    for name, version in then.items() if now is not None else ():
        if name not in (now or {}):
            yield _concerned(name), f"{name} is no longer there"
        elif (found := (now or {})[name]) not in (None, version):
            yield _concerned(name), f"{name} is another version: {version} -> {found}"


def _concerned(name: str) -> str:
    """The candidate that an input of this name belongs to; a grader concerns all."""
    if name.startswith("grade."):
        return EVERYONE
    return name.removeprefix("attacks.")


def _of_edits(edits: Sequence[Edit]) -> Iterator[tuple[str, str]]:
    for edit in edits:
        section, _, rest = edit.path.partition(".")
        if section == "candidates":
            yield rest.partition(".")[0], f"product.yaml changed: {edit}"
        elif section not in TELLING and edit.path != "value.volume" and (section != "data" or _decides(rest)):
            yield EVERYONE, f"product.yaml changed: {edit}"


def _decides(path: str) -> bool:
    """Whether a verdict rests on this value of the section data."""
    part, _, key = path.partition(".")
    return part == "split" or (part == "examples" and key in DECIDING)
