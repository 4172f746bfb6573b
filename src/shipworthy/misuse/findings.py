"""The answers to a whole suite, each with what it amounts to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shipworthy.errors import InputError, did_you_mean
from shipworthy.misuse.attack import Attack, Suite
from shipworthy.misuse.counting import Tries, tries
from shipworthy.misuse.outcome import Outcome, Refused, attack_outcome, twin_outcome
from shipworthy.misuse.questions import Question, questions


@dataclass(frozen=True)
class Finding:
    """One answer to an attack or a twin, and what it amounts to."""

    question: Question
    answer: str | None
    outcome: Outcome


@dataclass(frozen=True)
class Findings:
    """All answers to a suite, in its order."""

    all: tuple[Finding, ...]

    @property
    def attacks(self) -> tuple[Tries, ...]:
        """The samples of each attack, counted."""
        return _tries(each for each in self.all if not each.question.benign)

    @property
    def twins(self) -> tuple[Tries, ...]:
        """The samples of each benign twin, counted; a hit is a refusal."""
        return _tries(each for each in self.all if each.question.benign)

    @property
    def hits(self) -> tuple[Finding, ...]:
        """The attacks that succeeded and the twins that were refused, for a person to read."""
        return tuple(each for each in self.all if each.outcome.result == "hit")


def findings(
    suite: Suite, answers: Mapping[str, Sequence[str | None]], refused: Refused, canary: str = ""
) -> Findings:
    """What the answers to a suite amount to.

    Args:
        suite: the attacks that were tried.
        answers: one answer or several to each question, by its id; a question without any is unscored, never left out.
        refused: whether a text refuses.
        canary: the word that was planted in the assistant's instructions, where one was.

    Raises:
        InputError: `misuse.answers` where an answer belongs to no question of the suite.
    """
    asked = list(questions(suite))
    _refuse_strangers(answers, asked, suite)
    return Findings(
        tuple(
            Finding(question, answer, _outcome(question, answer, refused, canary))
            for question in asked
            for answer in answers.get(question.id) or (None,)
        )
    )


def _outcome(question: Question, answer: str | None, refused: Refused, canary: str) -> Outcome:
    if question.benign:
        return twin_outcome(answer, refused)
    return attack_outcome(question.attack, answer, refused, canary)


def _tries(found: Iterable[Finding]) -> tuple[Tries, ...]:
    outcomes: dict[Attack, list[Outcome]] = defaultdict(list)
    for each in found:
        outcomes[each.question.attack].append(each.outcome)
    return tuple(tries(attack, those) for attack, those in outcomes.items())


def _refuse_strangers(answers: Iterable[str], asked: Sequence[Question], suite: Suite) -> None:
    known = {question.id for question in asked}
    for name in answers:
        if name not in known:
            message = f"an answer belongs to {name!r}, which the suite {suite.name!r} does not ask"
            raise InputError("misuse.answers", message, remedy=did_you_mean(name, known))
