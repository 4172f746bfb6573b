"""The champion and its challengers as rows of tables, each number bound to the record of the comparison."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shipworthy.documents import wording
from shipworthy.documents.charts.front import front
from shipworthy.documents.figure import Figure, Scale, Sentence, counted, figure, sentence
from shipworthy.documents.measure import metric_words, scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shipworthy.documents.charts import Chart
    from shipworthy.evidence import Change, Comparison, Contender, Contest, Record
    from shipworthy.evidence.comparison import Standing
    from shipworthy.spec.model import Product

STANDINGS: dict[Standing, str] = {
    "better": "✓ better",
    "no_worse": "≈ no worse",
    "worse": "✗ worse",
    "undecided": "? undecided",
}


ALIKE = "≈"
ALIKE_MEANS = (
    "in quality not separable from one that is as fast and as cheap: which of the two is better may be chance"
)
PERCENT = Scale(100.0, unit="%")


@dataclass(frozen=True)
class ContenderRow:
    """One candidate in the table: quality with its range, rows left, latency and cost, and where it stands."""

    name: str
    role: str
    quality: Sentence
    unanswered: Sentence
    latency: Sentence
    cost: Sentence
    place: str
    mark: str


@dataclass(frozen=True)
class ComparisonRow:
    """One metric of a challenger against the champion."""

    challenger: str
    metric: str
    where: str
    verdict: Standing
    word: str
    challenger_value: Sentence
    champion_value: Sentence
    difference: Sentence
    needs: Sentence
    reason: str
    asked: bool

    @property
    def state(self) -> str:
        """The verdict in the colours of requirements."""
        return {"better": "met", "no_worse": "met", "worse": "missed"}.get(self.verdict, "undecided")


@dataclass(frozen=True)
class Duel:
    """What a memo shows of a comparison: everyone, the verdicts on what was asked, and the record they come from."""

    contest: Contest
    rows: tuple[ComparisonRow, ...]
    record: str
    contenders: tuple[ContenderRow, ...] = ()
    quality: str = ""
    chart: Chart | None = None


def duel(product: Product, record: Record) -> Duel | None:
    """The champion and the challengers of a comparison; None where the record holds none."""
    contest = record.contest
    if contest is None:
        return None
    rows = (row for name in contest.challengers for row in comparison_rows(product, contest, name))
    everyone, title = contender_rows(product, contest), quality_title(contest)
    drawn = front(contest, title, shown_scale(contest.quality, product), scale_of("mean(cost_usd)", product))
    return Duel(contest, tuple(row for row in rows if row.asked), record.id, everyone, title, drawn)


def contender_rows(product: Product, contest: Contest) -> tuple[ContenderRow, ...]:
    """Everyone in the table, the champion first."""
    return tuple(
        _contender(product, contest, each, f"/contest/contenders/{at}")
        for at, each in enumerate(contest.contenders)
    )


def quality_title(contest: Contest) -> str:
    """The head of the column with the table's metric."""
    return titled(contest.quality)


def titled(metric: str) -> str:
    """A metric in the head of a column; money is that of 1,000 decisions."""
    words = "net value" if metric == "net_value" else metric_words(metric)
    return f"{words} of 1,000" if metric in ("net_value", "mean(cost_usd)") else words


def comparison_rows(product: Product, contest: Contest, challenger: str) -> tuple[ComparisonRow, ...]:
    """A challenger in every metric, over all rows."""
    return tuple(
        _comparison(product, each, f"/contest/comparisons/{at}")
        for at, each in enumerate(contest.comparisons)
        if each.challenger == challenger
    )


def slice_rows(product: Product, contest: Contest, challenger: str) -> tuple[ComparisonRow, ...]:
    """The slices on which a challenger was found to differ, of the metrics that were asked for."""
    return tuple(
        _comparison(product, each, f"/contest/slices/{at}")
        for at, each in enumerate(contest.slices)
        if each.challenger == challenger and each.asked
    )


def shown_scale(metric: str, product: Product) -> Scale:
    """Shares as %, money for 1,000 decisions, times as they are."""
    scale = scale_of(metric, product)
    return scale.times(1_000) if metric in ("net_value", "mean(cost_usd)") else scale


def _contender(product: Product, contest: Contest, each: Contender, path: str) -> ContenderRow:
    scale = shown_scale(contest.quality, product)
    decimals = shown_decimals(each.quality, each.low, each.high, scale)
    money = scale_of("mean(cost_usd)", product)
    role = {"champion": "champion", "challenger": "", "reference": "for comparison only"}[each.role]
    return ContenderRow(
        each.name,
        role,
        _with_range(each, path, scale, decimals),
        () if each.unanswered is None else (figure(each.unanswered, f"{path}/unanswered", PERCENT, 1),),
        shown_number(each.p95_latency_ms, f"{path}/p95_latency_ms", Scale(unit="ms"), None),
        shown_number(each.cost_per_1000, f"{path}/cost_per_1000", money, 2),
        place_of(each),
        mark_of(each),
    )


