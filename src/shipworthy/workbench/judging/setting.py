"""All that decides what a judge says of an answer: its rubric, its model and parameters, and what it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from shipworthy.evidence.record import content_hash
from shipworthy.grade.judging import RULES, VERDICT, messages
from shipworthy.models.chat.request import Request, options_of
from shipworthy.workbench.chatting.files import load_own

if TYPE_CHECKING:
    from shipworthy.grade import Answer
    from shipworthy.spec.judging import Judge
    from shipworthy.workbench.session import Session


@dataclass(frozen=True)
class JudgeSetting:
    """One judge, ready to ask."""

    name: str
    judge: Judge
    rubric: str

    @cached_property
    def version(self) -> str:
        """A hash of all that decides its verdicts: not of prices, pace or attempts."""
        judge = self.judge
        shown = [list(judge.columns), judge.reference, judge.swap]
        asked = [judge.base_url, judge.model, options_of(judge, VERDICT), self.rubric, RULES]
        return content_hash([asked, shown])[:16]

    @property
    def family(self) -> str:
        """What tells its questions from those of other judges: they are kept together."""
        return content_hash([self.judge.base_url, self.judge.model, self.rubric, RULES])[:16]

    def requests(self, answer: Answer) -> Sequence[Request]:
        """The questions about one answer: one, or two where the positions are exchanged."""
        judge, options = self.judge, options_of(self.judge, VERDICT)
        ways = (False, True) if judge.swap and answer.value(judge.reference) is not None else (False,)
        return [
            Request(
                judge.base_url,
                judge.model,
                messages(self.rubric, answer, judge.columns, judge.reference, swapped=swapped),
                options,
            )
            for swapped in ways
        ]


def judge_setting(session: Session, name: str, judge: Judge) -> JudgeSetting:
    """The setting of a judge, its rubric read.

    Raises:
        InputError: the rubric cannot be read, with its place in product.yaml.
    """
    where = session.opened.places.of("grade", name, "judge", "rubric")
    return JudgeSetting(name, judge, load_own(session.opened.folder, judge.rubric, "the rubric", where))
