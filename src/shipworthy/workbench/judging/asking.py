"""A judge at work: the same client, kept replies, attempts and spending limit as those of chat candidates."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TYPE_CHECKING

from shipworthy.errors import OutsideError
from shipworthy.grade import NO_ANSWER, Grade
from shipworthy.grade.judging import VERDICT, agreed, verdict
from shipworthy.models.chat.asking import asked
from shipworthy.models.chat.reading import object_in
from shipworthy.spec.endpoint import KEY_VARIABLE
from shipworthy.store.journal import Journal
from shipworthy.workbench.chatting.completing import FAILED
from shipworthy.workbench.chatting.kept import KeptAttempts, effort
from shipworthy.workbench.chatting.pricing import cost_words
from shipworthy.workbench.chatting.terms import plain_name, terms_of
from shipworthy.workbench.judging.setting import JudgeSetting, judge_setting

if TYPE_CHECKING:
    from pathlib import Path

    from shipworthy.grade import Answer
    from shipworthy.models.chat.attempt import Attempt
    from shipworthy.models.chat.spending import TokenPrice
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress


@dataclass
class Judging:
    """The grading of a judge. It opens its journal for each batch of answers; `keys` names all that was asked."""

    session: Session
    setting: JudgeSetting
    progress: Progress
    price: TokenPrice | None = None
    keys: set[str] = field(default_factory=set)

    def __call__(self, answers: Sequence[Answer]) -> tuple[Grade, ...]:
        """The grades of answers, in their order.

        Raises:
            OutsideError: the endpoint fails, or the spending limit is reached; what was judged is kept.
        """
        asks = [self.setting.requests(each) if each.text is not None else () for each in answers]
        requests = [request for each in asks for request in each]
        if not requests:
            return (Grade(None, NO_ANSWER),) * len(answers)
        self.keys.update(request.key for request in requests)
        try:
            with closing(Journal(self.journal)) as journal:
                kept = KeptAttempts(journal, reuses=self.setting.judge.cache)
                terms = terms_of(
                    self.setting.judge, self.price, kept.spent_usd, self.setting.judge.concurrency
                )
                found = iter(asked(requests, terms, kept, self._told))
        except OutsideError as error:
            raise self._placed(error) from None
        return tuple(_together([_grade(next(found)) for _ in each]) for each in asks)

    @property
    def journal(self) -> Path:
        """Where its attempts are kept."""
        name = f"{plain_name(self.setting.judge.model)}-{self.setting.family}.jsonl"
        return self.session.opened.workspace.replies / name

    def notes(self) -> tuple[str, ...]:
        """What its verdicts took."""
        if not self.keys:
            return ()
        with closing(Journal(self.journal)) as journal:
            spent = effort(journal, self.keys)
        cost = cost_words(self.price, spent.cost_usd) if self.price else "no price is stated"
        failures = ", ".join(f"{count:,} {kind.replace('_', ' ')}" for kind, count in spent.failures.items())
        calls = f"{spent.calls:,} call{'' if spent.calls == 1 else 's'}"
        return (f"the judge {self.setting.name} took {calls}; failures: {failures or 'none'}; {cost}",)

    def _told(self, done: int, of: int) -> None:
        if of and done == of:
            self.progress(f"the judge {self.setting.name} has answered {of:,} questions")

    def _placed(self, error: OutsideError) -> OutsideError:
        """The error with whose endpoint it is, and where that stands."""
        problem, name, opened = error.problem, self.setting.name, self.session.opened
        if not problem.code.startswith("chat."):
            return error
        own = replace(
            problem,
            message=f"the judge {name}: {problem.message}",
            where=opened.places.of("grade", name, "judge", "base_url"),
            remedy=problem.remedy.replace(KEY_VARIABLE, self.setting.judge.key),
        )
        again = shlex.join(["shipworthy", "evaluate", opened.shown])
        return OutsideError(own.code, own.message, where=own.where, remedy=own.remedy, next_command=again)


def call_usd(session: Session, grader: str) -> float:
    """What a call of a judge has cost on average; 0 where no price is stated or it was never asked."""
    judge = session.product.grade[grader].judge
    if judge is None or judge.price is None:
        return 0.0
    place = Judging(session, judge_setting(session, grader, judge), print).journal
    if not place.exists():
        return 0.0
    with closing(Journal(place)) as journal:
        spent = [entry.get("cost_usd") or 0.0 for _, entry in journal.entries()]
    return sum(spent) / len(spent) if spent else 0.0


def _grade(attempt: Attempt) -> Grade:
    """What one attempt says."""
    if attempt.reply is None:
        return Grade(None, f"the judge did not answer: {FAILED.get(attempt.failure, attempt.failure)}")
    return verdict(object_in(attempt.reply.text, VERDICT))


def _together(grades: Sequence[Grade]) -> Grade:
    return reduce(agreed, grades) if grades else Grade(None, NO_ANSWER)
