"""Cascades: a cheap candidate answers where it is sure, a dear one is asked for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self

from pydantic import Field, model_validator

from shipworthy.errors import Problem, did_you_mean
from shipworthy.spec.scalars import Number, Text
from shipworthy.spec.sections import Section
from shipworthy.spec.tree import Tree

ROLES = ("first", "then")
OF_ITS_PARTS = ("threshold", "thresholds_by", "equalise", "abstain", "cost")
"""Keys that its two candidates have, and that a cascade takes from them."""


class Cascade(Section):
    """Two candidates in a row: the second is asked where the first is unsure, or gives no answer."""

    first: Text = Field(description="the candidate that is asked about every row", examples=["logistic"])
    then: Text = Field(
        description="the candidate that is asked where the first is unsure", examples=["assistant"]
    )
    between: tuple[Number, Number] | None = Field(
        default=None,
        description="the scores of the first, both included, that count as unsure; without it, rows that it does not answer",
        examples=[[0.2, 0.8]],
    )

    @model_validator(mode="after")
    def _has_a_band(self) -> Self:
        if self.between is not None and self.between[0] >= self.between[1]:
            low, high = self.between
            raise ValueError(f"between {low:g} and {high:g} lies no score; write the lower one first")
        return self


def broken_cascades(product: dict[str, Any], tree: Tree) -> Iterator[Problem]:
    """Cascades whose candidates do not exist or lead back to themselves, and keys that they take from those."""
    candidates = product.get("candidates")
    if not isinstance(candidates, dict):
        return
    parts = {name: _parts(each) for name, each in candidates.items() if _parts(each)}
    for name, found in parts.items():
        yield from _unknown(name, found, candidates, tree)
        yield from _circle(name, parts, tree)
        yield from _keys(name, candidates[name], tree)
        yield from _kind(name, candidates[name], product, tree)


def _parts(candidate: Any) -> dict[str, str]:
    """The two names of a cascade, as far as they are written."""
    written = candidate.get("cascade") if isinstance(candidate, dict) else None
    if not isinstance(written, dict):
        return {}
    return {role: written[role] for role in ROLES if isinstance(written.get(role), str)}


def _unknown(
    name: str, found: Mapping[str, str], candidates: Mapping[str, Any], tree: Tree
) -> Iterator[Problem]:
    others = [each for each in candidates if each != name]
    for role, part in found.items():
        if part not in candidates:
            message = f"candidates.{name}: there is no candidate {part!r} to ask {role}"
            place = tree.places.of("candidates", name, "cascade", role)
            yield Problem("cascade.unknown", message, place, did_you_mean(part, others))
    if len({*found.values()}) < len(found):
        message = f"candidates.{name}: {found['first']} is asked first and then again"
        place = tree.places.of("candidates", name, "cascade", "then")
        yield Problem("cascade.circle", message, place, "Name two different candidates.")


def _circle(name: str, parts: Mapping[str, Mapping[str, str]], tree: Tree) -> Iterator[Problem]:
    """A cascade that comes back to itself would never answer."""
    open_, seen = [*parts[name].values()], set[str]()
    while open_:
        part = open_.pop()
        if part == name:
            message = f"candidates.{name}: the cascade leads back to itself"
            remedy = "Name candidates that answer by themselves, or cascades of those."
            yield Problem("cascade.circle", message, tree.places.of("candidates", name, "cascade"), remedy)
            return
        if part not in seen:
            seen.add(part)
            open_ += parts.get(part, {}).values()


def _keys(name: str, candidate: Mapping[str, Any], tree: Tree) -> Iterator[Problem]:
    for key in OF_ITS_PARTS:
        if candidate.get(key) is not None:
            message = f"candidates.{name}: {key!r} says nothing about a cascade"
            remedy = "Write it beside one of its two candidates: each is read as it stands there."
            yield Problem("spec.value", message, tree.places.key("candidates", name, key), remedy)


def _kind(
    name: str, candidate: Mapping[str, Any], product: Mapping[str, Any], tree: Tree
) -> Iterator[Problem]:
    """Orders have no answer to pass on, and of numbers no score says how sure they are."""
    predicts = product.get("predicts")
    kind = predicts.get("kind") if isinstance(predicts, dict) else None
    place = tree.places.of("candidates", name, "cascade")
    if kind == "ranking":
        message = f"candidates.{name}: a cascade answers row by row, and items are ranked together"
        yield Problem("spec.value", message, place, "Take it out.")
    elif kind == "regression" and candidate["cascade"].get("between") is not None:
        message = f"candidates.{name}: between is for scores, and predicted numbers have none"
        remedy = "Take between out: the second candidate is then asked where the first gives no number."
        yield Problem("spec.value", message, place, remedy)
