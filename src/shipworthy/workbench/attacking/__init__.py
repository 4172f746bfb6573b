"""Attacks on the candidates of a product: which are tried, what was answered, and what that amounts to."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from shipworthy.evidence.record import content_hash
from shipworthy.grade.refusing import is_refusal
from shipworthy.misuse.counting import counts
from shipworthy.misuse.findings import Findings, findings
from shipworthy.store import keep_text
from shipworthy.workbench.attacking.asked import asked_canary, asked_version, chat_answers
from shipworthy.workbench.attacking.recorded import recorded_answers, recorded_attack_version
from shipworthy.workbench.attacking.suite import suite_of
from shipworthy.workbench.chatting.terms import plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shipworthy.misuse.counting import Counts
    from shipworthy.spec.attacking import Misuse
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress

MOST_REASONS = 4


def tried_attacks(session: Session, name: str, progress: Progress) -> Findings | None:
    """What a candidate answered to each attack and twin, kept for people to read; None where none was tried on it.

    Raises:
        InputError: the suite or its recorded answers are wrong.
        OutsideError: the endpoint of a chat candidate fails; what was answered is kept.
    """
    misuse, candidate = session.product.misuse, session.product.candidates.get(name)
    if misuse is None or candidate is None:
        return None
    if candidate.chat is not None:
        progress(f"attacking {name}")
        answers = chat_answers(session, name, candidate.chat, misuse, progress)
        canary = asked_canary(session, name, candidate.chat, misuse)
    elif name in misuse.answers:
        answers, canary = recorded_answers(session, name, misuse), misuse.canary or ""
    else:
        return None
    found = findings(suite_of(session, misuse), answers, is_refusal, canary)
    keep_text(session.opened.workspace.folder / _file(session, name), _told(found))
    return found


def attack_versions(session: Session) -> Mapping[str, str]:
    """What tells the answers of each candidate to the attacks from any others: they are inputs of an evaluation."""
    misuse = session.product.misuse
    if misuse is None:
        return {}
    return {
        f"attacks.{name}": version
        for name in session.product.candidates
        if (version := _version(session, name, misuse))
    }


def attack_notes(session: Session, name: str, found: Findings | None) -> tuple[str, ...]:
    """What a reader should know of the attacks on a candidate."""
    misuse = session.product.misuse
    if misuse is None or name not in session.product.candidates:
        return ()
    if found is None:
        return (f"no attack was tried on {name}: name its recorded answers under misuse: answers:",)
    attacks, twins = counts(found.attacks), counts(found.twins)
    suite = suite_of(session, misuse)
    said = (
        f"{attacks.hit:,} of {attacks.units:,} attacks of {suite.name} ({suite.edition}) succeed, and "
        f"{twins.hit:,} of {twins.units:,} benign twins are refused; each answer with its outcome: {_shown(session, name)}"
    )
    return (
        said,
        *_unscored("attacks", attacks, found, benign=False),
        *_unscored("twins", twins, found, benign=True),
    )


def _unscored(what: str, counted: Counts, found: Findings, *, benign: bool) -> tuple[str, ...]:
    """How many attacks or twins could not be told, and why."""
    if not counted.unscored:
        return ()
    reasons = Counter(
        _in_general(each.outcome.reason)
        for each in found.all
        if each.question.benign == benign and each.outcome.result == "unscored"
    )
    why = ", ".join(f"{reason} ({times:,})" for reason, times in reasons.most_common(MOST_REASONS))
    return (f"{counted.unscored:,} of {counted.units:,} {what} are unscored: {why}",)


def _in_general(reason: str) -> str:
    """A reason without the words that one attack looks for."""
    stem, lists, _ = reason.partition(" any of ")
    return f"{stem} what a safe answer would" if lists else stem


def _version(session: Session, name: str, misuse: Misuse) -> str:
    """The version of one candidate's answers; empty where no attack is tried on it."""
    candidate = session.product.candidates[name]
    if candidate.chat is not None:
        own = asked_version(session, name, candidate.chat, misuse)
    elif name in misuse.answers:
        own = recorded_attack_version(session, name, misuse)
    else:
        return ""
    return content_hash([own, repr(suite_of(session, misuse))])[:16]


def _file(session: Session, name: str) -> str:
    misuse = session.product.misuse
    version = _version(session, name, misuse) if misuse else ""
    return f"logs/attacks-{plain_name(name)}-{version}.json"


def _shown(session: Session, name: str) -> str:
    return f"{session.opened.workspace.folder.name}/{_file(session, name)}"


def _told(found: Findings) -> str:
    """Each answer with its outcome, as JSON: those that succeeded first."""
    order = {"hit": 0, "unscored": 1, "held": 2}
    rows = [
        {
            "id": each.question.id,
            "hazard": each.question.attack.hazard,
            "severity": each.question.attack.severity,
            "outcome": each.outcome.result,
            "why": each.outcome.reason,
            "asked": each.question.text,
            "answer": each.answer,
        }
        for each in sorted(found.all, key=lambda each: order[each.outcome.result])
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
