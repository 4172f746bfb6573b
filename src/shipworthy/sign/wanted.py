"""What a person wants to sign, as it was typed, and how each part of it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import get_args

from shipworthy.errors import InputError, did_you_mean
from shipworthy.evidence import Dissent, SignedAnswer

ANSWERS: tuple[SignedAnswer, ...] = get_args(SignedAnswer)
LONGEST_NAME = 100


@dataclass(frozen=True)
class Wanted:
    """What a person gave: None and empty where the record or nothing at all decides.

    `dissent` holds texts such as "Bo: the test rows are from one country".
    """

    by: str | None = None
    answer: str | None = None
    because: str = ""
    dissent: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    kill_switch: str | None = None
    revisit: str | None = None
    candidate: str | None = None

    @property
    def decides(self) -> bool:
        """Whether more is asked for than adding dissent."""
        given = (self.answer, self.because, self.risks, self.kill_switch, self.revisit, self.candidate)
        return self.by is not None or any(given)


def read_name(text: str, option: str) -> str:
    """A person's name.

    Raises:
        InputError: it is empty, too long, or cannot be printed.
    """
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        message = f"{option} {text!r}: a name has 1 to {LONGEST_NAME} characters that can be printed"
        raise InputError("sign.name", message, remedy=f'Name a person: {option} "Ana Lima"')
    return name


def read_answer(text: str) -> SignedAnswer:
    """The answer that a text means: ship, do_not_ship or not_yet.

    Raises:
        InputError: it means none of them.
    """
    plain = "_".join(text.lower().replace("-", " ").replace("_", " ").split())
    found: SignedAnswer | None = next((answer for answer in ANSWERS if answer == plain), None)
    if found is None:
        message = f"{text!r} is no answer: a decision is ship, do_not_ship or not_yet"
        raise InputError("sign.answer", message, remedy=did_you_mean(plain, ANSWERS))
    return found


def read_dissent(text: str) -> Dissent:
    """Who thinks otherwise, and why.

    Raises:
        InputError: a name or a reason is missing.
    """
    name, _, says = text.partition(":")
    if not name.strip() or not says.strip():
        message = f"--dissent {text!r}: a name and a reason stand on the two sides of a colon"
        remedy = 'For example: --dissent "Bo: the test rows are from one country"'
        raise InputError("sign.dissent", message, remedy=remedy)
    return Dissent(read_name(name, "--dissent"), " ".join(says.split()))


def read_revisit(text: str, today: str) -> str:
    """The day on which the decision is looked at again, as YYYY-MM-DD.

    Raises:
        InputError: it is no day, or none that is still to come.
    """
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        message = f"--revisit {text!r} is no day: a day is written as year, month, day"
        raise InputError("sign.revisit", message, remedy=f"For example: --revisit {_later(today)}") from None
    if day <= date.fromisoformat(today):
        message = f"--revisit {day} is not after today, {today}"
        raise InputError("sign.revisit", message, remedy=f"Name a day to come: --revisit {_later(today)}")
    return day.isoformat()


def _later(today: str) -> str:
    """Some day a year from now."""
    year, rest = today[:4], today[4:]
    return f"{int(year) + 1}{rest if rest != '-02-29' else '-02-28'}"
