"""The content of the examples: rows, labels, times and units."""

from __future__ import annotations

import math
from collections.abc import Iterator

from shipworthy.errors import InputError, Place, Problem
from shipworthy.personal import without_personal
from shipworthy.query.answer import class_of
from shipworthy.query.answer import positive as positive_of
from shipworthy.query.answer_proofs import prove_classes
from shipworthy.query.commas import comma_numbers
from shipworthy.query.facts import column_facts
from shipworthy.query.source import is_url
from shipworthy.workbench.session import Session


def missing_rows(session: Session) -> Iterator[Problem]:
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


def all_null(session: Session, column: str) -> bool:
    """Whether every value of a column is missing. A CSV file then shows it as text, whatever it was meant to hold."""
    return column_facts(session.home, session.examples, [column])[column].distinct == 0


def label_problems(session: Session) -> Iterator[Problem]:
    """The label must have values that differ, and such as the kind of answers asks for."""
    problems = {
        "binary": _yes_no_problems,
        "multiclass": _class_problems,
        "regression": _number_problems,
        "ranking": _relevance_problems,
        "text": _no_problems,
    }
    yield from problems[session.task.kind](session)


def _no_problems(session: Session) -> Iterator[Problem]:
    """A text needs no reference to be judged, and a reference may be any text."""
    del session
    yield from ()


def _class_problems(session: Session) -> Iterator[Problem]:
    """Every label must be one of the classes."""
    label, where = session.product.label, session.opened.places.of("predicts", "target")
    if all_null(session, label):
        yield _unlabelled(label, where)
        return
    identity = session.product.data.examples.id
    name = session.examples[identity].cast("string") if identity else session.examples[label].cast("string")
    found = session.examples.select(id=name, value=class_of(session.examples[label]))
    try:
        prove_classes(session.home, found, f"the label {label}", session.task, where)
    except InputError as error:
        yield error.problem


def _number_problems(session: Session) -> Iterator[Problem]:
    """Every label must be a finite number, and not all the same."""
    label, where = session.product.label, session.opened.places.of("predicts", "target")
    column = column_facts(session.home, session.examples, [label])[label]
    if column.distinct == 0:
        yield _unlabelled(label, where)
    elif column.kind != "number":
        yield Problem(
            "data.label_kind",
            f"{label} holds {column.kind} values, and a regression product predicts numbers",
            where,
            f"{_written_anew(session, label)}, or say kind: multiclass.",
        )
    elif not all(math.isfinite(float(end)) for end in (column.least, column.greatest)):
        yield Problem(
            "data.label_kind",
            f"{label} holds infinite values",
            where,
            "Leave the label empty where it is not known.",
        )
    elif column.distinct == 1:
        yield Problem(
            "data.one_class",
            f"every labelled row has {label} = {column.least!r}",
            where,
            "There is nothing to predict: add rows with other values.",
        )


def _written_anew(session: Session, label: str) -> str:
    """What makes numbers of the label; of numbers with a comma, how to write them."""
    texts = comma_numbers(session.home, session.examples, [label])
    if label not in texts or not texts[label].read_as_words:
        return "Store numbers"
    return f"Write numbers such as {texts[label].example} with a decimal point and nothing between thousands"


def _relevance_problems(session: Session) -> Iterator[Problem]:
    """Relevance is yes or no, or a number that is not below 0, and some item must be relevant."""
    label, where = session.product.label, session.opened.places.of("predicts", "target")
    column = column_facts(session.home, session.examples, [label])[label]
    if column.distinct == 0:
        yield _unlabelled(label, where)
    elif column.kind == "boolean":
        return
    elif column.kind != "number" or not 0 <= float(column.least) <= float(column.greatest) < math.inf:
        held = f"{column.kind} values" if column.kind != "number" else f"{column.least} to {column.greatest}"
        yield Problem(
            "data.label_kind",
            f"{label} holds {held}, and how relevant an item is goes from 0 upwards",
            where,
            "Store 0 for irrelevant items and 1 (or a grade above it) for relevant ones, and nothing where it is not known.",
        )
    elif float(column.greatest) == 0:
        yield Problem(
            "data.no_positives",
            f"no row has a {label} above 0",
            where,
            "No order is better than another where nothing is relevant: add requests with a relevant item.",
        )


def _unlabelled(label: str, where: Place) -> Problem:
    return Problem(
        "data.all_null",
        f"every value of {label} is missing",
        where,
        "Without labels nothing can be judged: label some rows (shipworthy label --take 100), or name another column.",
    )


def _yes_no_problems(session: Session) -> Iterator[Problem]:
    """The label must have the positive value and another one."""
    label, where = session.product.label, session.opened.places.of("predicts", "positive")
    positive = session.product.predicts.positive
    column = column_facts(session.home, session.examples, [label])[label]
    values = (
        ", ".join(f"{without_personal(str(value))} ({count:,} rows)" for value, count in column.values[:6])
        or f"{column.distinct:,} different values"
    )
    truths = positive_of(session.examples[label], positive)
    counts = session.examples.aggregate(labelled=truths.count(), positives=truths.sum())
    found = session.home.run(counts, "counting labels").to_pylist()[0]
    positives = int(found["positives"] or 0)
    if found["labelled"] == 0:
        yield _unlabelled(label, where)
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


def time_problems(session: Session) -> Iterator[Problem]:
    """Every row needs its time and its unit where the split or the statistics rest on them."""
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
