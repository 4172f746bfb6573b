"""Check: product.yaml against the data it speaks of, every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.decide import blocks
from shipworthy.errors import InputError, Place, Problem, ShipworthyError, SpecError, did_you_mean
from shipworthy.judge import Claim, claim_of
from shipworthy.query.facts import Column, column_facts, kind_of
from shipworthy.query.frame import ANSWERS
from shipworthy.query.frame import positive as positive_of
from shipworthy.query.log import recorded_columns
from shipworthy.query.rule import rule_value
from shipworthy.query.source import is_url
from shipworthy.workbench.answers import recording, rule_of
from shipworthy.workbench.product import placed
from shipworthy.workbench.session import Session

if TYPE_CHECKING:
    from shipworthy.metrics import Definition
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.product import Opened

NUMBERS_OF_A_LOG = ("score", "latency_ms", "cost_usd", "weight")
FEW_POSITIVES = 30


@dataclass(frozen=True)
class Checked:
    """What `check` found: problems stop every verb that judges, warnings do not."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    columns: tuple[Column, ...] = ()


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
    return Checked((), warnings(session), tuple(facts.values()))


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
    if session.product.predicts.kind != "binary":
        where = session.opened.places.of("predicts", "kind")
        yield Problem(
            "spec.kind",
            f"this version judges binary products, not {session.product.predicts.kind} ones",
            where,
            "Ask a yes/no question of the data, or wait for the kind to be supported.",
        )
        return
    missing = [*_missing_columns(session), *_missing_rows(session)]
    yield from missing
    if missing:
        return
    content = [*_label_problems(session), *_time_problems(session), *_kinds(session)]
    yield from content
    yield from _caught(session, _data_proofs(session) if not content else ())
    for name in session.product.candidates:
        yield from _candidate_problems(session, name)


def _missing_columns(session: Session) -> Iterator[Problem]:
    """Every name in the file that should be a column and is none."""
    for loc, column in _named_columns(session):
        if column not in session.examples.columns:
            message = f"the examples have no column {column!r}"
            yield Problem(
                "data.no_column",
                message,
                session.opened.places.of(*loc),
                did_you_mean(column, session.examples.columns),
            )


def _missing_rows(session: Session) -> Iterator[Problem]:
    """Rows there must be, and in a database each needs a name, as nothing else tells them apart from day to day."""
    source, place = session.product.data.examples, session.opened.places.of("data", "examples", "source")
    if not session.home.run(session.examples.limit(1), "looking for a row").num_rows:
        yield Problem(
            "data.no_rows", "the examples have no rows", place, "Point source: at a table with rows."
        )
    if is_url(source.source) and not source.id:
        yield Problem(
            "data.no_id",
            "the rows of a database table come in any order, and the examples name no id",
            place,
            "Add id: COLUMN to data.examples.",
        )


def _all_null(session: Session, column: str) -> bool:
    """Whether every value of a column is missing. A CSV file then shows it as text, whatever it was meant to hold."""
    return column_facts(session.home, session.examples, [column])[column].distinct == 0


def _named_columns(session: Session) -> Iterator[tuple[tuple[str | int, ...], str]]:
    product, source = session.product, session.product.data.examples
    yield (("predicts", "target") if not source.label else ("data", "examples", "label")), product.label
    for role in ("id", "time", "unit", "repeats"):
        if column := getattr(source, role):
            yield ("data", "examples", role), column
    if session.plan.by not in ("time", "unit", "random", "none"):
        yield ("data", "split", "by"), session.plan.by
    for at, segment in enumerate(product.segments):
        yield ("segments", at), segment.column
    for at, item in enumerate(product.protected):
        yield ("protected", at), item.column
    for at, claim in _claims(session):
        for column in claim.columns:
            if column not in ANSWERS:
                yield ("requirements", at), column


def _claims(session: Session) -> Iterator[tuple[int, Claim]]:
    """Every claim, those that wait for production included, with its place among the requirements."""
    for at, requirement in enumerate(session.product.requirements):
        yield at, claim_of(requirement, session.product.value)


