"""Numbers with a comma that a trained candidate would learn as words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shipworthy.errors import Place, Problem
from shipworthy.query.commas import CommaNumbers, comma_numbers
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
        if found.read_as_words:
            place = session.opened.places.of("candidates", learns[column])
            yield comma_problem(column, found, learns[column], place)


def comma_problem(column: str, found: CommaNumbers, learner: str, where: Place) -> Problem:
    """That a learner takes the numbers of a column for words."""
    return Problem(
        "data.decimal_comma",
        f"{found.commas:,} of the {found.values:,} values of {column} are numbers with a comma, such as"
        f" {found.example}, so {learner} takes {column} for words",
        where,
        f"Write its numbers with a decimal point and nothing between thousands; or, if it holds words,"
        f" name it under text: or drop:. shipworthy audit tells more: {where.file}",
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
