"""What it would cost to be wrong, and the risks that the evidence shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents import phrases
from shipworthy.documents.choice import overall, positives_decided
from shipworthy.documents.figure import Scale, Sentence, decimals_of, figure, measured, sentence
from shipworthy.documents.wording import SPACE, listed, plural, price

if TYPE_CHECKING:
    from shipworthy.evidence import Estimate, Evaluation, Record
    from shipworthy.spec.model import Product, Value
    from shipworthy.spec.risks import RiskEntry

MOST_NAMED = 5


def stakes(product: Product, evaluation: Evaluation, candidate: str) -> tuple[Sentence, ...]:
    """What each kind of error costs, at the product's volume, and what the worst case of the evidence would be."""
    return (
        *_errors(product, evaluation, candidate),
        *_worst_case(product, evaluation, candidate),
        *_reversal(product),
    )


def _errors(product: Product, evaluation: Evaluation, candidate: str) -> list[Sentence]:
    value, positives = product.value, positives_decided(evaluation, candidate)
    if product.predicts.kind != "binary":
        return [
            ("The money of outcomes is known for yes/no answers only: weigh the mistakes above by hand.",)
        ]
    if value is None:
        return [("No values are given for outcomes: add `value:` to product.yaml to see errors in money.",)]
    what = phrases.positive(product)
    wrongly = (f"Each of the {phrases.cases(product)} wrongly taken for {what}", value.false_positive)
    missed = (f"Each of the {phrases.rows(product, 'positive')} and slip through", value.false_negative)
    harm = overall(evaluation, candidate, "false_positive_rate")
    recall = overall(evaluation, candidate, "recall")
    return [
        *_error(value, *wrongly, harm, None if positives is None else Scale(1 - positives)),
        *_error(value, *missed, recall, None if positives is None else Scale(-positives, positives)),
    ]


def _error(
    value: Value, name: str, money: float, found: tuple[str, Estimate] | None, share: Scale | None
) -> list[Sentence]:
    """One kind of error: its price, and what it comes to where the share of all decisions it strikes is known."""
    if not money:
        return []
    start = f"{name} {'costs' if money < 0 else 'brings'} {price(abs(money), value.currency)}"
    if found is None or found[1].value is None or share is None or value.volume is None:
        return [(f"{start}.",)]
    scale = share.times(float(value.volume.number) * abs(money), value.currency)
    return [
        sentence(f"{start}; together about ", measured(found[1], found[0], scale), f" a {value.volume.per}.")
    ]


def _worst_case(product: Product, evaluation: Evaluation, candidate: str) -> list[Sentence]:
    net = overall(evaluation, candidate, "net_value")
    value = product.value
    if net is None or net[1].low is None or value is None or value.volume is None:
        return []
    path, estimate = net
    scale = Scale(float(value.volume.number), 0.0, value.currency)
    worst = figure(net[1].low, f"{path}/low", scale, decimals_of(estimate, scale), "down")
    return [
        sentence(
            "At the poor end of the evidence, the feature as a whole is worth ",
            worst,
            f" a {value.volume.per}.",
        )
    ]


def _reversal(product: Product) -> list[Sentence]:
    if product.action is None or product.action.reversible is None:
        return []
    if not product.action.reversible:
        return [
            ("The action cannot be undone: a person should confirm it until errors are known to be rare.",)
        ]
    how = f": {product.action.undo}" if product.action.undo else ""
    return [(f"The action can be undone{how}.",)]


def risks(product: Product, record: Record, evaluation: Evaluation, candidate: str | None) -> tuple[str, ...]:
    """The risks that the evidence and product.yaml show, the gravest first."""
    return (
        *_looks(record),
        *_verdicts(evaluation, candidate),
        *_rights(product),
        *_unanswered(evaluation, candidate),
        *_owners(product),
        *named(product),
    )


def named(product: Product) -> tuple[str, ...]:
    """The risks that people named in product.yaml."""
    return tuple(_told(item) for item in product.risks)


def _looks(record: Record) -> list[str]:
    looks = (record.facts or {}).get("looks")
    if not isinstance(looks, int) or looks < 2:
        return []
    first = f"The test set was looked at {looks} times."
    return [f"{first} The stated confidence holds for the first look only: fresh labels would restore it."]


def _verdicts(evaluation: Evaluation, candidate: str | None) -> list[str]:
    found = []
    for word, told in (("missed", "misses its requirement"), ("undecided", "has too few labels to decide")):
        slices = [
            f"{listed([f'{column} = {value}' for column, value in verdict.slice.items()])} ({verdict.requirement})"
            for verdict in evaluation.verdicts
            if verdict.candidate == candidate and verdict.slice and verdict.verdict == word
        ]
        if slices:
            shown = "; ".join(slices[:MOST_NAMED])
            more = f"; and {len(slices) - MOST_NAMED} more" if len(slices) > MOST_NAMED else ""
            found.append(
                f"{plural(len(slices), 'group')} {told if len(slices) == 1 else _many(told)}: {shown}{more}."
            )
    return found


def _many(told: str) -> str:
    return told.replace("misses its requirement", "miss their requirement").replace("has ", "have ")


def _rights(product: Product) -> list[str]:
    found = []
    for role, source in (("examples", product.data.examples), ("production", product.data.production)):
        missing = (
            [] if source is None else [name for name in ("owner", "licence") if not getattr(source, name)]
        )
        if missing and source is not None:
            found.append(f"No {listed(missing, 'or')} is stated for the {role} data ({source.source}).")
    bare = [item.column for item in product.protected if not item.basis]
    if bare:
        found.append(f"No legal basis is given for holding the protected {_columns(bare)}.")
    return found


def _columns(names: list[str]) -> str:
    return f"column{'s' if len(names) > 1 else ''} {listed(names)}"


def _unanswered(evaluation: Evaluation, candidate: str | None) -> list[str]:
    facts = evaluation.facts(candidate) if candidate else None
    if facts is None or facts.scored >= facts.rows:
        return []
    share = 100 * (1 - facts.scored / facts.rows)
    if facts.review_from is not None:
        of = f"{facts.rows - facts.scored:,} of {facts.rows:,} rows ({share:.2g}{SPACE}%)"
        return [f"{facts.name} leaves {of} to a person: somebody must be there to decide them."]
    return [
        f"{facts.name} gave no answer on {facts.rows - facts.scored:,} of {facts.rows:,} rows ({share:.2g}{SPACE}%)."
    ]


def _owners(product: Product) -> list[str]:
    return [] if product.owner else ["Nobody is named as the owner of this product."]


def _told(item: RiskEntry) -> str:
    """A risk as the file has it: its words alone, or with everything that is said of it."""
    said = item.model_dump(mode="json", exclude_none=True)
    return item.risk if len(said) == 1 else "; ".join(f"{key}: {value}" for key, value in said.items())