def _label_problems(session: Session) -> Iterator[Problem]:
    """The label must have the positive value and another one."""
    label, where = session.product.label, session.opened.places.of("predicts", "positive")
    positive = session.product.predicts.positive
    column = column_facts(session.home, session.examples, [label])[label]
    values = (
        ", ".join(f"{value} ({count:,} rows)" for value, count in column.values[:6])
        or f"{column.distinct:,} different values"
    )
    truths = positive_of(session.examples[label], positive)
    counts = session.examples.aggregate(labelled=truths.count(), positives=truths.sum())
    found = session.home.run(counts, "counting labels").to_pylist()[0]
    positives = int(found["positives"] or 0)
    if found["labelled"] == 0:
        yield Problem(
            "data.all_null",
            f"every value of {label} is missing",
            where,
            "Without labels nothing can be judged: label some rows, or name another column.",
        )
    elif positives == 0:
        yield Problem(
            "data.no_positives",
            f"no row has {label} = {positive!r}; it holds {values}",
            where,
            "Write one of these values as predicts.positive.",
        )
    elif positives == found["labelled"]:
        yield Problem(
            "data.one_class",
            f"every labelled row has {label} = {positive!r}",
            where,
            "A claim about positives and negatives needs both: add rows with the other answer.",
        )


def _time_problems(session: Session) -> Iterator[Problem]:
    source = session.product.data.examples
    where = session.opened.places.of("data", "examples", "time")
    if session.plan.by == "unit" and not source.unit:
        yield Problem(
            "split.unit",
            "the split is by unit, but the examples name no unit",
            session.opened.places.of("data", "split", "by"),
            "Add unit: COLUMN to data.examples.",
        )
    if session.plan.by == "time" and not source.time:
        yield Problem(
            "split.time",
            "the split is by time, but the examples name no time",
            session.opened.places.of("data", "split", "by"),
            "Add time: COLUMN to data.examples.",
        )
    for role, column in (("time", source.time), ("unit", source.unit)):
        if column is None:
            continue
        facts = column_facts(session.home, session.examples, [column])[column]
        if facts.distinct == 0:
            yield Problem(
                "data.all_null",
                f"every value of {column} is missing",
                session.opened.places.of("data", "examples", role),
                f"Name a column that has values, or take {role}: out.",
            )
        elif role == "time" and facts.kind != "time":
            yield Problem(
                "data.time",
                f"{column} is not a time: it holds {facts.kind} values",
                where,
                "Store it as a timestamp, or as text like 2026-01-31 12:00:00.",
            )
        elif facts.nulls:
            yield Problem(
                f"data.null_{role}",
                f"{facts.nulls:,} rows have no {column}",
                session.opened.places.of("data", "examples", role),
                f"Give every row its {role}, or drop the row.",
            )


def _kinds(session: Session) -> Iterator[Problem]:
    """Columns whose type does not fit what a segment or a requirement does with them."""
    for at, segment in enumerate(session.product.segments):
        if (segment.quantiles or segment.cuts) and kind_of(
            session.examples[segment.column].type()
        ) != "number":
            yield Problem(
                "segment.kind",
                f"{segment.column} is not a number and cannot be cut into ranges",
                session.opened.places.of("segments", at),
                "Name the column alone to slice by its values.",
            )
    for at, claim in _claims(session):
        for definition in _column_definitions(claim):
            yield from _kind_problem(session, definition, session.opened.places.of("requirements", at))


def _column_definitions(claim: Claim) -> list[Definition]:
    both = [claim.definition, *([claim.at] if claim.at else [])]
    return [definition for definition in both if definition.kind in ("mean", "rate", "quantile")]


def _kind_problem(session: Session, definition: Definition, where: Place) -> Iterator[Problem]:
    column = definition.column
    if column in ANSWERS and column not in session.examples.columns:
        if column not in NUMBERS_OF_A_LOG:
            yield Problem(
                "requirement.kind",
                f"{definition.metric} needs a number, and {column} of the prediction log is none",
                where,
                f"Numbers of the log: {', '.join(NUMBERS_OF_A_LOG)}.",
            )
        return
    kind = kind_of(session.examples[column].type())
    wanted = ("number", "boolean") if definition.kind != "quantile" else ("number",)
    if _all_null(session, column):
        yield Problem(
            "data.all_null", f"every value of {column} is missing", where, "Name a column that has values."
        )
    elif kind not in wanted:
        yield Problem(
            "requirement.kind",
            f"{definition.metric} needs a {' or '.join(wanted)} column, and {column} holds {kind}",
            where,
            "Name a column of that kind.",
        )


