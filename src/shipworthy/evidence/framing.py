"""How a decision should be made, and by what: the inputs, every rule that was asked, the answer, and what would flip it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from shipworthy.evidence.values import SPARSE

Known = Literal["evidence", "assumption", "convention", "unknown"]
Route = Literal[
    "stop", "dont", "rule", "define_first", "collect_first", "predictive", "generative", "cascade", "augment", "buy",
    "build", "people", "open",
]  # fmt: skip
"""What framing answers; `people` where no rule speaks for a machine, `open` where an input is missing."""

Level = Literal["none", "suggest", "act_with_undo", "act"]


@dataclass(frozen=True)
class FrameInput:
    """One input: a number with its ends, or a word; `value` is None where it is unknown.

    `known` says whether it was measured (evidence, with the `record` it came from), stated (assumption), or is held by
    convention; `source` says where it came from in words.
    """

    name: str
    value: float | str | None
    unit: str
    known: Known
    source: str
    record: str | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class FrameRule:
    """One rule: its number and name, the answer it gives where it fires, whether it does (None: cannot say), and why.

    `missing` names the inputs that keep it from being said.
    """

    id: str
    name: str
    answer: Route
    fired: bool | None
    why: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flip:
    """The smallest change of one input that flips the answer, everything else as it is.

    `to` is the input's new value and `becomes` the answer then, by `rule`; all are None where no value flips it.
    """

    input: str
    to: float | str | None
    becomes: Route | None
    rule: str | None


@dataclass(frozen=True)
class Feasible:
    """One line on whether it can be done: what it is about, what is known of it, and the verb that would tell what is not."""

    about: str
    told: str
    verb: tuple[str, ...] = ()


@dataclass(frozen=True)
class Framing:
    """The answer for one decision, with everything that it rests on.

    `rule` is the first one that fired. Where the answer is open, `leads_to` is what the first rule that does fire would
    say. `worth` and `cost` are money over `months`: what a perfect predictor would bring beyond today, and what building
    and running takes; each as its low and high end, None where an input is missing. `drafts` says that a generated
    answer is a draft that a person finishes. `feasibility` says whether it can be done, line by line.
    """

    answer: Route
    rule: str | None
    because: str
    leads_to: Route | None
    drafts: bool
    level: Level
    level_why: str
    inputs: tuple[FrameInput, ...]
    rules: tuple[FrameRule, ...]
    flips: tuple[Flip, ...]
    questions: tuple[str, ...]
    worth: tuple[float, float] | None
    cost: tuple[float, float] | None
    months: float
    currency: str
    feasibility: tuple[Feasible, ...] | None = field(default=None, metadata=SPARSE)

    def given(self, name: str) -> FrameInput:
        """The input with this name.

        Raises:
            KeyError: there is none.
        """
        for each in self.inputs:
            if each.name == name:
                return each
        raise KeyError(name)

    @property
    def measured(self) -> int:
        """How many inputs are evidence."""
        return sum(each.known == "evidence" for each in self.inputs)

    @property
    def stated(self) -> int:
        """How many inputs are known, conventions not counted."""
        return sum(each.known in ("evidence", "assumption") for each in self.inputs)


def read_framing(found: Mapping[str, Any]) -> Framing:
    """The framing inside a record's JSON."""
    return Framing(
        **{
            **found,
            "inputs": tuple(FrameInput(**item) for item in found["inputs"]),
            "rules": tuple(
                FrameRule(**{**item, "missing": tuple(item["missing"])}) for item in found["rules"]
            ),
            "flips": tuple(Flip(**item) for item in found["flips"]),
            "questions": tuple(found["questions"]),
            "worth": tuple(found["worth"]) if found["worth"] else None,
            "cost": tuple(found["cost"]) if found["cost"] else None,
            "feasibility": _feasibility(found["feasibility"]) if "feasibility" in found else None,
        }
    )


def _feasibility(found: Any) -> tuple[Feasible, ...]:
    return tuple(Feasible(**{**item, "verb": tuple(item["verb"])}) for item in found)
