"""Whether the claims that were signed are still made: each as it was, or a stricter one of the same kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shipworthy.spec.language import Bound, LanguageError, Requirement, format_requirement, read_requirement


def dropped(then: Iterable[str], now: Sequence[str]) -> tuple[str, ...]:
    """The claims of then that no claim of now asks for, or for more."""
    present = [each for text in now if (each := _read(text))]
    return tuple(
        text
        for text in then
        if text not in now and not ((old := _read(text)) and any(_asks_for(new, old) for new in present))
    )


def _read(text: str) -> Requirement | None:
    try:
        return read_requirement(text)
    except LanguageError:
        return None  # what an older version of the language could say


def _asks_for(new: Requirement, old: Requirement) -> bool:
    """Whether a claim is the same, or stricter in its bounds or its confidence."""
    if (new.every, new.where, new.at is None) != (old.every, old.where, old.at is None):
        return False
    if format_requirement(new) == format_requirement(old):
        return True
    at = new.at is None or old.at is None or _as_strict(new.at, old.at)
    return at and _as_strict(new.bound, old.bound) and new.confidence >= old.confidence


def _as_strict(new: Bound, old: Bound) -> bool:
    if (new.metric, new.at_least) != (old.metric, old.at_least):
        return False
    if new.value == old.value:
        return new.comparator == old.comparator or len(new.comparator) == 1
    return new.value > old.value if new.at_least else new.value < old.value
