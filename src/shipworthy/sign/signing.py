"""A decision and what a person wants -> their signature, or the reason why it cannot be one."""

from __future__ import annotations

from collections.abc import Sequence

from shipworthy.errors import InputError, did_you_mean
from shipworthy.evidence import Decision, Evaluation, Record, Seal, Signature, SignedAnswer, Verdict
from shipworthy.sign.override import is_override
from shipworthy.sign.wanted import Wanted, read_answer, read_dissent, read_name, read_revisit


def signature_of(
    record: Record,
    wanted: Wanted,
    today: str,
    earlier: Sequence[Signature] = (),
    previous: Seal | None = None,
) -> Signature:
    """The signature of a person on a decision.

    Args:
        record: of the decision.
        wanted: what the person gave.
        today: as YYYY-MM-DD, in UTC.
        earlier: the signatures that the record has already.
        previous: the newest signature of the workspace.

    Raises:
        InputError: the record is no decision, or something that was given is wrong or missing.
    """
    evaluation, decision = _decided(record)
    dissent = tuple(map(read_dissent, wanted.dissent))
    signed, decided = Seal(record.id, record.hash), decision.answer
    if not wanted.decides:
        if not dissent:
            raise InputError(
                "sign.name", "a signature needs somebody's name", remedy='For example: --as "Ana Lima"'
            )
        return Signature(signed, decided, None, None, None, "", dissent, (), None, None, previous)
    by = _signer(wanted)
    answer = read_answer(wanted.answer) if wanted.answer else decided
    candidate = _candidate(evaluation, decision, answer, wanted.candidate)
    because = " ".join(wanted.because.split())
    override = is_override(decision, answer, candidate)
    if override and not because:
        raise _no_reason(decision, answer, candidate)
    _prove_once(by, answer, candidate, earlier, record)
    risks = tuple(" ".join(each.split()) for each in wanted.risks) or left_over(evaluation, candidate)
    off = read_name(wanted.kill_switch, "--kill-switch") if wanted.kill_switch else None
    again = read_revisit(wanted.revisit, today) if wanted.revisit else None
    return Signature(
        signed, decided, by, answer, candidate, because, dissent, risks, off, again, previous, override
    )


def left_over(evaluation: Evaluation, candidate: str | None) -> tuple[str, ...]:
    """The risks that remain where nobody names any: the candidate's claims that are not met, else what is fragile in a ship."""
    open_claims = [verdict for verdict in evaluation.rolled_up(candidate or "") if verdict.verdict != "met"]
    if open_claims:
        return tuple(map(_risk, open_claims))
    decision = evaluation.decision
    return decision.would_change if decision is not None and decision.answer == "ship" else ()


def _risk(verdict: Verdict) -> str:
    return f"{verdict.requirement} is {verdict.verdict}: {verdict.reason}"


def _decided(record: Record) -> tuple[Evaluation, Decision]:
    if record.evaluation is None or record.evaluation.decision is None:
        message = f"{record.id} is a record of {record.verb}, and only a decision can be signed"
        remedy = "Name a record of decide: shipworthy records --verb decide"
        raise InputError("sign.decision", message, remedy=remedy, next_command="shipworthy decide")
    return record.evaluation, record.evaluation.decision


def _signer(wanted: Wanted) -> str:
    if wanted.by is None:
        message = "an answer, a reason, a risk, a kill switch or a day to look again needs somebody who signs"
        raise InputError("sign.name", message, remedy='For example: --as "Ana Lima"')
    return read_name(wanted.by, "--as")


def _candidate(
    evaluation: Evaluation, decision: Decision, answer: SignedAnswer, named: str | None
) -> str | None:
    """The candidate that the signature speaks of."""
    eligible = [facts.name for facts in evaluation.candidates if facts.eligible]
    if named is not None and named not in eligible:
        message = f"there is no candidate {named!r} that could ship in this decision"
        raise InputError("sign.candidate", message, remedy=did_you_mean(named, eligible))
    found = named or decision.candidate or (eligible[0] if len(eligible) == 1 else None)
    if answer == "ship" and found is None:
        message = f"the decision names nobody who could ship, and there are {len(eligible)} candidates"
        remedy = f"Say which: --candidate {eligible[0] if eligible else 'NAME'}"
        raise InputError("sign.candidate", message, remedy=remedy)
    return found


def _no_reason(decision: Decision, answer: SignedAnswer, candidate: str | None) -> InputError:
    who = f" with {candidate}" if answer == "ship" and candidate else ""
    own = f" ({decision.candidate})" if decision.candidate else ""
    message = f"the evidence says {decision.answer}{own}, and {answer}{who} is to be signed: an override needs a reason"
    remedy = (
        'Say why you decide otherwise: --because "the legal deadline; a person reviews every case until May"'
    )
    return InputError("sign.override", message, remedy=remedy)


def _prove_once(
    by: str, answer: SignedAnswer, candidate: str | None, earlier: Sequence[Signature], record: Record
) -> None:
    own = [each for each in earlier if each.by is not None and each.by.casefold() == by.casefold()]
    if own and (own[-1].answer, own[-1].candidate) == (answer, candidate):
        message = f"{by} has signed {record.id} with {answer} already"
        remedy = (
            'A change of mind is another --answer; dissent can be added without --as: --dissent "NAME: TEXT"'
        )
        raise InputError("sign.twice", message, remedy=remedy, next_command="shipworthy history")
