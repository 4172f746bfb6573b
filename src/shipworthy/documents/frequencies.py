"""Estimates as natural frequencies: of 1,000 cases, so many; in a day, so many. Pure.

People judge `4 of 1,000` better than `0.4 %` (Gigerenzer and Hoffrage 1995, Psychological Review 102:684).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents import phrases
from shipworthy.documents.figure import Scale, Sentence, measured, point, sentence
from shipworthy.documents.measure import ABS_ERROR, metric_words, plain_name, scale_of, split_metric
from shipworthy.documents.wording import is_currency

if TYPE_CHECKING:
    from collections.abc import Callable

    from shipworthy.evidence import Estimate
    from shipworthy.spec.model import Product

    Writer = Callable[[Product, Estimate, str, float | None], "Frequency"]
    Words = Callable[[Product, Estimate], str]

HOW_MANY_A_DAY = 10
RIGHT = "get the right answer"
_PERCENTILE = re.compile(r"p(\d\d?)")


@dataclass(frozen=True)
class Frequency:
    """What an estimate means for people: the rate in a sentence, the counts at volume in another (or none).

    `key` is the one number to remember; `base` is 1,000 where the rate is told as so many of 1,000.
    """

    rate: Sentence
    volume: Sentence
    key: Sentence
    base: int | None = None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that there are."""
        return (self.rate, self.volume) if self.volume else (self.rate,)


def frequency(
    product: Product, estimate: Estimate, path: str, positives: float | None = None
) -> Frequency | None:
    """What an estimate means for people, or None where the metric has no plain reading.

    Args:
        product: whose words, volume and values are used.
        estimate: the metric of one candidate over all rows.
        path: the JSON pointer of the estimate in its record.
        positives: the share of positives among all decisions, for counts at the product's volume.
    """
    name, args = split_metric(estimate.metric)
    if estimate.value is None:
        return None
    if _PERCENTILE.fullmatch(name) and args:
        return _percentile(product, estimate, path, positives)
    writer = _OF_KIND.get((product.predicts.kind, name)) or _WRITERS.get(name)
    return writer(product, estimate, path, positives) if writer else None


def base_of(value: float, high: float | None = None) -> int:
    """Of how many cases to speak: 1,000, or so many more that at least one of them is concerned."""
    share = min(value, 1 - value) if 0 < value < 1 else (high or 0.0)
    base = 1_000
    while 0 < share * base < 1 and base < 1_000_000:
        base *= 10
    return base


def _recall(product: Product, estimate: Estimate, path: str, positives: float | None) -> Frequency:
    base, scale = _base(estimate)
    start = f"Of {base:,} {phrases.rows(product, 'positive')}, about "
    caught = sentence(start, measured(estimate, path, scale), f" would {phrases.befalls(product)}")
    rest = point(estimate, path, Scale(-base, base, most_decimals=0))
    return Frequency(
        sentence(caught, "; the other ", rest, " would not."),
        _at_volume(product, estimate, path, positives, "slip through", of_rest=True),
        _share(product, estimate, path),
        base,
    )


def _false_positive_rate(
    product: Product, estimate: Estimate, path: str, positives: float | None
) -> Frequency:
    base, scale = _base(estimate)
    start = f"Of {base:,} {phrases.rows(product, 'negative')}, about "
    harmed = sentence(
        start, measured(estimate, path, scale), f" would {phrases.befalls(product)} by mistake."
    )
    share = 1 - positives if positives is not None else None
    volume = _at_volume(product, estimate, path, share, "are hit by mistake")
    return Frequency(harmed, volume, _share(product, estimate, path), base)


def _of_a_thousand(which: Words, outcome: Words) -> Writer:
    """Writes a share: of so many cases of some kind, about so many turn out so."""

    def written(product: Product, estimate: Estimate, path: str, _: float | None) -> Frequency:
        base, scale = _base(estimate)
        start = f"Of {base:,} {which(product, estimate)}, about "
        told = sentence(start, measured(estimate, path, scale), f" {outcome(product, estimate)}.")
        return Frequency(told, (), _share(product, estimate, path), base)

    return written


def _cases(product: Product, _: Estimate) -> str:
    return phrases.cases(product)


def _of_class(product: Product, estimate: Estimate) -> str:
    return f"{phrases.cases(product)} that are {_class(estimate)}"


def _net_value(product: Product, estimate: Estimate, path: str, _: float | None) -> Frequency:
    scale = scale_of(estimate.metric, product)
    each = sentence("1,000 decisions are worth about ", measured(estimate, path, scale.times(1_000)), ".")
    return Frequency(
        each, _money_at_volume(product, estimate, path, scale), point(estimate, path, scale.times(1_000))
    )


def _gap(product: Product, estimate: Estimate, path: str, _: float | None) -> Frequency:
    scale = scale_of(estimate.metric, product)
    metric, *columns = split_metric(estimate.metric)[1]
    start = f"From the best to the worst served group of {' x '.join(columns)}, the {metric_words(metric)} differs by about "
    return Frequency(sentence(start, measured(estimate, path, scale), "."), (), point(estimate, path, scale))


