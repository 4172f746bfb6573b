"""Frame: whether a rule, a model, a person or nobody should make the decision, from what was measured and what was stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.documents import framing_page
from shipworthy.errors import InputError, did_you_mean
from shipworthy.evidence import Framing, Provenance, Record
from shipworthy.frame import SORTS, Inputs, Portfolio, framing, portfolio, questions
from shipworthy.store import append, keep_text
from shipworthy.workbench.clock import now
from shipworthy.workbench.document import reports_folder
from shipworthy.workbench.framing.feasibility import feasibility
from shipworthy.workbench.framing.measured import measured, newest_evaluation
from shipworthy.workbench.framing.reading import answered
from shipworthy.workbench.framing.reckoned import reckoned
from shipworthy.workbench.framing.stated import currency_of, stated
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.workbench.product import Opened

GO_ON = ("rule", "predictive", "generative", "cascade", "augment", "buy", "build")
REFUSED = ("stop", "dont", "people")


def frame(opened: Opened, answers: Mapping[str, str] | None = None) -> Record:
    """Ask every rule, keep the record, and return it.

    Args:
        opened: the product.
        answers: what a person answers to questions, by the name of the input; it goes before what the file states.

    Raises:
        InputError: an answer is none that its input can have, or no input has its name.
    """
    given = inputs(opened, answers or {})
    evaluation = newest_evaluation(opened)
    found = framing(given)
    feasible = feasibility(opened, given, evaluation.evaluation if evaluation else None)
    before = evaluation.provenance if evaluation else None
    inputs_of = Provenance(
        opened.spec_hash,
        before.data if before else (),
        before.models if before else {},
        CODE_VERSION,
        0,
        "none",
    )
    record = Record(
        "frame",
        now(),
        inputs_of,
        parent=evaluation.id if evaluation else None,
        framing=replace(found, feasibility=feasible),
    )
    append(opened.workspace, record)
    return record


def inputs(opened: Opened, answers: Mapping[str, str]) -> Inputs:
    """Every input of a product: evidence first, then answers, then what the file states, then what else records and costs suggest."""
    currency = currency_of(opened.product)
    said = {name: answered(_known_name(name), text, currency) for name, text in answers.items()}
    evaluation = newest_evaluation(opened)
    found = {
        **measured(opened),
        **reckoned(opened.product, evaluation.evaluation if evaluation else None),
    }
    evidence = {name: each for name, each in found.items() if each.known == "evidence"}
    return Inputs({**found, **stated(opened.product), **said, **evidence}, currency)


def _known_name(name: str) -> str:
    if name not in SORTS:
        raise InputError("frame.answer", f"no input is called {name!r}", remedy=did_you_mean(name, SORTS))
    return name


def open_questions(opened: Opened, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The inputs that keep the answer open and that a person may know, the first first: not those that were measured."""
    given = inputs(opened, answers)
    return tuple(name for name in questions(given) if given.of(name).known != "evidence")


def opportunities(products: Sequence[Opened]) -> Portfolio:
    """Several products in the order of what they are worth; nothing is kept.

    Raises:
        InputError: their money is in different currencies, or two have the same name.
    """
    framed = [(opened.product.product, inputs(opened, {})) for opened in products]
    currencies = {given.currency for _, given in framed}
    if len(currencies) > 1:
        message = f"their money is in {' and '.join(sorted(currencies))}, and what is ranked is compared"
        raise InputError(
            "frame.currency", message, remedy="Write the amounts of all products in one currency."
        )
    names = [name for name, _ in framed]
    double = next((name for name in names if names.count(name) > 1), None)
    if double:
        message = f"two products are called {double!r}, so the list could not tell them apart"
        raise InputError(
            "frame.twice", message, remedy="Name each folder once, and give each product its own name."
        )
    shares = [given.amount("price_change").low for _, given in framed]
    return portfolio([(name, given, framing(given)) for name, given in framed], max(shares))


def write_framing(opened: Opened, record: Record) -> Path:
    """Write the page of a framing into reports/; its path."""
    page = framing_page(opened.product, record)
    reports = reports_folder(opened)
    keep_text(reports / "frame.md", page.markdown)
    keep_text(reports / "frame.html", page.html)
    return reports / "frame.html"


def exit_code(found: Framing) -> int:
    """0: something speaks for going on. 1: stop, do not, or leave it to people. 3: define, collect or find out first."""
    if found.answer in GO_ON:
        return 0
    return 1 if found.answer in REFUSED else 3
