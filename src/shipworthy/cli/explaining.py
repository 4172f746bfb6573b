"""What explain prints: for each candidate what drives it, the reasons of one answer, what turns it, where it does worse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from shipworthy.cli.plans import aside
from shipworthy.documents import wording

if TYPE_CHECKING:
    from shipworthy.cli.output import Output
    from shipworthy.evidence import Record
    from shipworthy.evidence.explanation import (
        Change,
        Driver,
        Drivers,
        Explained,
        Mistakes,
        OfRow,
        Reason,
        Reasons,
        Replied,
        RulePart,
        Turn,
    )

MODEL_ONLY = "this is what the candidate would say, and not what would happen"
MOST_DRIVERS = 12

Cells = tuple[str, ...]


def explained(output: Output, record: Record) -> int:
    """One explanation, candidate by candidate."""
    found = record.explanation
    if output.json or found is None:
        output.document(record.as_json())
        return 0
    for each in found.candidates:
        _candidate(output, each)
    output.kept(record)
    return 0


def _candidate(output: Output, found: Explained) -> None:
    output.console.print(f"{found.candidate} ({found.kind})", style="bold")
    if found.cannot:
        _table(output, [(f"Cannot be explained. {found.cannot}",)])
        _lines(output, "Instead", found.instead)
    if found.rule:
        _table(output, [(f"It is a rule, and explains itself: {found.rule}",)])
    if found.drivers is not None:
        _drivers(output, found.drivers)
    if found.row is not None:
        _row(output, found.row)
    elif found.mistakes is not None:
        _mistakes(output, found.mistakes)
    if found.worst:
        _lines(output, "Where it does worse", found.worst)
    for note in found.notes:
        aside(output, f"note: {note}")
    output.console.print()


def _drivers(output: Output, found: Drivers) -> None:
    value = wording.number(found.value, 4)
    output.console.print(
        f"  What drives it: its {found.loss} of {value} grows by so much when a column's values are dealt to other rows",
        style="bold",
    )
    _table(output, [_driver(each) for each in found.found[:MOST_DRIVERS]])
    less = len(found.found) - MOST_DRIVERS
    if less > 0:
        _remark(output, f"and {less} more that matter less; the record has them")
    drawn = " (by the digest of their ids)" if found.rows < found.of else ""
    rows = f"{wording.count(found.rows)} of {wording.count(found.of)} labelled test rows{drawn}"
    _remark(output, f"on {rows}, dealt {found.repeats} times each (seed {found.seed}); intervals of 95 %")


def _driver(found: Driver) -> Cells:
    name = " and ".join(found.columns) + (" together" if len(found.columns) > 1 else "")
    if found.low is None or found.high is None:
        return name, _signed(found.importance, 4), "too few rows for an interval"
    decimals = min(wording.supported_decimals(found.importance, found.low, found.high), 6)
    ends = wording.number(found.low, decimals, "down"), wording.number(found.high, decimals, "up")
    told = [f"goes along with {wording.listed(found.along_with)}"] if found.along_with else []
    told += ["may be nothing"] if found.low <= 0 <= found.high else []
    return name, wording.number(found.importance, decimals), f"({ends[0]} to {ends[1]})", "; ".join(told)


def _row(output: Output, found: OfRow) -> None:
    label = f"; its label is {found.label}" if found.label is not None else ""
    output.console.print(f"  Row {found.id}: {_reply(found.replied, found.threshold)}{label}", style="bold")
    if found.parts:
        _table(output, [_part(each) for each in found.parts])
    if found.reasons is not None:
        _reasons(output, found.reasons)
    if found.turns or found.steady:
        output.console.print("  What turns it, one column at a time, among values of test rows", style="bold")
        _table(output, [_turn(each) for each in found.turns])
        _remark(output, f"nothing turns it: {', '.join(found.steady)}" if found.steady else "")
        _remark(output, MODEL_ONLY)
    if found.changed is not None:
        _changed(output, found, found.changed)


def _mistakes(output: Output, found: Mistakes) -> None:
    some = f", {len(found.shown)} of them" if 0 < len(found.shown) < found.wrong else ""
    rows = f"{wording.count(found.wrong)} of {wording.plural(found.answered, 'test row')}"
    output.console.print(f"  Mistakes: {rows}{some}", style="bold")
    _table(
        output,
        [(each.id, _scored(each.answer, each.score), f"its label is {each.label}") for each in found.shown],
    )


def _part(found: RulePart) -> Cells:
    value = found.value
    words = {True: "holds", False: "does not hold", None: "not known"}
    return found.text, words[value] if value is None or isinstance(value, bool) else str(value)


def _reasons(output: Output, found: Reasons) -> None:
    what = (
        f"{found.scale}{f' of {found.of}' if found.of is not None else ''} "
        if found.scale == "log-odds"
        else ""
    )
    own, base = (wording.number(each, 2) for each in (found.value, found.base))
    beside = f"beside the mean of {wording.plural(found.background, 'test row')}, {base}"
    output.console.print(f"  Reasons: {what}{own}, {beside}", style="bold")
    if found.withheld:
        _table(output, [(found.withheld,)])
    _table(output, [_reason(each) for each in found.reasons])
    how = "exact" if found.method == "linear" else f"sampled (seed {found.seed})"
    trust = f"stability {_percent(found.stability)}, fidelity {_percent(found.fidelity)}"
    _remark(output, f"the greatest of {wording.plural(found.columns, 'column')}, {how}; {trust}")


def _reason(found: Reason) -> Cells:
    error = f"± {wording.number(found.error, 2)}" if found.error else ""
    return (
        found.code,
        _signed(found.contribution, 2),
        error,
        found.sentence,
        _guarded(protected=found.protected),
    )


def _turn(found: Turn) -> Cells:
    change = f"{found.column}: {_value(found.before)} → {_value(found.after)}"
    return change, _scored(found.answer, found.score), _guarded(protected=found.protected)


def _changed(output: Output, found: OfRow, changed: Replied) -> None:
    same = (changed.answer, changed.score) == (found.replied.answer, found.replied.score)
    told = "the same" if same else f"{_reply(changed, None)} in place of {_reply(found.replied, None)}"
    output.console.print(f"  With other values: {told}", style="bold")
    _table(output, [_change(each) for each in found.changes])
    _remark(output, MODEL_ONLY)


def _change(found: Change) -> Cells:
    change = f"{found.column}: {_value(found.before)} → {_value(found.after)}"
    return change, "" if found.read else "it does not read this column", _guarded(protected=found.protected)


def _reply(found: Replied, threshold: float | None) -> str:
    told = _scored(found.answer, found.score)
    return f"{told}, yes from {threshold:.3g} on" if threshold is not None else told


def _scored(answer: str | None, score: float | None) -> str:
    shown = "" if score is None else f"score {score:.3g}"
    return " at ".join(each for each in (answer, shown) if each) or "no answer"


def _guarded(*, protected: bool) -> str:
    return "protected" if protected else ""


def _value(value: str | None) -> str:
    return "not known" if value is None else value


def _signed(value: float, decimals: int) -> str:
    return f"{'+' if value > 0 else ''}{wording.number(value, decimals)}"


def _percent(share: float) -> str:
    return wording.percentage(share, 0)


def _remark(output: Output, text: str) -> None:
    """A remark under a table; nothing where there is none."""
    from rich.padding import Padding
    from rich.text import Text

    if text:
        output.console.print(Padding(Text(text, style="dim"), (0, 0, 0, 4)))


def _lines(output: Output, title: str, lines: Iterable[str]) -> None:
    output.console.print(f"  {title}", style="bold")
    _table(output, [(line,) for line in lines])


def _table(output: Output, rows: Sequence[Cells]) -> None:
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    width = max(len(row) for row in rows)
    table.add_column(width=2)
    for at in range(width):
        table.add_column(overflow="fold", max_width=60 if at == 0 and width > 1 else None)
    for row in _even(rows, width):
        table.add_row("", *(Text(cell) for cell in row))
    output.console.print(table)


def _even(rows: Iterable[Cells], width: int) -> Iterator[Cells]:
    for row in rows:
        yield (*row, *[""] * (width - len(row)))