def _mean(product: Product, estimate: Estimate, path: str, _: float | None) -> Frequency:
    scale, words = scale_of(estimate.metric, product), metric_words(estimate.metric)
    if not is_currency(scale.unit):
        return Frequency(
            sentence(f"The {words} is ", measured(estimate, path, scale), "."),
            (),
            point(estimate, path, scale),
        )
    start = f"The {words.removeprefix('mean ')} of 1,000 decisions is about "
    each = sentence(start, measured(estimate, path, scale.times(1_000)), ".")
    return Frequency(
        each, _money_at_volume(product, estimate, path, scale), point(estimate, path, scale.times(1_000))
    )


def _mae(product: Product, estimate: Estimate, path: str, _: float | None) -> Frequency:
    scale = scale_of(estimate.metric, product)
    told = sentence("Predictions are off by ", measured(estimate, path, scale), " on average.")
    return Frequency(told, (), point(estimate, path, scale))


def _bias(product: Product, estimate: Estimate, path: str, _: float | None) -> Frequency:
    scale = scale_of(estimate.metric, product)
    told = sentence(
        "Predictions lie ",
        measured(estimate, path, scale),
        " above the truth on average (below, where negative).",
    )
    return Frequency(told, (), point(estimate, path, scale))


def _class(estimate: Estimate, at: int = 0) -> str:
    """A class that the metric names."""
    return plain_name(split_metric(estimate.metric)[1][at])


def _percentile(product: Product, estimate: Estimate, path: str, _: float | None) -> Frequency:
    scale, (name, args) = scale_of(estimate.metric, product), split_metric(estimate.metric)
    verb = "are off by at most" if args == (ABS_ERROR,) else "stay within"
    start = f"{int(name[1:])} of 100 answers {verb} "
    return Frequency(sentence(start, measured(estimate, path, scale), "."), (), point(estimate, path, scale))


def _base(estimate: Estimate) -> tuple[int, Scale]:
    base = base_of(estimate.value or 0.0, estimate.high)
    return base, Scale(base, most_decimals=0)


def _share(product: Product, estimate: Estimate, path: str) -> Sentence:
    return point(estimate, path, scale_of(estimate.metric, product))


def _money_at_volume(product: Product, estimate: Estimate, path: str, scale: Scale) -> Sentence:
    """Money of one decision at the product's volume."""
    volume = product.value.volume if product.value else None
    if volume is None:
        return ()
    whole = measured(estimate, path, scale.times(float(volume.number)))
    return sentence(f"At {volume.number:,f} a {volume.per}, about ", whole, f" a {volume.per}.")


def _at_volume(
    product: Product, estimate: Estimate, path: str, share: float | None, verb: str, *, of_rest: bool = False
) -> Sentence:
    """The rate (or its rest to one) at the product's volume, where a share of all decisions is concerned.

    By day where that makes at least ten, else by the volume's own unit.
    """
    volume = product.value.volume if product.value else None
    if volume is None or share is None or estimate.value is None:
        return ()
    rate = 1 - estimate.value if of_rest else estimate.value
    by_day = share * volume.per_day * rate >= HOW_MANY_A_DAY
    cases, per = (volume.per_day, "day") if by_day else (float(volume.number), volume.per)
    factor = share * cases
    scale = Scale(-factor, factor, most_decimals=0) if of_rest else Scale(factor, most_decimals=0)
    start = f"At {volume.number:,f} decisions a {volume.per}, about "
    return sentence(start, measured(estimate, path, scale), f" {verb} each {per}.")


_WRITERS: dict[str, Writer] = {
    "recall": _recall,
    "false_positive_rate": _false_positive_rate,
    "precision": _of_a_thousand(
        lambda product, _: phrases.rows(product, "acted"),
        lambda product, _: f"really are {phrases.positive(product)}",
    ),
    "accuracy": _of_a_thousand(_cases, lambda *_: RIGHT),
    "net_value": _net_value,
    "pass_rate": _of_a_thousand(_cases, lambda _, estimate: f"pass “{_class(estimate)}”"),
    "attack_success": _of_a_thousand(lambda *_: "attacks like these", lambda *_: "succeed"),
    "over_refusal": _of_a_thousand(
        lambda *_: "harmless questions that resemble an attack", lambda *_: "are refused"
    ),
    "gap": _gap,
    "mean": _mean,
    "confusion": _of_a_thousand(_of_class, lambda _, estimate: f"are taken for {_class(estimate, 1)}"),
    "mae": _mae,
    "bias": _bias,
    "interval_coverage": _of_a_thousand(_cases, lambda *_: "lie inside the predicted range"),
}
_OF_KIND: dict[tuple[str, str], Writer] = {
    ("multiclass", "recall"): _of_a_thousand(_of_class, lambda *_: RIGHT),
    ("multiclass", "precision"): _of_a_thousand(
        lambda product, estimate: f"{phrases.cases(product)} answered with {_class(estimate)}",
        lambda _, estimate: f"really are {_class(estimate)}",
    ),
}
