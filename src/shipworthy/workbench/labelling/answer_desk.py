"""The desk at which people pass or fail answers: the queue of one judge, its rubric, and nothing of whose answers they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, SpecError, did_you_mean
from shipworthy.label.answers import SCHEME, Kept
from shipworthy.workbench.checks.columns import missing_columns
from shipworthy.workbench.checks.examples import missing_rows
from shipworthy.workbench.judging.queued import judge_version, population_of
from shipworthy.workbench.judging.setting import judge_setting
from shipworthy.workbench.labelling.desk import Desk, columns_shown, prove_ids, stated_guidelines
from shipworthy.workbench.labelling.opening import open_answer_queue
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.spec.judging import Judge
    from shipworthy.workbench.product import Opened


@dataclass(frozen=True, eq=False)
class AnswerDesk(Desk):
    """The queue of the answers that one judge judged; made by `open_answer_desk`."""

    grader: str
    judge: Judge

    @property
    def what(self) -> str:
        """What people say of each answer."""
        return self.grader

    @property
    def each(self) -> str:
        """What an item is."""
        return "answer"

    @property
    def joins(self) -> bool:
        """An answer is named by the queue, and is in it or is not known."""
        return False

    @cached_property
    def guidelines(self) -> str:
        """The rubric of the judge, and how to label, as Markdown."""
        rubric = judge_setting(self.session, self.grader, self.judge).rubric
        own = stated_guidelines(self.opened)
        return f"{rubric.rstrip()}\n\n{own}" if own else rubric

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that labellers see beside the answer: those that product.yaml names, else what graders read, else all but the label."""
        if self.opened.product.labelling.show:
            return self.opened.product.labelling.show
        graders = self.opened.product.grade.values()
        every = [*self.judge.columns, *(column for grader in graders for column in grader.columns)]
        read = tuple(name for name in dict.fromkeys(every) if name != self.opened.product.label)
        return read or columns_shown(self.session)

    @cached_property
    def version(self) -> str:
        """What tells the judge from any other."""
        return judge_version(self.session, self.grader)

    @cached_property
    def population(self) -> str:
        """What tells the examples and their division from any others."""
        return population_of(self.session)

    def current(self, each: Kept) -> bool:
        """Whether an answer was drawn for this judge and these examples."""
        return (each.shown.judge, each.shown.population) == (self.version, self.population)


def open_answer_desk(opened: Opened, grader: str | None = None) -> AnswerDesk:
    """The desk of the answers that a judge judged. Answers that another judge judged, or to other examples, are withdrawn.

    Args:
        opened: the product.
        grader: the judge; the only one, if not given.

    Raises:
        InputError: there is no such judge, a file holds what people say, the examples name no id, or the store cannot be written.
        OutsideError: the database of labels does not answer.
    """
    from shipworthy.store.labels.answers import kept_answers, withdraw

    name, judge = judge_named(opened, grader)
    session = Session(opened)
    prove_ids(opened)
    if problems := [*missing_columns(session), *missing_rows(session)]:
        raise SpecError(problems)
    desk = AnswerDesk(opened, session, open_answer_queue(opened, name), SCHEME, name, judge)
    withdraw(desk.labels, [each.shown.item for each in kept_answers(desk.labels) if not desk.current(each)])
    return desk


def judges_of(opened: Opened) -> list[str]:
    """The graders that are judges."""
    return [name for name, grader in opened.product.grade.items() if grader.judge is not None]


def judge_named(opened: Opened, grader: str | None) -> tuple[str, Judge]:
    """The judge that is meant, with its name.

    Raises:
        InputError: there is none, there are several and none is named, or its people's labels stand in a file.
    """
    judges = judges_of(opened)
    if grader is None and len(judges) != 1:
        raise _unnamed(opened, judges)
    name = grader or judges[0]
    judge = opened.product.grade[name].judge if name in judges else None
    if judge is None:
        kind = "is no judge" if name in opened.product.grade else "is no grader"
        message, place = f"{name} {kind} of the product", opened.places.of("grade")
        raise InputError("label.grade", message, where=place, remedy=did_you_mean(name, judges))
    if judge.people is not None:
        raise InputError(
            "label.people_in_file",
            f"{name} takes what people say from {judge.people}, and not from the queue",
            where=opened.places.of("grade", name, "judge", "people"),
            remedy=f"Take people and drawn out of product.yaml; shipworthy label --import {judge.people} brings its lines into the queue.",
        )
    return name, judge


def _unnamed(opened: Opened, judges: list[str]) -> InputError:
    """That it is not clear, which judge is meant."""
    if judges:
        message, remedy = (
            f"several graders are judges: {', '.join(judges)}",
            f"Say which: --grade {judges[0]}",
        )
    else:
        message = "no grader is a judge, and people pass or fail what a judge judged"
        remedy = (
            "Name one in product.yaml: grade: {helpful: {judge: {model: …, base_url: …, rubric: helpful.md}}}"
        )
    return InputError("label.grade", message, where=opened.places.of("grade"), remedy=remedy)
