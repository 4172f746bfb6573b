"""A part of a suite: by hazard, method or severity."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from shipworthy.errors import InputError, did_you_mean
from shipworthy.misuse.attack import Attack, Suite


def chosen(
    suite: Suite,
    *,
    hazards: Sequence[str] = (),
    methods: Sequence[str] = (),
    severities: Sequence[str] = (),
) -> Suite:
    """The attacks of a suite that have one of the hazards, methods and severities; where none is named, all do.

    Raises:
        InputError: `misuse.choice` where no attack of the suite has a name that is asked for, or none has all of them.
    """
    for kind, names in (("hazard", hazards), ("method", methods), ("severity", severities)):
        _refuse_unknown(kind, names, {getattr(attack, kind) for attack in suite.attacks}, suite)
    attacks = tuple(
        attack
        for attack in suite.attacks
        if _one_of(attack.hazard, hazards)
        and _one_of(attack.method, methods)
        and _one_of(attack.severity, severities)
    )
    if not attacks:
        message = (
            f"no attack of the suite {suite.name!r} has one each of {_listed(hazards, methods, severities)}"
        )
        raise InputError("misuse.choice", message, remedy="Name fewer of them.")
    return replace(suite, attacks=attacks)


def hazards_of(attacks: Sequence[Attack]) -> tuple[str, ...]:
    """The hazards that occur, in the order in which they do."""
    return tuple(dict.fromkeys(attack.hazard for attack in attacks))


def _refuse_unknown(kind: str, names: Sequence[str], known: Collection[str], suite: Suite) -> None:
    for name in names:
        if name not in known:
            message = f"the suite {suite.name!r} has no attack of {kind} {name!r}"
            raise InputError("misuse.choice", message, remedy=did_you_mean(name, known))


def _one_of(value: str, names: Sequence[str]) -> bool:
    return not names or value in names


def _listed(*choices: Sequence[str]) -> str:
    return "; ".join(" or ".join(names) for names in choices if names)
