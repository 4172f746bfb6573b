"""What `shipworthy label` prints: draws, the state of the queue, and agreement."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from shipworthy.cli.output import as_json, show_problem
from shipworthy.documents.wording import count
from shipworthy.evidence.record import plain

if TYPE_CHECKING:
    from shipworthy.cli.output import Output
    from shipworthy.label.agreeing import Agreed
    from shipworthy.store.labels.reading import Status
    from shipworthy.workbench.label import Which
    from shipworthy.workbench.labelling.exchanging import Exported, Imported
    from shipworthy.workbench.labelling.taking import Taken

CHANGED = {
    "row": "have changed in the source since they were labelled",
    "answer": "are answered otherwise now, or the judge or the examples are others",
}
UNLABELLED = {"row": "unlabelled {} rows", "answer": "{} answers that nobody was asked about"}
SHOWN = 20
"""Ids on the screen; --json has all."""


def again(product: object, which: Which) -> str:
    """How the same queue is named on the command line."""
    return shlex.join([*(["--grade", which.grade] if which.grade else []), str(product)])


def drawn(output: Output, found: Taken, product: str, each: str = "row") -> int:
    """What was put into the queue."""
    if output.json:
        output.document({"taken": plain(found)})
        return 0
    output.console.print(
        f"{count(found.rows)} of {count(found.among)} {UNLABELLED[each].format(found.part)} are in the queue (drawn with --by {found.strategy})."
    )
    if found.note:
        output.console.print(f"  {found.note}", style="dim")
    output.console.print(f"Label them: shipworthy label {product}", soft_wrap=True)
    return 0


def queue_status(output: Output, found: Status, each: str = "row") -> int:
    """Where the queue stands."""
    if output.json:
        output.document({"status": plain(found)})
        return 0
    if not found.items:
        output.console.print("The queue is empty. Fill it: shipworthy label --take 100")
        return 0
    state = found.states
    output.console.print(
        f"{count(found.items)} {each}s, {count(found.labels)} of {count(found.wanted)} labels given"
    )
    for name, said in (
        ("settled", "have their label"),
        ("open", "wait for labels"),
        ("disagreed", "wait for a further person, as labels differ"),
        ("unclear", "cannot be told"),
    ):
        if state.get(name):
            output.console.print(f"  {count(state[name]):>7}  {said}")
    if found.lent:
        output.console.print(f"  {count(found.lent):>7}  are with somebody now")
    if found.changed:
        output.console.print(
            f"  {count(found.changed):>7}  {CHANGED[each]}: their labels are kept and not used"
        )
    if found.differing:
        ids = ", ".join(found.differing[:SHOWN]) + (", …" if len(found.differing) > SHOWN else "")
        said = "differ from the label in the source, which stands"
        output.console.print(f"  {count(len(found.differing)):>7}  {said}: {ids}", soft_wrap=True)
    drawn_by = ", ".join(f"{count(rows)} {name}" for name, rows in sorted(found.strategies.items()))
    output.console.print(f"drawn: {drawn_by}")
    for worker in found.workers:
        told = f", {count(worker.cannot_tell)} of them cannot tell" if worker.cannot_tell else ""
        output.console.print(f"  {worker.name}: {count(worker.labels)} labels{told}", soft_wrap=True)
    return 0


def agreement(output: Output, found: Agreed, each: str = "row") -> int:
    """How far people agree, with intervals."""
    if output.json:
        output.document({"agreement": plain(found)})
        return 0
    if not found.items:
        output.console.print(
            f"No {each} has two labels yet. Ask for two: labels: {{each: 2}} in product.yaml, before {each}s are taken."
        )
        return 0
    output.console.print(
        f"{count(found.items)} {each}s with two labels or more; on {count(found.differing)} of them labels differ"
    )
    output.console.print(
        f"  Krippendorff's alpha ({found.scale})  {_number(found.alpha, found.low, found.high)}"
    )
    output.console.print(f"  raw agreement of pairs  {_share(found.share)}, of which chance gives a part")
    if found.cannot_tell:
        output.console.print(
            f"  {count(found.cannot_tell)} answers say that it cannot be told; they are left out"
        )
    for pair in found.pairs:
        shown = _number(pair.value, pair.low, pair.high)
        output.console.print(
            f"  {pair.first} and {pair.second}: {pair.measure} {shown} on {count(pair.items)} {each}s, raw {_share(pair.share)}",
            soft_wrap=True,
        )
    return 0


def exported(output: Output, found: Exported, each: str = "row") -> int:
    """A written file."""
    if output.json:
        output.document({"exported": plain({**vars(found), "path": str(found.path)})})
        return 0
    output.console.print(f"{count(found.items)} {each}s with {count(found.labels)} labels:")
    output.path(found.path)
    return 0


def imported(output: Output, found: Imported) -> int:
    """What a file brought, and what was left out."""
    for problem in found.problems:
        show_problem(output, problem, "yellow", "!")
    if output.json:
        problems = [as_json(problem) for problem in found.problems]
        output.document({"imported": {**plain(found), "problems": problems}})
        return 0
    known = f", {count(found.known)} were there already" if found.known else ""
    output.console.print(f"{count(found.new)} new labels{known}.")
    if found.queued:
        output.console.print(
            f"  {count(found.queued)} of these rows were not in the queue: they are in it as imported, to train on and not to measure by"
        )
    return 0


def _number(value: float | None, low: float, high: float) -> str:
    if value is None:
        return "not known, as every label is the same"
    return f"{value:.2f} ({low:.2f} to {high:.2f})"


def _share(value: float | None) -> str:
    return "not known" if value is None else f"{100 * value:.0f} %"
