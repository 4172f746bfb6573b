"""Findings as a Markdown table: ratio first, target beside it, met or not."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.finding import Finding

_HEAD = (
    "| Figure | Target | Met | Question | Shipworthy | Against |\n| ---: | ---: | :---: | --- | --- | --- |\n"
)


def table(findings: Sequence[Finding]) -> str:
    """The table of all findings, in their order."""
    return _HEAD + "".join(_row(finding) for finding in findings)


def _row(finding: Finding) -> str:
    bound = "≥" if finding.direction == "at least" else "≤"
    figure = f"{'over ' if finding.beyond else ''}{shown(finding.figure, finding.unit)}"
    target = f"{bound} {shown(finding.target, finding.unit)}"
    cells = (f"**{figure}**", target, _met(finding), finding.question, finding.ours, finding.against or "–")
    return f"| {' | '.join(cells)} |\n"


def _met(finding: Finding) -> str:
    if finding.met:
        return "yes"
    return "not shown" if finding.beyond else "no"


def shown(number: float, unit: str) -> str:
    """A number in three digits with its unit: `12.3 ×`, `0.00031`, `1,230 MB`."""
    if number == 0:
        text = "0"
    elif abs(number) < 1e-3:
        text = f"{number:.1e}".replace("e-0", "e-")
    elif abs(number) < 100:
        text = f"{number:.3g}"
    else:
        text = f"{float(f'{number:.3g}'):,.0f}"
    return f"{text} {unit}" if unit else text
