"""All patterns over one text, in order of precedence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from shipworthy.personal.accounts import cards, ibans
from shipworthy.personal.addresses import addresses
from shipworthy.personal.contacts import emails, network_addresses
from shipworthy.personal.national_ids import national_ids
from shipworthy.personal.numbers import stretches
from shipworthy.personal.people import BORN, NAME_COLUMN, birth_dates, names
from shipworthy.personal.phones import PHONE_COLUMN, phones
from shipworthy.personal.span import Span, apart

Finder = Callable[[str], Iterable[Span]]
"""Another way to find personal data in a text, such as a language model's."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[_\W]+")


def column_words(column: str) -> str:
    """A column's name as small words: customerName and customer_name are both customer name."""
    return " ".join(_CAMEL.sub(" ", column).lower().split())


def spans_in(text: str, column: str = "", also: Finder | None = None) -> tuple[Span, ...]:
    """The stretches of a text that are personal data, and those that only fail a check digit; none overlap.

    Args:
        text: where to look.
        column: its column's name in small words.
        also: another finder, heard last.
    """
    return apart(chain(_found_here(text, column), also(text) if also else ()), len(text))


def is_personal(text: str, column: str = "") -> bool:
    """Whether a value of the column holds personal data, as far as patterns tell."""
    return any(span.passes is not False for span in spans_in(text, column_words(column)))


def _found_here(text: str, column: str) -> Iterator[Span]:
    """In order of precedence."""
    numbers = tuple(stretches(text))
    yield from emails(text)
    for stretch in numbers:
        yield from ibans(stretch)
        yield from cards(stretch)
    yield from network_addresses(text)
    for stretch in numbers:
        yield from national_ids(stretch, column)
    yield from birth_dates(text, column=bool(BORN.search(column)))
    told = bool(PHONE_COLUMN.search(column))
    for stretch in numbers:
        yield from phones(stretch, told=told)
    yield from addresses(text)
    yield from names(text, column=bool(NAME_COLUMN.match(column)))
