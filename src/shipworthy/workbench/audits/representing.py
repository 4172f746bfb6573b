"""The examples beside production: how columns fall into categories in both, and what else differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shipworthy.audit import represent
from shipworthy.errors import Problem, SpecError
from shipworthy.query.categories import alike, categories
from shipworthy.query.data_rows import missing
from shipworthy.query.production import new_values, newer
from shipworthy.query.sampled import rows_of
from shipworthy.query.shifts import Population, counts
from shipworthy.query.slicing import MISSING, plain_label
from shipworthy.tally.needs import OVERALL
from shipworthy.tally.shift import Counts, Shift

if TYPE_CHECKING:
    from shipworthy.audit import DataQuestions
    from shipworthy.evidence import ColumnProfile, Finding
    from shipworthy.query.data_rows import DataRows
    from shipworthy.query.engine import Engine
    from shipworthy.query.sampled import Sample
    from shipworthy.query.slicing import Slicing
    from shipworthy.tally.cube import Key
    from shipworthy.tally.needs import Grouping
    from shipworthy.workbench.audits.looking import Seen
    from shipworthy.workbench.session import Session

Shifts = Mapping[tuple[str, "Grouping"], Mapping["Key", Shift]]

VALUE = "=shift@"


@dataclass(frozen=True, eq=False)
class Production:
    """The table of production, and how the columns that both tables have fall into categories."""

    engine: Engine
    table: Any
    categories: Mapping[str, Slicing]


def production_of(session: Session, rows: DataRows, seen: Seen) -> Production | None:
    """Production beside these rows, where product.yaml names it.

    Raises:
        SpecError: a claim about it names no production, or a column that it does not have.
    """
    table = session.production
    _prove_shifts(session, None if table is None else [*table.columns])
    if table is None or session.product.data.production is None:
        return None
    wanted = [*rows.inputs, *(each.column for each in session.product.slicing), rows.label]
    found = categories(seen.sample.rows, [*dict.fromkeys(wanted)])
    engine = session.engine(session.product.data.production.source)
    return Production(engine, table, alike(found, rows.table, table))


def _prove_shifts(session: Session, columns: list[str] | None) -> None:
    problems = []
    for at, requirement in enumerate(session.opened.product.requirements):
        named = [getattr(arg, "name", "") for arg in requirement.metric.args]
        if requirement.metric.name != "shift" or (columns is not None and {*named} <= {*columns}):
            continue
        lacks = "product.yaml names none" if columns is None else f"it has no column {named[0]}"
        message = f"{requirement.metric} compares the examples with data.production, and {lacks}"
        remedy = (
            "Write for example data: {production: {source: data/production.parquet}}."
            if columns is None
            else f"Its columns are {', '.join(columns[:8])}."
        )
        where = session.opened.places.of("requirements", at)
        problems.append(Problem("data.no_production", message, where, remedy))
    if problems:
        raise SpecError(tuple(problems))


def shifts_of(
    session: Session, rows: DataRows, production: Production | None, asked: DataQuestions
) -> Shifts:
    """How each column falls into categories here and in production: overall, and by what claims go by."""
    if production is None:
        return {}
    wanted = {(name, OVERALL) for name in production.categories}
    for claim in asked.claims:
        needs = {(name.removeprefix(VALUE), by) for name, by in claim.needs.figures if name.startswith(VALUE)}
        wanted |= {(name, by) for name, by in needs if name in production.categories}
    unit = rows.source.whose
    here = Population(
        rows.engine, rows.table, unit if rows.clustered else None, rows.source.weight, rows.slicings
    )
    source = session.product.data.production or rows.source
    theirs = source.whose or unit
    clustered = theirs if theirs in production.table.columns else None
    there = Population(production.engine, production.table, clustered, source.weight, rows.slicings)
    sides = [
        counts(side, production.categories, wanted, f"counting categories of {name}")
        for side, name in ((here, "the examples"), (there, "production"))
    ]
    found: dict[tuple[str, Grouping], Mapping[Key, Shift]] = {}
    for name, by in wanted:
        one, other = (side[name, by] for side in sides)
        drop = name == rows.label
        keys = sorted({*one, *other})
        found[VALUE + name, by] = {
            key: Shift(_kept(one.get(key, {}), known=drop), _kept(other.get(key, {}), known=drop))
            for key in keys
        }
    return found


def _kept(side: Counts, *, known: bool) -> Counts:
    """The counts; of labels only those that are known."""
    return {name: each for name, each in side.items() if not known or name != MISSING}


def unlike(
    session: Session,
    rows: DataRows,
    production: Production,
    shifts: Shifts,
    columns: tuple[ColumnProfile, ...],
) -> Iterator[Finding]:
    """What of production the examples do not show."""
    overall = {
        name.removeprefix(VALUE): slices[()] for (name, by), slices in shifts.items() if not by and slices
    }
    label = overall.pop(rows.label, None)
    yield from represent.unlike_production(overall)
    known = {
        each.name: [value for value, _ in each.values]
        for each in columns
        if each.values
        and each.kind == "text"
        and each.name in production.categories
        and each.name != rows.label
    }
    new = new_values(production.engine, production.table, known)
    there = max((each.rows[1] for each in overall.values()), default=0)
    yield from represent.values_lacking(new, there, columns[0].rows)
    time = (session.product.data.production or rows.source).time or rows.source.time
    if rows.source.time and time and time in production.table.columns:
        found = newer(rows, production.engine, production.table, time)
        if found is not None:
            yield from represent.of_another_time(
                found.example, found.first, found.last, found.rows, found.newer
            )
    if label is not None and rows.kind == "binary":
        yield from represent.other_base_rate(label, rows.label, plain_label(rows.positive))


def selected(session: Session, rows: DataRows, taken: Sample) -> Iterator[Finding]:
    """Columns on which it depends whether a row is labelled, by the sample; nothing where every row is, or where answers are texts."""
    if rows.kind == "text":  # a reference answer is optional
        return
    local = rows_of(taken, rows, session.local, {})
    blank = missing(local.table[rows.label])
    wanted = [*rows.inputs, *(each.column for each in session.product.slicing)]
    found = categories(taken.rows, [*dict.fromkeys(wanted)])
    unit = rows.source.whose if rows.clustered else None
    sides = [
        counts(
            Population(session.local, table, unit),
            found,
            {(name, OVERALL) for name in found},
            "counting labels by column",
        )
        for table in (local.table.filter(~blank), local.table.filter(blank))
    ]
    shifts = {name: Shift(sides[0][name, ()].get((), {}), sides[1][name, ()].get((), {})) for name in found}
    yield from represent.selected_labels(shifts, "" if taken.whole else f"from {taken}")
