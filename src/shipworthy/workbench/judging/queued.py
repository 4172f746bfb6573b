"""What people said of answers in the queue of `label`: which verdicts count now, and which are of earlier things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from shipworthy.evidence.record import content_hash
from shipworthy.label.answers import Kept, drawing_of, said_together, verdicts
from shipworthy.workbench.judging.expiring import CHANGED
from shipworthy.workbench.judging.people import People
from shipworthy.workbench.judging.setting import judge_setting
from shipworthy.workbench.labelling.opening import kept_answer_queue

if TYPE_CHECKING:
    from shipworthy.label.queue import Given
    from shipworthy.spec.kinds import Drawing
    from shipworthy.workbench.session import Session

AGAIN = "have a fresh sample of answers labelled: shipworthy label --take 50"


def population_of(session: Session) -> str:
    """A hash of the examples and their division, to which a calibration belongs."""
    return content_hash([session.fingerprint, session.division])[:16]


def judge_version(session: Session, grader: str) -> str:
    """A hash of the model, the parameters and the rubric of a judge."""
    judge = session.product.grade[grader].judge
    return judge_setting(session, grader, judge).version if judge is not None else ""


def queued_people(session: Session, grader: str) -> tuple[Mapping[str, People], Drawing]:
    """What people said of the answers of each candidate, and how the answers that count were drawn."""
    from shipworthy.store.labels.answers import kept_answers
    from shipworthy.store.labels.reading import given

    labels = kept_answer_queue(session.opened, grader)
    kept = kept_answers(labels) if labels is not None else ()
    if labels is None or not kept:
        return {}, "at random"
    said, judge, population = given(labels), judge_version(session, grader), population_of(session)
    found: dict[str, tuple[list[Kept], list[Kept]]] = {}
    for each in kept:
        live, earlier = found.setdefault(each.shown.candidate, ([], []))
        current = (each.shown.judge, each.shown.population) == (judge, population)
        (live if current else earlier).append(each)
    told = {name: _people(*parts, said, judge) for name, parts in found.items()}
    ways = [each.strategy for parts in found.values() for each in parts[0] if each.state != "open"]
    return told, drawing_of(ways) if ways else "at random"


def _people(live: Sequence[Kept], earlier: Sequence[Kept], given: Sequence[Given], judge: str) -> People:
    """The verdicts on the answers of one candidate that count, with what is to be said of the others."""
    settled, names = verdicts(live), {each.shown.item for each in live}
    who = {each.labeller for each in given if each.item in names}
    lines = [(each.item, each.labeller, each.label) for each in given if each.item in names]
    past = [each for each in earlier if each.state != "open"]
    notes = [*_unsettled(live)]
    if past and settled:
        notes.append(f"{_many(past)} on {_earlier(past, judge)}: they do not count")
    expired = "" if settled or not past else f"its calibration has expired: {_since(past, judge)}; {AGAIN}"
    version = content_hash([sorted(lines), sorted(map(str, settled.items()))])[:16] if settled else ""
    return People(
        settled,
        len(who),
        said_together(given, [*names]),
        version,
        queued=True,
        notes=tuple(notes),
        expired=expired,
    )


def _many(past: Sequence[Kept]) -> str:
    return "1 verdict of people is" if len(past) == 1 else f"{len(past):,} verdicts of people are"


def _earlier(past: Sequence[Kept], judge: str) -> str:
    return "answers that another judge judged" if _other_judge(past, judge) else "answers to other examples"


def _since(past: Sequence[Kept], judge: str) -> str:
    what = CHANGED["judge" if _other_judge(past, judge) else "population"]
    return f"since people labelled these answers, {what}"


def _other_judge(past: Sequence[Kept], judge: str) -> bool:
    return any(each.shown.judge != judge for each in past)


def _unsettled(live: Sequence[Kept]) -> Sequence[str]:
    """What came to no verdict, which is seldom so by chance."""
    said = {"disagreed": "on which people differ", "unclear": "of which nobody can tell"}
    counts = {state: sum(each.state == state for each in live) for state in said}
    told = [f"{count:,} {said[state]}" for state, count in counts.items() if count]
    return [f"left out, and likely hard: of the drawn answers {' and '.join(told)}"] if told else []
