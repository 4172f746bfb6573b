"""Draws of answers for people to pass or fail: at random, or as many that the judge passes as that it fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, did_you_mean
from shipworthy.label.answers import Kept, text_hash
from shipworthy.label.drawing import evenly
from shipworthy.label.queue import Draw, Strategy
from shipworthy.query.answers import answers_of, counted_answers, drawn_answers, unjudged_rows
from shipworthy.query.split import TEST
from shipworthy.store.labels.answers import kept_answers, withdraw
from shipworthy.workbench.answering import answers
from shipworthy.workbench.check import prove_ready
from shipworthy.workbench.labelling.answer_putting import Drawn, put_answers
from shipworthy.workbench.labelling.taking import Taken
from shipworthy.workbench.operating import split_log
from shipworthy.workbench.train import train

if TYPE_CHECKING:
    from shipworthy.query.scan import Log
    from shipworthy.workbench.labelling.answer_desk import AnswerDesk
    from shipworthy.workbench.train import Progress

WAYS: Mapping[str, tuple[bool | None, ...]] = {"random": (None,), "verdict": (True, False)}
"""How answers are drawn, each by the sides of the judge that it draws from."""


def take_answers(
    desk: AnswerDesk, wanted: int, strategy: str, candidate: str | None, progress: Progress
) -> Taken:
    """Put answers into the queue: all those to rows that were drawn before and are answered otherwise now, then new ones.

    Every candidate answers, and the judge judges, where that has not been done.

    Args:
        desk: the queue of a judge.
        wanted: how many answers; more, where more than these have changed.
        strategy: a name of `WAYS`.
        candidate: whose answers; those of all, evenly, if not given.
        progress: called with each step.

    Raises:
        InputError: the strategy or the candidate is unknown, or every judged answer is in the queue.
        OutsideError: an endpoint or a database failed.
    """
    _prove_way(strategy)
    logs = graded_logs(desk, candidate, progress)
    live = [each for each in kept_answers(desk.labels) if desk.current(each)]
    rows = 0
    for before, renewed in _renewed(desk, logs, live).items():
        draw = Draw(before, TEST, (), "answers to rows that were drawn before, as they are now")
        rows += put_answers(desk, draw, renewed)
    chosen, among = _chosen(desk, logs, live, wanted - rows, strategy)
    if not rows and not chosen:
        raise _nothing(desk)
    way: Strategy = "verdict" if strategy == "verdict" else "random"
    note = "; ".join([*_changed(rows), *_unjudged(desk, logs)])
    if chosen:
        rows += put_answers(desk, Draw(way, TEST, (), f"for {desk.grader}"), chosen)
    return Taken(rows, among + rows - len(chosen), way, TEST, note)


def _prove_way(strategy: str) -> None:
    """Return where answers can be drawn so."""
    if strategy not in WAYS:
        message = f"no way to draw answers is called {strategy!r}"
        raise InputError("label.strategy", message, remedy=did_you_mean(strategy, [*WAYS]))


def graded_logs(desk: AnswerDesk, candidate: str | None, progress: Progress) -> dict[str, Log]:
    """The graded test rows of one candidate, or of all of them.

    Raises:
        InputError: there is no such candidate.
        OutsideError: an endpoint or a database failed.
    """
    session, known = desk.session, [*desk.opened.product.candidates]
    if candidate is not None and candidate not in known:
        remedy = did_you_mean(candidate, known)
        message = f"{candidate!r} is no candidate, whose answers could be labelled"
        raise InputError("label.answers", message, where=desk.opened.places.of("candidates"), remedy=remedy)
    prove_ready(session)
    trained = {training.candidate: training for training in train(session, progress)}
    wanted = [candidate] if candidate is not None else known
    return {
        each.name: split_log(session, each, TEST)
        for each in answers(session, trained, progress)
        if each.name in wanted
    }


def _renewed(
    desk: AnswerDesk, logs: Mapping[str, Log], live: Sequence[Kept]
) -> Mapping[Strategy, list[Drawn]]:
    """The answers of now to rows whose drawn answer is no longer given, by how the rows were drawn; the old ones are withdrawn.

    Rows that were drawn at random stay a random part only as long as all of them count.
    """
    found: dict[Strategy, list[Drawn]] = {}
    for name, log in logs.items():
        own = [each for each in live if each.shown.candidate == name]
        drawn: dict[str, Strategy] = {each.shown.row: each.strategy for each in own}
        known = {(each.shown.row, each.shown.output) for each in own}
        today = answers_of(log, desk.grader, [*drawn]) if drawn else ()
        texts = {each.row: text_hash(each.text) for each in today}
        withdraw(desk.labels, [e.shown.item for e in own if texts.get(e.shown.row) != e.shown.output])
        for each in today:
            if (each.row, texts[each.row]) not in known:
                found.setdefault(_again(drawn[each.row]), []).append(Drawn(name, each, 1.0))
    return found


def _again(before: Strategy) -> Strategy:
    """How a row was drawn whose answer is another one: by a verdict on the earlier answer, which is no fair way now."""
    return "random" if before == "random" else "imported"


def _changed(rows: int) -> list[str]:
    return [f"{rows:,} of them are answers that have changed since they were drawn"] if rows else []


def _unjudged(desk: AnswerDesk, logs: Mapping[str, Log]) -> list[str]:
    """That a draw is from what is judged now, where something is not."""
    rows = sum(unjudged_rows(log, desk.grader) for log in logs.values())
    return [f"{rows:,} test rows have no verdict of {desk.grader}, and could not be drawn"] if rows else []


def _chosen(
    desk: AnswerDesk, logs: Mapping[str, Log], live: Sequence[Kept], wanted: int, strategy: str
) -> tuple[list[Drawn], int]:
    """New answers, the candidates and the sides of the judge as evenly as may be, and among how many they were drawn."""
    sides = WAYS[strategy]
    cells, room, have = [], [], []
    for name, log in logs.items():
        known = [each.shown.row for each in live if each.shown.candidate == name]
        free = counted_answers(log, desk.grader, known)
        queued = [each.passed for each in answers_of(log, desk.grader, known)] if known else []
        for side in sides:
            cells.append((name, side, known))
            room.append(sum(free.values()) if side is None else free[side])
            have.append(len(queued) if side is None else queued.count(side))
    counts = evenly(max(wanted, 0), room, have)
    seed = f"answers|{desk.labels.queue}|{desk.version}|{desk.population}|{len(live)}"
    chosen = [
        Drawn(name, each, count / rows)
        for (name, side, known), count, rows in zip(cells, counts, room, strict=True)
        if count
        for each in drawn_answers(logs[name], desk.grader, known, count, seed, passed=side)
    ]
    return chosen, sum(room)


def _nothing(desk: AnswerDesk) -> InputError:
    return InputError(
        "label.nothing_to_draw",
        f"every test answer that {desk.grader} judged is in the queue",
        where=desk.opened.shown,
        remedy="Label what is queued: shipworthy label --status",
    )
