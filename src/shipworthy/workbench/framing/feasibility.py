"""Whether it can be done, line by line: what is to be gained, the labels, what more of them would bring, money, and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from shipworthy.evidence.framing import Feasible
from shipworthy.frame.saying import counted, money, number, percent
from shipworthy.frame.worth import cost, worth
from shipworthy.query.split import TEST
from shipworthy.spec.model import BASELINE
from shipworthy.store import latest
from shipworthy.workbench.economics import net_values

if TYPE_CHECKING:
    from shipworthy.evidence import Estimate, Evaluation, LearningCurve
    from shipworthy.evidence.audit import Outlook
    from shipworthy.frame import Inputs
    from shipworthy.workbench.product import Opened

CURVES = ("audit", "--learning-curve")
FREE = ("rule", "constant")
_ANSWERS = {
    "reachable": "within reach of more labels",
    "unclear": "whether more labels reach it is not clear",
    "out_of_reach": "out of reach of more labels",
}


def feasibility(opened: Opened, given: Inputs, evaluation: Evaluation | None) -> tuple[Feasible, ...]:
    """Five lines, each with what is known, or with the verb that would tell.

    Args:
        opened: the product.
        given: its inputs of framing.
        evaluation: the newest one, where there is one.
    """
    return (
        _headroom(opened, evaluation),
        _labels(given),
        _learning(opened),
        _money(given),
        _time(opened),
    )


def _headroom(opened: Opened, evaluation: Evaluation | None) -> Feasible:
    """How much of what a perfect answer gains over the baseline the best rule and the best candidate reach on the test rows."""
    name, value = "what there is to gain", opened.product.value
    if value is None or opened.product.predicts.kind != "binary":
        return Feasible(name, "not known: it needs yes or no answers, and value: what they are worth")
    found = net_values(evaluation) if evaluation else {}
    base = found.get(BASELINE)
    part = next((each for each in evaluation.splits if each.name == TEST), None) if evaluation else None
    if evaluation is None or base is None or base.value is None or part is None or not part.labelled:
        return Feasible(name, "not measured", ("evaluate",))
    share = part.positives / part.labelled
    perfect = share * value.true_positive + (1 - share) * value.true_negative
    gap = perfect - base.value
    if gap <= 0:
        return Feasible(name, "nothing: no answer is worth more than that of the baseline")
    told = [f"a perfect answer gains {_coins(gap, value.currency)} a decision over the baseline"]
    told += _reached(evaluation, found, base.value, gap)
    return Feasible(name, "; ".join(told))


def _reached(evaluation: Evaluation, found: dict[str, Estimate], base: float, gap: float) -> Iterator[str]:
    """The best rule and the best of all others, by their net value."""
    own = [each for each in evaluation.candidates if each.eligible]
    for what, rules in (("rule", True), ("model", False)):
        values = (found.get(each.name) for each in own if (each.kind in FREE) == rules)
        known = [each for each in values if each is not None and each.value is not None]
        if known:
            best = max(known, key=lambda each: each.value or 0.0)
            behind = ", less than the baseline" if (best.value or 0.0) < base else ""
            yield f"the best {what} ({best.candidate}) reaches {_shares(best, base, gap)} of it{behind}"


def _shares(each: Estimate, base: float, gap: float) -> str:
    ends = [None if end is None else percent((end - base) / gap) for end in (each.value, each.low, each.high)]
    return f"{ends[0]} ({ends[1]} to {ends[2]})" if ends[1] and ends[2] else str(ends[0])


def _coins(value: float, currency: str) -> str:
    from shipworthy.frame.amount import exactly

    return money(exactly(value), currency)


def _labels(given: Inputs) -> Feasible:
    have, need = given.amount("labels"), given.amount("labels_needed")
    name = "labels"
    if have.missing:
        return Feasible(name, "not counted", ("audit",))
    told = f"{counted(have)} rows count"
    if need.missing:
        return Feasible(name, f"{told}; how many are needed is not known", ("plan",))
    short = have.below(need)
    return Feasible(name, f"{told}, at least {counted(need)} are needed", ("plan",) if short else ())


def _learning(opened: Opened) -> Feasible:
    record = latest(opened.workspace, "audit")
    curves = record.audit.curves if record and record.audit else ()
    if not any(each.train for each in opened.product.candidates.values()):
        return Feasible("what more labels bring", "nothing is trained")
    if not curves:
        return Feasible("what more labels bring", "not measured", CURVES)
    return Feasible("what more labels bring", learned(curves))


def learned(curves: Sequence[LearningCurve]) -> str:
    """How many curves reach what their claim asks with the present labels, and of each other one what more labels bring."""
    short = [each for each in curves if each.answer != "reached"]
    told = f"{len(curves) - len(short)} of {len(curves)} curves have reached what their claim asks"
    return "; ".join((told, *map(_curve, short)))


def _curve(each: LearningCurve) -> str:
    twice = _outlook(each.twice)
    return f"{each.candidate}, {each.requirement}: {_ANSWERS[each.answer]}; {twice} with twice as many"


def _outlook(look: Outlook) -> str:
    value, low, high = ("?" if end is None else number(end) for end in (look.value, look.low, look.high))
    return f"{value} ({low} to {high})"


def _money(given: Inputs) -> Feasible:
    name, months = "money", number(given.amount("months").low)
    spent, gained = cost(given), worth(given)
    if spent.missing:
        return Feasible(name, f"not known: {', '.join(sorted(spent.missing))}", ("frame",))
    told = f"building and running it costs {money(spent, given.currency)} in {months} months"
    if gained.missing:
        return Feasible(
            name, f"{told}; what it brings is not known: {', '.join(sorted(gained.missing))}", ("frame",)
        )
    return Feasible(name, f"{told}, and a perfect predictor is worth {money(gained, given.currency)}")


def _time(opened: Opened) -> Feasible:
    if opened.product.roadmap is None:
        return Feasible("time", "no roadmap is written")
    found = (latest(opened.workspace, verb) for verb in ("decide", "forecast"))
    held = [each for each in found if each and each.economics and each.economics.forecast]
    newest = max(held, key=lambda each: each.time, default=None)
    forecast = newest.economics.forecast if newest and newest.economics else None
    if forecast is None:
        return Feasible("time", "not forecast", ("run",))
    whole, ever = forecast.whole, percent(forecast.whole.ever)
    if whole.p85 is None:
        return Feasible("time", f"no day is 85 % certain; done at some time with a chance of {ever}")
    return Feasible("time", f"done by {whole.p85} with a chance of 85 %, at some time with one of {ever}")
