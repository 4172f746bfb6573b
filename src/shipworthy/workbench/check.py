"""Check: product.yaml against the data it speaks of, every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, Problem, SpecError
from shipworthy.metrics.own import own_entry
from shipworthy.query.facts import Column, column_facts
from shipworthy.workbench.checks.attacks import attack_problems
from shipworthy.workbench.checks.candidates import candidate_problems
from shipworthy.workbench.checks.columns import missing_columns, unfit_columns
from shipworthy.workbench.checks.examples import label_problems, missing_rows, time_problems
from shipworthy.workbench.checks.variants import variant_problems
from shipworthy.workbench.checks.warnings import warnings
from shipworthy.workbench.graders import grading
from shipworthy.workbench.product import placed
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.metrics import Entry
    from shipworthy.workbench.product import Opened


@dataclass(frozen=True)
class Checked:
    """What `check` found: problems stop every verb that judges, warnings do not. `metrics` are the product's own."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    columns: tuple[Column, ...] = ()
    metrics: tuple[Entry, ...] = ()


def check(opened: Opened) -> Checked:
    """Hold the product against its data.

    Raises:
        InputError: the examples cannot be read at all.
    """
    session = Session(opened)
    problems = tuple(_problems(session))
    if problems:
        return Checked(problems, ())
    facts = column_facts(session.home, session.examples)
    own = tuple(own_entry(name, each, session.task) for name, each in session.task.own)
    return Checked((), warnings(session), tuple(facts.values()), own)


def prove_ready(session: Session) -> None:
    """Return where the product can be judged.

    Raises:
        SpecError: with every problem that stops it.
    """
    problems = tuple(_problems(session))
    if problems:
        raise SpecError(problems)


def _problems(session: Session) -> Iterator[Problem]:
    """Problems in the order in which they matter: columns first, then their content, then candidates."""
    missing = [*missing_columns(session), *missing_rows(session)]
    yield from missing
    if missing:
        return
    unclear = list(_caught(session, (lambda: session.task, lambda: session.questions)))
    yield from unclear
    if unclear:
        return
    content = [*label_problems(session), *time_problems(session), *unfit_columns(session)]
    yield from content
    yield from _caught(session, _data_proofs(session) if not content else ())
    yield from _caught(session, tuple(partial(grading, session, name) for name in session.product.grade))
    found = [problem for name in session.product.candidates for problem in candidate_problems(session, name)]
    yield from found
    if not found:
        yield from attack_problems(session)
        yield from variant_problems(session)


def _data_proofs(session: Session) -> tuple[Callable[[], object], ...]:
    return (lambda: session.own, lambda: session.frame, lambda: session.parts, lambda: session.known_slices)


def _caught(session: Session, proofs: tuple[Callable[[], object], ...]) -> Iterator[Problem]:
    """Errors of proofs as problems, so that several are reported together."""
    told = set()
    for proof in proofs:
        try:
            proof()
        except InputError as error:
            problem = placed(error.problem, session.opened.places.of("data", "examples"))
            if problem not in told:
                yield problem
            told.add(problem)