def place_of(each: Contender) -> str:
    """Where a candidate stands on the Pareto front, and from whom its quality is not separable, in words."""
    above, near = each.dominated_by or (), each.not_separable_from or ()
    alike = [name for name in above if name in near]
    surely = [name for name in above if name not in alike]
    if surely:
        return f"dominated by {_some(surely)}"
    if alike:
        return f"dominated by {_some(alike)}, in quality not separable"
    if not each.front:
        return ""
    return f"on the front, in quality not separable from {_some(near)}" if near else "on the front"


def mark_of(each: Contender) -> str:
    """The same in short, `≈` for a quality that is not separable."""
    place, _, caution = place_of(each).partition(", in quality")
    return f"{place} {ALIKE}" if caution else place


def _some(names: Sequence[str]) -> str:
    """The first two names, and how many more there are."""
    shown = " and ".join(names[:2])
    return shown if len(names) <= 2 else f"{', '.join(names[:2])} and {len(names) - 2} more"


def _with_range(each: Contender, path: str, scale: Scale, decimals: int) -> Sentence:
    """The quality with its two-sided interval."""
    value = shown_number(each.quality, f"{path}/quality", scale, decimals)
    if each.quality is None or each.low is None or each.high is None:
        return value
    bare = replace(scale, unit="") if scale.unit == "%" else scale
    ends = (
        figure(each.low, f"{path}/low", bare, decimals, "down"),
        figure(each.high, f"{path}/high", bare, decimals, "up"),
    )
    return (*value, " (", ends[0], " to ", ends[1], ")")


def _comparison(product: Product, each: Comparison, path: str) -> ComparisonRow:
    scale = shown_scale(each.metric, product)
    decimals = shown_decimals(each.difference, each.low, each.high, scale)
    name = f"{each.metric} of 1,000" if scale.factor == 1_000 else each.metric
    needs: Sentence = ()
    if each.verdict == "undecided" and each.needs_more is not None:
        needs = sentence("label ", counted(each.needs_more, f"{path}/needs_more"), " more")
    elif each.verdict == "undecided" and ("worst_case" in each.method or each.difference is None):
        needs = sentence(each.reason)
    return ComparisonRow(
        each.challenger,
        name,
        ", ".join(f"{column} = {value}" for column, value in each.slice.items()),
        each.verdict,
        STANDINGS[each.verdict],
        shown_number(each.challenger_value, f"{path}/challenger_value", scale, decimals),
        shown_number(each.champion_value, f"{path}/champion_value", scale, decimals),
        shown_difference(each, path, scale, decimals),
        needs,
        each.reason,
        each.asked,
    )


def shown_decimals(value: float | None, low: float | None, high: float | None, scale: Scale) -> int:
    """The decimals that an interval supports; two of money at least."""
    shown = [None if each is None else scale.shown(each) for each in (value, low, high)]
    found = wording.supported_decimals(shown[0] or 0.0, shown[1], shown[2])
    return max(found, 2) if wording.is_currency(scale.unit) and abs(shown[0] or 0.0) < 10 else max(found, 0)


def shown_number(value: float | None, path: str, scale: Scale, decimals: int | None) -> Sentence:
    """A value at so many decimals, or at those of its own size."""
    if value is None:
        return ("–",)
    places = wording.supported_decimals(scale.shown(value), None, None) if decimals is None else decimals
    return (figure(value, path, scale, places),)


def shown_difference(each: Comparison | Change, path: str, scale: Scale, decimals: int) -> Sentence:
    """The difference with its sign, and its two-sided interval."""
    if each.difference is None:
        return ("no difference",)
    points = replace(scale, unit="") if scale.unit == "%" else scale
    value = _signed(figure(each.difference, f"{path}/difference", points, decimals))
    if each.low is None or each.high is None or each.low == each.high:
        return (value,)
    low = _signed(figure(each.low, f"{path}/low", points, decimals, "down"))
    high = _signed(figure(each.high, f"{path}/high", points, decimals, "up"))
    return (value, " (", low, " to ", high, ")")


def _signed(found: Figure) -> Figure:
    """A difference above 0 bears its sign."""
    positive = not found.text.startswith(wording.MINUS) and any(digit in found.text for digit in "123456789")
    return replace(found, text=f"+{found.text}") if positive else found
