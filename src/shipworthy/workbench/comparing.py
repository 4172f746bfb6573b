"""What a comparison is asked: by options, else by product.yaml; and who is champion, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shipworthy.compare import SHARES, Asked, asked
from shipworthy.decide import standing_of
from shipworthy.errors import InputError, did_you_mean
from shipworthy.spec.language import LanguageError, read_metric
from shipworthy.spec.model import BASELINE
from shipworthy.spec.quantity import read_quantity
from shipworthy.store import records

if TYPE_CHECKING:
    from shipworthy.evaluate.asking import Questions
    from shipworthy.evidence import Evaluation
    from shipworthy.spec.model import Product
    from shipworthy.spec.task import Task
    from shipworthy.workbench.product import Opened


@dataclass(frozen=True)
class Options:
    """What a person asked of a comparison: None and empty where product.yaml or the default decides."""

    champion: str | None = None
    metrics: tuple[str, ...] = ()
    margins: Mapping[str, float] | None = None

    @property
    def as_facts(self) -> dict[str, Any]:
        """The options as a record keeps them."""
        return {"champion": self.champion, "metrics": list(self.metrics), "margins": dict(self.margins or {})}


def options_of(
    product: Product, champion: str | None = None, metrics: Sequence[str] = (), margins: Sequence[str] = ()
) -> Options:
    """The options that are given, and those of product.yaml for the rest.

    Raises:
        InputError: a margin is no number.
    """
    written = product.compare
    own = read_margins(margins)
    return Options(
        champion or (written.champion if written else None),
        tuple(metrics) or (written.metrics if written else ()),
        own or (written.margins if written else {}),
    )


def read_margins(texts: Sequence[str]) -> dict[str, float]:
    """Margins by metric, as a person writes them; under SHARES stands the one for every share.

    Raises:
        InputError: one is no number.
    """
    return dict(map(_margin, texts))


def _margin(text: str) -> tuple[str, float]:
    """`0.01` is for every share, `recall=0.01` for one metric."""
    name, _, number = text.rpartition("=")
    try:
        return name.strip() or SHARES, read_quantity(number).value
    except ValueError as error:
        message = f"the margin {text!r} is no number: {error}"
        remedy = "Write --margin 0.01, or one for a metric: --margin recall=0.01"
        raise InputError("compare.margin", message, remedy=remedy) from None


def asked_of(product: Product, questions: Questions, options: Options, task: Task) -> Asked:
    """What is compared.

    Raises:
        InputError: a metric cannot be compared, or a margin is impossible.
    """
    segments = [segment.column for segment in product.slicing]
    metrics = [metric_named(text) for text in options.metrics]
    return asked(questions.of_candidates, product.value, segments, metrics, options.margins or {}, task)


def metric_named(text: str) -> Any:
    """The metric that a person writes.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return read_metric(text)
    except LanguageError as error:
        message = f"{text!r} is no metric to compare candidates in: {error}"
        raise InputError("compare.metric", message, remedy="See: shipworthy metrics") from None


def champion_of(opened: Opened, evaluation: Evaluation, options: Options) -> tuple[str, str]:
    """Who is to be beaten, and why: the one that is named, else what was shipped last, else what stands best.

    Raises:
        InputError: nobody has the name, or there is nobody to compare.
    """
    eligible = [facts.name for facts in evaluation.candidates if facts.eligible]
    if options.champion is not None:
        prove_champion(opened.product, options.champion, [facts.name for facts in evaluation.candidates])
        _prove_challengers([name for name in eligible if name != options.champion], eligible)
        return options.champion, "named as the one to beat"
    _prove_challengers(eligible[1:], eligible)
    shipped = next((name for name in _shipped(opened) if name in eligible), None)
    if shipped:
        return shipped, "the last one that was decided to ship"
    return _best(
        evaluation, eligible
    ), "it stands best against the requirements, and none is named or was shipped"


def prove_champion(product: Product, champion: str, known: Sequence[str] | None = None) -> None:
    """Return where somebody has the champion's name.

    Raises:
        InputError: nobody has it.
    """
    names = [*product.candidates, BASELINE] if known is None else [*known]
    if champion not in names:
        carried = " that can be judged" if champion in product.candidates else ""
        raise InputError(
            "compare.champion",
            f"there is no candidate {champion!r}{carried} to be champion",
            remedy=did_you_mean(champion, names),
        )


def _prove_challengers(challengers: Sequence[str], eligible: Sequence[str]) -> None:
    if challengers:
        return
    there = f"{eligible[0]} is the only candidate" if eligible else "there is no candidate"
    raise InputError(
        "compare.one",
        f"{there}, so there is nothing to compare",
        remedy=f"Add a candidate to product.yaml, or compare with the free baseline: --champion {BASELINE}",
    )


def _shipped(opened: Opened) -> list[str]:
    """What was decided to ship, the newest first."""
    decisions = [each.evaluation.decision for each in records(opened.workspace, "decide") if each.evaluation]
    return [
        each.candidate for each in reversed(decisions) if each and each.answer == "ship" and each.candidate
    ]


def _best(evaluation: Evaluation, eligible: Sequence[str]) -> str:
    """The candidate that misses nothing, or the fewest requirements; then the first of product.yaml."""

    def place(name: str) -> tuple[bool, int]:
        standing = standing_of(evaluation, name)
        return standing.state == "misses", len(standing.open)

    return min(eligible, key=place)
