"""What to run after a framing: the verb that brings what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.frame import SORTS
from shipworthy.store import latest

if TYPE_CHECKING:
    from shipworthy.evidence import Framing
    from shipworthy.workbench.product import Opened

VERBS = ("audit", "evaluate")


def following(opened: Opened, found: Framing) -> tuple[str, ...]:
    """The verb to run next; frame again where what is missing is a person's to say, or to change."""
    if found.answer == "define_first":
        return ("label", "--agreement")
    deciding = next((each for each in found.rules if each.fired is None), None)
    if found.answer == "open" and deciding:
        nobody_said = opened.product.frame is None
        verb = _lacking(opened, found, found.questions if nobody_said else deciding.missing)
        if verb:
            return (verb,)
    rows = found.answer == "open" and deciding and all(is_measured(found, name) for name in deciding.missing)
    return ("plan",) if rows or found.answer == "collect_first" else ("frame",)


def _lacking(opened: Opened, found: Framing, names: tuple[str, ...]) -> str | None:
    """The first verb that would measure one of these inputs, and that was never run."""
    wanted = {SORTS[name].verb for name in names if found.given(name).value is None}
    never = (verb for verb in VERBS if verb in wanted and latest(opened.workspace, verb) is None)
    return next(never, None)


def is_measured(found: Framing, name: str) -> bool:
    """Whether an input is evidence."""
    return found.given(name).known == "evidence"
