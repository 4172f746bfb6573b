"""The playbook of a bias incident: the questions of each step, their order, and what each must bring."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from shipworthy.errors import InputError, did_you_mean
from shipworthy.evidence.incident import STEPS, Incident, IncidentStep, Said, StepName

CAUSES = ("representation", "historical", "label", "proxy", "feedback", "deployment")

QUESTIONS: Mapping[StepName, tuple[str, ...]] = {
    "verify": (
        "Is it an error of the data, or of how it was counted?",
        "Are there enough rows, and does the interval leave room for chance?",
    ),
    "size": (
        "Who is hit, how, and since when?",
        "Which measure fits the harm (wrongly stopped: false-positive rate; missed help: recall), and why not another?",
    ),
    "contain": (
        "What stops the harm now: another threshold, a person in between, or switching it off for this decision?",
        "From when does that hold, and how can it be undone?",
    ),
    "tell": (
        "Who was told, and when: the owner, legal, those concerned, an authority?",
        "What is offered to those who were harmed already?",
    ),
    "cause": (f"Which cause, and what shows it: {', '.join(CAUSES[:-1])} or {CAUSES[-1]}?",),
    "fix": (
        "What was changed? (Leaving a column out is no fix: others stand in for it.)",
        "What does the change cost in other measures, with its interval?",
    ),
    "re-measure": ("What does the new evaluation show, for the group and overall?",),
    "learn": (
        "What would have found it earlier?",
        "Which requirement, data or habit changes, and who sees to it?",
    ),
}

EMERGENCY: StepName = "contain"
"""The step that may come before its turn, with a reason, as it can be undone and waiting cannot."""


def step_named(name: str) -> StepName:
    """The step that a person means.

    Raises:
        InputError: `incident.step` where there is none.
    """
    meant = {step.replace("-", ""): step for step in STEPS}
    found = meant.get(re.sub(r"[\s_-]", "", name.casefold()))
    if found is None:
        advice = did_you_mean(name, STEPS)
        raise InputError(
            "incident.step", f"no step is called {name!r}", remedy=f"{advice} In order: {', '.join(STEPS)}."
        )
    return found


def prove_turn(incident: Incident, step: StepName, early: str) -> None:
    """Return where a step may be taken now.

    Raises:
        InputError: `incident.closed`, or `incident.order` where another one comes first.
    """
    following = incident.next_step
    if following is None:
        message = f"incident {incident.number} is closed: every step was taken"
        raise InputError(
            "incident.closed", message, remedy='Open another one: --open "what was said" --as NAME'
        )
    if step == following or _tells_so(incident, step):
        return
    if step in incident.done:
        message = f"{step} was taken already, and a record is never changed; {following} comes next"
        raise InputError("incident.order", message, remedy=f"Go on with --step {following}.")
    sooner = _sooner(incident, step)
    if sooner and early.strip():
        return
    hurried = f' {sooner}: --because "REASON".' if sooner else ""
    message = f"{step} comes after {following}: {_WHY[following]}"
    raise InputError("incident.order", message, remedy=f"Go on with --step {following}.{hurried}")


def _sooner(incident: Incident, step: StepName) -> str:
    """When a step may come before its turn, with a reason; "" where it may not."""
    if step == EMERGENCY:
        return "If harm goes on meanwhile, say why it cannot wait"
    if step == "learn" and incident.unproved:
        return "If no more rows will come, say who accepts what is left open"
    return ""


def _tells_so(incident: Incident, step: StepName) -> bool:
    """Whether those who said it may be told at once, as the evidence does not bear it out."""
    return step == "tell" and incident.unfounded and not {"size", "tell"} & incident.done


_WHY: Mapping[StepName, str] = {
    "verify": "what is not verified may be chance or an error of counting",
    "size": "what is not sized is contained too widely or too narrowly",
    "contain": "harm goes on until it is contained",
    "tell": "those concerned hear it before its causes are known",
    "cause": "a fix without a cause mends the number and not the harm",
    "fix": "there is nothing to measure again before something was changed",
    "re-measure": "a fix is a hope until it is measured",
    "learn": "it closes the incident",
}


def answers(step: StepName, said: Sequence[str]) -> tuple[Said, ...]:
    """What was said, beside the questions of the step: one text for all of them, or one for each.

    Raises:
        InputError: `incident.say` where nothing was said, another number of texts, or a cause that is none.
    """
    asked, texts = QUESTIONS[step], [text.strip() for text in said]
    if not texts or not all(texts):
        raise InputError("incident.say", f"nothing is said of {step}", remedy=_ask(step))
    if len(texts) not in (1, len(asked)):
        message = f"{step} has {len(asked)} questions, and {len(texts)} texts are given"
        raise InputError("incident.say", message, remedy=_ask(step))
    if step == "cause" and not any(cause in texts[0].casefold() for cause in CAUSES):
        message = f"{texts[0]!r} names none of the causes"
        raise InputError("incident.say", message, remedy=f"Name one: {', '.join(CAUSES)}; and what shows it.")
    questions = asked if len(texts) == len(asked) else (" ".join(asked),)
    return tuple(Said(question, text) for question, text in zip(questions, texts, strict=True))


def _ask(step: StepName) -> str:
    return f'Answer with --say "…", once for all or once for each: {" ".join(QUESTIONS[step])}'


def with_step(incident: Incident, step: IncidentStep) -> Incident:
    """The incident with one more step.

    Raises:
        InputError: it is not its turn.
    """
    prove_turn(incident, step.step, step.early)
    return replace(incident, steps=(*incident.steps, step))
