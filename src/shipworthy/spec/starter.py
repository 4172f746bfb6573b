"""A first product.yaml, proposed from the columns of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from shipworthy.errors import InputError, did_you_mean
from shipworthy.spec.claim import written_name
from shipworthy.spec.flow import flow
from shipworthy.spec.kinds import Kind
from shipworthy.spec.task import MOST_CLASSES

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
_MOST_NUMBERED = 20
"""Different numbers up to which a label names classes."""
_MOST_SEGMENTS = 3
_MOST_SLICES = 12
_TEST, _VALIDATION = 0.3, 0.2


@dataclass(frozen=True)
class ColumnFacts:
    """What is known about one column: `values` are its most frequent values, as text, with their counts.

    `comma` is one of its numbers with a comma, where such numbers make it a column of words.
    """

    name: str
    kind: ColumnKind
    rows: int
    nulls: int = 0
    distinct: int = 0
    values: tuple[tuple[str, int], ...] = ()
    comma: str | None = None

    @property
    def unique(self) -> bool:
        """Whether every row has a value of its own that is no measured number."""
        return self.nulls == 0 and self.distinct == self.rows > 0 and self.comma is None


@dataclass(frozen=True)
class _Proposal:
    """What the columns are good for."""

    label: ColumnFacts
    kind: Kind
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
        label: the column of true answers. With two values it says yes or no; with up to 50 it names classes, unless it
            holds numbers with more than a few values, which are predicted as numbers.
        source: the table as product.yaml is to name it.
        product: the name of the product.
        table: the table in the source, where that is a database.

    Raises:
        InputError: the table has no such column (`new.unknown_label`), or nothing can be predicted of it (`new.no_kind`).
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
    kind = _kind(facts)
    positive, count = _positive(facts) if kind == "binary" else ("", 0)
    others = [column for column in columns if column.name != label]
    ids = [column.name for column in others if column.unique and column.kind in ("id", "text", "category")]
    ids += [
        column.name
        for column in others
        if column.unique and column.kind == "number" and _named_id(column.name)
    ]
    return _Proposal(
        label=facts,
        kind=kind,
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


def _kind(label: ColumnFacts) -> Kind:
    """The kind of answers that a label asks for."""
    if label.distinct == 2 and len(label.values) == 2:
        return "binary"
    if label.kind == "number" and label.distinct > _MOST_NUMBERED:
        return "regression"
    if label.comma and label.distinct > _MOST_NUMBERED:
        raise InputError(
            "new.no_kind",
            f"the column {label.name!r} holds numbers with a comma, such as {label.comma}, which are read as words",
            remedy="Write its numbers with a decimal point and nothing between thousands.",
        )
    if 2 < label.distinct <= MOST_CLASSES and label.kind in ("number", "category", "text", "id"):
        return "multiclass"
    raise InputError(
        "new.no_kind",
        f"the column {label.name!r} has {label.distinct} different values: neither yes or no, nor 3 to {MOST_CLASSES} classes, nor a number",
        remedy="Make a column with the answers, or begin with: shipworthy new NAME --template blank",
    )


def _positive(label: ColumnFacts) -> tuple[str, int]:
    """The value that means yes, with its count: by its name, else the rarer one."""
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
    if proposal.kind != "binary":
        yield from _answers(proposal)
        return
    yield f"# {100 * proposal.rate:.1f} % of {proposal.labelled:,} labelled rows are positive."
    yield f"predicts: {{target: {flow(proposal.label.name)}, positive: {positive}, kind: binary}}"
    yield "# action: {when: positive, do: what happens then, reversible: yes}"
    yield "# Money per decision, gains positive and losses negative; with it, thresholds are set by value."
    yield "# value: {currency: USD, volume: 10_000 / month, true_positive: 1.00, false_positive: -0.50, false_negative: -2.00}"


def _answers(proposal: _Proposal) -> Iterator[str]:
    """What is predicted, where it is a class or a number."""
    target = flow(proposal.label.name)
    if proposal.kind == "multiclass":
        yield f"# {proposal.labelled:,} labelled rows of {proposal.label.distinct} classes; classes: [a, b, c] names them in order."
        yield f"predicts: {{target: {target}, kind: multiclass}}"
    else:
        yield f"# {proposal.labelled:,} labelled rows; the answer is a number."
        yield f"predicts: {{target: {target}, kind: regression}}"


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
    fifth = "a fifth set thresholds" if proposal.kind == "binary" else "a fifth is kept for choices"
    yield f"  # Rows are divided {rule}: half train, {fifth}, the rest judge."
    positive = f", {round(test_rows * proposal.rate):,} of them positive" if proposal.kind == "binary" else ""
    yield f"  # About {test_rows:,} rows judge{positive}."
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
    if proposal.kind == "regression":
        yield f"  linear: {flow({'train': 'linear_regression', **extra})}"
    else:
        yield f"  logistic: {flow({'train': 'logistic_regression', **extra})}"
    yield f"  boosted: {flow({'train': 'gradient_boosting', **extra})}"
    rules = {"binary": "amount > 100", "multiclass": "CASE WHEN amount > 100 THEN 'a' ELSE 'b' END"}
    yield f"  # a rule: {{rule: an expression over the columns, such as {rules.get(proposal.kind, '2 * amount')}}}"
    yield "  # a vendor: {recorded: data/predictions.csv}"


def _requirements(proposal: _Proposal) -> Iterator[str]:
    if proposal.kind != "binary":
        yield from _requirements_of(proposal)
        return
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


def _requirements_of(proposal: _Proposal) -> Iterator[str]:
    """First requirements of classes, or of numbers."""
    yield "# Change these numbers to what your users need: they are only a beginning."
    yield "requirements:"
    if proposal.kind == "multiclass":
        claim, loose = "macro_recall >= 0.70", "accuracy >= 0.60"
        yield "  # Of each class, at least 70 % are found, on average over the classes."
    else:
        claim, loose = "r2 >= 0.50", "r2 >= 0.30"
        yield "  # Predictions explain at least half of how much labels vary; mae <= … says how far off they may be."
    yield f"  - {claim}"
    if proposal.segments:
        name = proposal.segments[0]
        yield f"  # No group of {flow(name)} is left behind."
        yield f"  - {flow(f'{loose} for every {written_name(name)}')}"
    yield "  # 95 of 100 answers take at most 100 milliseconds."
    yield "  - p95(latency_ms) <= 100 ms"
