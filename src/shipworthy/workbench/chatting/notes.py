"""What a reader should know about the answers of a chat candidate: what they took, how they were read, what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.workbench.chatting.pricing import cost_words

if TYPE_CHECKING:
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.chatting.completing import Completing
    from shipworthy.workbench.chatting.kept import Effort


def chat_notes(done: Completing, spent: Effort, candidate: Candidate) -> tuple[str, ...]:
    """The notes of one log."""
    return (
        *_different(done),
        _effort(spent),
        *_reading(done),
        *_chances(done),
        _cost(done, spent, candidate),
    )


def _different(done: Completing) -> tuple[str, ...]:
    """How many questions there were, where rows share one: it is asked once."""
    rows, questions = done.seen.rows, len(done.seen.keys)
    return (f"{rows:,} rows ask {questions:,} different questions",) if questions < rows else ()


def _effort(spent: Effort) -> str:
    calls = f"{spent.calls:,} call{'' if spent.calls == 1 else 's'}"
    failures = ", ".join(
        f"{count:,} {kind.replace('_', ' ')}" for kind, count in sorted(spent.failures.items())
    )
    again = f", {spent.retries:,} of them again" if spent.retries else ""
    return f"{calls}{again}; failures: {failures or 'none'}; {spent.tokens_in:,} tokens in, {spent.tokens_out:,} out"


def _reading(done: Completing) -> tuple[str, ...]:
    seen = done.seen.outcomes
    said = {
        "repaired": "had words around the answer, which was read all the same",
        "unreadable": "could not be read as an answer",
        "length": f"ended at {done.setting.chat.max_tokens:,} tokens",
        "failed": "never came",
    }
    return tuple(
        f"{seen[key]:,} {'reply' if seen[key] == 1 else 'replies'} {what}"
        for key, what in said.items()
        if seen[key]
    )


def _chances(done: Completing) -> tuple[str, ...]:
    masses, prior = done.seen.masses, done.prior if done.seen.keys else None
    notes = []
    if masses:
        notes.append(
            f"words of answers cover {100 * sum(masses) / len(masses):.3g} % of the first token's chance on average, {100 * min(masses):.3g} % at least"
        )
    if prior is not None:
        shares = ", ".join(f"{label}: {100 * chance:.3g} %" for label, chance in prior.of.items())
        notes.append(f"scores are divided by the answer to an empty input: {shares}")
    elif done.setting.chat.calibrate is not None:
        notes.append("scores are as they come: an empty input got no answer to divide by")
    return tuple(notes)


def _cost(done: Completing, spent: Effort, candidate: Candidate) -> str:
    price = done.setting.price
    if price is None:
        return (
            "no price is stated: cost per decision is unknown"
            if candidate.cost is None
            else "cost per decision as product.yaml states it"
        )
    return cost_words(price, spent.cost_usd)
