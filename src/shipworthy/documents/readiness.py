"""The readiness card: whether the data are fit to judge and to train with, line by line, the worst first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shipworthy.documents.bars import Bars, bars
from shipworthy.documents.figure import Scale, Sentence, counted, measured
from shipworthy.documents.wording import count, listed, plural
from shipworthy.errors import InputError

if TYPE_CHECKING:
    from shipworthy.evidence import Audit, ColumnProfile, Finding, PersonalKind, Record
    from shipworthy.evidence.audit import Colour
    from shipworthy.spec.model import Product

ORDER: tuple[Colour, ...] = ("red", "amber", "green")
WORDS = {"red": "not ready", "amber": "to be looked at", "green": "ready"}
TOGETHER = 3
"""From so many green lines of a sort on, they are told in one."""

MOST_COUNTRIES = 20
"""More are not named one by one."""

SHARE = Scale(100.0, 0.0, "%")


@dataclass(frozen=True)
class Line:
    """One line of the card; `default` where product.yaml does not write the claim."""

    colour: Colour
    title: str
    told: str
    ids: tuple[str, ...] = ()
    cost: str = ""
    next_step: str = ""
    default: bool = False


@dataclass(frozen=True)
class Card:
    """The card as Markdown and as a self-contained HTML page."""

    markdown: str
    html: str


def card_lines(audit: Audit) -> tuple[Line, ...]:
    """Every finding as a line, red before amber before green; of many green ones of a sort, one line for all."""
    found = [line for colour in ORDER for line in _of_colour(audit.findings, colour)]
    return tuple(found)


def _of_colour(findings: Sequence[Finding], colour: Colour) -> Iterator[Line]:
    own = [finding for finding in findings if finding.colour == colour]
    by_sort: dict[tuple[str, bool], list[Finding]] = {}
    for finding in own:
        by_sort.setdefault((finding.sort, finding.default), []).append(finding)
    for (_, default), alike in by_sort.items():
        if colour == "green" and len(alike) >= TOGETHER:
            yield _together(alike, default=default)
        else:
            yield from map(_line, alike)


def _line(finding: Finding) -> Line:
    title = finding.requirement or f"{finding.sort.replace('_', ' ')}: {finding.about}".rstrip(": ")
    return Line(
        finding.colour, title, finding.what, finding.ids, finding.cost, finding.next_step, finding.default
    )


def _together(alike: Sequence[Finding], *, default: bool) -> Line:
    """Claims of one sort that are all met, in one line."""
    first = alike[0]
    title = first.requirement.replace(f"({first.about})", "(…)") if first.requirement else first.sort
    names = [finding.about for finding in alike]
    shown = listed(names) if len(names) <= 6 else f"{', '.join(names[:5])} and {len(names) - 5} more"
    return Line("green", title, f"met for {plural(len(alike), 'column')}: {shown}", default=default)


def headline(audit: Audit) -> tuple[Colour, str]:
    """The answer in one sentence."""
    counts = {colour: sum(each.colour == colour for each in audit.findings) for colour in ORDER}
    if counts["red"]:
        return "red", f"Not ready: {plural(counts['red'], 'thing')} to mend"
    if counts["amber"]:
        return "amber", f"Nothing is known to be wrong, and {plural(counts['amber'], 'thing')} to look at"
    return "green", "Ready: nothing was found that stands against these data"


def readiness_card(product: Product, record: Record) -> Card:
    """The card of an audit.

    Raises:
        InputError: the record holds no audit.
    """
    from shipworthy.documents.charts.learning import learning
    from shipworthy.documents.rendering import html_page, markdown_page

    audit = record.audit
    if audit is None:
        message = f"the record {record.id} holds no audit, so there is nothing to make a card of"
        raise InputError("card.no_audit", message, remedy="Run shipworthy audit first.")
    values = _values(product, record, audit) | {"charts": learning(audit.curves)}
    html = html_page("readiness.html.j2", values, record.id)
    return Card(markdown_page("readiness.md.j2", values, record.id), html)


def _values(product: Product, record: Record, audit: Audit) -> dict[str, Any]:
    """Everything that both templates show."""
    colour, told = headline(audit)
    lines = card_lines(audit)
    return {
        "product": product,
        "record": record,
        "audit": audit,
        "date": record.time[:10],
        "colour": colour,
        "headline": told,
        "counts": {each: sum(line.colour == each for line in lines) for each in ORDER},
        "words": WORDS,
        "lines": lines,
        "rows": count(audit.rows),
        "bars": _timeline(audit),
        "segments": _segments(audit),
        "columns": column_rows(audit),
        "looked_for": [_looked_for(each) for each in audit.looked_for],
        "source": product.data.examples,
    }


def _timeline(audit: Audit) -> Bars | None:
    return bars(audit.span, audit.timeline) if len(audit.timeline) > 1 else None


def _segments(audit: Audit) -> list[tuple[str, Sentence, Sentence, Sentence]]:
    """Rows, labels and positives of each segment."""
    cells: dict[str, dict[str, Sentence]] = {}
    for at, estimate in enumerate(audit.estimates):
        name = ", ".join(f"{column} = {label}" for column, label in estimate.slice.items())
        scale = SHARE if estimate.metric == "labelled" else Scale(most_decimals=0)
        cells.setdefault(name, {})[estimate.metric] = measured(estimate, f"/audit/estimates/{at}", scale)
    names = ("rows", "labelled", "positives")
    return [(name, *(found.get(each, ("",)) for each in names)) for name, found in cells.items()]  # type: ignore[misc] # as many as names


def column_rows(audit: Audit) -> list[tuple[str, str, Sentence, Sentence, str]]:
    """Of each column its name, its kind, missing rows, different values, and what they are."""
    return [_column(each, at) for at, each in enumerate(audit.columns)]


def _column(column: ColumnProfile, at: int) -> tuple[str, str, Sentence, Sentence, str]:
    path = f"/audit/columns/{at}"
    missing, distinct = (
        counted(column.missing, f"{path}/missing"),
        counted(column.distinct, f"{path}/distinct"),
    )
    return column.name, column.kind, (missing,), (distinct,), _content(column)


def _looked_for(each: PersonalKind) -> tuple[str, str, str, str, str]:
    """Name, countries and languages, what tells it, and what it misses; many countries are in the record."""
    many = len(each.countries) > MOST_COUNTRIES
    countries = f"{len(each.countries)} countries" if many else ", ".join(each.countries)
    return each.name, countries, ", ".join(each.languages), each.told_by, each.misses


def _content(column: ColumnProfile) -> str:
    """The range of numbers and times, or the most frequent values."""
    if column.least is not None and column.greatest is not None:
        return f"{_end(column.least)} to {_end(column.greatest)}"
    shown = [value for value, _ in column.values[:4]]
    more = f" and {len(column.values) - 4} more" if len(column.values) > 4 else ""
    return f"{', '.join(shown)}{more}"


def _end(end: float | str) -> str:
    return f"{end:g}" if isinstance(end, float) else end[:19].replace("T", " ")