def _data_proofs(session: Session) -> tuple[Callable[[], object], ...]:
    return (lambda: session.frame, lambda: session.parts, lambda: session.known_slices)


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


def _candidate_problems(session: Session, name: str) -> Iterator[Problem]:
    candidate, where = session.product.candidates[name], session.opened.places.of("candidates", name)
    try:
        if candidate.rule is not None:
            _prove_rule(session, candidate)
        elif candidate.kind == "trained":
            _prove_features(session, name)
        elif candidate.kind == "recorded":
            table, _, same = recording(session, name, candidate)
            columns = {str(role): column for role, column in candidate.columns.items()}
            place = session.opened.places.of("candidates", name, "recorded")
            recorded_columns(table, name, columns, place, same_source=same)
    except ShipworthyError as error:
        yield placed(error.problem, where)


def _prove_rule(session: Session, candidate: Candidate) -> None:
    rule = rule_of(session, candidate)
    try:
        rule_value(rule, session.examples)
    except InputError:
        empty = [column for column in rule.columns if _all_null(session, column)]
        if not empty:
            raise
        raise InputError(
            "data.all_null",
            f"every value of {empty[0]} is missing, and the rule reads it",
            remedy="Take it out of the rule, or fill the column.",
        ) from None


def _prove_features(session: Session, name: str) -> None:
    candidate = session.product.candidates[name]
    for role in ("features", "text", "drop"):
        for at, column in enumerate(getattr(candidate, role)):
            where = session.opened.places.of("candidates", name, role, at)
            if column == session.product.label and role != "drop":
                raise InputError(
                    "model.label_leak",
                    f"{name} lists the label {column!r} among its {role}",
                    where=where,
                    remedy="Take it out: a model that sees the answer learns nothing else.",
                )
            if column not in session.examples.columns:
                raise InputError(
                    "data.no_column",
                    f"the examples have no column {column!r}",
                    where=where,
                    remedy=did_you_mean(column, session.examples.columns),
                )


def warnings(session: Session) -> tuple[Problem, ...]:
    """What keeps the product from shipping, or will leave claims undecided, without being wrong."""
    return tuple(_warnings(session))


def _warnings(session: Session) -> Iterator[Problem]:
    """What keeps the product from shipping, or will leave claims undecided, without being wrong."""
    places = session.opened.places
    for problem in blocks(session.product):
        message = f"nothing can ship while {problem.message}"
        yield Problem(problem.code, message, places.of("data", "examples"), problem.remedy)
    label = column_facts(session.home, session.examples, [session.product.label])[session.product.label]
    if label.distinct > 2:
        yield Problem(
            "data.many_values",
            f"{label.name} holds {label.distinct:,} different values: all but {session.product.predicts.positive!r} count as negative",
            places.of("predicts", "positive"),
            "Leave the label empty where the answer is not known.",
        )
    positives, negatives = session.test
    for count, kind in ((positives, "positive"), (negatives, "negative")):
        if count < FEW_POSITIVES:
            yield Problem(
                "data.few",
                f"only {count:,} {kind} test rows: most claims about them will be undecided",
                places.of("data", "split"),
                "Label more rows, or give the test part a greater share.",
            )
    for name, candidate in session.product.candidates.items():
        if candidate.kind == "chat":
            yield Problem(
                "spec.carried",
                f"the chat candidate {name} is carried along and not judged by this version",
                places.of("candidates", name),
                "Record its predictions elsewhere and add them as recorded:",
            )
    for at, claim in _claims(session):
        for column, value in claim.requirement.where:
            known = session.known_slices.get(column, ())
            if value not in known:
                yield Problem(
                    "requirement.no_slice",
                    f"no example has {column} = {value}",
                    places.of("requirements", at),
                    did_you_mean(value, known),
                )
