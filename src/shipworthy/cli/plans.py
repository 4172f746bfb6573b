"""What plan prints: what each open claim needs, and one batch for all."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.cli.output import Output
from shipworthy.cli.verdicts import STYLE, measured_text
from shipworthy.documents.wording import count, listed, number, with_unit
from shipworthy.plan.mixing import LEAST_LABELS

if TYPE_CHECKING:
    from rich.padding import Padding

    from shipworthy.evidence import Effort, Flow, JudgeMix, Need, Open, Plan, Record, Span
    from shipworthy.spec.model import Product

NARROW, WIDE = (6, 22, 28, 8, 5), (7, 34, 36, 12, 8)
HEADS = ("chance", "further rows", "label (from collected)", "cost", "weeks")
CHANCES = ("even", "80 %")


def product_plan(output: Output, product: Product, record: Record, place: Path) -> int:
    """What the best candidate needs for each claim, and for all; the others in a line each."""
    plan = record.plan
    if output.json:
        output.document(record.as_json())
    elif plan is None or plan.candidate is None:
        output.console.print("There is no candidate to plan for: add one, a rule is the cheapest to try.")
    else:
        _best(output, product, plan, plan.candidate)
        _batches(output, plan, plan.candidate)
        output.console.print()
        _mixes(output, plan, plan.candidate, str(place))
        _others(output, plan)
        for note in (f"labels: {flow_text(plan.flow)}", *_money(plan), *plan.notes):
            aside(output, note)
        output.kept(record)
        if any(each.even for each in plan.of(plan.candidate)):
            output.console.print(
                f"When they are labelled: shipworthy decide {shlex.quote(str(place))}", style="dim"
            )
    return 0


def _best(output: Output, product: Product, plan: Plan, candidate: str) -> None:
    claims = plan.of(candidate)
    left = [each for each in claims if each.verdict != "met"]
    who = f"for {candidate}, the nearest to shipping"
    if not left:
        output.console.print(f"{product.product}: every claim is met {who}", style="bold")
        return
    output.console.print(f"{product.product}: what would settle its claims {who}", style="bold")
    output.console.print(table_of(output, [HEADS], "dim"))
    for claim in left:
        _claim(output, product, plan, claim)
    met = [each.requirement for each in claims if each.verdict == "met"]
    if met:
        output.console.print()
        output.console.print(f"✓ met already: {'; '.join(met)}", style="green")


def _claim(output: Output, product: Product, plan: Plan, claim: Open) -> None:
    from rich.text import Text

    symbol, colour = STYLE[claim.verdict]
    output.console.print()
    output.console.print(
        Text.assemble(
            (f"{symbol} ", colour),
            (claim.requirement, "bold"),
            f"  {measured_text(product, claim.estimate)}",
            (_heading(claim), "dim"),
        )
    )
    if claim.verdict == "missed":
        aside(output, "more labels will not help: a better candidate, or another bound")
    elif any(need.towards == "missed" for need in claim.needs):
        aside(output, "labels would prove the miss, not mend it")
    elif not claim.needs:
        aside(output, f"{claim.reason}")
    for need in claim.needs:
        _need(output, plan, claim, need)


def _heading(claim: Open) -> str:
    """Which answer the present rate leads to."""
    towards = {need.towards for need in claim.needs if need.towards}
    if towards == {"met"}:
        return ", heading for met"
    return ", heading for missed" if towards == {"missed"} else ""


def _need(output: Output, plan: Plan, claim: Open, need: Need) -> None:
    place = ", ".join(f"{column} = {value}" for column, value in need.slice.items())
    several = len(claim.needs) > 1
    title = " at ".join(part for part in (need.metric if several or place else "", place) if part)
    if title:
        towards = f", heading for {need.towards}" if several and need.towards else ""
        aside(output, f"{title}{towards}")
    if need.even is None or need.likely is None:
        aside(output, f"{need.reason}")
        return
    if need.assumed is not None:
        aside(
            output,
            f"{need.reason}: planned as if the true one were {need.assumed:.4g}; for other rates:"
            f" shipworthy plan --claim {shlex.quote(claim.requirement)}",
        )
    output.console.print(_efforts(output, plan, (need.even, need.likely), need.rows))


def _batches(output: Output, plan: Plan, candidate: str) -> None:
    """One batch for all claims, at the level of evaluate and at that of decide."""
    batch, shared = plan.batch(candidate), plan.batch(candidate, "decide")
    if batch:
        claims = sum(1 for each in plan.of(candidate) if each.even)
        served = "both" if claims == 2 else f"all {claims}"
        what = (
            f"for {served} together, as a labelled row serves every claim" if claims > 1 else "for that one"
        )
        output.console.print()
        output.console.print(f"One batch {what}", style="bold")
        if claims > 1:
            aside(output, f"its size is set by {batch.set_by}")
        output.console.print(_efforts(output, plan, (batch.even, batch.likely), ""))
        if batch.left:
            aside(output, f"not settled by rows: {'; '.join(batch.left)}")
    if shared:
        output.console.print()
        sure = f"{100 * shared.level:.4g} %"
        output.console.print(f"For decide, which asks {sure} as candidates share the error", style="bold")
        output.console.print(_efforts(output, plan, (shared.even, shared.likely), ""))


def _mixes(output: Output, plan: Plan, candidate: str, place: str) -> None:
    """For each open claim about a judge's pass rate the cheapest labels and calls."""
    for mix in plan.mixes or ():
        if mix.candidate == candidate:
            output.console.print(f"Labels beside the judge, for {mix.requirement}", style="bold")
            for line in mix_lines(mix, plan, place):
                aside(output, line)
            output.console.print()


