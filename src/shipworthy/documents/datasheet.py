"""The data card: what anybody should ask of a data set, answered from the product and its audit; what neither knows stays open.

The questions follow the seven parts of a datasheet (Gebru and others, Datasheets for Datasets, 2021), in our words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shipworthy.documents.figure import Sentence, counted, sentence
from shipworthy.documents.readiness import ORDER, Card, card_lines, column_rows
from shipworthy.documents.wording import listed
from shipworthy.errors import InputError

if TYPE_CHECKING:
    from shipworthy.documents.statement import Standing
    from shipworthy.evidence import Audit, ColumnProfile, Record
    from shipworthy.spec.model import Product

MOST_FINDINGS = 8
"""Findings that are told one by one; all of them are on the readiness card."""


@dataclass(frozen=True)
class Asked:
    """One question and its answer; `answer` is None where neither the product nor the audit knows one.

    `by_people` says that the answer was stated, and not found by the audit.
    """

    question: str
    answer: Sentence | None
    by_people: bool = False

    @property
    def standing(self) -> Standing:
        """What the answer rests on."""
        if self.answer is None:
            return "open"
        return "assumption" if self.by_people else "evidence"


@dataclass(frozen=True)
class Part:
    """One part of the card."""

    title: str
    asked: tuple[Asked, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """The questions that nobody has answered yet."""
        return tuple(each.question for each in self.asked if each.answer is None)


def data_card(product: Product, record: Record) -> Card:
    """The data card of an audit.

    Raises:
        InputError: the record holds no audit.
    """
    from shipworthy.documents.rendering import html_page, markdown_page

    values = card_values(product, record)
    html = html_page("data_card.html.j2", values, record.id)
    return Card(markdown_page("data_card.md.j2", values, record.id), html)


def card_values(product: Product, record: Record) -> dict[str, Any]:
    """Everything that the templates of the card show.

    Raises:
        InputError: the record holds no audit.
    """
    from shipworthy.documents.charts.learning import learning

    audit = record.audit
    if audit is None:
        message = f"the record {record.id} holds no audit, so there is nothing to make a card of"
        raise InputError("card.no_audit", message, remedy="Run shipworthy audit first.")
    parts = parts_of(product, audit)
    return {
        "product": product,
        "record": record,
        "date": record.time[:10],
        "parts": parts,
        "answered": sum(len(part.asked) - len(part.open) for part in parts),
        "questions": sum(len(part.asked) for part in parts),
        "columns": column_rows(audit),
        "charts": learning(audit.curves),
        "source": product.data.examples,
    }


def parts_of(product: Product, audit: Audit) -> tuple[Part, ...]:
    """The seven parts."""
    return (
        Part("Why they exist", tuple(_purpose(product))),
        Part("What they are", tuple(_composition(product, audit))),
        Part("How they were collected", tuple(_collection(product, audit))),
        Part("How they were prepared and labelled", tuple(_labelling(product, audit))),
        Part("What they are used for", tuple(_use(product, audit))),
        Part("Who may have them", tuple(_rights(product))),
        Part("Who looks after them", tuple(_upkeep(product))),
    )


def _stated(question: str, answer: object | None) -> Asked:
    """A question that product.yaml answers, if anything does."""
    return Asked(question, sentence(str(answer)) if answer else None, by_people=True)


def _found(question: str, answer: str | None) -> Asked:
    """A question that the audit answers, if anything does."""
    return Asked(question, sentence(answer) if answer else None)


def _purpose(product: Product) -> Iterator[Asked]:
    problem = product.problem
    need = f"{product.product}: {problem.who} need {problem.need}" if problem and problem.need else None
    yield _stated("What need do they serve?", need)
    yield _stated("Who answers for them?", product.data.examples.owner)
    yield _stated("Who paid for them, and why?", None)


def _composition(product: Product, audit: Audit) -> Iterator[Asked]:
    each = product.predicts.each
    yield _stated("What is one row?", f"one {each}" if each else None)
    rows = sentence(counted(audit.rows, "/audit/rows"), f" rows of {len(audit.columns)} columns")
    yield Asked("How many rows are there, and what does each hold?", rows)
    yield Asked("How many have a label?", _labelled(product, audit.columns))
    yield _stated("Are they all there could be, or a sample, and drawn how?", None)
    yield Asked("What is wrong or missing?", _wrong(audit))
    personal = product.data.examples.personal
    yield _stated("Are there personal data?", personal)
    protected = [item.column for item in product.protected]
    yield _stated("Which groups of people can be told apart?", listed(protected) if protected else None)


def _labelled(product: Product, columns: tuple[ColumnProfile, ...]) -> Sentence | None:
    for at, column in enumerate(columns):
        if column.name == product.label:
            path = f"/audit/columns/{at}"
            rows, without = counted(column.rows, f"{path}/rows"), counted(column.missing, f"{path}/missing")
            return sentence("of ", rows, " rows, ", without, " have none")
    return None


def _wrong(audit: Audit) -> Sentence:
    """What the audit found that is not green."""
    found = [line for line in card_lines(audit) if line.colour != ORDER[-1]]
    if not found:
        return sentence("the audit found nothing")
    more = len(found) - MOST_FINDINGS
    told = "; ".join(f"{line.title}: {line.told}" for line in found[:MOST_FINDINGS])
    return sentence(f"{told}; and {more} more on the readiness card" if more > 0 else told)


def _collection(product: Product, audit: Audit) -> Iterator[Asked]:
    source = product.data.examples
    when = "When were they collected?"
    yield _stated(when, source.collected) if source.collected else _found(when, _span(product, audit))
    yield _stated("How, and by whom?", None)
    yield _stated("What did the people in them agree to?", source.consent)
    yield _stated("Did anybody review whether collecting them was right?", None)


def _span(product: Product, audit: Audit) -> str | None:
    """From when to when the rows are."""
    for column in audit.columns:
        if column.name == product.data.examples.time and column.least is not None:
            return f"rows from {str(column.least)[:10]} to {str(column.greatest)[:10]}"
    return None


def _labelling(product: Product, audit: Audit) -> Iterator[Asked]:
    labels = product.labels
    guidelines = f"by people, after {labels.guidelines}" if labels and labels.guidelines else None
    yield _stated("Who labelled them, and by which rules?", guidelines)
    noise = audit.noise
    suspected = (
        f"{noise.candidate} suspects {100 * noise.share:.2g} % of {noise.rows:,} labels "
        f"({100 * noise.low:.2g} to {100 * noise.high:.2g}); only labelling again can prove it"
        if noise
        else None
    )
    yield _found("How often is a label wrong?", suspected)
    yield _stated("What was changed or left out before they came here, and is the raw form kept?", None)


def _use(product: Product, audit: Audit) -> Iterator[Asked]:
    action = product.action
    yield _stated("What is decided with them?", action.do if action else None)
    unlike = [each for each in audit.findings if each.sort in ("like_production", "unlike_production")]
    told = "; ".join(each.what for each in unlike) if unlike else None
    yield _found("Do they look like what the product will meet?", told)
    yield _stated("What should they not be used for?", None)


def _rights(product: Product) -> Iterator[Asked]:
    source = product.data.examples
    yield _stated("What allows their use?", source.licence)
    yield _stated("What allows holding the personal data?", source.basis)
    yield _stated("To whom are they given?", None)


def _upkeep(product: Product) -> Iterator[Asked]:
    source = product.data.examples
    yield _stated("How long may they be kept?", source.retention)
    yield _stated("How does somebody have an error put right, or a row taken out?", None)
    yield _stated("How often do new rows come?", None)
