"""A first product.yaml, proposed from the columns of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from shipworthy.errors import InputError, did_you_mean
from shipworthy.spec.claim import written_name
from shipworthy.spec.flow import flow

ColumnKind = Literal["number", "boolean", "category", "text", "time", "id"]
_YES = {
    "1",
    "1.0",
    "true",
    "yes",
    "y",
    "t",
    "positive",
    "spam",
    "fraud",
    "churn",
    "churned",
    "default",
    "bad",
    "fail",
}
_MOST_SEGMENTS = 3
_MOST_SLICES = 12
_TEST, _VALIDATION = 0.3, 0.2


@dataclass(frozen=True)
class ColumnFacts:
    """What is known about one column: `values` are its most frequent values, as text, with their counts."""

    name: str
    kind: ColumnKind
    rows: int
    nulls: int = 0
    distinct: int = 0
    values: tuple[tuple[str, int], ...] = ()

    @property
    def unique(self) -> bool:
        """Whether every row has a value of its own."""
        return self.nulls == 0 and self.distinct == self.rows > 0


@dataclass(frozen=True)
class _Proposal:
    """What the columns are good for."""

    label: ColumnFacts
    positive: str
    rate: float
    id: str | None
    time: str | None
    segments: tuple[str, ...]
    texts: tuple[str, ...]
    dropped: tuple[str, ...]

    @property
    def labelled(self) -> int:
        return self.label.rows - self.label.nulls


def starter(
    columns: Sequence[ColumnFacts], label: str, source: str, product: str, *, table: str | None = None
) -> str:
    """The commented text of a product file for a table of examples, ready to be read and changed.

    Args:
        columns: what is known about the columns of the table.
        label: the column of true answers; it needs two values.
        source: the table as product.yaml is to name it.
        product: the name of the product.
        table: the table in the source, where that is a database.

    Raises:
        InputError: the table has no such column (`new.unknown_label`), or it has not two values (`new.not_binary`).
    """
    proposal = _proposal(columns, label)
    sections = (
        _head(proposal, product),
        _data(proposal, source, table),
        _candidates(proposal),
        _requirements(proposal),
    )
    return "\n".join("\n".join(section) + "\n" for section in sections)


def _proposal(columns: Sequence[ColumnFacts], label: str) -> _Proposal:
    facts = next((column for column in columns if column.name == label), None)
    if facts is None:
        advice = did_you_mean(label, [column.name for column in columns])
        raise InputError("new.unknown_label", f"the table has no column {label!r}", remedy=advice)
    positive, count = _positive(facts)
    others = [column for column in columns if column.name != label]
    ids = [column.name for column in others if column.unique and column.kind in ("id", "text", "category")]
    ids += [
        column.name
        for column in others
        if column.unique and column.kind == "number" and _named_id(column.name)
    ]
    return _Proposal(
        label=facts,
        positive=positive if facts.kind not in ("number", "boolean") else positive.lower(),
        rate=count / (facts.rows - facts.nulls),
        id=next((name for name in ids if _named_id(name)), ids[0] if ids else None),
        time=next((column.name for column in others if column.kind == "time" and column.nulls == 0), None),
        segments=_segments(others),
        texts=tuple(column.name for column in others if column.kind == "text" and column.name not in ids),
        dropped=tuple(ids[1:]),
    )


def _named_id(name: str) -> bool:
    return name.lower() == "id" or name.lower().endswith(("_id", "id"))


def _positive(label: ColumnFacts) -> tuple[str, int]:
    """The value that means yes, with its count: by its name, else the rarer one."""
    if len(label.values) != 2 or label.distinct != 2:
        raise InputError(
            "new.not_binary",
            f"the column {label.name!r} has {label.distinct} different values; a feature that says yes or no needs two",
            remedy="Make a column that says yes or no of each row, or begin with: shipworthy new NAME --template blank",
        )
    (first, many), (second, few) = label.values
    if first.lower() in _YES and second.lower() not in _YES:
        return first, many
    return second, few


def _segments(columns: Sequence[ColumnFacts]) -> tuple[str, ...]:
    """Columns with few values, those with the fewest first: their slices hold the most rows."""
    fit = [
        column
        for column in columns
        if column.kind in ("boolean", "category", "text")
        and 2 <= column.distinct <= _MOST_SLICES
        and not column.unique
    ]
    return tuple(column.name for column in sorted(fit, key=lambda column: column.distinct)[:_MOST_SEGMENTS])


def _head(proposal: _Proposal, product: str) -> Iterator[str]:
    plain = proposal.label.kind in ("number", "boolean")
    positive = proposal.positive if plain else flow(proposal.positive)
    yield f"product: {flow(product)}"
    yield "# owner: who answers for the product"
    yield "# problem: {who: whose problem it is, need: what they need, today: how they manage, evidence: how you know}"
    yield ""
    yield f"# {100 * proposal.rate:.1f} % of {proposal.labelled:,} labelled rows are positive."
    yield f"predicts: {{target: {flow(proposal.label.name)}, positive: {positive}, kind: binary}}"
    yield "# action: {when: positive, do: what happens then, reversible: yes}"
    yield "# Money per decision, gains positive and losses negative; with it, thresholds are set by value."
    yield "# value: {currency: USD, volume: 10_000 / month, true_positive: 1.00, false_positive: -0.50, false_negative: -2.00}"


def _data(proposal: _Proposal, source: str, table: str | None) -> Iterator[str]:
    test_rows = round(_TEST * proposal.labelled)
    yield "data:"
    yield "  examples:"
    yield f"    source: {flow(source)}"
    if table:
        yield f"    table: {flow(table)}"
    if proposal.id:
        yield f"    id: {flow(proposal.id)}"
    if proposal.time:
        yield f"    time: {flow(proposal.time)}"
    yield "    # unit: the column of the user, where one user has several rows"
    yield "    # owner: who answers for these data; nothing ships without it"
    yield "    # licence: what allows their use; nothing ships without it"
    rule = "by time, as the world will bring them" if proposal.time else "at random"
    by = "time" if proposal.time else "random(0)"
    yield f"  # Rows are divided {rule}: half train, a fifth set thresholds, the rest judge."
    yield f"  # About {test_rows:,} rows judge, {round(test_rows * proposal.rate):,} of them positive."
    yield f"  split: {{by: {by}, test: {100 * _TEST:.0f} %, validation: {100 * _VALIDATION:.0f} %}}"
    if proposal.segments:
        yield ""
        yield "# Every result is also shown for each value of these columns."
        yield f"segments: {flow(list(proposal.segments))}"
    yield "# protected: {COLUMN: {basis: what allows you to hold it}}"


def _candidates(proposal: _Proposal) -> Iterator[str]:
    extra = {
        key: list(names) for key, names in (("text", proposal.texts), ("drop", proposal.dropped)) if names
    }
    yield "# What may become the answer. A baseline without any skill is always added."
    yield "candidates:"
    yield f"  logistic: {flow({'train': 'logistic_regression', **extra})}"
    yield f"  boosted: {flow({'train': 'gradient_boosting', **extra})}"
    yield "  # a rule: {rule: an expression over the columns, such as amount > 100}"
    yield "  # a vendor: {recorded: data/predictions.csv}"


def _requirements(proposal: _Proposal) -> Iterator[str]:
    # Halfway between flagging at random, which is right as often as the base rate says, and always being right.
    precision = (1 + proposal.rate) / 2
    yield "# Change these numbers to what your users need: they are only a beginning."
    yield "requirements:"
    yield "  # Of all positives, at least 70 % are found."
    yield "  - recall >= 0.70"
    yield f"  # Of all rows that are flagged, at least {100 * precision:.0f} % are positive (at random: {100 * proposal.rate:.0f} %)."
    yield f"  - precision >= {min(precision, 0.99):.2f}"
    if proposal.segments:
        name = proposal.segments[0]
        yield f"  # No group of {flow(name)} is left behind: in each, at least 60 % of the positives are found."
        yield f"  - {flow(f'recall >= 0.60 for every {written_name(name)}')}"
    else:
        yield "  # 95 of 100 answers take at most 100 milliseconds."
        yield "  - p95(latency_ms) <= 100 ms"