def mix_lines(mix: JudgeMix, plan: Plan, place: str = "") -> tuple[str, ...]:
    """One mix in words: with the judge, without it, and with a judge as bad as its labels allow."""
    if mix.labels is None or mix.calls is None:
        return (mix.reason, *_queued(mix, LEAST_LABELS - mix.have, place), *_alone(mix, plan))
    money = _mix_money(mix.cost, plan)
    more = mix.calls - mix.judged
    calls = (
        f"and have {count(more)} more answers judged"
        if more > 0
        else "of the answers that are judged already"
    )
    with_judge = f"label {count(mix.labels - mix.have)} more, drawn at random, {calls}{money}"
    lines = [with_judge, *_queued(mix, mix.labels - mix.have, place), *_alone(mix, plan)]
    lines.append(
        f"if the judge goes along with people as little as the labels so far allow: label {count(mix.cautious - mix.have)} more"
        if mix.cautious is not None
        else "if the judge goes along with people as little as the labels so far allow, it saves none"
    )
    if mix.correlation is not None and mix.low is not None and mix.high is not None:
        lines.append(
            f"people and judge correlate by {mix.correlation:.2f} ({mix.low:.2f} to {mix.high:.2f}) on {count(mix.have)} labelled answers"
        )
    return tuple(lines)


def _queued(mix: JudgeMix, labels: int, place: str) -> tuple[str, ...]:
    """The command that puts so many answers before people."""
    if mix.queue is None or labels < 1:
        return ()
    command = ["shipworthy", "label", "--take", str(labels), "--answers", mix.candidate, "--grade", mix.queue]
    return (f"put them before people: {shlex.join([*command, *([place] if place else [])])}",)


def _alone(mix: JudgeMix, plan: Plan) -> tuple[str, ...]:
    if mix.alone is None:
        return ()
    return (f"without the judge: label {count(mix.alone - mix.have)} more{_mix_money(mix.alone_cost, plan)}",)


def _mix_money(cost: float | None, plan: Plan) -> str:
    return "" if cost is None or plan.label_cost is None else f", {money_text(cost, plan.currency)}"


def _others(output: Output, plan: Plan) -> None:
    """One line for each other candidate."""
    names = list(dict.fromkeys(each.candidate for each in plan.claims if each.candidate != plan.candidate))
    for name in names:
        batch, claims = plan.batch(name), plan.of(name)
        states = [sum(each.verdict == state for each in claims) for state in STYLE]
        told = listed([f"{n} {state}" for n, state in zip(states, STYLE, strict=True) if n])
        more = f"; its batch: {' '.join(_label(batch.even).split())}, for an even chance" if batch else ""
        aside(output, f"{name}: {told}{more}")


def _efforts(output: Output, plan: Plan, efforts: Sequence[Effort], rows: str) -> Padding:
    return table_of(
        output,
        [
            effort_row(chance, f"{count(effort.counted)} {rows}" if rows else "", effort, plan.currency)
            for chance, effort in zip(CHANCES, efforts, strict=True)
        ],
    )


def effort_row(name: str, further: str, effort: Effort, currency: str) -> tuple[str, ...]:
    """One effort as a row of the table."""
    cost = effort.cost.value if effort.cost else None
    return (
        name,
        further,
        _label(effort),
        "" if cost is None else money_text(cost, currency),
        "" if effort.weeks is None else weeks_text(effort.weeks.value),
    )


def money_text(amount: float, currency: str) -> str:
    """Money, with cents where it is little."""
    return with_unit(number(amount, 0 if amount >= 100 else 2), currency)


def weeks_text(weeks: float | None) -> str:
    """Weeks, with a decimal where they are few."""
    return "" if weeks is None else number(weeks, 0 if weeks >= 10 else 1)


def aside(output: Output, text: str) -> None:
    """A remark, indented as a whole."""
    from rich.padding import Padding
    from rich.text import Text

    output.console.print(Padding(Text(text, style="dim"), (0, 0, 0, 2)))


def _label(effort: Effort) -> str:
    """Rows to label, and the rows among which they are found where those are more."""
    if effort.label is None:
        return f"no label; {span_text(effort.collect)} rows"
    if effort.label == effort.collect:
        return span_text(effort.label)
    return f"{span_text(effort.label)}\nfrom {span_text(effort.collect)}"


def span_text(span: Span) -> str:
    """A number of rows with its range."""
    value, low, high = (
        None if end is None else count(round(end)) for end in (span.value, span.low, span.high)
    )
    if value is None:
        return f"at least {low}" if low else "not known"
    if low == high:
        return value
    return f"{value} ({low} to {high})" if high else f"{value} (at least {low})"


def table_of(output: Output, rows: Sequence[Sequence[str]], style: str = "") -> Padding:
    """Rows in the columns of every plan, indented, as wide as the terminal allows."""
    from rich.padding import Padding
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    widths = WIDE if output.console.width >= sum(WIDE) + 2 * len(WIDE) else NARROW
    for title, width in zip(HEADS, widths, strict=True):
        table.add_column(width=width, justify="right" if title in ("cost", "weeks") else "left")
    for row in rows:
        table.add_row(*row, style=style)
    return Padding(table, (0, 0, 0, 2))


def flow_text(flow: Flow) -> str:
    """How fast labels come, and how that is known."""
    if flow.labels_per_week is None:
        return f"their flow is {flow.why}"
    per_week = number(flow.labels_per_week, 0 if flow.labels_per_week >= 10 else 1)
    return f"{per_week} a week, {flow.why}"


def _money(plan: Plan) -> tuple[str, ...]:
    return ("their cost is not known: state data.examples.label_cost",) if plan.label_cost is None else ()
