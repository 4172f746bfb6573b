"""Numbers with a comma that a trained candidate would learn as words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shipworthy.errors import Problem
from shipworthy.query.commas import comma_numbers
from shipworthy.query.facts import kind_of
from shipworthy.workbench.session import Session
from shipworthy.workbench.train import excluded_columns

if TYPE_CHECKING:
    from shipworthy.spec.model import Candidate


def comma_warnings(session: Session) -> Iterator[Problem]:
    """The text columns of trained candidates of which at least half of the values are numbers, some with a comma."""
    learns: dict[str, str] = {}
    for name, candidate in session.product.candidates.items():
        if candidate.kind == "trained":
            learns = dict.fromkeys(_learned_texts(session, candidate), name) | learns
    for column, found in comma_numbers(session.home, session.examples, tuple(learns)).items():
        if found.commas and 2 * found.numbers >= found.values:
            yield Problem(
                "data.decimal_comma",
                f"{found.commas:,} of the {found.values:,} values of {column} are numbers with a comma, such as"
                f" {found.example}, so {learns[column]} takes {column} for words",
                session.opened.places.of("candidates", learns[column]),
                f"Write its numbers with a decimal point and nothing between thousands; or, if it holds words,"
                f" name it under text: or drop:. shipworthy audit tells more: {session.opened.shown}",
            )


def _learned_texts(session: Session, candidate: Candidate) -> list[str]:
    """The columns of words or sentences that a model learns from and that are not named as texts."""
    left_out = {*excluded_columns(session, candidate), *candidate.drop, *candidate.text}
    return [
        name
        for name, of in session.examples.schema().items()
        if kind_of(of) == "text"
        and name not in left_out
        and (not candidate.features or name in candidate.features)
    ]
